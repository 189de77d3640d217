// The desk as programs meet it: what reaches open sockets, and what outlives a kill.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { holdfast, place, Server, until, words } from "../harness.mjs";

const item_of = async (here, post, who = here.facilitator) => (await here.server.ask("GET", "/api/v1/review/items", { token: who.token })).body.items.find((one) => one.post === post);

describe("live", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());

  test("a lock reaches everybody who follows the circle or one of its threads within five seconds, also after a lost connection", async () => {
    const [thread, circle, elsewhere] = [here.server.live(here.member.token), here.server.live(), here.server.live(here.other.token)];
    const other = await here.server.circle(here.lead, { name: "Another place" });
    await thread.subscribe(`thread:${here.thread}`);
    await circle.subscribe(`circle:${here.circle}`);
    await elsewhere.subscribe(`circle:${other}`);
    const start = Date.now();
    const locked = await here.server.ask("PUT", `/api/v1/circles/${here.circle}/lock`, { token: here.facilitator.token, body: { reason: "A quarrel.", hours: 1 } });
    assert.equal(locked.status, 204, locked.text);
    for (const one of [thread, circle]) await until(() => one.told.some((each) => each.type === "circle.locked" && each.data.circle === here.circle), "the lock", 5000);
    assert.ok(Date.now() - start < 5000);
    assert.ok(!elsewhere.told.some((one) => one.type === "circle.locked"));
    const held = await here.server.reply(here.member, here.thread, words.calm);
    assert.deepEqual([held.status, held.body.state], [202, "held"]);
    const last = Math.max(...thread.told.map((one) => one.event));
    thread.cut();
    await here.server.ask("DELETE", `/api/v1/circles/${here.circle}/lock`, { token: here.facilitator.token });
    const again = here.server.live(here.member.token);
    await again.subscribe(`thread:${here.thread}`, last);
    await until(() => again.told.some((one) => one.type === "circle.opened"), "what was missed", 5000);
    assert.equal((await here.server.reply(here.member, here.thread, words.calm)).status, 201);
    for (const one of [circle, elsewhere, again]) one.cut();
  });

  test("a pause takes a circle's topics from a member's open socket", async () => {
    const circle = await here.server.circle(here.lead, { name: "Glass house", readable_by: "members" });
    await here.server.enter(here.other, circle);
    const started = await here.server.thread(here.other, circle, words.calm);
    const live = here.server.live(here.other.token);
    await live.subscribe(`thread:${started.body.thread}`);
    const sent = await here.server.reply(here.other, started.body.thread, words.harm);
    const item = await item_of(here, sent.body.id, here.lead);
    const done = await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.lead.token, body: { decision: "remove", revision: item.revision, reason: "Your words are saved.", limit: "pause", limit_hours: 1 } });
    assert.equal(done.status, 204, done.text);
    await until(() => live.told.some((one) => one.error?.status === 404), "the end of the topic", 5000);
    assert.equal((await here.server.ask("GET", `/api/v1/threads/${started.body.thread}`, { token: here.other.token })).status, 404);
    live.cut();
  });

  test("who told about a post hears that somebody looked, and its author never who told", async () => {
    const [teller, author] = [here.server.live(here.other.token), here.server.live(here.member.token)];
    await teller.subscribe("me");
    await author.subscribe("me");
    const sent = await here.server.reply(here.member, here.thread, words.calm);
    assert.equal((await here.server.ask("POST", `/api/v1/posts/${sent.body.id}/reports`, { token: here.other.token, body: { category: "unkind" } })).status, 202);
    const item = await item_of(here, sent.body.id);
    await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.facilitator.token, body: { decision: "publish", revision: item.revision } });
    await until(() => teller.told.some((one) => one.type === "me.report" && one.data.post === sent.body.id), "the outcome");
    assert.ok(!JSON.stringify(author.told).includes("report"));
    for (const one of [teller, author]) one.cut();
  });
});

test("what the automatic check gave back goes to a facilitator when its author asks, and reaches nobody before", async () => {
  const here = await place();
  const ask = (method, path, who, body) => here.server.ask(method, `/api/v1${path}`, { token: who.token, key: `desk-${Math.random()}`, body });
  const sent = await here.server.reply(here.member, here.thread, words.contact);
  assert.deepEqual([sent.status, sent.body.state], [422, "returned"]);
  const { id } = sent.body;
  assert.equal((await ask("POST", `/posts/${id}/appeal`, here.other, { words: "Mine now." })).status, 404);
  assert.equal((await ask("POST", `/posts/${id}/appeal`, here.member, { words: "It is our choir's address." })).status, 202);
  assert.equal((await ask("GET", `/posts/${id}`, here.other)).status, 404);
  const item = await item_of(here, id);
  assert.equal(item.lane, "appeal");
  const done = await ask("POST", `/review/items/${item.id}/decision`, here.facilitator, { decision: "publish", revision: item.revision, reason: "It may stand." });
  assert.equal(done.status, 204, done.text);
  assert.equal((await ask("GET", `/posts/${id}`, here.other)).body.text, words.contact);
  assert.equal((await ask("POST", `/posts/${id}/appeal`, here.member, { words: "Again." })).status, 409);
  await here.server.stop();
});

test("what several people tell about hides a post until a facilitator looks, and never one that a person let through", async () => {
  const here = await place({ config: "[limits]\nenabled = false\n[desk]\nhiding_weight = 2.0\n" });
  const { server, circle, member, facilitator } = here;
  const tellers = [here.other];
  for (const name of ["Heron", "Reed", "Moss"]) {
    tellers.push(await server.join(name));
    await server.enter(tellers.at(-1), circle);
  }
  const { id } = (await server.reply(member, here.thread, words.calm)).body;
  const tell = async (who) => assert.equal((await server.ask("POST", `/api/v1/posts/${id}/reports`, { token: who.token, body: { category: "unkind" } })).status, 202);
  const seen = async () => (await server.ask("GET", `/api/v1/posts/${id}`)).status === 200;
  await tell(tellers[0]);
  assert.ok(await seen(), "one of them hides nothing");
  await tell(tellers[1]);
  assert.ok(!(await seen()), "two hide it for a while");
  assert.equal((await server.ask("GET", `/api/v1/posts/${id}`, { token: member.token })).status, 200, "its author still has it");
  const look = async (decision) => {
    const item = await item_of(here, id);
    const done = await server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: facilitator.token, body: { decision, revision: item.revision } });
    assert.equal(done.status, 204, done.text);
  };
  await look("publish");
  assert.ok(await seen());
  await tell(tellers[2]);
  await tell(tellers[3]);
  assert.ok(await seen(), "a person let it through: another person looks first");
  assert.ok(await item_of(here, id), "and is asked to");
  await server.stop();
});

test("words for another look, a note and a time on the rota that are sent again under their key are there once; with others it is said", async () => {
  const here = await place();
  const send = (path, who, key, body) => here.server.ask("POST", `/api/v1${path}`, { token: who.token, key, body });
  const { id } = (await here.server.reply(here.member, here.thread, words.contact)).body;
  const taken = (await here.server.reply(here.member, here.thread, words.harm)).body.id;
  const [starts_at, ends_at] = [1, 2].map((hours) => new Date(Date.now() + hours * 3600_000).toISOString());
  const asked = { path: `/posts/${id}/appeal`, who: here.member, body: { words: "It is our choir's address." }, other: { words: "It is mine." } };
  assert.equal((await send(asked.path, asked.who, "k-asked", asked.body)).status, 202);
  const item = await item_of(here, id);
  const noted = await item_of(here, taken);
  const all = [
    asked,
    { path: `/review/items/${item.id}/messages`, who: here.facilitator, body: { words: "Which choir?" }, other: { words: "Which one?" } },
    { path: `/review/items/${noted.id}/notes`, who: here.facilitator, body: { words: "We talked." }, other: { words: "We did not." } },
    { path: `/circles/${here.circle}/duty`, who: here.facilitator, body: { starts_at, ends_at, weeks: 3 }, other: { starts_at, ends_at, weeks: 2 } },
  ];
  for (const { path, who, body, other } of all) {
    const key = path === asked.path ? "k-asked" : `k-${path}`;
    const first = path === asked.path ? undefined : await send(path, who, key, body);
    const again = await send(path, who, key, body);
    assert.ok(again.status < 300, `${path}: ${again.text}`);
    if (first) assert.deepEqual([again.status, again.text], [first.status, first.text]);
    assert.equal((await send(path, who, key, other)).body.type, "/problems/key-reused", path);
    assert.equal((await send(path, who, undefined, body)).status, 400, path);
  }
  const get = async (path, who) => (await here.server.ask("GET", `/api/v1${path}`, { token: who.token })).body;
  assert.deepEqual((await get(`/posts/${id}/appeal`, here.member)).messages.map((one) => one.words), ["It is our choir's address.", "Which choir?"]);
  assert.deepEqual((await get(`/review/items/${noted.id}`, here.facilitator)).history.notes.map((one) => one.words), ["We talked."]);
  const duties = (await get(`/circles/${here.circle}/duty`, here.facilitator)).items;
  assert.equal(duties.length, 3);
  await here.server.ask("DELETE", `/api/v1/duty/${duties[1].id}`, { token: here.facilitator.token });
  const { path, body } = all[3];
  assert.deepEqual((await send(path, here.facilitator, `k-${path}`, body)).body.items.map((one) => one.id), [duties[0].id, duties[2].id], "what was taken off stays off");
  const decided = await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.facilitator.token, body: { decision: "publish", revision: (await get(`/review/items/${item.id}`, here.facilitator)).revision, reason: "It may stand." } });
  assert.equal(decided.status, 204, decided.text);
  assert.equal((await send(asked.path, here.member, "k-asked", asked.body)).status, 202, "an answer that was given once is given again");
  await here.server.stop();
});

test("what the desk took outlives a kill: reports, decisions with a strike, appeals, locks; and the record is whole", async () => {
  const here = await place();
  here.server.own = false;
  const { folder, port } = here.server;
  const ask = (method, path, who, body) => here.server.ask(method, path, { token: who.token, key: `desk-${Math.random()}`, body });
  const reported = (await here.server.reply(here.member, here.thread, words.calm)).body.id;
  const harmful = (await here.server.reply(here.member, here.thread, words.harm)).body.id;
  const steps = [
    () => ask("POST", `/api/v1/posts/${reported}/reports`, here.other, { category: "unkind", words: "It hurt." }),
    async () => {
      const item = await item_of(here, harmful);
      return ask("POST", `/api/v1/review/items/${item.id}/decision`, here.facilitator, { decision: "remove", revision: item.revision, reason: "Your words are saved.", strike: 2 });
    },
    () => ask("POST", `/api/v1/posts/${harmful}/appeal`, here.member, { words: "It was a joke among friends." }),
    () => ask("PUT", `/api/v1/circles/${here.circle}/lock`, here.lead, { reason: "A quarrel.", hours: 2 }),
  ];
  for (const step of steps) {
    const done = await step();
    assert.ok([202, 204].includes(done.status), done.text);
    await here.server.kill(); // right after the answer
    here.server = await Server.start({ folder, port });
  }
  assert.equal((await ask("GET", "/api/v1/me/reports", here.other)).body.items[0].state, "waiting");
  assert.equal((await ask("GET", "/api/v1/me/standing", here.member)).body.strikes[0].weight, 2);
  assert.equal((await ask("GET", `/api/v1/posts/${harmful}/appeal`, here.member)).body.state, "open");
  assert.equal((await here.server.reply(here.member, here.thread, words.calm)).body.state, "held");
  await here.server.kill();
  const check = spawnSync(holdfast, ["check", "--data", here.server.data, "--config", here.server.config], { encoding: "utf8" });
  assert.equal(check.status, 0, check.stdout + check.stderr);
  here.server.own = true;
  await here.server.stop();
});
