// Promise 1: no text reaches another person by any channel before the screen passed it. Here somebody writes
// rows into the database by hand, as a bug anywhere in the program could, without a decision.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { place, until, words } from "../harness.mjs";

describe("no side door", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());

  test("a version without a decision appears on no page, in no list, no search and no live event", async () => {
    const live = here.server.live(here.other.token);
    await live.subscribe(`thread:${here.thread}`);
    await live.subscribe(`circle:${here.circle}`);
    const post = randomBytes(16).toString("hex");
    // A copy of a sealed row that does open, so that only the missing decision keeps it back.
    const sent = await here.server.reply(here.member, here.thread, words.calm);
    const original = sent.body.id;
    const now = Date.now();
    const sql = `
      PRAGMA foreign_keys = ON;
      BEGIN;
      INSERT INTO post (id, thread_id, circle_id, author_id, number, shown_version, created_at)
        SELECT x'${post}', thread_id, circle_id, author_id, number + 500, 1, ${now} FROM post WHERE id = x'${original}';
      INSERT INTO post_version (post_id, version, author_id, text_sealed, idempotency_key, body_hash, created_at)
        SELECT x'${post}', 1, author_id, text_sealed, 'by-hand', body_hash, ${now} FROM post_version WHERE post_id = x'${original}';
      INSERT INTO post_version (post_id, version, author_id, text_sealed, idempotency_key, body_hash, created_at)
        SELECT x'${original}', 2, author_id, text_sealed, 'by-hand-2', body_hash, ${now} FROM post_version WHERE post_id = x'${original}' AND version = 1;
      UPDATE post SET shown_version = 2 WHERE id = x'${original}';
      INSERT INTO event (type, circle_id, thread_id, post_id, at) SELECT 'post.published', circle_id, thread_id, id, ${now} FROM post WHERE id IN (x'${post}', x'${original}');
      COMMIT;`;
    const done = spawnSync("sqlite3", ["-cmd", ".timeout 5000", join(here.server.data, "holdfast.db")], { input: sql, encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
    // What comes after shows that the feed went past the rows made by hand.
    const marker = await here.server.reply(here.other, here.thread, "A marker after it.");
    await until(() => live.posts.includes(marker.body.id), "the marker");
    for (const id of [post, original]) {
      for (const who of [here.other, here.facilitator, undefined]) {
        assert.equal((await here.server.ask("GET", `/api/v1/posts/${id}`, { token: who?.token })).status, 404);
        const list = await here.server.ask("GET", `/api/v1/threads/${here.thread}/posts?limit=100`, { token: who?.token });
        assert.ok(!list.text.includes(id));
        const page = await here.server.ask("GET", `/threads/${here.thread}`, { token: who?.token });
        assert.ok(!page.text.includes(id));
        assert.equal((await here.server.ask("GET", `/posts/${id}/fragment`, { token: who?.token })).status, 404);
      }
    }
    assert.ok(!live.posts.includes(post));
    const found = await here.server.ask("GET", `/api/v1/search?circle=${here.circle}&q=window`, { token: here.other.token });
    assert.deepEqual(found.body.items, []);
    const states = here.server.sql(`SELECT state FROM post_state WHERE id = '${post}'`);
    assert.deepEqual(states, [{ state: "pending" }]);
    live.cut();
  });

  test("what post_state calls visible or folded has a decision that lets it through, also while an edit waits or was given back", async () => {
    const { server, member, thread, facilitator } = here;
    const edit = (post, text, title) => server.ask("PATCH", `/api/v1/posts/${post}`, { token: member.token, key: `e-${Math.random()}`, body: { text, title } });
    const posts = {};
    for (const [name, text] of [["held", words.harm], ["given_back", words.contact], ["let_through", words.calm]]) {
      posts[name] = (await server.reply(member, thread, words.calm)).body.id;
      posts[`${name}_by`] = (await edit(posts[name], text)).status;
    }
    assert.deepEqual([posts.held_by, posts.given_back_by, posts.let_through_by], [202, 422, 201]);
    posts.only_held = (await server.reply(member, thread, words.harm)).body.id;
    const state = (post) => server.sql(`SELECT state, decision_id FROM post_state WHERE id = '${post}'`)[0];
    assert.deepEqual(state(posts.held), { state: "visible", decision_id: `${posts.held}.1.1` });
    assert.deepEqual(state(posts.given_back), { state: "visible", decision_id: `${posts.given_back}.1.1` });
    assert.deepEqual(state(posts.let_through), { state: "visible", decision_id: `${posts.let_through}.2.1` });
    assert.deepEqual(state(posts.only_held), { state: "held", decision_id: `${posts.only_held}.1.1` });
    const item = (await server.ask("GET", "/api/v1/review/items", { token: facilitator.token })).body.items.find((one) => one.post === posts.held);
    await server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: facilitator.token, body: { decision: "fold", revision: item.revision } });
    assert.deepEqual(state(posts.held), { state: "folded", decision_id: `${posts.held}.2.2` });
    const shown = server.sql(`SELECT count(*) AS n, sum(d.outcome IN ('publish', 'fold')) AS through FROM post_state s JOIN decision d
      ON lower(hex(d.post_id)) || '.' || d.version || '.' || d.number = s.decision_id WHERE s.state IN ('visible', 'folded')`)[0];
    assert.equal(shown.through, shown.n);
    assert.ok(shown.n > 3);
  });

  test("a nickname, a circle's words and a facilitator's reason pass the screen too", async () => {
    const name = await here.server.ask("POST", "/api/v1/accounts", { body: { nickname: "kill yourself", passphrase: "seven quiet lanterns" } });
    assert.equal(name.status, 422);
    const circle = await here.server.ask("PATCH", `/api/v1/circles/${here.circle}`, { token: here.facilitator.token, body: { purpose: words.harm } });
    assert.equal(circle.status, 422);
    const sent = await here.server.reply(here.member, here.thread, words.harm);
    const lane = await here.server.ask("GET", "/api/v1/review/items", { token: here.facilitator.token });
    const item = lane.body.items.find((one) => one.post === sent.body.id);
    const reason = await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.facilitator.token, body: { decision: "return", revision: item.revision, reason: words.harm } });
    assert.equal(reason.status, 422);
  });
});
