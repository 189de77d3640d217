// Every page of one's own space in German, with something of each kind on it: no English sentence of ours is left.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { english_in, english_of, said_on } from "../english.mjs";
import { holdfast, place, until } from "../harness.mjs";
import { every_kind, is_only } from "../private_kinds.mjs";

const v1 = "/api/v1";
const words_here = "Der Regen hat aufgehört, und ich habe das Fenster geöffnet.";
let here;
let keys = 0;
// A place whose people read along in German: what is shared there must not wait for a person each time.
const shipped = readFileSync(new URL("../../moderation/policies/default.toml", import.meta.url), "utf8");
const policy = join(mkdtempSync(join(tmpdir(), "holdfast-policy-")), "policy.toml");
writeFileSync(policy, shipped.replace(/(\[language\]\nstate = )"live"/, '$1"shadow"'));
before(async () => (here = await place({ config: `[limits]\nenabled = false\n[people]\ncountry = "de"\n[screen]\npolicy = "${policy}"\n`, circle: { name: "Offene Tür", purpose: "Ein Ort.", agreement: "Sei freundlich." } })));
after(() => here.server.stop());

const ask = async (who, method, path, body) => {
  const answer = await here.server.ask(method, v1 + path, { token: who.token, key: `german-${(keys += 1)}`, body });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
  return answer.body;
};
const today = () => new Date().toISOString().slice(0, 10);

/** One of each thing that pages are about, by the name of its object; a list where several look different. */
async function everything() {
  const { member, other, circle, thread } = here;
  const ids = {};
  for (const { path, schema, body } of Object.values(every_kind(() => "Etwas Eigenes"))) {
    const object = { journal: "journal_entry", pacing: "", plan: "" }[path] ?? schema.replace("Fields", "").toLowerCase();
    if (is_only(path)) await ask(member, "PUT", `/${path}`, { ...body(), ...(path === "pacing" ? { pause_after: undefined, muted: [] } : {}) });
    else ids[object] = [(await ask(member, "POST", `/${path}`, { ...body(), ...(path === "waiting" ? { thread, circle } : {}) })).id];
  }
  for (const kind of ["writing", "gratitude", "reflection", "verse"]) ids.journal_entry.push((await ask(member, "POST", "/journal", { kind, text: words_here })).id);
  for (const [then, after] of [["change", 2], ["let_go", 1], [undefined, undefined]]) ids.experiment.push((await ask(member, "POST", "/experiments", { what: "Ans Wasser gehen", day: today(), before: 2, after, then })).id);
  for (const level of [1, 5]) await ask(member, "POST", "/moods", { day: today(), level, tags: ["Musik"], helped: "Hilfe und Tag" });
  await ask(member, "PUT", `/habits/${ids.habit[0]}/notes`, { day: today(), did: "did", number: 2 });
  ids.habit.push((await ask(member, "POST", "/habits", { name: "Schlaf", kind: "sleep", state: "archived" })).id);
  const value = { very: ["Ruhe", "Natur"], somewhat: ["Ordnung"], not_now: ["Ruhm"] };
  ids.value.push((await ask(member, "POST", "/values", { ...value, chosen: [{ name: "Natur", matters: 5, room: 1 }] })).id, (await ask(member, "POST", "/values", value)).id);
  const steps = [{ text: "Schuhe an die Tür", state: "done", tries: [{ day: today(), what: "Es hat geregnet.", next: "Ein Mantel" }] }, { text: "Einmal um den Block", state: "open" }, { text: "Ein See", state: "let_go" }];
  const goal = (await ask(member, "POST", "/goals", { what: "Wieder gehen", state: "active", domain: "health", steps })).id;
  ids.goal.push(goal, (await ask(member, "POST", "/goals", { what: "Malen", state: "archived", kept: "Die Farben" })).id);
  const passage = "Niemand kam an dem Abend.";
  const story = (await ask(member, "POST", "/stories", { intend: "Damit es gesagt ist.", did: words_here, happened: `Es war laut. ${passage}`, next: "Anrufen", strengths: [{ name: "Geduld", shows: "Ich habe gewartet.", goal }] })).id;
  await ask(member, "POST", `/stories/${story}/put-away`, { words: passage, until: "2999-01-01", based_on: 1 });
  await ask(member, "PUT", `/stories/${story}`, { intend: "Damit es gesagt ist.", did: words_here, happened: "Es war still. [… 1]", felt: "Erleichterung.", next: "Anrufen", based_on: 2 });
  await ask(member, "POST", `/stories/${story}/goal`);
  ids.story.push(story);
  const share = { circle, sections: ["did", "happened", "strengths"], title: "Ein Abend" };
  const open = await ask(member, "POST", `/stories/${story}/shares`, { ...share, audience: "circle" });
  await ask(member, "POST", `/stories/${story}/shares`, { ...share, audience: "allies", allies: ["Wren"] });
  const link = await ask(member, "POST", `/stories/${story}/shares`, { ...share, audience: "link", days: 7 });
  ids.shared_story = [open.id];
  ids.story_link = [link.link.split("/").at(-1)];
  for (const kind of ["strength", "resource"]) await ask(other, "POST", `/posts/${open.id}/witness`, { kind, text: "Ich sehe deine Geduld." });
  ids.shared_plan = [(await ask(member, "POST", "/plan/shares", { circle, sections: ["alone"], allies: ["Wren"] })).id];
  ids.shared_card = [(await ask(member, "POST", `/cards/${ids.card[0]}/shares`, { circle })).id];
  const grants = { goal: true, steps: true, tries: true, hard_week: true };
  const company = (await ask(member, "POST", `/goals/${goal}/partner`, { circle, nickname: "Wren", note: "Magst du mich begleiten?", grants })).id;
  await ask(other, "POST", `/partners/${company}/answer`, { accept: true });
  await ask(member, "PUT", `/partners/${company}/grants`, grants);
  await ask(member, "PUT", `/partners/${company}/schedule`, { days: [0, 1, 2, 3, 4, 5, 6], morning: true, evening: true });
  await ask(member, "PUT", `/partners/${company}/hard-week`);
  await ask(member, "POST", `/partners/${company}/words`, { kind: "evening", text: "Es ging.", hard: "Ein bisschen" });
  await ask(other, "POST", `/partners/${company}/words`, { kind: "encouragement", text: "Das war mutig." });
  await ask(other, "POST", `/partners/${company}/words`, { kind: "proposal", idea: "Erst zur Tür", text: "Kleiner ist leichter.", is_step: true });
  ids.partnership = [company];
  await here.server.reply(other, thread, words_here);
  await until(async () => (await ask(member, "GET", "/notifications")).items.length > 0, "news");
  return ids;
}

test("no page of one's own space, of tools or of what is shared has an English sentence of ours on it", async () => {
  const ids = await everything();
  const english = english_of("de");
  const left = [];
  let seen = 0;
  const look = async (who, path) => {
    const answer = await here.server.ask("GET", path, { token: who?.token, headers: { "accept-language": "de" } });
    if (answer.status !== 200 || !/text\/html/.test(answer.headers.get("content-type"))) return answer.status;
    for (const text of english_in(said_on(answer.text), english)) left.push(`${path.replace(/[0-9a-f]{32,}/, "ID")}: ${text}`);
    seen += 1;
    return 200;
  };
  const english_page = await here.server.ask("GET", "/me/moods", { token: here.member.token });
  assert.ok(english_in(said_on(english_page.text), english).length > 10, "English words are found where there are some");
  const all = JSON.parse(spawnSync(holdfast, ["routes", "--json"], { encoding: "utf8" }).stdout);
  const own = all.filter((one) => one.method === "GET" && one.answers === "html" && /^\/(me|tools|stories|s|plans|shared-cards|partners|quiet|help|pause)(\/|$)/.test(one.path));
  assert.ok(own.length > 50);
  for (const { path, object } of own) {
    if (!path.includes("{id}")) {
      assert.equal(await look(here.member, path), 200, path);
      continue;
    }
    assert.ok(ids[object]?.length, `something for ${object}`);
    const answers = [];
    for (const id of ids[object]) for (const who of [here.member, here.other]) answers.push(await look(who, path.replace("{id}", id)));
    assert.ok(answers.includes(200), `${path}: ${answers}`);
  }
  const month = today().slice(0, 7);
  for (const path of ["/me/moods?year=2026", `/me/moods?month=${month}`, `/me/journal?month=${month}`, "/me/journal?q=Regen", `/me/journal/new?kind=reflection&month=${month}`, "/me/journal/new?kind=verse", "/me/journal/dialogue?voice=older_self", `/me/goals/new?serves=Natur`, `/me/stories/${ids.story[1]}?saved=1`, `/tools/grounding?kept=${ids.story[1]}`]) assert.equal(await look(here.member, path), 200, path);
  const failed = await here.server.ask("POST", "/me/journal", { body: "text=Der+Regen", headers: { "content-type": "application/x-www-form-urlencoded", "accept-language": "de" } });
  left.push(...english_in(said_on(failed.text), english));
  assert.deepEqual([...new Set(left)], []);
  assert.ok(seen > 80, String(seen));
});
