// Promise 2: a screen that fails, times out or crashes holds the text. It never publishes it, and never loses
// it. And: a store that can't write says so, and loses nothing.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { place, Server, until, words } from "../harness.mjs";

async function restarted(here, options) {
  // The search index follows on its own; what fails next must be what the test sends.
  const followed = "SELECT (SELECT max(number) FROM event) = (SELECT number FROM consumer WHERE name = 'search') AS all_of_it";
  await until(() => here.server.sql(followed)[0].all_of_it === 1, "the search index");
  await here.server.stop();
  here.server = await Server.start({ ...options, folder: here.server.folder });
}

for (const failure of ["screen/error", "screen/timeout", "screen/crash"]) {
  test(`${failure}: held, seen by nobody else, not lost`, async () => {
    const here = await place();
    here.server.own = false;
    await restarted(here, { failpoints: [failure] });
    const sent = await here.server.reply(here.member, here.thread, words.calm, "kept");
    assert.equal(sent.status, 202);
    assert.equal(sent.body.state, "held");
    const list = await here.server.ask("GET", `/api/v1/threads/${here.thread}/posts?limit=100`);
    assert.ok(!list.text.includes(sent.body.id));
    await restarted(here, {});
    const mine = await here.server.ask("GET", `/api/v1/posts/${sent.body.id}`, { token: here.member.token });
    assert.equal(mine.body.text, words.calm);
    const lane = await here.server.ask("GET", "/api/v1/review/items", { token: here.facilitator.token });
    assert.ok(lane.body.items.some((one) => one.post === sent.body.id));
    here.server.own = true;
    await here.server.stop();
  });
}

test("a cry for help that the screen could not read is looked after as one: care at once, and never a strike", async () => {
  const here = await place();
  here.server.own = false;
  await restarted(here, { failpoints: ["screen/error"] });
  const sent = await here.server.reply(here.member, here.thread, words.crisis, "unread");
  assert.equal(sent.status, 202, sent.text);
  assert.equal(sent.body.care.unread, true);
  assert.equal(sent.body.care.shown, "brief");
  assert.ok(sent.body.care.lines.length > 0);
  assert.match(sent.text, /a person looks first/);
  const joined = await here.server.ask("POST", "/api/v1/accounts", { body: { nickname: "Heather", passphrase: "seven quiet lanterns" } });
  assert.equal(joined.status, 503, joined.text);
  assert.match(joined.body.detail, /try again/);
  await restarted(here, {});
  const [item] = (await here.server.ask("GET", "/api/v1/review/items?lane=care", { token: here.lead.token })).body.items.filter((one) => one.post === sent.body.id);
  assert.equal(item.triage, "amber");
  const decide = (body) => here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.lead.token, key: `d-${Math.random()}`, body: { revision: item.revision, ...body } });
  for (const body of [{ decision: "return", reason: "Please say it another way.", strike: 1 }, { decision: "return", reason: "Please say it another way." }, { decision: "keep", strike: 1 }]) {
    const tried = await decide(body);
    assert.equal(tried.status, 422, tried.text);
  }
  assert.equal(here.server.sql("SELECT count(*) AS n FROM strike")[0].n, 0);
  here.server.own = true;
  await here.server.stop();
});

test("a slow screen still counts the risk that it read", async () => {
  const here = await place();
  here.server.own = false;
  await restarted(here, { failpoints: ["screen/timeout"] });
  const sent = await here.server.reply(here.member, here.thread, words.crisis, "slow");
  assert.equal(sent.status, 202, sent.text);
  assert.equal(sent.body.care.unread, undefined);
  const [item] = (await here.server.ask("GET", "/api/v1/review/items?lane=care", { token: here.facilitator.token })).body.items.filter((one) => one.post === sent.body.id);
  assert.ok(["red", "crisis"].includes(item.triage), item.triage);
  here.server.own = true;
  await here.server.stop();
});

test("store/before_commit: 503, nothing was taken, and the retry succeeds once", async () => {
  const here = await place();
  here.server.own = false;
  await restarted(here, { failpoints: ["store/before_commit"] });
  const sent = await here.server.reply(here.member, here.thread, words.calm, "again");
  assert.equal(sent.status, 503);
  assert.equal(sent.body.type, "/problems/storage");
  await restarted(here, {});
  const retried = await here.server.reply(here.member, here.thread, words.calm, "again");
  assert.equal(retried.status, 201);
  here.server.own = true;
  await here.server.stop();
});

test("store/after_commit_before_ack: a power cut before the answer; the retry finds what was kept", async () => {
  const here = await place();
  here.server.own = false;
  // Switched on when it runs: any write of its own jobs would end it at its start.
  await restarted(here, { switchable: true });
  here.server.switch("enable name=store/after_commit_before_ack");
  await assert.rejects(here.server.reply(here.member, here.thread, words.calm, "cut"));
  await here.server.ended;
  here.server = await Server.start({ folder: here.server.folder });
  const retried = await here.server.reply(here.member, here.thread, words.calm, "cut");
  assert.equal(retried.status, 201);
  assert.equal(here.server.sql("SELECT count(*) AS n FROM post_state WHERE idempotency_key = 'cut'")[0].n, 1);
  here.server.own = true;
  await here.server.stop();
});

test("outbox/send: what could not be sent is sent later, once, in order", async () => {
  const here = await place();
  here.server.own = false;
  await restarted(here, { failpoints: ["outbox/send"] });
  const live = here.server.live(here.other.token);
  const cursor = (await live.subscribe(`thread:${here.thread}`)).event;
  const sent = [];
  for (let number = 0; number < 3; ++number) sent.push((await here.server.reply(here.member, here.thread, `Number ${number}.`)).body.id);
  assert.deepEqual(live.posts, []);
  await restarted(here, {});
  const again = here.server.live(here.other.token);
  await again.subscribe(`thread:${here.thread}`, cursor);
  await until(() => again.posts.length === 3, "the posts");
  assert.deepEqual(again.posts, sent);
  again.cut();
  here.server.own = true;
  await here.server.stop();
});

test("migrate/step: a broken migration leaves nothing half done", async () => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-migrate-"));
  await assert.rejects(Server.start({ folder, failpoints: ["migrate/step"] }), /failure point migrate\/step/);
  const left = spawnSync("sqlite3", [join(folder, "data/holdfast.db"), "SELECT count(*) FROM sqlite_schema; PRAGMA user_version"], { encoding: "utf8" });
  assert.equal(left.stdout, "0\n0\n");
  const server = await Server.start({ folder });
  assert.equal((await server.ask("GET", "/readyz")).status, 200);
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});
