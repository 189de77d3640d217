// Company for a goal: who reads what of it, from the question to the end, and what nobody is ever told.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { files_in, place, Server, until, words } from "../harness.mjs";

const v1 = "/api/v1";
let here;
let keys = 0;
const key = () => `partner-${(keys += 1)}`;
before(async () => (here = await place()));
after(() => here.server.stop());

const ask = (who, method, path, body, more) => here.server.ask(method, v1 + path, { token: who?.token, key: more ?? key(), body });
const kind = "You asked for help twice. That takes courage.";
const all = { goal: true, steps: true, tries: true, hard_week: true };
const none = { goal: false, steps: false, tries: false, hard_week: false };
const steps = [{ text: "Shoes by the door", state: "open", tries: [{ day: "2026-05-01", what: "It rained.", next: "A coat" }] }];
async function goal(what = "Walk again") {
  const made = await ask(here.member, "POST", "/goals", { what, state: "active", steps });
  assert.equal(made.status, 201, made.text);
  return made.body.id;
}
// Each test has a month of its own: a no and an end stand for thirty days.
const forget = () => here.server.sql("UPDATE partnership SET ended_by = NULL");
async function question(grants, more = {}) {
  forget();
  const sent = await ask(here.member, "POST", `/goals/${await goal()}/partner`, { circle: here.circle, nickname: "Wren", note: "Would you keep me company?", grants, ...more });
  assert.equal(sent.status, 201, sent.text);
  return sent.body.id;
}
async function company(grants) {
  const id = await question(grants);
  assert.equal((await ask(here.other, "POST", `/partners/${id}/answer`, { accept: true })).status, 204);
  return id;
}
const read = (who, id) => ask(who, "GET", `/partners/${id}`);
const say = (who, id, body) => ask(who, "POST", `/partners/${id}/words`, body);
const shown = async (id) => (await read(here.other, id)).body.shown.map((one) => one.kind);
const news = async (who, which, id) => (await ask(who, "GET", "/notifications")).body.items.find((one) => one.kind === which && one.path === `/partners/${id}`);
const others = () => [here.facilitator, here.lead, here.outsider, undefined];

test("all words between two people are there, in parts: on pages of under 60 KB, by a cursor and in one's copy", async () => {
  const id = await company(all);
  const { thread } = (await ask(here.member, "GET", `/posts/${id}`)).body;
  const day_passes = () => here.server.sql(`UPDATE post SET created_at = created_at - 86400000 WHERE hex(thread_id) = upper('${thread}')`);
  assert.equal((await say(here.other, id, { kind: "encouragement", text: "Evening 0. I am glad of you." })).status, 201);
  for (let day = 0; day < 26; day += 1) {
    for (let number = 1; number <= 4; number += 1) {
      const said = await say(here.member, id, { kind: "evening", text: `Evening ${day * 4 + number}. ${"I walked to the corner and back. ".repeat(12)}` });
      assert.equal(said.status, 201, said.text);
    }
    day_passes();
  }
  const down_to = (first, last) => Array.from({ length: first - last + 1 }, (_, at) => first - at);
  const evenings = (text) => [...text.matchAll(/Evening (\d+)\./g)].map((one) => Number(one[1]));
  const part = async (query) => {
    const { status, text } = await here.server.ask("GET", `/partners/${id}${query}`, { token: here.other.token });
    assert.equal(status, 200);
    assert.ok(text.length < 60 * 1024, String(text.length));
    const link = (words) => text.match(new RegExp(`href="(\\?[^"]+)">${words} ones`))?.[1];
    return { said: evenings(text), older: link("Older"), newer: link("Newer"), live: text.match(/data-from="([^"]*)"/)[1] };
  };
  const first = await part("");
  const second = await part(first.older);
  const third = await part(second.older);
  assert.deepEqual([first.said, second.said, third.said], [down_to(104, 65), down_to(64, 25), down_to(24, 0)]);
  assert.deepEqual([first.newer, third.older], [undefined, undefined]);
  assert.deepEqual([(await part(third.newer)).said, (await part(second.newer)).said], [second.said, first.said]);
  assert.deepEqual([first.live, second.live, (await part(second.newer)).live], [`/partners/${id}/shown`, `/partners/${id}/shown${first.older}`, `/partners/${id}/shown`], "the newest part stays the newest");
  assert.deepEqual((await part("?before=nothing")).said, first.said);

  const read_all = async (who) => {
    const found = [];
    for (let cursor = ""; cursor !== null; ) {
      const { status, body, text } = await ask(who, "GET", `/partners/${id}?limit=30${cursor && `&cursor=${cursor}`}`);
      assert.equal(status, 200, text);
      assert.ok(body.said.length > 0 && body.said.length <= 30);
      assert.equal(body.shown.length, 3);
      found.push(...evenings(JSON.stringify(body.said)));
      cursor = body.next;
    }
    return found;
  };
  for (const who of [here.member, here.other]) {
    assert.deepEqual(await read_all(who), down_to(104, 0));
    const mine = (await ask(who, "GET", "/me/export")).body.partners.find((one) => one.id === id);
    assert.deepEqual(evenings(JSON.stringify(mine.said)), down_to(104, 0));
  }
  for (const wrong of ["5", here.thread, "0".repeat(32)]) assert.equal((await ask(here.other, "GET", `/partners/${id}?cursor=${wrong}`)).status, 422);

  assert.equal((await ask(here.other, "PUT", "/pacing", { muted: ["Maple"], based_on: 0 })).status, 200);
  assert.deepEqual((await part("")).said, [0], "one's own words are not behind parts that show nothing");
  assert.equal((await ask(here.other, "PUT", "/pacing", { pause_after: "30", based_on: 1 })).status, 200);
});

test("a retry of a question and of words to a partner gets the first answer, also when the company ended since", async () => {
  forget();
  const about = await goal();
  const asking = (note = "Would you?") => ask(here.member, "POST", `/goals/${about}/partner`, { circle: here.circle, nickname: "Wren", note }, "again-question");
  const first = await asking();
  assert.equal(first.status, 201, first.text);
  const { id } = first.body;
  assert.equal((await ask(here.other, "POST", `/partners/${id}/answer`, { accept: true })).status, 204);
  const saying = (text = kind) => ask(here.other, "POST", `/partners/${id}/words`, { kind: "encouragement", text }, "again-word");
  const said = await saying();
  assert.equal(said.status, 201, said.text);
  const same = async () => {
    for (const [again, before] of [[await asking(), first], [await saying(), said]]) assert.deepEqual([again.status, again.body], [before.status, before.body]);
  };
  await same();
  assert.equal((await ask(here.other, "DELETE", `/partners/${id}`)).status, 204);
  await same();
  assert.deepEqual([(await asking("Could you?")).status, (await saying("Something else.")).status], [409, 409], "a key stands for one request");
  assert.equal((await ask(here.member, "POST", `/goals/${about}/partner`, { circle: here.circle, nickname: "Wren", note: "Would you?", grants: all }, "again-question")).status, 409);
  const unread = await Promise.all([id, "0123456789abcdef0123456789abcdef"].map((one) => ask(here.outsider, "POST", `/partners/${one}/words`, { kind: "encouragement", text: kind }, "again-word")));
  assert.deepEqual(unread.map((one) => one.status), [404, 404], "the key of somebody else says nothing");
  assert.equal((await say(here.other, id, { kind: "encouragement", text: kind })).status, 404);
});

test("before a yes only the question is read, by the one who was asked and by nobody else anywhere", async () => {
  const id = await question(all);
  const seen = (await read(here.other, id)).body;
  assert.deepEqual([seen.state, seen.note, seen.grants, seen.shown, seen.said, seen.goal, seen.schedule], ["asked", "Would you keep me company?", all, [], [], undefined, undefined]);
  const mine = (await read(here.member, id)).body;
  assert.equal(mine.shown.length, 3);
  for (const one of mine.shown) assert.equal((await ask(here.other, "GET", `/posts/${one.id}`)).status, 404);
  const { thread } = (await ask(here.member, "GET", `/posts/${id}`)).body;
  for (const who of others()) {
    assert.notEqual((await read(who, id)).status, 200);
    assert.notEqual((await ask(who, "GET", `/posts/${id}`)).status, 200);
    assert.notEqual((await ask(who, "GET", `/threads/${thread}/posts`)).status, 200);
    assert.ok(!(await ask(who, "GET", `/circles/${here.circle}/threads`)).text.includes(thread));
    assert.ok(!(await ask(who, "GET", `/search?circle=${here.circle}&q=company`)).text.includes(id));
    assert.notEqual((await ask(who, "POST", `/partners/${id}/answer`, { accept: true })).status, 204);
    assert.notEqual((await say(who, id, { kind: "encouragement", text: kind })).status, 201);
  }
  assert.equal((await ask(here.other, "GET", `/threads/${thread}/posts`)).status, 404);
  const told = await until(() => news(here.other, "asked", id), "the one who was asked to hear of it");
  assert.equal(told.sentence, "Somebody asks if you would keep them company with a goal.");
  assert.equal((await ask(here.other, "POST", `/partners/${id}/answer`, { accept: false })).status, 204);
  await until(() => news(here.member, "answer", id), "the answer");
  await until(async () => !(await news(here.other, "asked", id)), "the question to leave the news");
  assert.equal((await read(here.member, id)).body.state, "not_now");
  assert.equal((await read(here.other, id)).body.note, undefined);
  const soon = await ask(here.member, "POST", `/goals/${await goal()}/partner`, { circle: here.circle, nickname: "Wren", note: "Please." });
  assert.deepEqual([soon.status, soon.body.errors?.[0]?.field ?? soon.body.fields?.[0]?.field], [422, "nickname"]);
});

test("a question that is hard to read stands behind a note that says so, also before a yes", async () => {
  const hard = "I keep thinking about cutting again.";
  const id = await question(none, { note: hard });
  const seen = (await read(here.other, id)).body;
  assert.deepEqual([seen.note, seen.folded], [hard, true]);
  const page = (await here.server.ask("GET", `/partners/${id}`, { token: here.other.token })).text;
  const before = page.slice(0, page.indexOf(hard));
  assert.ok(before.lastIndexOf("<details") > before.lastIndexOf("</details>"), "it is not open on the page");
  assert.equal((await ask(here.member, "DELETE", `/partners/${id}`)).status, 204);
});

test("a question or a share with a member that nobody knows is refused, so that no more is shown than was meant", async () => {
  forget();
  const path = `/goals/${await goal()}/partner`;
  const sent = { circle: here.circle, nickname: "Wren", note: "Would you keep me company?" };
  for (const [more, field] of [[{ grants: "none" }, "grants"], [{ grants: { goals: false } }, "grants.goals"], [{ grants: { goal: "no" } }, "grants.goal"], [{ grant: none }, "grant"]]) {
    const refused = await ask(here.member, "POST", path, { ...sent, ...more });
    assert.deepEqual([refused.status, refused.body.errors?.[0].field], [422, field], refused.text);
  }
});

test("the partner sees what is granted now; a grant that is taken back leaves live sockets and the file within 5 seconds, without a word", async () => {
  const id = await company();
  assert.deepEqual(await shown(id), ["goal"]);
  assert.equal((await ask(here.member, "PUT", `/partners/${id}/grants`, all)).body.sent.length, 2);
  assert.deepEqual(await shown(id), ["goal", "steps", "tries"]);
  assert.equal((await read(here.other, id)).body.grants, undefined);
  const copies = (await read(here.member, id)).body.shown.map((one) => one.id);
  const live = here.server.live(here.other.token);
  const topic = `partner:${id}`;
  assert.equal((await live.subscribe(topic)).type, "subscribed");
  const begun = Date.now();
  assert.equal((await ask(here.member, "PUT", `/partners/${id}/grants`, none)).status, 200);
  const told = await until(() => live.told.find((one) => one.type === "partner.changed"), "the change", 5000);
  assert.ok(Date.now() - begun < 5000);
  assert.deepEqual(told.data, { id });
  assert.deepEqual(await shown(id), []);
  for (const copy of copies) {
    assert.equal((await ask(here.other, "GET", `/posts/${copy}`)).status, 404);
    assert.equal(here.server.sql(`SELECT max(length(text_sealed)) AS n FROM post_version WHERE post_id = x'${copy}'`)[0].n, 0);
  }
  // Something that was said looks just the same from outside.
  await say(here.member, id, { kind: "morning", text: words.calm });
  const next = await until(() => live.told.filter((one) => one.type === "partner.changed")[1], "the word");
  assert.deepEqual(Object.keys(next).sort(), Object.keys(told).sort());
  assert.deepEqual(next.data, { id });
  for (const who of others()) {
    const outside = here.server.live(who?.token);
    assert.ok((await outside.subscribe(topic)).error);
    outside.cut();
  }
  live.cut();
});

test("check-ins, encouragement and ideas go from one to the other, with the day alone", async () => {
  const id = await company();
  const evening = await say(here.member, id, { kind: "evening", text: words.calm, hard: "Harder than I thought" });
  assert.equal(evening.status, 201, evening.text);
  const told = await until(() => news(here.other, "partner", id), "the check-in");
  assert.equal(told.sentence, "Somebody wrote something about a goal that you two look at together.");
  const page = (await here.server.ask("GET", "/me/news", { token: here.other.token })).text;
  const line = page.slice(page.indexOf(told.sentence)).split("</li>")[0];
  assert.match(line, /\d{1,2} \w+ \d{4}<\/span>$/, "and no time of the day beside it, nor one that a script would make");
  const seen = (await read(here.other, id)).body.said[0];
  assert.deepEqual(seen.parts.map((one) => [one.heading, one.text]), [["How it went", words.calm], ["How hard it was", "Harder than I thought"]]);
  assert.deepEqual(Object.keys(seen).sort(), ["day", "folded", "id", "kind", "mine", "parts"]);
  assert.equal((await say(here.other, id, { kind: "encouragement", text: kind })).status, 201);
  await until(() => news(here.member, "partner", id), "the encouragement");
  assert.equal((await say(here.other, id, { kind: "encouragement", text: "Everything happens for a reason." })).status, 409, "asked about first");
  for (const [who, wrong] of [[here.other, "morning"], [here.member, "encouragement"]]) assert.equal((await say(who, id, { kind: wrong, text: words.calm })).status, 404);
  assert.equal((await say(here.member, id, { kind: "goal", text: words.calm })).status, 422);
  const idea = await say(here.other, id, { kind: "proposal", idea: "Walk to the corner", text: "It is nearer." });
  const step = await say(here.other, id, { kind: "proposal", idea: "A coat by the door", is_step: true });
  assert.deepEqual([idea.status, step.status], [201, 201]);
  assert.equal((await ask(here.other, "POST", `/partner-ideas/${idea.body.id}`, { take: true })).status, 404);
  const taken = await ask(here.member, "POST", `/partner-ideas/${idea.body.id}`, { take: true });
  assert.equal((await ask(here.member, "GET", `/goals/${taken.body.goal}`)).body.what, "Walk to the corner");
  assert.equal((await ask(here.member, "POST", `/partner-ideas/${step.body.id}`, { take: false })).status, 204);
  assert.ok((await read(here.other, id)).body.said.every((one) => one.settled === undefined));
  assert.equal((await say(here.other, id, { kind: "encouragement", text: `${kind} Again.` })).status, 201);
  assert.equal((await say(here.other, id, { kind: "encouragement", text: `${kind} And again.` })).status, 422, "enough for a day");
  assert.ok((await ask(here.other, "POST", `/posts/${evening.body.id}/reports`, { category: "unkind" })).status < 300, "a facilitator can be told");
});

test("a hard week is shown only while that is granted; the days for a word are the member's alone", async () => {
  const id = await company();
  const hard = async () => (await read(here.other, id)).body.hard_week;
  assert.equal((await ask(here.member, "PUT", `/partners/${id}/hard-week`)).status, 204);
  assert.equal(await hard(), false);
  await ask(here.member, "PUT", `/partners/${id}/grants`, { hard_week: true });
  assert.equal(await hard(), true);
  await ask(here.member, "PUT", `/partners/${id}/grants`, {});
  assert.equal(await hard(), false);
  const days = { days: [1, 4], morning: true, evening: false, tell: false };
  assert.equal((await ask(here.member, "PUT", `/partners/${id}/schedule`, days)).status, 204);
  assert.deepEqual((await read(here.member, id)).body.schedule, days);
  assert.equal((await ask(here.other, "PUT", `/partners/${id}/schedule`, days)).status, 404);
  assert.equal((await ask(here.member, "PUT", `/partners/${id}/schedule`, { days: [7] })).status, 422);
});

describe("the screen", () => {
  test("holds what may hurt, both ways; a cry for help brings care, is never given back and counts against nobody", async () => {
    const id = await company();
    for (const [who, which, reader] of [[here.member, "morning", here.other], [here.other, "encouragement", here.member]]) {
      const held = await say(who, id, { kind: which, text: words.harm });
      assert.equal(held.status, 202, held.text);
      const cry = await say(who, id, { kind: which, text: words.crisis });
      assert.equal(cry.status, 202, cry.text);
      assert.ok(cry.body.care.lines.length >= 1);
      assert.deepEqual((await read(reader, id)).body.said, []);
      for (const one of [held, cry]) assert.equal((await ask(reader, "GET", `/posts/${one.body.id}`)).status, 404);
      assert.ok((await ask(here.facilitator, "GET", "/review/items?lane=care")).text.includes(cry.body.id));
    }
    const hard = await say(here.member, id, { kind: "evening", text: words.calm, hard: words.harm });
    assert.equal(hard.status, 202, "how hard it was is read too");
    assert.ok(!(await ask(here.member, "GET", "/me/standing")).text.includes("strike\":1"));
  });

  test("reads each version of the goal that is shown, and each question", async () => {
    forget();
    const unkind = await goal(words.harm);
    const sent = await ask(here.member, "POST", `/goals/${unkind}/partner`, { circle: here.circle, nickname: "Wren", note: "Would you?" });
    await ask(here.other, "POST", `/partners/${sent.body.id}/answer`, { accept: true });
    assert.deepEqual(await shown(sent.body.id), []);
    await ask(here.member, "PUT", `/goals/${unkind}`, { what: "Walk again", state: "active", based_on: 1 });
    await ask(here.member, "PUT", `/partners/${sent.body.id}/grants`, {});
    assert.deepEqual(await shown(sent.body.id), ["goal"]);
    const second = await ask(here.member, "POST", `/goals/${await goal()}/partner`, { circle: here.circle, nickname: "Wren", note: words.harm });
    assert.equal(second.status, 202, second.text);
    assert.equal((await read(here.other, second.body.id)).status, 404);
    assert.equal((await ask(here.other, "POST", `/partners/${second.body.id}/answer`, { accept: true })).status, 404);
  });
});

test("a screen that fails holds every text, and loses none", async () => {
  const id = await company();
  const { folder, port } = here.server;
  here.server.own = false;
  await here.server.kill();
  here.server = await Server.start({ folder, port, failpoints: ["screen/error"] });
  const sent = await say(here.other, id, { kind: "encouragement", text: kind });
  assert.equal(sent.status, 202, sent.text);
  assert.deepEqual((await read(here.member, id)).body.said, []);
  await here.server.kill();
  here.server = await Server.start({ folder, port });
  assert.equal((await ask(here.other, "GET", `/posts/${sent.body.id}`)).body.state, "held");
});

describe("the end", () => {
  const over = async (id, reading) => {
    for (const who of [here.member, here.other]) {
      const seen = (await read(who, id)).body;
      assert.deepEqual([seen.state, seen.note, seen.shown, seen.said, seen.nickname], ["ended", undefined, undefined, undefined, ""]);
    }
    for (const [who, post] of reading) assert.equal((await ask(who, "GET", `/posts/${post}`)).status, 404);
  };
  for (const by of ["member", "other"]) {
    test(`one press of the ${by === "member" ? "member" : "partner"} is enough, reaches open pages, and nothing is read any more`, async () => {
      const id = await company(all);
      const check_in = (await say(here.member, id, { kind: "morning", text: words.calm })).body.id;
      const word = (await say(here.other, id, { kind: "encouragement", text: kind })).body.id;
      const copy = (await read(here.other, id)).body.shown[0].id;
      const live = here.server.live(here[by === "member" ? "other" : "member"].token);
      const followed = await live.subscribe(`partner:${id}`);
      assert.equal((await ask(here[by], "DELETE", `/partners/${id}`)).status, 204);
      await until(() => live.told.find((one) => one.type === "partner.ended"), "the end", 5000);
      assert.ok((await live.subscribe(`partner:${id}`, followed.event)).error);
      live.cut();
      await over(id, [[here.other, check_in], [here.other, copy], [here.other, id], [here.member, word]]);
      for (const [who, which] of [[here.member, "morning"], [here.other, "encouragement"]]) assert.equal((await say(who, id, { kind: which, text: words.calm })).status, 404);
      assert.equal((await ask(here.member, "GET", `/posts/${check_in}`)).body.text.includes(words.calm), true, "one's own words stay with oneself");
      await until(async () => !(await news(here.other, "partner", id)) && !(await news(here.member, "partner", id)), "the news of it to go");
    });
  }

  test("comes with leaving the circle, with the goal, and with the account; what waits then is shown to nobody later", async () => {
    const first = await company(all);
    const held = await say(here.other, first, { kind: "encouragement", text: words.harm });
    await ask(here.other, "DELETE", `/circles/${here.circle}/membership`);
    await here.server.enter(here.other, here.circle);
    await over(first, []);
    const item = (await ask(here.facilitator, "GET", "/review/items")).body.items.find((one) => one.post === held.body.id);
    await ask(here.facilitator, "POST", `/review/items/${item.id}/decision`, { decision: "publish", revision: item.revision });
    assert.equal((await ask(here.member, "GET", `/posts/${held.body.id}`)).status, 404);
    const second = await company(all);
    const about = (await read(here.member, second)).body.goal;
    assert.equal((await ask(here.member, "DELETE", `/goals/${about}`)).status, 204);
    await over(second, []);
    const hazel = await here.server.join("Hazel");
    await here.server.enter(hazel, here.circle);
    const own = await ask(hazel, "POST", "/goals", { what: "Sleep", state: "active" });
    const third = (await ask(hazel, "POST", `/goals/${own.body.id}/partner`, { circle: here.circle, nickname: "Wren", note: "Would you?" })).body.id;
    await ask(here.other, "POST", `/partners/${third}/answer`, { accept: true });
    const live = here.server.live(here.other.token);
    await live.subscribe(`partner:${third}`);
    assert.ok((await ask(hazel, "DELETE", "/me", { passphrase: "seven quiet lanterns" })).status < 300);
    await until(() => live.told.find((one) => one.type === "partner.ended"), "the end", 5000);
    live.cut();
    assert.equal((await read(here.other, third)).body.state, "ended");
    assert.equal(here.server.sql(`SELECT sum(length(wishes_sealed)) AS n FROM partnership WHERE member_id = x'${hazel.id}'`)[0].n, 0);
  });

  test("a pause from the circle keeps its partner from reading, until it is over", async () => {
    const id = await company();
    const harm = await here.server.reply(here.other, here.thread, words.harm);
    const item = here.server.sql(`SELECT lower(hex(id)) AS id, revision FROM review_item WHERE post_id = x'${harm.body.id}'`)[0];
    const done = await ask(here.lead, "POST", `/review/items/${item.id}/decision`, { decision: "remove", revision: item.revision, reason: "Your words are saved.", strike: 1, limit: "pause", limit_hours: 1 });
    assert.equal(done.status, 204, done.text);
    await until(async () => (await read(here.other, id)).status === 404, "the pause");
    assert.equal((await say(here.other, id, { kind: "encouragement", text: kind })).status, 404);
    const [limit] = (await ask(here.lead, "GET", `/circles/${here.circle}/limits`)).body.items;
    await ask(here.lead, "DELETE", `/limits/${limit.id}`);
    await until(async () => (await read(here.other, id)).status === 200, "the pause to be over");
  });
});

test("a question that nobody answered ends by itself, and its words and copies are gone from the file within a minute", async () => {
  const id = await question(all);
  const about = (await read(here.member, id)).body;
  const posts = [id, ...about.shown.map((one) => one.id)];
  assert.equal(posts.length, 4);
  const words_of = (post) => here.server.sql(`SELECT max(length(text_sealed)) AS n FROM post_version WHERE post_id = x'${post}'`)[0].n;
  for (const post of posts) assert.ok(words_of(post) > 0);
  here.server.sql(`UPDATE share SET expires_at = ${Date.now() - 1000} WHERE post_id = x'${id}'`); // two weeks passed
  const { folder, port } = here.server;
  here.server.own = false;
  await here.server.kill();
  here.server = await Server.start({ folder, port }); // it looks when it starts, and each minute
  await until(() => posts.every((post) => words_of(post) === 0), "the words to go");
  const over = (await read(here.member, id)).body;
  assert.deepEqual([over.state, over.over, over.nickname, over.note, over.shown, over.said], ["ended", true, "Wren", undefined, undefined, undefined]);
  assert.equal((await read(here.other, id)).status, 404);
  assert.ok((await ask(here.member, "GET", "/partners")).text.includes(id), "who asked still finds that nobody answered");
  const page = async (path) => (await here.server.ask("GET", path, { token: here.member.token })).text;
  assert.match(await page(`/partners/${id}`), /<h1>Nobody answered<\/h1>.*The words of your question are not kept/s);
  assert.match(await page("/partners"), /Nobody answered. The question ended by itself/);
  assert.match(await page(`/posts/${id}`), /Its words are gone from here/);
  await until(async () => !(await news(here.other, "asked", id)), "the question to leave the news");
});

test("who wants no more questions hears none, and the other one can't tell", async () => {
  const first = await question();
  assert.equal((await ask(here.other, "POST", `/partners/${first}/answer`, { accept: false, never_again: true })).status, 204);
  const second = await question();
  assert.equal((await read(here.other, second)).status, 404);
  assert.ok(!(await ask(here.other, "GET", "/partners")).text.includes(second));
  assert.equal((await read(here.member, second)).body.state, "asked");
  here.server.sql("DELETE FROM partner_refusal");
});

test("all of it is as it was acknowledged after a kill, once, and no word of it can be read in any file", async () => {
  forget();
  const canaries = Object.fromEntries(["what", "note", "step", "morning", "evening", "hard", "kind", "idea", "why"].map((one, at) => [one, `canary${at}marmalade`]));
  const own = await ask(here.member, "POST", "/goals", { what: canaries.what, state: "active", steps: [{ text: canaries.step, state: "open" }] });
  const asked = { circle: here.circle, nickname: "Wren", note: canaries.note, grants: all };
  const id = (await ask(here.member, "POST", `/goals/${own.body.id}/partner`, asked, "kill-ask")).body.id;
  await ask(here.other, "POST", `/partners/${id}/answer`, { accept: true });
  const said = [[here.member, { kind: "morning", text: canaries.morning }], [here.member, { kind: "evening", text: canaries.evening, hard: canaries.hard }], [here.other, { kind: "encouragement", text: canaries.kind }], [here.other, { kind: "proposal", idea: canaries.idea, text: canaries.why }]];
  for (const [who, body] of said) assert.equal((await ask(who, "POST", `/partners/${id}/words`, body, `kill-${body.kind}`)).status, 201);
  await ask(here.member, "PUT", `/partners/${id}/schedule`, { days: [2], morning: true });
  await ask(here.member, "PUT", `/partners/${id}/hard-week`);
  const whole = async () => [(await read(here.member, id)).body, (await read(here.other, id)).body];
  const before_it = await whole();
  const { folder, port } = here.server;
  await here.server.kill();
  here.server = await Server.start({ folder, port });
  assert.deepEqual(await whole(), before_it);
  assert.equal(before_it[1].said.length, 4);
  assert.equal((await ask(here.member, "POST", `/goals/${own.body.id}/partner`, asked, "kill-ask")).body.id, id, "asked once");
  for (const [who, body] of said) await ask(who, "POST", `/partners/${id}/words`, body, `kill-${body.kind}`);
  assert.equal((await read(here.other, id)).body.said.length, 4, "said once");
  const exported = (await here.server.ask("GET", `${v1}/me/export`, { token: here.member.token })).body.partners.find((one) => one.id === id);
  assert.equal(exported.said.length, 4);
  for (const { name, bytes } of files_in(here.server.data)) {
    for (const [where, canary] of Object.entries(canaries)) assert.ok(!bytes.includes(canary), `${where} in ${name}`);
    assert.ok(!bytes.includes(own.body.id) && !bytes.includes("hard_since"), name);
  }
  assert.ok(!here.server.log.includes("marmalade"));
  const again = async (done) => {
    assert.ok((await done).status < 300);
    await here.server.kill();
    here.server = await Server.start({ folder, port });
  };
  await again(ask(here.member, "PUT", `/partners/${id}/grants`, { goal: true }));
  assert.deepEqual(await shown(id), ["goal"]);
  await again(ask(here.member, "POST", `/partner-ideas/${before_it[0].said.find((one) => one.kind === "proposal").id}`, { take: true }));
  assert.equal((await ask(here.member, "GET", `/goals/${own.body.id}`)).body.what, canaries.idea);
  await again(ask(here.member, "DELETE", `/partners/${id}`));
  assert.equal((await read(here.other, id)).body.state, "ended");
  await here.server.stop();
  rmSync(folder, { recursive: true });
});

test("on a day that was chosen, who asked for it is told once, by their own clock, and sees it in their space", async () => {
  const place_of_own = await place();
  let { server } = place_of_own;
  const { member, other, circle } = place_of_own;
  const asks = (who, method, path, body) => server.ask(method, v1 + path, { token: who.token, key: key(), body });
  const told = async (who) => (await asks(who, "GET", "/notifications")).body.items.filter((one) => one.kind === "checkin");
  const again = async () => {
    await server.kill();
    server = await Server.start({ folder: server.folder });
    await until(() => server.sql("SELECT (SELECT max(number) FROM event) = (SELECT number FROM consumer WHERE name = 'notices') AS done")[0].done, "all events to be looked at");
  };
  try {
    const own = (await asks(member, "POST", "/goals", { what: "Walk again", state: "active", steps })).body.id;
    const { id } = (await asks(member, "POST", `/goals/${own}/partner`, { circle, nickname: "Wren", note: "Would you keep me company?" })).body;
    assert.equal((await asks(other, "POST", `/partners/${id}/answer`, { accept: true })).status, 204);
    const days = { days: [0, 1, 2, 3, 4, 5, 6], morning: true, evening: false };
    const no_clock = await asks(member, "PUT", `/partners/${id}/schedule`, { ...days, tell: true });
    assert.deepEqual([no_clock.status, no_clock.body.errors[0].field], [422, "tell"]);
    assert.equal((await asks(member, "PUT", `/partners/${id}/schedule`, days)).status, 204);
    await again();
    assert.deepEqual(await told(member), [], "nobody is told who did not ask for it");
    assert.match((await server.ask("GET", "/me", { token: member.token })).text, new RegExp(`one of your days for a word with <a href="/partners/${id}">`));
    assert.doesNotMatch((await server.ask("GET", "/me", { token: other.token })).text, /one of your days/);
    const zone = new Date().getUTCHours() < 8 ? "GMT+08:00" : "GMT+00:00"; // it is after eight there
    assert.equal((await asks(member, "PUT", "/pacing", { zone, based_on: 0 })).status, 200);
    assert.equal((await asks(member, "PUT", `/partners/${id}/schedule`, { ...days, tell: true })).status, 204);
    await again();
    await until(async () => (await told(member)).length === 1, "the day");
    const [one] = await told(member);
    assert.deepEqual([one.sentence, one.path], ["It is one of your days for a word about a goal, if you like.", `/partners/${id}`]);
    assert.equal((await asks(member, "POST", `/notifications/${one.id}/seen`)).status < 300, true);
    await again();
    assert.equal((await told(member)).length, 1, "once");
    assert.deepEqual(await told(other), []);
  } finally {
    await server.kill();
    rmSync(server.folder, { recursive: true, force: true });
  }
});
