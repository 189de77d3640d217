// Replies: read together with what they answer, and asked about once when they may land hard. Never held for that.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { passphrase, place, words } from "../harness.mjs";

const small = "At least you still have your job, other people have it worse.";

describe("a reply that may make little of somebody's pain", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());
  const reply = (body, key) => here.server.ask("POST", `/api/v1/threads/${here.thread}/posts`, { token: here.member.token, key: key ?? `n-${Math.random()}`, body });
  const count = () => here.server.sql("SELECT count(*) AS n FROM post_version")[0].n;

  test("is asked about first: nothing is taken, and the hint says which passage and why", async () => {
    const before = count();
    const asked = await reply({ text: small });
    assert.equal(asked.status, 409);
    assert.equal(asked.body.type, "/problems/nudge");
    assert.ok(asked.body.nudge.length > 0);
    for (const one of asked.body.nudge) assert.ok(one.reason && one.end > one.begin);
    assert.equal(count(), before);
  });

  test("goes out as it is when its author says so, visible and not held", async () => {
    const sent = await reply({ text: small, nudge_seen: true });
    assert.equal(sent.status, 201);
    assert.equal(sent.body.state, "visible");
    assert.equal(here.server.sql("SELECT count(*) AS n FROM review_item WHERE lane = 'harm'")[0].n, 0);
  });

  test("can be changed and sent under the same key, because nothing was taken", async () => {
    assert.equal((await reply({ text: small }, "same-key")).status, 409);
    assert.equal((await reply({ text: words.calm }, "same-key")).status, 201);
  });

  test("is not asked about when it opens a thread, when it waits anyway, or when its author needs care", async () => {
    assert.equal((await here.server.thread(here.member, here.circle, small)).status, 201);
    assert.equal((await reply({ text: `${small} ${words.harm}` })).status, 202);
    const crisis = await reply({ text: `${small} ${words.crisis}` });
    assert.equal(crisis.status, 202);
    assert.ok(crisis.body.care);
  });

  test("is asked about on an edit too", async () => {
    const sent = await reply({ text: words.calm });
    const edit = (body) => here.server.ask("PATCH", `/api/v1/posts/${sent.body.id}`, { token: here.member.token, key: `e-${Math.random()}`, body });
    assert.equal((await edit({ text: small })).status, 409);
    assert.equal((await edit({ text: small, nudge_seen: true })).status, 201);
  });

  test("comes back once on the page, with the words kept, the hint and both ways on, without a script", async () => {
    const form = async (path, fields, cookie) =>
      fetch(here.server.url + path, { method: "POST", redirect: "manual", headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", ...(cookie ? { cookie } : {}) }, body: new URLSearchParams(fields) });
    const signed = await form("/sign-in", { nickname: here.member.nickname, passphrase });
    const cookie = signed.headers.get("set-cookie").split(";")[0];
    const first = await form(`/threads/${here.thread}/posts`, { key: "page-1", text: small }, cookie);
    assert.equal(first.status, 409);
    const page = await first.text();
    assert.match(page, /A thought before you send this/);
    assert.match(page, /At least you still have your job/);
    assert.match(page, /name="nudge_seen" value="yes">Send it as it is/);
    assert.match(page, /Share the changed words/);
    assert.match(page, /name="key" value="page-1"/);
    const second = await form(`/threads/${here.thread}/posts`, { key: "page-1", text: small, nudge_seen: "yes" }, cookie);
    assert.equal(second.status, 303);
  });
});

describe("a short reply under a question", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());
  const question = "Do you want to die?";
  const small_talk = `Thank you for asking after the house. We got up early, cleared the gutters and swept the yard, and by ten the rain had stopped.
My neighbour lent me her ladder, and her boy held it and told me the plot of a film about a robot that learns to cook.
In the afternoon we sorted the boxes in the hall: old school books, two lamps, a bag of wool that I had been looking for since March.
I made soup from the last of the carrots. Later my uncle rang and talked for an hour about his pigeons, three of which came home first.
I have not written to the council yet, and the form is still on the table under the blue mug.`;
  const fresh = async (text) => (await here.server.thread(here.other, here.circle, text, { title: "Checking in" })).body.thread;
  const decided = (sent) => here.server.sql(`SELECT risk, risk_score FROM decision WHERE lower(hex(post_id)) = '${sent.body.id.replaceAll("-", "")}' AND number = 1`)[0];
  const risk = (sent) => decided(sent).risk;

  test("is read with the question: the same words are harmless elsewhere", async () => {
    const plain = await here.server.reply(here.member, await fresh("Shall we bake bread together?"), "yes, tonight");
    assert.equal(plain.status, 201);
    assert.ok(risk(plain) < 4);
    const thread = await fresh("How is everybody?");
    assert.equal((await here.server.reply(here.other, thread, question)).status, 201);
    const answer = await here.server.reply(here.member, thread, "yes, tonight");
    assert.equal(answer.status, 202);
    assert.ok(risk(answer) >= 4);
    assert.ok(answer.body.care.lines.length > 0);
  });

  test("and a long one too, where everyday words mean more there", async () => {
    const long = `${small_talk} I will do it tonight.`;
    assert.ok(long.length > 600);
    const seen_under = async (text) => {
      const thread = await fresh("How is everybody?");
      assert.equal((await here.server.reply(here.other, thread, text)).status, 201);
      return decided(await here.server.reply(here.member, thread, long)).risk_score;
    };
    assert.ok((await seen_under(question)) > (await seen_under("My sister still has to paint her fence.")));
  });

  test("is read with the opening's title and text as well", async () => {
    const thread = (await here.server.thread(here.other, here.circle, "I mean it kindly.", { title: question })).body.thread;
    const answer = await here.server.reply(here.member, thread, "yes, tonight");
    assert.ok(risk(answer) >= 4);
  });

  test("is not read with what only others wrote and nobody can see", async () => {
    const thread = await fresh("Shall we bake bread together?");
    const held = await here.server.reply(here.other, thread, `${words.harm} ${question}`);
    assert.equal(held.status, 202);
    const answer = await here.server.reply(here.member, thread, "yes, tonight");
    assert.equal(answer.status, 201);
    assert.ok(risk(answer) < 4);
  });

  test("keeps its own place when it is edited later", async () => {
    const thread = await fresh("Shall we bake bread together?");
    const answer = await here.server.reply(here.member, thread, "yes, on Friday");
    assert.equal((await here.server.reply(here.other, thread, question)).status, 201);
    const edited = await here.server.ask("PATCH", `/api/v1/posts/${answer.body.id}`, { token: here.member.token, key: "later", body: { text: "yes, tonight" } });
    assert.equal(edited.status, 201);
    const newest = here.server.sql(`SELECT risk FROM decision WHERE lower(hex(post_id)) = '${answer.body.id.replaceAll("-", "")}' AND version = 2`)[0];
    assert.ok(newest.risk < 4);
  });
});
