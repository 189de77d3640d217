// Something of each kind in one's own space, in tools and in what is shared, for tests and pictures of every page.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { holdfast, shippedPolicy, until, words } from "./harness.mjs";
import { every_kind, is_only } from "./private_kinds.mjs";

const v1 = "/api/v1";
const words_here = "The rain stopped, and I opened the window.";
let keys = 0;
const asks = (server) => async (who, method, path, body) => {
  const answer = await server.ask(method, v1 + path, { token: who.token, key: `of-everything-${(keys += 1)}`, body });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
  return answer.body;
};
const object_of = (path, schema) => ({ journal: "journal_entry", pacing: "", plan: "" })[path] ?? schema.replace("Fields", "").toLowerCase();
export const today = () => new Date().toISOString().slice(0, 10);

/** One of each thing that pages are about, by the name of its object; a list where several look different. */
export async function everything(here) {
  const { member, other, circle, thread } = here;
  const ask = asks(here.server);
  const ids = {};
  for (const { path, schema, body } of Object.values(every_kind(() => "Something of mine"))) {
    const object = object_of(path, schema);
    if (is_only(path)) await ask(member, "PUT", `/${path}`, { ...body(), ...(path === "pacing" ? { pause_after: undefined, muted: [] } : {}) });
    else ids[object] = [(await ask(member, "POST", `/${path}`, { ...body(), ...(path === "waiting" ? { thread, circle } : {}) })).id];
  }
  for (const kind of ["writing", "gratitude", "reflection", "verse"]) ids.journal_entry.push((await ask(member, "POST", "/journal", { kind, text: words_here })).id);
  for (const [then, after] of [["change", 2], ["let_go", 1], [undefined, undefined]]) ids.experiment.push((await ask(member, "POST", "/experiments", { what: "Sit by the water", day: today(), before: 2, after, then })).id);
  for (const level of [1, 5]) await ask(member, "POST", "/moods", { day: today(), level, tags: ["violin", "rain"], helped: "My sister rang" });
  await ask(member, "PUT", `/habits/${ids.habit[0]}/notes`, { day: today(), did: "did", number: 2 });
  ids.habit.push((await ask(member, "POST", "/habits", { name: "Lights out at ten", kind: "sleep", state: "archived" })).id);
  const value = { very: ["Quiet mornings", "Rivers"], somewhat: ["Tidy shelves"], not_now: ["Medals"] };
  ids.value.push((await ask(member, "POST", "/values", { ...value, chosen: [{ name: "Rivers", matters: 5, room: 1 }] })).id, (await ask(member, "POST", "/values", value)).id);
  const steps = [{ text: "Shoes by the door", state: "done", tries: [{ day: today(), what: "It rained all day.", next: "A coat on the hook" }] }, { text: "Once round the block", state: "open" }, { text: "A lake", state: "let_go" }];
  const goal = (await ask(member, "POST", "/goals", { what: "Walk again", state: "active", domain: "health", steps })).id;
  ids.goal.push(goal, (await ask(member, "POST", "/goals", { what: "Paint", state: "archived", kept: "The colours" })).id);
  const passage = "Nobody came that evening.";
  const story = (await ask(member, "POST", "/stories", { intend: "So that it is said.", did: words_here, happened: `The house was loud. ${passage}`, next: "Ring her", strengths: [{ name: "Patience", shows: "I waited at the gate.", goal }] })).id;
  await ask(member, "POST", `/stories/${story}/put-away`, { words: passage, until: "2999-01-01", based_on: 1 });
  await ask(member, "PUT", `/stories/${story}`, { intend: "So that it is said.", did: words_here, happened: "The house was still. [… 1]", felt: "Relief.", next: "Ring her", based_on: 2 });
  await ask(member, "POST", `/stories/${story}/goal`);
  ids.story.push(story);
  const share = { circle, sections: ["did", "happened", "strengths"], title: "One evening" };
  const open = await ask(member, "POST", `/stories/${story}/shares`, { ...share, audience: "circle" });
  await ask(member, "POST", `/stories/${story}/shares`, { ...share, audience: "allies", allies: ["Wren"] });
  const link = await ask(member, "POST", `/stories/${story}/shares`, { ...share, audience: "link", days: 7 });
  ids.shared_story = [open.id];
  ids.story_link = [link.link.split("/").at(-1)];
  for (const kind of ["strength", "resource"]) await ask(other, "POST", `/posts/${open.id}/witness`, { kind, text: "I see how patient you were." });
  ids.shared_plan = [(await ask(member, "POST", "/plan/shares", { circle, sections: ["alone"], allies: ["Wren"] })).id];
  ids.shared_card = [(await ask(member, "POST", `/cards/${ids.card[0]}/shares`, { circle })).id];
  const grants = { goal: true, steps: true, tries: true, hard_week: true };
  const company = (await ask(member, "POST", `/goals/${goal}/partner`, { circle, nickname: "Wren", note: "Would you keep me company with it?", grants })).id;
  await ask(other, "POST", `/partners/${company}/answer`, { accept: true });
  await ask(member, "PUT", `/partners/${company}/grants`, grants);
  await ask(member, "PUT", `/partners/${company}/schedule`, { days: [0, 1, 2, 3, 4, 5, 6], morning: true, evening: true });
  await ask(member, "PUT", `/partners/${company}/hard-week`);
  await ask(member, "POST", `/partners/${company}/words`, { kind: "evening", text: "It went all right.", hard: "Steep, but I got there" });
  await ask(other, "POST", `/partners/${company}/words`, { kind: "encouragement", text: "That took courage." });
  await ask(other, "POST", `/partners/${company}/words`, { kind: "proposal", idea: "First to the door", text: "Smaller is lighter.", is_step: true });
  ids.partnership = [company];
  // One of each kind that two devices changed at once.
  const [first, ...devices] = ["Something of mine", "From the phone", "From the laptop"].map((said) => Object.values(every_kind(() => said)));
  for (const [at, { path, schema, body }] of first.entries()) {
    const object = object_of(path, schema);
    const place = { waiting: { thread, circle }, pacing: { pause_after: undefined, muted: [] } }[path] ?? {};
    const id = is_only(path) ? undefined : (await ask(member, "POST", `/${path}`, { ...body(), ...place })).id;
    if (id) ids[object].push(id);
    for (const [which, device] of devices.entries()) {
      const choice = path === "pacing" ? { no_sex: `2026-05-0${2 + which}` } : {};
      await ask(member, "PUT", `/${path}${id ? `/${id}` : ""}`, { ...device[at].body(), ...place, ...choice, based_on: 1 });
    }
  }
  await here.server.reply(other, thread, words_here);
  await until(async () => (await ask(member, "GET", "/notifications")).items.length > 0, "news");
  return ids;
}

/** What a circle, those who look after it and its leads meet: posts in each state, a talk, a worry, items at the desk. */
export async function company_of_a_circle(here) {
  const { member, other, facilitator, lead, circle, thread, opening } = here;
  const ask = asks(here.server);
  const sent = async (text) => (await here.server.thread(member, circle, text)).body.id;
  const [held, back, cry] = [await sent(words.harm), await sent(words.contact), await sent(words.crisis)];
  await ask(member, "POST", `/posts/${back}/appeal`, { words: "Please look again." });
  await ask(other, "POST", `/posts/${opening}/reports`, { category: "unkind", words: "It hurts." });
  const concern = (await ask(other, "POST", `/circles/${circle}/concerns`, { nickname: "Maple", text: "I miss her here." })).id;
  const talk = (await ask(member, "POST", `/posts/${cry}/talk`)).id;
  await ask(member, "POST", `/care/talks/${talk}/messages`, { text: words_here });
  const at = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();
  await ask(facilitator, "POST", `/circles/${circle}/duty`, { starts_at: at(1), ends_at: at(3), place: 1 });
  const items = (await ask(lead, "GET", "/review/items")).items;
  assert.ok(items.length >= 4, "care, harm, a report, another look");
  return { circle: [circle], thread: [thread], post: [opening, held, back, cry], talk: [talk], concern: [concern], review_item: items.map((one) => one.id) };
}

/** What is done for a circle, after `everything` and `company_of_a_circle`: each kind of step at the desk, of care and of its rules. */
export async function work_for_a_circle(here) {
  const { server, lead, facilitator, member, other, outsider, circle, thread } = here;
  const ask = asks(server);
  const at = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const [hazel, sorrel] = [await server.join("Hazel"), await server.join("Sorrel")];
  const quiet = await server.circle(lead, { name: "Quiet room", entry: "apply" });
  for (const one of [circle, quiet]) for (const who of [facilitator, hazel]) await server.give("facilitator", who, one);
  await server.give("lead", sorrel);
  for (const who of [outsider, other]) await ask(who, "PUT", `/circles/${quiet}/membership`, { agreement_version: 1, application: "I would like to listen." });
  const [application] = (await ask(facilitator, "GET", `/circles/${quiet}/applications`)).items;
  await ask(facilitator, "POST", `/applications/${application.id}/decision`, { decision: "accept" });

  // Between two people, and news
  const company = async (what, nickname) => (await ask(member, "POST", `/goals/${(await ask(member, "POST", "/goals", { what, state: "active" })).id}/partner`, { circle, nickname, note: "Would you keep me company with it?", grants: { goal: true } })).id;
  const kept = await company("Swim", "Hazel");
  await ask(hazel, "POST", `/partners/${kept}/answer`, { accept: true });
  await ask(hazel, "DELETE", `/partners/${kept}`);
  await ask(facilitator, "POST", `/partners/${await company("Sing", "Rowan")}/answer`, { accept: false, never_again: true });
  await ask(member, "PUT", "/notifications/settings", { here: { reply: false } });
  await ask(member, "PUT", "/notifications/address", { address: "maple@mail.example.org" });

  // At the desk
  const waiting = async (who, lane, post) => (await ask(who, "GET", `/review/items?lane=${lane}`)).items.find((one) => !post || one.post === post);
  const opened = async (who, item) => {
    await ask(who, "POST", `/review/items/${item.id}/claim`);
    return ask(who, "GET", `/review/items/${item.id}`);
  };
  const decide = async (who, item, body) => ask(who, "POST", `/review/items/${item.id}/decision`, { reason: "Your words are saved.", ...body, revision: (await opened(who, item)).revision });
  const hurtful = async (number) => (await server.reply(member, thread, `${words.harm} ${number}`)).body.id;
  const [taken, back, passed] = [await hurtful(1), await hurtful(2), await hurtful(3)];
  const noted = await waiting(facilitator, "harm", taken);
  await ask(facilitator, "POST", `/review/items/${noted.id}/notes`, { words: "They write late at night." });
  await decide(facilitator, noted, { decision: "remove", strike: 1, limit: "slow", limit_hours: 1, slow_minutes: 1 });
  await decide(facilitator, await waiting(facilitator, "harm", back), { decision: "return" });
  await ask(member, "PATCH", `/posts/${back}`, { text: `${words.harm} Again.` });
  await ask(hazel, "POST", `/review/items/${(await waiting(hazel, "harm", passed)).id}/pass`);
  await opened(lead, await waiting(lead, "harm", passed));
  const appeal = await waiting(facilitator, "appeal");
  await ask(facilitator, "POST", `/review/items/${appeal.id}/messages`, { words: "We look at it." });
  await decide(hazel, await waiting(hazel, "report"), { decision: "publish" });
  await ask(facilitator, "PUT", "/review/me", { opt_outs: "sexual", pause_minutes: 5 });
  await ask(hazel, "PUT", `/circles/${quiet}/lock`, { reason: "We take a breath." });

  // Care
  const [ringing] = (await ask(hazel, "GET", "/care/alarms")).items;
  await ask(hazel, "POST", `/care/alarms/${ringing.id}/take`);
  await ask(lead, "POST", `/care/alarms/${ringing.id}/outside-help`);
  await ask(hazel, "POST", `/care/concerns/${server.sql("SELECT lower(hex(id)) AS id FROM concern")[0].id}/answer`, { real: true });
  const [talk] = (await ask(facilitator, "GET", "/care/talks")).items;
  await ask(facilitator, "POST", `/care/talks/${talk.id}/messages`, { text: "I am here with you." });
  await ask(facilitator, "POST", `/care/talks/${talk.id}/close`);
  const shifts = (await ask(facilitator, "POST", `/circles/${quiet}/duty`, { starts_at: at(24), ends_at: at(25) })).items;
  await ask(facilitator, "PUT", `/duty/${shifts.find((one) => one.mine).id}/note`, { note: "Two people had a heavy evening." });

  // Rules
  const rules = 'name = "ours"\nversion = 1\n[[rule]]\nname = "contact"\nlabel = "pii"\nthreshold = 0.2\noutcome = "hold"\nwhy = "It helps."\nreason = "Please look again."\n';
  await ask(facilitator, "PATCH", `/circles/${quiet}`, { policy: rules });
  await ask(facilitator, "PATCH", `/circles/${quiet}`, { policy: rules.replace("version = 1", "version = 2").replace("0.2", "0.3") });
  await ask(lead, "POST", "/policy/changes", { rule: "spam", state: "shadow" });
  await ask(sorrel, "POST", `/policy/changes/${(await ask(lead, "GET", "/policy")).waiting[0].id}`, { agree: true });
  return { hazel, sorrel, quiet };
}

/** The addresses of pages like this with something on them, from the routes themselves: [{pattern, path}]. */
function pages_like(wanted, ids) {
  const all = JSON.parse(spawnSync(holdfast, ["routes", "--json"], { encoding: "utf8" }).stdout);
  return all
    .filter((one) => one.method === "GET" && one.answers === "html" && wanted.test(one.path))
    .flatMap(({ path, object }) => {
      if (!path.includes("{id}")) return [{ pattern: path, path }];
      assert.ok(ids[object]?.length, `something for ${object}`);
      return ids[object].map((id) => ({ pattern: path, path: path.replace("{id}", id) }));
    });
}
/** All pages of one's own space, of tools and of what is shared, that `member` or `other` can open. */
export function own_pages(here, ids) {
  const made = pages_like(/^\/(me|tools|stories|s|plans|shared-cards|partners|quiet|help|pause)(\/|$)/, ids);
  assert.ok(made.length > 50);
  const month = today().slice(0, 7);
  for (const path of [`/me/moods?year=${month.slice(0, 4)}`, `/me/moods?month=${month}`, `/me/journal?month=${month}`, `/me/journal/new?kind=reflection&month=${month}`, "/me/journal/new?kind=verse", "/me/journal/dialogue?voice=older_self", `/me/goals/new?value=${ids.value[0]}&at=0`, `/me/stories/${ids.story[1]}?saved=1`, `/tools/grounding?kept=${ids.story[1]}`]) made.push({ pattern: path, path });
  return made;
}
/** All pages of a circle, of care and of the desk, and those before one is in. */
export function circle_pages(here, ids) {
  const made = pages_like(/^\/($|about|join|sign-in|recover|(circles|threads|posts|review|care|care-figures|talks|concerns|policy|welcome|audit|figures)(?!\/(version|replay))(\/|$))/, ids);
  assert.ok(made.length > 30);
  for (const path of [`/search?circle=${here.circle}&q=walk`, `/policy/version?id=${shippedPolicy}`, "/policy/replay?rule=spam&state=off", "/nowhere"]) made.push({ pattern: path, path });
  return made;
}
