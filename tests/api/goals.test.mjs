// Goals over time: milestones, looks back, what slipped; and what two devices save at once, of every kind.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place } from "../harness.mjs";

let here;
before(async () => (here = await place({ config: "[limits]\nenabled = false\n" })));
after(() => here.server.stop());

let asked = 0;
const ask = (method, path, body) => here.server.ask(method, `/api/v1${path}`, { token: here.member.token, key: `goal-${(asked += 1)}`, body });
const page = async (path) => (await here.server.ask("GET", path, { token: here.member.token })).text;
const send = (path, fields) => here.server.ask("POST", path, { token: here.member.token, body: new URLSearchParams(fields).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } });
const sent = async (path, fields) => {
  const answer = await send(path, fields);
  assert.equal(answer.status, 303, answer.text);
};
const goal = async (more = {}) => (await ask("POST", "/goals", { what: "Walk again", state: "active", ...more })).body.id;
const day_in = (days) => new Date(Date.now() + days * 86400_000).toISOString().slice(0, 10);

describe("a goal", () => {
  test("shows what happened with it over time, newest first; a step that slipped goes on, and its day stays", async () => {
    const id = await goal({ domain: "health" });
    const place = `/me/goals/${id}`;
    await sent(place, { do: "milestone", milestone: "Round the park", lines: "To the gate\r\nTo the pond", based_on: "1" });
    await sent(place, { do: "done", number: "0", based_on: "2" });
    await sent(place, { do: "try", number: "0", what: "A hard week.", next: "With somebody.", text: "To the gate, with Ana", based_on: "3" });
    await sent(place, { do: "review", celebrate: "I went out.", reframe: "", recalibrate: "", based_on: "4" });
    await sent(`${place}/edit`, { what: "Walk in the park", domain: "health", review: "never", based_on: "5" });
    const { body } = await ask("GET", `/goals/${id}`);
    assert.deepEqual(body.over_time.map((one) => one.what), ["looked_back", "tried", "done", "changed", "begun"]);
    assert.deepEqual(body.steps.map((one) => [one.text, one.state, one.milestone]), [["To the gate, with Ana", "open", "Round the park"], ["To the pond", "open", "Round the park"]]);
    assert.equal(body.steps[0].done.length, 1, "what was done stays done");
    assert.equal(body.reviews.length, 1, "the form of its words leaves the rest alone");
    const text = await page(place);
    for (const words of ["Round the park", "Part of life: Body and mind", "You did it:", "With somebody.", "What went well", "I went out.", "You changed its words"]) assert.ok(text.includes(words), words);
    assert.ok((await page("/me/goals")).includes("Body and mind") && (await page("/me/blueprint")).includes("Body and mind"));
    assert.equal((await ask("GET", "/me/blueprint")).body.goals.find((one) => one.goal === id).domain, "health");
  });

  test("that is done offers to say that it slipped, which opens looking back at it", async () => {
    const id = await goal({ steps: [{ text: "To the gate", state: "done", done: ["2026-05-01"] }] });
    const text = await page(`/me/goals/${id}`);
    assert.ok(text.includes("It slipped since") && text.includes("What you did stays done.") && text.includes('id="what-0"'));
    assert.ok(!/score|streak|failed|days missed/i.test(text));
  });

  test("is looked back at on the rhythm that was chosen: one quiet line, and later when that is said", async () => {
    const id = await goal({ what: "Sleep by the window", review: "week", review_later: day_in(-1), steps: [] });
    const due = "You wanted to look back";
    assert.equal((await ask("GET", `/goals/${id}`)).body.next_review, day_in(7), "not before a week has gone");
    assert.ok(!(await page("/me/goals")).includes(due));
    const asked_for = await ask("POST", "/me/import", { private: { goal: [[{ id: "0123456789abcdef0123456789abcdef", version: 1, based_on: 0, created_at: "2026-01-01T00:00:00.000Z", saved_at: "2026-01-01T00:00:00.000Z", what: "Ring my sister", state: "active", review: "month" }]] } });
    assert.equal(asked_for.status, 200, asked_for.text);
    const old = (await ask("GET", "/goals")).body.items.find((one) => one.what === "Ring my sister").id;
    const list = await page("/me/goals");
    assert.equal(list.split(due).length, 2, "one line, however many are due");
    assert.ok((await page(`/me/goals/${old}`)).includes(due));
    await sent(`/me/goals/${old}`, { do: "later", based_on: "1" });
    assert.ok(!(await page("/me/goals")).includes(due) && !(await page(`/me/goals/${old}`)).includes(due));
    assert.equal((await ask("GET", `/goals/${old}`)).body.next_review, day_in(7));
    const empty = await send(`/me/goals/${old}`, { do: "review", celebrate: " ", based_on: "2" });
    assert.equal(empty.status, 422);
  });

  test("keeps both steps that two devices add at once, and a press on a step that moved there", async () => {
    const id = await goal({ steps: [{ text: "Shoes", state: "open" }] });
    await sent(`/me/goals/${id}`, { do: "step", step: "From the phone", based_on: "1" });
    await sent(`/me/goals/${id}`, { do: "step", step: "From the laptop", based_on: "1" });
    await sent(`/me/goals/${id}`, { do: "split", number: "0", first: "Socks", second: "Laces", based_on: "3" });
    await sent(`/me/goals/${id}`, { do: "done", number: "1", based_on: "3" });
    const { body } = await ask("GET", `/goals/${id}`);
    assert.deepEqual(body.steps.map((one) => [one.text, one.state]), [["Socks", "open"], ["Laces", "open"], ["From the phone", "done"], ["From the laptop", "open"]]);
    assert.deepEqual(body.others, []);
  });

  test("keeps the words to take along when they could not be saved", async () => {
    const id = await goal();
    const again = await send(`/me/goals/${id}`, { do: "archive", kept: `The street. ${"x".repeat(4100)}`, based_on: "1" });
    assert.equal(again.status, 422);
    assert.ok(again.text.includes("The street. xxx") && again.text.includes('href="#kept"'));
  });

  test("has as much room in a language whose letters take more bytes", async () => {
    const id = await goal();
    await sent(`/me/goals/${id}`, { do: "step", step: "م".repeat(300), based_on: "1" });
    await sent(`/me/goals/${id}`, { do: "archive", kept: "م".repeat(4000), based_on: "2" });
  });
});

test("moods of a month come with their sentence, values with what changed, goals with a search", async () => {
  const { server } = here;
  const own = { token: (await server.join("Aspen")).token };
  const put = (path, key, body) => server.ask("POST", `/api/v1/${path}`, { ...own, key, body });
  for (const [day, level] of [["2026-05-01", 2], ["2026-05-02", 4]]) await put("moods", day, { day, level });
  const { body: month } = await server.ask("GET", "/api/v1/mood-times?month=2026-05", own);
  assert.deepEqual([month.from, month.to, month.days], ["2026-05-01", "2026-05-31", [{ day: "2026-05-01", level: 2 }, { day: "2026-05-02", level: 4 }]]);
  const shown = (await server.ask("GET", "/me/moods?month=2026-05", own)).text;
  assert.ok(month.sentence.length > 10 && shown.includes(month.sentence), "the sentence that the page has");
  assert.deepEqual((await server.ask("GET", "/api/v1/value-changes", own)).body, { since: null, changes: [] });
  const { body: cards } = await server.ask("GET", "/api/v1/value-cards", { ...own, headers: { "accept-language": "de" } });
  assert.ok(cards.cards.length > 20 && (await server.ask("GET", "/me/values/new", { ...own, headers: { "accept-language": "de" } })).text.includes(cards.cards[0].name), "the cards that the page has, in one's language");
  for (const name of ["Calm", "Play"]) await put("values", name, { very: [name], chosen: [{ name }] });
  const { body: changed } = await server.ask("GET", "/api/v1/value-changes", own);
  assert.ok(changed.changes.some((one) => one.includes("Play")), JSON.stringify(changed));
  for (const what of ["Walk by the river", "Ring my sister"]) await put("goals", `goal-${what.length}`, { what, state: "active" });
  const search = (q) => server.ask("POST", "/me/goals/search", { ...own, headers: { "content-type": "application/x-www-form-urlencoded" }, body: `q=${q}` });
  const found = (await search("rivers")).text;
  assert.ok(found.includes("Walk by the river") && !found.includes("Ring my sister"));
  assert.ok((await search("mountain")).text.includes("No goal has these words."));
});

test("what goes on comes before what rests, however long ago it began", async () => {
  const old = await goal({ what: "The oldest goal of all" });
  for (let number = 0; number < 60; number += 10) await Promise.all(Array.from({ length: 10 }, () => ask("POST", "/goals", { what: "Rested", state: "archived" })));
  assert.ok((await page("/me/goals")).includes(`/me/goals/${old}"`));
  await ask("POST", "/experiments", { what: "The oldest thing to try", day: "2026-01-01", before: 2 });
  for (let number = 0; number < 60; number += 10) await Promise.all(Array.from({ length: 10 }, () => ask("POST", "/experiments", { what: "Tried", day: "2026-05-01", before: 2, after: 3 })));
  assert.ok((await page("/me/experiments")).includes("The oldest thing to try"));
});

describe("what two devices save at once", () => {
  const kinds = {
    journal: [{ kind: "writing", text: "The kettle sang." }, "text"],
    moods: [{ day: "2026-05-01", level: 3, note: "Rain." }, "note"],
    cards: [{ title: "At night", text: "I breathe." }, "text"],
    goals: [{ what: "Walk again", state: "active", by: "autumn" }, "by"],
    habits: [{ name: "A walk", kind: "own", state: "active" }, "name"],
    values: [{ very: ["Calm"], chosen: [{ name: "Calm", step: "Tea." }] }, "chosen"],
    experiments: [{ what: "Open the window", day: "2026-05-01", before: 2, noticed: "Air." }, "noticed"],
    stories: [{ intend: "For my sister.", did: "I waited." }, "did"],
  };
  const said = (field, words) => ({ [field]: field === "chosen" ? [{ name: "Calm", step: words }] : words });

  for (const [path, [body, field]] of Object.entries(kinds)) {
    test(`stays in sight in ${path} until its writer has what they need, and can be taken over`, async () => {
      const { id } = (await ask("POST", `/${path}`, body)).body;
      const change = (words, based_on, more = {}) => ask("PUT", `/${path}/${id}`, { ...body, ...said(field, words), based_on, ...more });
      await change("From the phone", 1);
      await change("From the laptop", 1);
      const read = async () => (await ask("GET", `/${path}/${id}`)).body;
      const place = `/me/${path}/${id}`;
      assert.deepEqual((await read()).others, [2]);
      assert.ok((await page(place)).includes("From the phone"));
      await change("From the laptop, later", 3);
      assert.ok((await page(place)).includes("From the phone"), "the next save doesn't hide it");
      await sent(`${place}/other`, { do: "take", number: "2" });
      const taken = await read();
      assert.ok(JSON.stringify(taken[field]).includes("From the phone"));
      assert.deepEqual(taken.others, [4], "what stood there before stands beside it now");
      assert.ok((await page(place)).includes("From the laptop, later"));
      await sent(`${place}/other`, { do: "settled", number: "4" });
      const settled = await read();
      assert.deepEqual([settled.others, settled.settled], [[], 4]);
      assert.ok(!(await page(place)).includes("in two places at once"));
      assert.ok(settled.earlier.some((one) => JSON.stringify(one[field]).includes("From the laptop, later")), "all versions are still there");
    });
  }

  test("is in sight on the plan, and a program settles it with its next change", async () => {
    for (const [alone, based_on] of [["A walk", 0], ["Music", 1], ["A bath", 1]]) await ask("PUT", "/plan", { alone, based_on });
    assert.ok((await page("/me/plan")).includes("Music"));
    const settled = await ask("PUT", "/plan", { alone: "A bath and music", based_on: 3, settled: 2 });
    assert.equal(settled.body.settled, 2);
    assert.deepEqual((await ask("GET", "/plan")).body.others, []);
    assert.ok(!(await page("/me/plan")).includes("in two places at once"));
  });

  test("is told apart by the values that a form showed, not by their places", async () => {
    const sorted = { very: ["Rivers", "Calm"], chosen: [{ name: "Rivers", matters: 3, room: 2, step: "A walk." }] };
    const { id } = (await ask("POST", "/values", sorted)).body;
    await ask("PUT", `/values/${id}`, { ...sorted, chosen: [{ name: "Calm" }, ...sorted.chosen], based_on: 1 });
    await sent(`/me/values/${id}`, { matters_0: "5", room_0: "1", step_0: "To the bridge.", based_on: "1" });
    const now = (await ask("GET", `/values/${id}`)).body;
    assert.deepEqual(now.chosen.map((one) => [one.name, one.step]), [["Rivers", "To the bridge."]]);
    assert.deepEqual(now.others, [2], "and what the other device chose is still in sight");
    const failed = await send(`/me/values/${id}`, { matters_0: "5", room_0: "1", step_0: "x".repeat(500), based_on: "1" });
    assert.equal(failed.status, 422);
    assert.match(failed.text, /name="based_on" value="1"/);
  });

  test("is in sight on words that wait, which are not shared before both were seen", async () => {
    const text = "I opened the window for a while.";
    const { id } = (await ask("POST", "/waiting", { thread: here.thread, text, key: "late-words", how: "draft" })).body;
    const change = (words, based_on) => send(`/me/waiting/${id}`, { text: words, do: "keep", based_on: String(based_on) });
    await change("From the phone I write of rain.", 1);
    const refused = await send(`/me/waiting/${id}`, { text: "From the laptop I write of sun.", do: "send", based_on: "1" });
    assert.equal(refused.status, 409);
    assert.ok(refused.text.includes("Please look at the other one first") && refused.text.includes("From the phone I write of rain."));
    assert.equal((await ask("POST", `/waiting/${id}/send`)).status, 409);
    const { others, version } = (await ask("GET", `/waiting/${id}`)).body;
    await sent(`/me/waiting/${id}/other`, { do: "settled", number: String(others[0]) });
    await sent(`/me/waiting/${id}`, { text: "From the laptop I write of sun.", do: "send", based_on: String(version + 1) });
    assert.equal((await ask("GET", `/waiting/${id}`)).status, 404);
  });

  test("is in sight in one's pace, so that a shield or a mute is not lost unseen, and counts once taken over", async () => {
    await ask("PUT", "/pacing", { pause_after: "20", based_on: 0 });
    await ask("PUT", "/pacing", { pause_after: "20", muted: ["Wren"], no_abuse: "2999-05-01", late_posts: "wait", based_on: 1 });
    await ask("PUT", "/pacing", { pause_after: "45", no_abuse: "2999-06-01", based_on: 1 });
    const meanwhile = (await ask("GET", "/pacing")).body;
    assert.deepEqual([meanwhile.muted, meanwhile.no_abuse], [["Wren"], "2999-06-01"], "both hold until they are taken out");
    const beside = await page("/me/pacing");
    for (const said of ["in two places at once", "Wren", "Nothing about abuse until", "1 May 2999", "After 20 minutes", "Waits, and I am asked when the hours are over"]) assert.ok(beside.includes(said), said);
    await sent("/me/pacing/other", { do: "take", number: "2" });
    const taken = (await ask("GET", "/pacing")).body;
    assert.deepEqual([taken.muted, taken.no_abuse, taken.others], [["Wren"], "2999-05-01", [3]]);
    await sent("/me/pacing/other", { do: "settled", number: "3" });
    assert.ok(!(await page("/me/pacing")).includes("in two places at once"));
    // What failed keeps what it began from: the other device's newer choice is no less in sight for it.
    const failed = await send("/me/pacing", { late_from: "22:00", late_to: "", based_on: "1" });
    assert.match(failed.text, /name="based_on" value="1"/);
  });

  const of = (who) => ({
    ask: (method, path, body) => here.server.ask(method, `/api/v1${path}`, { token: who.token, body }),
    page: async (path) => (await here.server.ask("GET", path, { token: who.token })).text,
    send: (path, fields) => here.server.ask("POST", path, { token: who.token, body: new URLSearchParams(fields).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } }),
  });

  test("is in sight when both began the plan from nothing, by a form or by a program", async () => {
    const save = {
      form: (on, signs) => on.send("/me/plan", { signs, based_on: "0" }),
      program: (on, signs) => on.ask("PUT", "/plan", { signs, based_on: 0 }),
    };
    for (const [name, one] of Object.entries(save)) {
      const on = of(await here.server.join(`Plan by ${name}`));
      await one(on, "I answer nobody.");
      await one(on, "I answer nobody."); // sent again it is the same
      await one(on, "I sleep by day.");
      const { body } = await on.ask("GET", "/plan");
      assert.deepEqual([body.version, body.signs, body.others], [2, "I sleep by day.", [1]], name);
      const shown = await on.page("/me/plan");
      for (const words of ["in two places at once", "I answer nobody.", "I sleep by day."]) assert.ok(shown.includes(words), `${name}: ${words}`);
    }
  });

  test("is in sight when both began their pace from nothing, and whom either hides stays hidden", async () => {
    const save = {
      form: (on, fields) => on.send("/me/pacing", { ...fields, based_on: "0" }),
      program: (on, { muted, ...more }) => on.ask("PUT", "/pacing", { ...more, ...(muted ? { muted: [muted] } : {}), based_on: 0 }),
    };
    for (const [name, one] of Object.entries(save)) {
      const on = of(await here.server.join(`Pace by ${name}`));
      await one(on, { muted: "Stone", no_sex: "2999-05-01" });
      await one(on, { muted: "Wren", pause_after: "20" });
      const { body } = await on.ask("GET", "/pacing");
      assert.deepEqual([body.muted, body.no_sex, body.pause_after, body.others], [["Wren", "Stone"], "2999-05-01", "20", [1]], name);
      assert.ok((await on.page("/me/pacing")).includes("in two places at once"));
      await on.ask("PUT", "/pacing", { muted: ["Wren"], based_on: 2 });
      assert.deepEqual((await on.ask("GET", "/pacing")).body.muted, ["Wren"], "who saw them can take them out");
    }
  });

  test("is not lost when an older form turns all of one's pace off: it shows what is newer, and asks again", async () => {
    const on = of(await here.server.join("Quiet pace"));
    await on.ask("PUT", "/pacing", { muted: ["Stone"], no_sex: "2999-05-01", based_on: 0 });
    const late = await on.send("/me/pacing", { muted: "", based_on: "0" });
    assert.equal(late.status, 409);
    for (const words of ["so nothing was turned off", 'value="Stone"', 'value="2999-05-01"', 'name="based_on" value="1"']) assert.ok(late.text.includes(words), words);
    assert.deepEqual((await on.ask("GET", "/pacing")).body.muted, ["Stone"]);
    assert.equal((await on.send("/me/pacing", { muted: "", based_on: "1" })).status, 303, "who saw it turns it off");
    assert.equal((await on.ask("GET", "/pacing")).status, 404);
    await on.ask("PUT", "/pacing", { muted: ["Stone"], based_on: 0 });
    assert.equal((await on.send("/me/pacing/off", {})).status, 303, "and so does the button that says it");
    assert.equal((await on.ask("GET", "/pacing")).status, 404);
  });
});

describe("truly at once", () => {
  const rounds = 20;

  test("presses on two steps of a goal are both there", async () => {
    for (let round = 0; round < rounds; ++round) {
      const id = await goal({ steps: [{ text: "Shoes", state: "open" }, { text: "Coat", state: "open" }] });
      await Promise.all(["0", "1"].map((number) => sent(`/me/goals/${id}`, { do: "done", number, based_on: "1" })));
      const { body } = await ask("GET", `/goals/${id}`);
      assert.deepEqual([body.steps.map((one) => one.state), body.others], [["done", "done"], []], `round ${round}`);
    }
  });

  test("a press on a step stays beside a change of the goal's words", async () => {
    for (let round = 0; round < rounds; ++round) {
      const id = await goal({ steps: [{ text: "Shoes", state: "open" }] });
      await Promise.all([
        sent(`/me/goals/${id}`, { do: "done", number: "0", based_on: "1" }),
        sent(`/me/goals/${id}/edit`, { what: "Walk in the park", based_on: "1" }),
      ]);
      const { body } = await ask("GET", `/goals/${id}`);
      assert.deepEqual([body.what, body.steps[0].state, body.others], ["Walk in the park", "done", []], `round ${round}`);
    }
  });

  test("a passage that is put away stays away beside a save of its story", async () => {
    const passage = "I hid in the yard until it was dark.";
    const story = { intend: "For my sister.", happened: `${passage} Then I went home.` };
    for (let round = 0; round < rounds; ++round) {
      const { id } = (await ask("POST", "/stories", story)).body;
      const both = await Promise.all([
        ask("PUT", `/stories/${id}`, { ...story, did: "I waited.", based_on: 1 }),
        ask("POST", `/stories/${id}/put-away`, { words: passage, until: "2999-01-01", based_on: 1 }),
      ]);
      assert.deepEqual(both.map((one) => one.status), [200, 200]);
      const read = await ask("GET", `/stories/${id}`);
      assert.ok(read.text.includes("Then I went home.") && read.text.includes("I waited."), "nothing else is lost");
      assert.ok(!read.text.includes("I hid in the yard"), `round ${round}`);
    }
  });

  test("two turns of a dialogue are both kept, in sight", async () => {
    for (let round = 0; round < rounds; ++round) {
      const { id } = (await ask("POST", "/dialogues", { voice: "kind_friend", turn: "Hello." })).body;
      await Promise.all(["It rains.", "It snows."].map((turn) => ask("POST", `/journal/${id}/turns`, { turn, based_on: 1 })));
      const { body } = await ask("GET", `/journal/${id}`);
      assert.deepEqual(body.others, [2]);
      for (const words of ["It rains.", "It snows."]) assert.ok(JSON.stringify(body).includes(words), words);
    }
  });

  test("two people who are muted are both hidden", async () => {
    const { server, member, facilitator, other, thread } = here;
    const posts = [];
    for (const who of [member, facilitator]) posts.push((await server.reply(who, thread, "The rain stopped.")).body.id);
    for (let round = 0; round < rounds; ++round) {
      const press = (id) => server.ask("POST", `/posts/${id}/mute`, { token: other.token, body: "", headers: { "content-type": "application/x-www-form-urlencoded" } });
      const both = await Promise.all(posts.map(press));
      assert.deepEqual(both.map((one) => one.status), [303, 303]);
      const now = (await server.ask("GET", "/api/v1/pacing", { token: other.token })).body;
      assert.deepEqual([[...now.muted].sort(), now.others], [["Maple", "Rowan"], []], `round ${round}`);
      await server.ask("DELETE", "/api/v1/pacing", { token: other.token });
    }
  });
});
