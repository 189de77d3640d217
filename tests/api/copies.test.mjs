// A copy of everything: out as JSON and as a table, back in whole or not at all, and the one page made of it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, slowed, words } from "../harness.mjs";
import { every_kind, is_only } from "../private_kinds.mjs";

const v1 = "/api/v1";
let here;
let keys = 0;
before(async () => (here = await place()));
after(() => here.server.stop());
const ask = (who, method, path, body) => here.server.ask(method, v1 + path, { token: who.token, key: `copy-${(keys += 1)}`, body });
const copy_of = async (who) => (await ask(who, "GET", "/me/export")).body;
const without_ids = (copy) => Object.fromEntries(Object.entries(copy.private).map(([kind, records]) => [kind, records.map((versions) => versions.map(({ id, next_goal, strengths, habit, ...rest }) => ({ ...rest, strengths: strengths?.map(({ goal, ...one }) => one) }))).sort((left, right) => JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)]));

/** Somebody with something of every kind, and a changed version of one. */
async function writer(nickname) {
  const who = await here.server.join(nickname);
  await ask(who, "POST", "/journal", { kind: "writing", text: "The kettle sang.\nI listened." });
  await ask(who, "POST", "/moods", { day: "2026-05-01", level: 4, helped: "a walk", tags: ["rain"] });
  await ask(who, "POST", "/moods", { day: "2026-05-02", level: 2, helped: "A walk" });
  await ask(who, "PUT", "/plan", { signs: "I sleep badly." });
  await ask(who, "POST", "/cards", { title: "Cold water", text: "Hands under the tap." });
  const goal = await ask(who, "POST", "/goals", { what: "Walk again", value: "I like the trees.", by: "autumn", state: "active", steps: [{ text: "Shoes by the door", state: "done" }, { text: "Round the block", state: "open", tries: [{ day: "2026-05-01", what: "It rained.", next: "" }] }] });
  await ask(who, "PUT", `/goals/${goal.body.id}`, { ...goal.body, id: undefined, version: undefined, beside_another: undefined, created_at: undefined, saved_at: undefined, by: "winter", based_on: 1 });
  const strengths = [{ name: "Patience", shows: "I waited.", goal: goal.body.id }, { name: "patience", shows: "I asked twice." }];
  await ask(who, "POST", "/stories", { intend: "To have it said.", happened: "The house was loud.", did: words.calm, strengths, values: ["calm", "Trees"], means: "I can wait.", next: "Ring her again." });
  const habit = await ask(who, "POST", "/habits", { name: "A walk", kind: "movement", state: "active" });
  await ask(who, "PUT", `/habits/${habit.body.id}/notes`, { day: "2026-05-01", did: "bit" });
  await ask(who, "POST", "/values", { very: ["Kindness"], not_now: ["Fame"], chosen: [{ name: "Kindness", matters: 4, room: 2, step: "Ring her." }] });
  await ask(who, "POST", "/experiments", { what: "Open the window", day: "2026-05-01", before: 2 });
  await ask(who, "PUT", "/pacing", { pause_after: "20" });
  return who;
}

test("a copy comes back in whole, with versions, times and what belongs together; a second time adds nothing", async () => {
  const from = await writer("Sorrel");
  const copy = await copy_of(from);
  const to = await here.server.join("Sorrel again");
  const first = await ask(to, "POST", "/me/import", copy);
  assert.equal(first.status, 200, first.text);
  assert.deepEqual(first.body.private.mood, { added: 2, kept: 0 });
  const there = await copy_of(to);
  assert.deepEqual(without_ids(there), without_ids(copy));
  assert.equal(there.private.goal[0].length, 2);
  assert.equal(there.private.story[0][0].strengths[0].goal, there.private.goal[0][0].id, "the story finds its goal");
  assert.equal(there.private.habit_note[0][0].habit, there.private.habit[0][0].id, "and a day its habit");
  for (const [kind, records] of Object.entries(there.private)) if (kind !== "waiting") assert.ok(records.length > 0, `${kind} was in it`);
  assert.equal((await ask(to, "GET", "/pacing")).body.pause_after, "20");
  assert.notEqual(there.private.goal[0][0].id, copy.private.goal[0][0].id, "ids of another account are not taken");
  const second = await ask(to, "POST", "/me/import", copy);
  assert.deepEqual(second.body.private.mood, { added: 0, kept: 2 });
  assert.deepEqual(second.body.private.plan, { added: 0, kept: 1 });
  assert.deepEqual(await copy_of(to), there);
  await ask(from, "POST", "/me/import", copy);
  assert.deepEqual((await copy_of(from)).private, copy.private, "into the account that it came from, nothing changes");
  assert.deepEqual((await copy_of(here.other)).private.journal, [], "and nobody else has any of it");
});

test("one's own space can be taken alone, without what is too much to bring back", async () => {
  const from = await writer("Burdock");
  const alone = await ask(from, "GET", "/me/export?only=space");
  assert.deepEqual(Object.keys(alone.body).sort(), ["account", "partners", "private"]);
  assert.deepEqual(alone.body.private, (await copy_of(from)).private);
  const to = await here.server.join("Burdock again");
  assert.equal((await ask(to, "POST", "/me/import", alone.body)).status, 200);
  assert.deepEqual(without_ids(await copy_of(to)), without_ids(alone.body));
  assert.ok((await here.server.ask("GET", "/me/copy", { token: to.token })).text.includes('href="/api/v1/me/export?only=space"'));
});

test("what somebody wrote elsewhere is in their copy too, in nobody else's, and an import leaves it out", async () => {
  const { server, lead, facilitator, other } = here;
  const who = await server.join("Meadowsweet");
  const [circle, closed] = [await server.circle(lead, { name: "Reading room" }), await server.circle(lead, { name: "Ask first", entry: "apply" })];
  await server.enter(who, circle);
  await server.enter(other, circle);
  await server.give("facilitator", facilitator, circle);
  const done = (answer, status) => assert.equal(answer.status, status, answer.text);
  const started = (await server.thread(who, circle, "As it was first.")).body;
  done(await ask(who, "PATCH", `/posts/${started.id}`, { title: "A title", text: "As it was second." }), 201);
  done(await ask(who, "PATCH", `/posts/${started.id}`, { title: "A title", text: "As it is now." }), 201);
  const theirs = (await server.reply(other, started.thread, words.calm)).body.id;
  done(await ask(who, "POST", `/posts/${theirs}/reports`, { category: "other", words: "It reads like an advertisement." }), 202);
  const back = (await server.reply(who, started.thread, words.contact)).body.id;
  done(await ask(who, "POST", `/posts/${back}/appeal`, { words: "It is our choir's address." }), 202);
  done(await ask(who, "PUT", `/circles/${closed}/membership`, { agreement_version: 1, application: "I would like to listen first." }), 202);
  done(await ask(who, "POST", `/circles/${circle}/concerns`, { nickname: "Wren", text: "She went very quiet." }), 201);
  done(await ask(who, "PUT", "/notifications/settings", { here: { reply: false } }), 200);
  await server.give("facilitator", who, circle);
  const at = (hours) => new Date(Date.now() + hours * 3600e3).toISOString().slice(0, 19) + "Z";
  const duty = (await ask(who, "POST", `/circles/${circle}/duty`, { starts_at: at(1), ends_at: at(2) })).body.items[0].id;
  done(await ask(who, "PUT", `/duty/${duty}/note`, { note: "The kettle is on." }), 204);

  const copy = await copy_of(who);
  assert.deepEqual(copy.earlier_versions.map(({ post, version, title, text }) => [post, version, title, text]), [[started.id, 1, "A title", "As it was first."], [started.id, 2, "A title", "As it was second."]]);
  assert.deepEqual(copy.reports.map(({ post, category, words }) => [post, category, words]), [[theirs, "other", "It reads like an advertisement."]]);
  assert.deepEqual(copy.appeals.map(({ post, messages }) => [post, messages[0].words]), [[back, "It is our choir's address."]]);
  const words_to = (list) => list.map(({ circle, words }) => [circle, words]);
  assert.deepEqual(words_to(copy.applications), [[closed, "I would like to listen first."]]);
  assert.deepEqual(words_to(copy.concerns), [[circle, "She went very quiet."]]);
  assert.deepEqual(words_to(copy.duty_notes), [[circle, "The kettle is on."]]);
  assert.equal(copy.notifications.here.reply, false);
  const table = (await ask(who, "GET", "/me/export.csv")).text;
  const written = ["As it was first.", "It reads like an advertisement.", "choir's address", "listen first", "very quiet", "kettle is on"];
  for (const part of written) assert.ok(table.includes(part), part);

  const to = await server.join("Meadowsweet again");
  done(await ask(to, "POST", "/me/import", copy), 200);
  for (const reader of [to, other, facilitator]) {
    const text = JSON.stringify(await copy_of(reader));
    for (const part of written) assert.ok(!text.includes(part), `${reader.nickname}: ${part}`);
  }
  done(await ask(who, "DELETE", `/posts/${started.id}`), 204);
  assert.deepEqual((await copy_of(who)).earlier_versions, [], "what was taken down stays down");
});

test("every talk of one's own is in the copy, however many there were, and nobody else's", async () => {
  const { server, facilitator, circle } = here;
  const who = await server.join("Plover");
  await server.enter(who, circle);
  const { id } = (await server.thread(who, circle, words.crisis)).body;
  const talks = [];
  for (let number = 0; number < 102; number += 1) {
    const talk = (await ask(who, "POST", `/posts/${id}/talk`)).body.id;
    talks.unshift(talk);
    if (number === 0) assert.equal((await ask(who, "POST", `/care/talks/${talk}/messages`, { text: "The very first words." })).status, 201);
    assert.equal((await ask(who, "POST", `/care/talks/${talk}/close`)).status, 204);
  }
  const copy = await copy_of(who);
  assert.deepEqual(copy.talks.map((one) => one.id).sort(), talks.sort());
  assert.deepEqual(copy.talks.flatMap((one) => one.written.map((message) => message.text)), ["The very first words."]);
  assert.deepEqual((await copy_of(facilitator)).talks, []);
});

test("every field of every kind comes back as it was, in both of its versions", async () => {
  const [from, to] = [await here.server.join("Sedge"), await here.server.join("Sedge again")];
  let said = 0;
  for (const { path, body } of Object.values(every_kind(() => `words ${(said += 1)}`))) {
    const kept = is_only(path) ? await ask(from, "PUT", `/${path}`, body()) : await ask(from, "POST", `/${path}`, body());
    assert.ok(kept.status < 300, kept.text);
    const again = await ask(from, "PUT", is_only(path) ? `/${path}` : `/${path}/${kept.body.id}`, { ...body(), based_on: 1 });
    assert.equal(again.status, 200, again.text);
  }
  const habit = (await ask(from, "GET", "/habits")).body.items[0].id;
  await ask(from, "PUT", `/habits/${habit}/notes`, { day: "2026-05-01", did: "did", number: 2 });
  const copy = await copy_of(from);
  const done = await ask(to, "POST", "/me/import", copy);
  assert.equal(done.status, 200, done.text);
  const there = await copy_of(to);
  for (const [kind, records] of Object.entries(copy.private)) {
    assert.ok(records.length > 0, `${kind} was in it`);
    for (const [at, versions] of records.entries()) {
      for (const [which, { id, habit: of, ...fields }] of versions.entries()) {
        const { id: other_id, habit: other, ...back } = there.private[kind][at][which];
        assert.deepEqual(back, fields, `${kind}, version ${which + 1}`);
        if (of) assert.equal(other, there.private.habit[0][0].id);
      }
    }
  }
});

test("a partner has to be asked again; what one said oneself is a piece of one's journal, once, and what they said is not", async () => {
  const [from, friend, to] = [await here.server.join("Rush"), await here.server.join("Willow"), await here.server.join("Rush again")];
  for (const who of [from, friend]) await here.server.enter(who, here.circle);
  const goal = (await ask(from, "POST", "/goals", { what: "Walk again", state: "active", steps: [] })).body.id;
  const { id } = (await ask(from, "POST", `/goals/${goal}/partner`, { circle: here.circle, nickname: "Willow", note: "Would you keep me company?" })).body;
  await ask(friend, "POST", `/partners/${id}/answer`, { accept: true });
  const say = async (who, body) => assert.equal((await ask(who, "POST", `/partners/${id}/words`, body)).status, 201);
  await say(from, { kind: "morning", text: "I want to go to the corner." });
  await say(from, { kind: "evening", text: words.calm, hard: "Harder than I thought" });
  await say(friend, { kind: "encouragement", text: "You went out at all. That takes courage." });
  const copy = await copy_of(from);
  assert.deepEqual((await ask(from, "POST", "/me/import", copy)).body.partners_to_ask, 0, "where it still is, nobody is asked again");
  assert.deepEqual((await copy_of(from)).private, copy.private);
  const done = await ask(to, "POST", "/me/import", copy);
  assert.deepEqual([done.body.partners_to_ask, done.body.private.journal], [1, { added: 1, kept: 0 }], done.text);
  const there = await copy_of(to);
  assert.deepEqual(there.partners, [], "a file says yes for nobody");
  assert.equal(there.private.goal[0][0].what, "Walk again");
  const day = new Date().toISOString().slice(0, 10);
  assert.equal(there.private.journal[0][0].text, `What I said to Willow about a goal of mine\n\n${day}\nWhat I mean to do today:\nI want to go to the corner.\n\n${day}\nHow it went:\n${words.calm}\nHow hard it was:\nHarder than I thought`);
  assert.deepEqual((await ask(to, "POST", "/me/import", copy)).body.private.journal, { added: 0, kept: 1 });
  for (const [field, break_it] of [["partners[0].id", (one) => (one.id = "x")], ["partners[0].said[0].day", (one) => (one.said.find((each) => each.mine).day = "late")]]) {
    const wrong = structuredClone(copy);
    wrong.partners[0].said = wrong.partners[0].said.filter((one) => one.mine);
    break_it(wrong.partners[0]);
    const answer = await ask(to, "POST", "/me/import", wrong);
    assert.deepEqual([answer.status, answer.body.errors?.[0].field], [422, field], answer.text);
  }
  const page = await here.server.ask("GET", "/me/copy", { token: to.token });
  assert.match(page.text, /They themselves have to be asked again/);
});

test("what was deleted since comes back; what was changed since stays changed", async () => {
  const who = await writer("Tansy");
  const copy = await copy_of(who);
  await ask(who, "DELETE", `/cards/${copy.private.card[0][0].id}`);
  await ask(who, "PUT", `/journal/${copy.private.journal[0][0].id}`, { kind: "writing", text: "It rained.", based_on: 1 });
  const done = await ask(who, "POST", "/me/import", copy);
  assert.deepEqual(done.body.private.card, { added: 1, kept: 0 });
  assert.equal((await ask(who, "GET", "/cards")).body.items[0].title, "Cold water");
  assert.equal((await ask(who, "GET", "/journal")).body.items[0].text, "It rained.");
});

test("a file that is not good changes nothing and says where it is not", async () => {
  const who = await here.server.join("Clover");
  const copy = await copy_of(await writer("Yarrow"));
  const before = await copy_of(who);
  const broken = (change) => {
    const made = structuredClone(copy);
    change(made.private);
    return made;
  };
  const wrong = {
    "private.mood[1][0].level": broken((own) => (own.mood[1][0].level = 9)),
    "private.goal[0][1].steps": broken((own) => own.goal[0][1].steps.push({ text: "", state: "open" })),
    "private.journal[0][0].grade": broken((own) => (own.journal[0][0].grade = 5)),
    "private.journal[0][0].id": broken((own) => (own.journal[0][0].id = "x")),
    "private.card[0][0].saved_at": broken((own) => (own.card[0][0].saved_at = "yesterday")),
    "private.goal[0][1].version": broken((own) => Object.assign(own.goal[0][1], { version: 1, based_on: 0 })),
    "private.mood[2]": broken((own) => own.mood.push(own.mood[0])),
    "private.plan[0]": broken((own) => (own.plan[0] = [])),
    "private.secrets": broken((own) => (own.secrets = [])),
    private: { private: null },
    file: { moods: [] },
  };
  for (const [field, file] of Object.entries(wrong)) {
    const answer = await ask(who, "POST", "/me/import", file);
    assert.equal(answer.status, 422, field);
    assert.equal(answer.body.errors[0].field, field, answer.text);
    assert.ok(!answer.text.includes("kettle"));
  }
  for (const text of ["", "{", "[]", `{"private":${"[".repeat(40)}${"]".repeat(40)}}`]) assert.equal((await ask(who, "POST", "/me/import", text || " ")).status, 422);
  assert.deepEqual(await copy_of(who), before);
});

test("a file may be larger than other bodies, and has an end", async () => {
  const who = await here.server.join("Bracken");
  const entry = (number) => [{ id: number.toString(16).padStart(32, "0"), version: 1, based_on: 0, created_at: "2026-05-01T08:00:00.000Z", saved_at: "2026-05-01T08:00:00.000Z", kind: "writing", text: "x".repeat(60_000) }];
  const large = { private: { journal: Array.from({ length: 60 }, (_, number) => entry(number + 1)) } };
  const done = await ask(who, "POST", "/me/import", large);
  assert.deepEqual([done.status, done.body.private?.journal], [200, { added: 60, kept: 0 }], done.text);
  assert.equal((await ask(who, "POST", "/journal", { kind: "writing", text: "x".repeat(1_100_000) })).status, 413, "other ways stay as narrow as they are");
  const too_large = { private: { journal: Array.from({ length: 425 }, (_, number) => entry(number + 100)) } };
  assert.equal((await ask(who, "POST", "/me/import", too_large)).status, 413);
});

describe("the table", () => {
  test("has a line for each thing that was written, and none that a spreadsheet would run", async () => {
    const who = await here.server.join("Heather");
    for (const text of ["=1+1", "+1", "-1+1", "@sum", "\t=1", 'She said "no", twice.\nThen rain.', "-5"]) await ask(who, "POST", "/cards", { title: text.replaceAll(/[\t\n]/g, " "), text });
    const table = await ask(who, "GET", "/me/export.csv");
    assert.match(table.headers.get("content-type"), /^text\/csv/);
    assert.match(table.headers.get("content-disposition"), /attachment/);
    const cells = [...table.text.matchAll(/"((?:[^"]|"")*)"/g)].map((found) => found[1].replaceAll('""', '"'));
    for (const cell of cells) assert.ok(/^-[\d.]+$/.test(cell) || !/^[=+\-@\t\r]/.test(cell), cell);
    for (const cell of ["'=1+1", "'@sum", "'-1+1", 'She said "no", twice.\nThen rain.', "-5", "Heather"]) assert.ok(cells.includes(cell), cell);
  });

  test("holds everything that the copy holds", async () => {
    const who = await writer("Fennel");
    const { text } = await ask(who, "GET", "/me/export.csv");
    for (const words_in of ["The kettle sang.\nI listened.", "a walk", "I sleep badly.", "Hands under the tap.", "winter", "autumn", "It rained.", "Patience", "Ring her again."]) assert.ok(text.includes(words_in), words_in);
  });
});

test("the blueprint shows past, strengths, skills, values and next steps, and never what is hard or put away", async () => {
  const who = await writer("Lovage");
  const { body } = await ask(who, "GET", "/me/blueprint");
  assert.equal(body.past[0].did, words.calm);
  assert.deepEqual(body.strengths, [{ name: "Patience", shows: ["I waited.", "I asked twice."] }]);
  assert.deepEqual([body.skills, body.helped], [["Cold water"], ["A walk"]]);
  assert.deepEqual(body.values, ["Kindness", "calm", "Trees", "I like the trees."]);
  assert.deepEqual([body.next[0].words, body.goals[0].what, body.goals[0].by, body.goals[0].steps], ["Ring her again.", "Walk again", "winter", ["Round the block"]]);
  assert.ok(!JSON.stringify(body).includes("The house was loud."));
  const story = body.past[0].story;
  await ask(who, "POST", `/stories/${story}/put-away`, { words: words.calm, until: "2999-01-01", based_on: 1 });
  for (const path of ["/api/v1/me/blueprint", "/me/blueprint"]) assert.ok(!(await here.server.ask("GET", path, { token: who.token })).text.includes("opened the window"));
});

test("a year of writing gives a blueprint in under 100 ms on the server, under 60 KB over the wire", async () => {
  const who = await here.server.join("Meadow");
  const day = (number) => new Date(Date.UTC(2025, 0, 1 + number)).toISOString().slice(0, 10);
  const fact = (number) => ({ id: (number + 1).toString(16).padStart(32, "0"), version: 1, based_on: 0, created_at: `${day(number)}T08:00:00.000Z`, saved_at: `${day(number)}T08:00:00.000Z` });
  const moods = Array.from({ length: 365 }, (_, number) => [{ ...fact(number), day: day(number), level: 1 + (number % 5), helped: `Walk ${number % 20}`, note: "A sentence about this day, as people write it." }]);
  const goals = Array.from({ length: 12 }, (_, number) => [{ ...fact(1000 + number), what: `Goal ${number}`, state: "active", steps: [{ text: "A step", state: "open" }] }]);
  assert.equal((await ask(who, "POST", "/me/import", { private: { mood: moods, goal: goals } })).status, 200);
  const before = here.server.processor_ms();
  let page;
  for (let round = 0; round < 15; ++round) page = await here.server.ask("GET", "/me/blueprint", { token: who.token });
  const took = (here.server.processor_ms() - before) / 15;
  console.log(`a blueprint of a year: ${took.toFixed(1)} ms of a processor, ${page.text.length} bytes`);
  assert.equal(page.status, 200);
  assert.ok(page.text.length < 60 * 1024 && took < 100 * slowed);
});
