// Stories and their sharing: who reads what, for how long, and what is never told to anybody.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { Server, place, until, words } from "../harness.mjs";

const v1 = "/api/v1";
let here;
let keys = 0;
const key = () => `story-${(keys += 1)}`;
before(async () => (here = await place()));
after(async () => {
  await here.server.stop();
  rmSync(here.server.folder, { recursive: true, force: true });
});

const ask = (who, method, path, body) => here.server.ask(method, v1 + path, { token: who?.token, key: key(), body });
async function written(more = {}) {
  const made = await ask(here.member, "POST", "/stories", { intend: "To have it said.", did: words.calm, happened: "The house was loud.", ...more });
  assert.equal(made.status, 201, made.text);
  return made.body.id;
}
const sections = ["did", "happened"];
async function shared(audience, more = {}, fields = {}) {
  const id = await written(fields);
  return ask(here.member, "POST", `/stories/${id}/shares`, { audience, circle: here.circle, sections, ...(audience === "allies" ? { allies: ["Wren"] } : {}), ...(audience === "link" ? { days: 1 } : {}), ...more });
}
const read = (who, id) => ask(who, "GET", `/shared-stories/${id}`);
const witness = (who, id, text, more = {}) => ask(who, "POST", `/posts/${id}/witness`, { kind: "strength", text, ...more });
const kind = "I see how patient you were, and that you asked for help.";

test("a share with a member that nobody knows is refused, so that nothing is shared for longer than was meant", async () => {
  for (const [more, field] of [[{ until: "2099-12-01" }, "until"], [{ expires_days: 3 }, "expires_days"], [{ title: 5 }, "title"], [{ days: "3" }, "days"], [{ allies: "Wren" }, "allies"]]) {
    const refused = await shared("allies", more);
    assert.deepEqual([refused.status, refused.body.errors?.[0].field], [422, field], refused.text);
  }
});

test("two devices that change a story at once keep both versions", async () => {
  const id = await written();
  const change = (felt) => ask(here.member, "PUT", `/stories/${id}`, { intend: "To have it said.", felt, based_on: 1 });
  await change("Relief.");
  const late = await change("Fear.");
  assert.equal(late.body.beside_another, true);
  const all = await ask(here.member, "GET", `/stories/${id}`);
  assert.deepEqual([all.body.felt, ...all.body.earlier.map((one) => one.felt)], ["Fear.", undefined, "Relief."]);
});

test("a passage that is put away is in no answer until its day, but in the copy of one's data; it comes back when asked", async () => {
  const passage = "Nobody came to the door that evening.";
  const id = await written({ happened: `It was loud. ${passage} Then I slept.` });
  const until_day = new Date(Date.now() + 5 * 86400_000).toISOString().slice(0, 10);
  assert.equal((await ask(here.member, "POST", `/stories/${id}/put-away`, { words: "Words of another story.", until: until_day })).status, 422);
  assert.equal((await ask(here.member, "POST", `/stories/${id}/put-away`, { words: passage, until: "2020-01-01" })).status, 422);
  const away = await ask(here.member, "POST", `/stories/${id}/put-away`, { words: passage, until: until_day, based_on: 1 });
  assert.equal(away.status, 200, away.text);
  assert.equal(away.body.happened, "It was loud. [… 1] Then I slept.");
  for (const path of [`/stories/${id}`, "/stories"]) assert.ok(!(await ask(here.member, "GET", path)).text.includes(passage));
  for (const path of ["", "/versions", "/share"]) assert.ok(!(await here.server.ask("GET", `/me/stories/${id}${path}`, { token: here.member.token })).text.includes(passage));
  const sent = await ask(here.member, "POST", `/stories/${id}/shares`, { audience: "circle", circle: here.circle, sections });
  assert.ok(!(await read(here.other, sent.body.id)).text.includes("Nobody came"));
  await ask(here.member, "PUT", `/stories/${id}`, { ...away.body, id: undefined, version: undefined, based_on: 2 });
  assert.ok((await here.server.ask("GET", `${v1}/me/export`, { token: here.member.token })).text.includes(passage));
  const newest = (await ask(here.member, "GET", `/stories/${id}`)).body.version;
  const back = await ask(here.member, "POST", `/stories/${id}/bring-back`, { number: 1, based_on: newest });
  assert.equal(back.body.happened, `It was loud. ${passage} Then I slept.`);
});

test("a passage that is put away stays away, whatever another device saves or takes over", async () => {
  const passage = "Nobody came to the door that evening.";
  const words = { intend: "To have it said.", happened: `It was loud. ${passage}` };
  const { id } = (await ask(here.member, "POST", "/stories", words)).body;
  const until_day = new Date(Date.now() + 5 * 86400_000).toISOString().slice(0, 10);
  assert.equal((await ask(here.member, "PUT", `/stories/${id}`, { ...words, felt: "Fear.", based_on: 1 })).status, 200);
  assert.equal((await ask(here.member, "POST", `/stories/${id}/put-away`, { words: passage, until: until_day, based_on: 2 })).status, 200);
  const on_pages = async () => (await Promise.all(["", "/versions", "/share"].map(async (path) => (await here.server.ask("GET", `/me/stories/${id}${path}`, { token: here.member.token })).text))).join("\n");
  // A device that still has the story from before.
  const late = await ask(here.member, "PUT", `/stories/${id}`, { ...words, means: "I am here.", based_on: 2 });
  assert.equal(late.body.happened, "It was loud. [… 1]");
  assert.equal(late.body.put_away[0].until, until_day);
  assert.ok(!(await on_pages()).includes(passage));
  // A version from before, taken over.
  await ask(here.member, "PUT", `/stories/${id}`, { ...words, felt: "Relief.", based_on: 1 });
  const { others } = (await ask(here.member, "GET", `/stories/${id}`)).body;
  for (const number of others) {
    const body = new URLSearchParams({ do: "take", number: String(number) }).toString();
    await here.server.ask("POST", `/me/stories/${id}/other`, { token: here.member.token, body, headers: { "content-type": "application/x-www-form-urlencoded" } });
    assert.ok(!(await on_pages()).includes(passage), String(number));
  }
  assert.ok(others.length > 0);
  const newest = (await ask(here.member, "GET", `/stories/${id}`)).body;
  const back = await ask(here.member, "POST", `/stories/${id}/bring-back`, { number: newest.put_away[0].number, based_on: newest.version });
  assert.ok(back.body.happened.includes(passage) && !back.body.put_away, back.text);
});

test("programs learn what the pages show: what changed between two versions, what continues, and whether a look is due", async () => {
  const who = await here.server.join("Alder");
  const id = (await ask(who, "POST", "/stories", { intend: "To have it said.", felt: "Fear, and no sleep.", next: "Ring her again.", again: "month" })).body.id;
  await ask(who, "PUT", `/stories/${id}`, { intend: "To have it said.", felt: "Relief, and some sleep.", next: "Ring her again.", again: "month", based_on: 1 });
  await ask(who, "PUT", `/stories/${id}`, { intend: "To have it said.", felt: "Relief, and sleep.", next: "Ring her again.", again: "month", based_on: 1 });
  const compared = async (query = "") => (await ask(who, "GET", `/stories/${id}/changes${query}`)).body;
  const words_of = (pieces, without) => pieces.filter((one) => one.what !== without).map((one) => one.text).join("");
  const newest = await compared();
  assert.deepEqual([newest.version, newest.before, newest.changes.map((one) => one.section)], [3, 1, ["felt"]], "against what its writer had before them");
  assert.deepEqual(["gone", "added"].map((one) => words_of(newest.changes[0].pieces, one)), ["Relief, and sleep.", "Fear, and no sleep."]);
  const chosen = await compared("?version=3&before=2");
  assert.deepEqual(chosen.changes[0].pieces, [{ what: "same", text: "Relief, and " }, { what: "gone", text: "some " }, { what: "same", text: "sleep." }]);
  assert.deepEqual(await compared("?version=1"), { version: 1, before: null, changes: [] });
  for (const [query, field] of [["?version=4", "version"], ["?version=1e0", "version"], ["?before=0", "before"], ["?before=x", "before"]]) {
    const answer = await ask(who, "GET", `/stories/${id}/changes${query}`);
    assert.deepEqual([answer.status, answer.body.errors?.[0].field], [422, field], query);
  }
  assert.equal((await ask(here.member, "GET", `/stories/${id}/changes`)).status, 404);

  const { goal } = (await ask(who, "POST", `/stories/${id}/goal`)).body;
  await ask(who, "PUT", `/goals/${goal}`, { what: "Ring her again.", state: "active", steps: [{ text: "Find the number", state: "done" }, { text: "Call", state: "open", tries: [{ day: "2026-05-01", what: "Nobody was there." }] }], based_on: 1 });
  await ask(who, "POST", "/goals", { what: "Of no story", state: "active" });
  const going = (await ask(who, "GET", "/story-times")).body;
  assert.deepEqual(going.going_on, [{ goal, what: "Ring her again.", any_done: true, step: "Call" }]);
  assert.deepEqual(going.moments.map(({ day, ...one }) => one), [{ what: "tried", about: "Call", goal }, { what: "begun", about: "To have it said.", story: id }, { what: "grew", about: "Ring her again.", goal }]);

  const due_of = async (who) => (await ask(who, "GET", "/stories")).body.items.map((one) => one.due);
  assert.deepEqual(await due_of(who), [false]);
  const copy = (await ask(who, "GET", "/me/export")).body.private;
  const long_ago = new Date(Date.now() - 31 * 86400_000).toISOString();
  const later = await here.server.join("Alder again");
  await ask(later, "POST", "/me/import", { private: { story: copy.story.map((versions) => versions.map((one) => ({ ...one, saved_at: long_ago }))) } });
  assert.deepEqual(await due_of(later), [true]);
  const [told] = (await ask(later, "GET", "/stories")).body.items;
  assert.equal((await ask(later, "GET", `/stories/${told.id}`)).body.due, true);
  await ask(later, "PUT", `/stories/${told.id}`, { intend: "To have it said.", again: "month", based_on: told.version });
  assert.deepEqual(await due_of(later), [false], "once it was told anew, nobody asks");
});

describe("sharing", () => {
  test("an ally reads support first and hard detail last; nobody else finds anything, anywhere", async () => {
    const sent = await shared("allies");
    assert.equal(sent.status, 201, sent.text);
    const { id, thread } = sent.body;
    const seen = await read(here.other, id);
    assert.deepEqual(seen.body.parts.map((one) => [one.heading, one.hard]), [["What I did", false], ["What happened", true]]);
    assert.ok((await ask(here.other, "GET", "/shared-stories")).text.includes(id));
    for (const who of [here.facilitator, here.lead, here.outsider, undefined]) {
      assert.notEqual((await read(who, id)).status, 200);
      assert.equal((await ask(who, "GET", `/posts/${id}`)).status, 404);
      assert.equal((await ask(who, "GET", `/threads/${thread}/posts`)).status, 404);
      assert.ok(!(await ask(who, "GET", `/circles/${here.circle}/threads`)).text.includes(thread));
      assert.ok(!(await ask(who, "GET", `/search?circle=${here.circle}&q=window`)).text.includes(id));
      assert.notEqual((await witness(who, id, kind)).status, 201);
    }
    for (const who of [here.facilitator, here.lead]) assert.ok(!(await ask(who, "GET", "/shared-stories")).text.includes(id));
  });

  test("no live connection hears of it but its readers' and its writer's", async () => {
    const circle = here.server.live(here.facilitator.token);
    await circle.subscribe(`circle:${here.circle}`);
    const ally = here.server.live(here.other.token);
    await ally.subscribe("me");
    const { id } = (await shared("allies")).body;
    await until(() => ally.told.find((one) => one.type === "me.story" && one.data.post === id), "the ally to hear of it");
    assert.ok((await circle.subscribe(`story:${id}`)).error);
    assert.ok((await circle.subscribe(`thread:${id}`)).error);
    await here.server.reply(here.member, here.thread, words.calm);
    await until(() => circle.told.some((one) => one.type === "post.published"), "the circle's next event");
    assert.ok(!JSON.stringify(circle.told.filter((one) => one.type)).includes(id));
    circle.cut();
    ally.cut();
  });

  test("what the screen holds nobody reads; a cry for help brings care and is never refused", async () => {
    const held = await shared("circle", {}, { did: words.harm });
    assert.equal(held.status, 202, held.text);
    assert.equal((await read(here.other, held.body.id)).status, 404);
    const cry = await shared("link", {}, { did: words.crisis });
    assert.equal(cry.status, 202, cry.text);
    assert.ok(cry.body.care.lines.length >= 1);
    const secret = cry.body.link.slice(3);
    assert.equal((await ask(undefined, "POST", `/story-links/${secret}`)).status, 404);
    assert.equal((await here.server.ask("GET", `/s/${secret}`)).status, 404);
    const items = await ask(here.facilitator, "GET", "/review/items?lane=care");
    assert.ok(items.text.includes(cry.body.id));
    const returned = await shared("circle", { sections: ["did"] }, { did: words.contact });
    assert.equal(returned.status, 422);
    assert.equal((await read(here.other, returned.body.id)).status, 404);
  });

  test("taking it back reaches live connections within 5 seconds, and everything after finds nothing", async () => {
    for (const audience of ["allies", "circle", "link"]) {
      const sent = await shared(audience);
      const secret = sent.body.link?.slice(3);
      const reader = here.server.live(secret ? undefined : here.other.token);
      const topic = secret ? `link:${secret}` : `story:${sent.body.id}`;
      const owner = here.server.live(here.member.token);
      await owner.subscribe(`story:${sent.body.id}`); // by another name, before the reader
      const followed = await reader.subscribe(topic);
      assert.equal(followed.type, "subscribed", JSON.stringify(followed));
      const begun = Date.now();
      assert.equal((await ask(here.member, "DELETE", `/story-shares/${sent.body.id}`)).status, 204);
      await until(() => reader.told.find((one) => one.topic === topic && one.type === "story.withdrawn"), "the withdrawal", 5000);
      assert.ok(Date.now() - begun < 5000);
      assert.equal((await read(here.other, sent.body.id)).status, 404);
      if (secret) assert.equal((await ask(undefined, "POST", `/story-links/${secret}`)).status, 404);
      assert.ok((await reader.subscribe(topic, followed.event)).error);
      assert.equal(here.server.sql(`SELECT max(length(text_sealed)) AS n FROM post_version WHERE post_id = x'${sent.body.id}'`)[0].n, 0);
      await until(() => owner.told.some((one) => one.type === "story.withdrawn"), "the owner's event");
      for (const live of [reader, owner]) {
        assert.equal(new Set(live.told.map((one) => one.topic)).size, 1, "each is told by the name that they know");
        live.cut();
      }
    }
  });

  test("a link counts its openings, not its readers, and is not in the database", async () => {
    const sent = await shared("link");
    const secret = sent.body.link.slice(3);
    for (const who of [undefined, here.outsider]) {
      const opened = await ask(who, "POST", `/story-links/${secret}`);
      assert.equal(opened.status, 200, opened.text);
      assert.deepEqual(opened.body.notes, []);
    }
    const front = await here.server.ask("GET", `/s/${secret}`);
    assert.equal(front.status, 200);
    assert.ok(!front.text.includes("opened the window"));
    const mine = (await ask(here.member, "GET", "/story-shares")).body.items.find((one) => one.id === sent.body.id);
    assert.equal(mine.openings, 2);
    assert.equal(mine.link, sent.body.link);
    assert.equal(here.server.sql(`SELECT count(*) AS n FROM share_reader WHERE post_id = x'${sent.body.id}'`)[0].n, 0);
    assert.ok(!here.server.sql("SELECT hex(link_hash) AS h FROM share WHERE link_hash IS NOT NULL").some((one) => one.h.toLowerCase() === secret));
    assert.equal((await ask(here.outsider, "POST", `/story-links/${secret}/reader`)).status, 404);
    assert.equal((await ask(here.other, "POST", `/story-links/${secret}/reader`)).status, 200);
    assert.equal((await witness(here.other, sent.body.id, kind)).status, 201);
  });

  test("which stories somebody shares can't be told from the file: the source is sealed to its writer", async () => {
    const id = await written();
    await ask(here.member, "POST", `/stories/${id}/shares`, { audience: "circle", circle: here.circle, sections });
    const rows = here.server.sql("SELECT hex(source_sealed) AS source FROM share");
    assert.ok(rows.length > 0 && rows.every((one) => !one.source.includes(Buffer.from(id).toString("hex").toUpperCase())));
  });

  test("an account that is erased takes its shares with it", async () => {
    const { server } = here;
    const hazel = await server.join("Hazel");
    await server.enter(hazel, here.circle);
    const story = await ask(hazel, "POST", "/stories", { intend: "To have it said.", did: words.calm });
    const sent = await ask(hazel, "POST", `/stories/${story.body.id}/shares`, { audience: "circle", circle: here.circle, sections });
    assert.equal((await read(here.other, sent.body.id)).status, 200);
    const gone = await ask(hazel, "DELETE", "/me", { passphrase: "seven quiet lanterns" });
    assert.ok(gone.status < 300, gone.text);
    assert.equal((await read(here.other, sent.body.id)).status, 404);
  });
});

describe("a copy whose time ran out", () => {
  const kept = (id) => here.server.sql(`SELECT max(length(text_sealed)) AS n FROM post_version WHERE post_id = x'${id}'`)[0].n;
  const run_out = (id) => here.server.sql(`UPDATE share SET expires_at = created_at WHERE post_id = x'${id}'`);
  const mine = async (id) => (await ask(here.member, "GET", "/story-shares")).body.items.find((one) => one.id === id);
  const restart = async () => {
    const { folder } = here.server;
    here.server.own = false; // it is needed again
    await here.server.stop();
    here.server = await Server.start({ folder });
  };

  test("goes with its story", async () => {
    const sent = await shared("circle", { days: 1 });
    const { story } = await mine(sent.body.id);
    run_out(sent.body.id);
    assert.equal((await ask(here.member, "DELETE", `/stories/${story}`)).status, 204);
    assert.equal(kept(sent.body.id), 0);
  });

  test("keeps no words: its writer can delete it at once, the timer does, and it stays in the list as ended", async () => {
    const [deleted, left] = [await shared("circle", { days: 1 }), await shared("allies", { days: 1 })];
    const news = async () => (await ask(here.other, "GET", "/notifications")).body.items;
    const told = await until(async () => { const all = await news(); return all.some((one) => one.path === `/stories/${left.body.id}`) && all.length; }, "the ally to hear of it");
    const share_page = async ({ body }) => (await here.server.ask("GET", `/me/stories/${(await mine(body.id)).story}/share`, { token: here.member.token })).text;
    for (const one of [deleted, left]) {
      assert.ok(!(await share_page(one)).includes("Delete this copy"), "it can be taken back");
      run_out(one.body.id);
      assert.equal((await read(here.other, one.body.id)).status, 404);
      const seen = await share_page(one);
      assert.ok(seen.includes("Delete this copy") && !seen.includes("Take it back"));
      assert.ok(kept(one.body.id) > 0);
    }
    assert.equal((await here.server.ask("POST", `/stories/${deleted.body.id}/withdraw`, { token: here.member.token })).status, 303);
    assert.equal(kept(deleted.body.id), 0);
    await restart();
    await until(() => kept(left.body.id) === 0, "the timer to empty it");
    for (const one of [deleted, left]) {
      assert.equal((await mine(one.body.id)).open, false);
      const seen = await share_page(one);
      assert.ok(seen.includes("Not shared any more") && !seen.includes("Delete this copy"));
    }
    assert.ok((await news()).length <= told, "nobody is told");
  });
});

describe("witness notes", () => {
  test("are shown in parts, long ones cut, each of them whole where it is asked for; the same for their writer when the story is taken back", async () => {
    const sent = (await shared("circle")).body;
    const ids = [];
    for (let number = 1; number <= 65; number += 1) {
      const note = await witness(here.other, sent.id, `Note number ${number}. ${"You rang somebody, and that took courage. ".repeat(60)}The end.`);
      assert.equal(note.status, 201, note.text);
      ids.push(note.body.id);
    }
    const page = async (who, path) => {
      const { status, text } = await here.server.ask("GET", path, { token: who.token });
      assert.equal(status, 200, path);
      assert.ok(text.length < 60 * 1024, `${path}: ${text.length}`);
      return text;
    };
    const all_in_parts = async (who, path) => {
      const found = [];
      for (let next = path; next; ) {
        const text = await page(who, next);
        assert.ok(!text.includes("The end."));
        found.push(...[...text.matchAll(/Note number (\d+)\./g)].map((one) => Number(one[1])));
        next = text.match(/href="([^"]*)">More notes/)?.[1].replaceAll("&amp;", "&").split("#")[0];
      }
      assert.deepEqual(found, Array.from({ length: 65 }, (_, at) => at + 1));
    };
    const whole = async (who, path) => {
      const seen = await page(who, path);
      assert.ok(seen.includes(`id="p-${ids[63]}"`) && seen.includes("Notes before these"));
      assert.equal(seen.split("The end.").length, 2);
    };
    await all_in_parts(here.other, `/stories/${sent.id}`);
    const led = await here.server.ask("GET", `/posts/${ids[63]}`, { token: here.member.token });
    assert.equal(led.headers.get("location"), `/stories/${sent.id}?show=${ids[63]}#p-${ids[63]}`);
    await whole(here.member, led.headers.get("location").split("#")[0]);
    const { story } = (await ask(here.member, "GET", "/story-shares")).body.items[0];
    assert.ok(!(await page(here.member, `/me/stories/${story}/share`)).includes("Note number"));
    await ask(here.member, "DELETE", `/story-shares/${sent.id}`);
    const place = (await page(here.member, `/me/stories/${story}/share`)).match(/href="([^"#]*)#notes">Notes that readers left/)[1];
    await all_in_parts(here.member, place);
    await whole(here.member, `${place}&show=${ids[63]}`);
  });

  test("a note that makes little of it is asked about first; harm is held; its writer keeps one on top", async () => {
    const { id } = (await shared("circle")).body;
    const little = await witness(here.other, id, "Everything happens for a reason.");
    assert.equal(little.status, 409);
    assert.equal(little.body.type, "/problems/nudge");
    assert.equal((await witness(here.other, id, "There is something beautiful about pain.")).status, 409);
    assert.equal((await witness(here.other, id, words.harm)).status, 202);
    assert.equal((await witness(here.other, id, kind, { kind: "advice" })).status, 422);
    const first = await witness(here.other, id, "You rang somebody. That takes courage.");
    const second = await witness(here.facilitator, id, kind, { kind: "resource" });
    assert.deepEqual([first.status, second.status], [201, 201]);
    assert.equal((await ask(here.other, "PUT", `/posts/${second.body.id}/pin`)).status, 404);
    assert.equal((await ask(here.member, "PUT", `/posts/${second.body.id}/pin`)).status, 204);
    const seen = await read(here.other, id);
    assert.deepEqual(seen.body.notes.map((one) => [one.kind, one.pinned]), [["resource", true], ["strength", false]]);
    assert.equal((await ask(here.member, "DELETE", `/posts/${second.body.id}/pin`)).status, 204);
    assert.equal((await read(here.other, id)).body.notes[0].id, first.body.id);
  });

  test("who looks at one with a story that was shared with named people alone is in its writer's record, too", async () => {
    const { id } = (await shared("allies")).body;
    assert.equal((await witness(here.other, id, words.harm)).status, 202);
    assert.equal((await read(here.facilitator, id)).status, 404);
    const record = async () => (await ask(here.member, "GET", "/me/record")).body.items.filter((one) => one.object === id);
    assert.deepEqual(await record(), []);
    const { items } = (await ask(here.facilitator, "GET", "/review/items")).body;
    for (const item of items) await ask(here.facilitator, "GET", `/review/items/${item.id}?show=all`);
    assert.deepEqual((await record()).map((one) => [one.action, one.read]), [["private.read", "story"]]);
    assert.match((await here.server.ask("GET", "/me/record", { token: here.member.token })).text, /read a story that you shared, together with a note to it/);
  });

  test("a reader can tell a facilitator about a note, who reads it with the story that it answers", async () => {
    const { id } = (await shared("circle")).body;
    const note = await witness(here.facilitator, id, kind);
    assert.equal((await ask(here.other, "POST", `/posts/${note.body.id}/reports`, { category: "unkind", words: "It felt cold." })).status, 202);
    assert.equal((await ask(here.outsider, "POST", `/posts/${note.body.id}/reports`, { category: "unkind", words: "It felt cold." })).status, 404);
    const items = await ask(here.lead, "GET", "/review/items?lane=report");
    const item = items.body.items.find((one) => one.post === note.body.id);
    const opened = await ask(here.lead, "GET", `/review/items/${item.id}?show=all`);
    assert.ok(JSON.stringify(opened.body).includes("opened the window"), opened.text);
  });
});

test("a next step becomes a goal once", async () => {
  const id = await written({ next: "Ring her again." });
  const first = await ask(here.member, "POST", `/stories/${id}/goal`);
  assert.equal(first.status, 201, first.text);
  assert.deepEqual((await ask(here.member, "POST", `/stories/${id}/goal`)).body, first.body);
  assert.equal((await ask(here.member, "GET", `/goals/${first.body.goal}`)).body.what, "Ring her again.");
  assert.equal((await ask(here.member, "POST", `/stories/${await written()}/goal`)).status, 422);
});

test("another next step, and one whose goal is gone, can become a goal anew", async () => {
  const { id } = (await ask(here.member, "POST", "/stories", { intend: "For my sister.", next: "Ring her." })).body;
  const page = async () => (await here.server.ask("GET", `/me/stories/${id}`, { token: here.member.token })).text;
  const offers = async () => [/Make a goal of it/.test(await page()), /The goal that grew from/.test(await page())];
  const next_steps = async () => (await ask(here.member, "GET", "/me/blueprint")).body.next.map((one) => one.words);
  const first = (await ask(here.member, "POST", `/stories/${id}/goal`)).body.goal;
  assert.deepEqual(await offers(), [false, true]);
  await ask(here.member, "DELETE", `/goals/${first}`);
  assert.deepEqual(await offers(), [true, false]);
  assert.ok((await next_steps()).includes("Ring her."));
  const second = (await ask(here.member, "POST", `/stories/${id}/goal`)).body.goal;
  assert.notEqual(second, first);
  const { version } = (await ask(here.member, "GET", `/stories/${id}`)).body;
  await ask(here.member, "PUT", `/stories/${id}`, { intend: "For my sister.", next: "Visit her.", based_on: version });
  assert.deepEqual(await offers(), [true, false]);
  const third = (await ask(here.member, "POST", `/stories/${id}/goal`)).body.goal;
  assert.equal((await ask(here.member, "GET", `/goals/${third}`)).body.what, "Visit her.");
  assert.equal((await ask(here.member, "GET", `/goals/${second}`)).status, 200, "what grew before goes on");
});

test("making a goal of the next step keeps what was typed meanwhile", async () => {
  const made = (await ask(here.member, "POST", "/stories", { intend: "For my sister.", next: "Ring her." })).body;
  const body = new URLSearchParams({ intend: "For my sister.", did: "I waited at the gate.", next: "Ring her on Sunday.", based_on: "1" }).toString();
  const pressed = await here.server.ask("POST", `/me/stories/${made.id}/goal`, { token: here.member.token, body, headers: { "content-type": "application/x-www-form-urlencoded" } });
  assert.equal(pressed.status, 303);
  const kept = (await ask(here.member, "GET", `/stories/${made.id}`)).body;
  assert.deepEqual([kept.did, kept.next], ["I waited at the gate.", "Ring her on Sunday."]);
  assert.equal((await ask(here.member, "GET", `/goals/${kept.next_goal}`)).body.what, "Ring her on Sunday.");
});

describe("days", () => {
  test("a passage stays out of what is shared for as long as it stays off the page: by the writer's own clock, west and east", async () => {
    const passage = "Nobody came to the door that evening.";
    const day_in = (hours) => new Date(Date.now() + hours * 3600_000).toISOString().slice(0, 10);
    const be_in = async (zone) => {
      const now = await ask(here.member, "GET", "/pacing");
      assert.equal((await ask(here.member, "PUT", "/pacing", { zone, based_on: now.body?.version ?? 0 })).status, 200);
    };
    const id = await written({ happened: `It was loud. ${passage} Then I slept.` });
    const is_shared = async () => {
      const sent = await ask(here.member, "POST", `/stories/${id}/shares`, { audience: "circle", circle: here.circle, sections });
      assert.equal(sent.status, 201, sent.text);
      return (await read(here.other, sent.body.id)).text.includes("Nobody came");
    };
    const is_shown = async () => (await ask(here.member, "GET", `/stories/${id}`)).body.happened.includes("Nobody came");
    await be_in("GMT-12:00");
    assert.equal((await ask(here.member, "POST", `/stories/${id}/put-away`, { words: passage, until: day_in(12), based_on: 1 })).status, 200);
    assert.deepEqual([await is_shown(), await is_shared()], [false, false], "the day has not come in the west");
    await be_in("GMT+14:00");
    assert.deepEqual([await is_shown(), await is_shared()], [true, true], "it has in the east");
    for (const [zone, hours] of [["GMT-12:00", -12], ["GMT+14:00", 14]]) {
      await be_in(zone);
      const kept = new Date((await ask(here.member, "GET", `/stories/${id}`)).body.saved_at);
      const there = new Date(kept.getTime() + hours * 3600_000).toISOString();
      const page = (await here.server.ask("GET", `/me/stories/${id}`, { token: here.member.token })).text;
      assert.match(page, new RegExp(`kept <time[^>]*>${Number(there.slice(8, 10))} \\w+ \\d{4}, ${there.slice(11, 16)}</time>`), zone);
      assert.ok(!page.includes(" UTC"));
    }
  });
});

describe("a form on the page", () => {
  const send = (path, fields, who = here.member) => here.server.ask("POST", path, { token: who.token, body: new URLSearchParams(fields).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } });
  const page = async (path, who = here.member) => (await here.server.ask("GET", path, { token: who.token })).text;

  test("too much now asks nothing, keeps all, leads to something calm and says so, with help lines when it sounds heavy", async () => {
    const half = { key: key(), happened: "It was loud.", strength_shows_0: "Somebody heard me.", then: "pause" };
    const paused = await send("/me/stories", half);
    assert.equal(paused.status, 303, paused.text);
    const [, id] = /^\/tools\/grounding\?kept=([0-9a-f]{32})$/.exec(paused.headers.get("location"));
    const kept = (await ask(here.member, "GET", `/stories/${id}`)).body;
    assert.deepEqual([kept.happened, kept.strengths], ["It was loud.", [{ shows: "Somebody heard me.", name: "Not said yet" }]]);
    const calm = await page(`/tools/grounding?kept=${id}`);
    assert.match(calm, /Your words are kept/);
    assert.ok(calm.includes(`href="/me/stories/${id}"`) && !calm.includes("tel:"));
    const again = await send(`/me/stories/${id}`, { intend: "To have it said.", felt: words.crisis, based_on: "1", then: "pause" });
    assert.equal(again.headers.get("location"), `/tools/grounding?kept=${id}`);
    assert.match(await page(`/tools/grounding?kept=${id}`), /tel:/);
    assert.ok(!/Your words are kept|tel:/.test(await page(`/tools/grounding?kept=${id}`, here.other)), "nobody else is told anything");
    assert.equal((await send("/me/stories", { key: key(), then: "pause" })).headers.get("location"), "/tools/grounding");
  });

  test("shares a story as it was told before, with an end for people too, under an address that can be passed on", async () => {
    const id = await written({ did: "First words about it." });
    await ask(here.member, "PUT", `/stories/${id}`, { intend: "To have it said.", did: "Later words about it.", based_on: 1 });
    assert.match(await page(`/me/stories/${id}/share`), /Later words[^]*<option value="1"/);
    const earlier = await page(`/me/stories/${id}/share?version=1`);
    assert.ok(earlier.includes("First words") && !earlier.includes("Later words"));
    assert.match(earlier, /<input type="hidden" name="version" value="1">/);
    const fields = { key: key(), version: "1", circle: here.circle, section_did: "on", title: "" };
    assert.equal((await send(`/me/stories/${id}/share`, { ...fields, audience: "circle", ends: "7" })).status, 303);
    assert.equal((await send(`/me/stories/${id}/share`, { ...fields, key: key(), audience: "link", days: "1" })).status, 303);
    const [link, circle] = (await ask(here.member, "GET", "/story-shares")).body.items;
    assert.deepEqual([circle.version, Math.round((new Date(circle.expires_at) - new Date(circle.created_at)) / 86400_000)], [1, 7]);
    const seen = await page(`/me/stories/${id}/share`);
    const path = `/s/${link.link.split("/").at(-1)}`;
    assert.ok(seen.includes(`<a href="${path}">${here.server.url}${path}</a>`), path);
  });

  test("putting a passage away, and bringing it back, keeps what was changed in the story meanwhile", async () => {
    const passage = "Nobody came to the door that evening.";
    const id = await written({ happened: `It was loud. ${passage}` });
    const until = new Date(Date.now() + 5 * 86400_000).toISOString().slice(0, 10);
    const typed = { intend: "To have it said.", happened: `It was loud. ${passage}`, means: "I am here.", based_on: "1" };
    const wrong = await send(`/me/stories/${id}/put-away`, { ...typed, words: "Other words.", until });
    assert.equal(wrong.status, 422);
    assert.ok(wrong.text.includes("I am here.") && wrong.text.includes("Other words."), "and when it could not be, all is still there");
    assert.equal((await send(`/me/stories/${id}/put-away`, { ...typed, words: passage, until })).status, 303);
    const away = (await ask(here.member, "GET", `/stories/${id}`)).body;
    assert.deepEqual([away.version, away.means, away.happened], [2, "I am here.", "It was loud. [… 1]"]);
    assert.equal((await send(`/me/stories/${id}/bring-back`, { ...typed, happened: away.happened, means: "I am still here.", number: "1", based_on: "2" })).status, 303);
    const back = (await ask(here.member, "GET", `/stories/${id}`)).body;
    assert.deepEqual([back.means, back.happened], ["I am still here.", `It was loud. ${passage}`]);
  });
});

test("too much now keeps also what was pasted from a word processor", async () => {
  const body = new URLSearchParams({ intend: "", happened: "A first line.\vA second one.\u0001", strength_name_0: "Pati\fence", then: "pause" }).toString();
  const pressed = await here.server.ask("POST", "/me/stories", { token: here.member.token, body, headers: { "content-type": "application/x-www-form-urlencoded" } });
  assert.equal(pressed.status, 303, pressed.text);
  const id = pressed.headers.get("location").split("kept=")[1];
  const kept = (await ask(here.member, "GET", `/stories/${id}`)).body;
  assert.equal(kept.happened, "A first line. A second one.");
});
