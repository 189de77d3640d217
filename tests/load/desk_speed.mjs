// How quick the desk is with a long history: 100,000 decided items in one circle, all of one author, in threads of
// fifty posts, and each action through the API, one after the other. Prints p50 and p95 in milliseconds; the promise is 50.
//   HOLDFAST=…/holdfast node load/desk_speed.mjs [items] [times]
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { place, Server, words } from "../harness.mjs";

const items = Number(process.argv[2] ?? 100_000);
const times = Number(process.argv[3] ?? 100);
const here = await place();
const { folder, port } = here.server;
here.server.own = false;
const first = (await here.server.reply(here.member, here.thread, words.harm)).body.id;
await here.server.stop();

// The history is made of copies of one held post, with ids of their own; nobody opens them again.
const blob = (id) => `x'${id}'`;
const fill = `
PRAGMA foreign_keys = OFF; BEGIN;
CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i + 1 < ${items}) SELECT i, randomblob(16) AS post, randomblob(16) AS item FROM c;
CREATE TEMP TABLE t AS SELECT i / 50 AS i, randomblob(16) AS thread, post AS opening FROM n WHERE i % 50 = 0;
INSERT INTO thread (id, circle_id, opening_post_id, last_number, created_at, active_at) SELECT t.thread, p.circle_id, t.opening, 50, p.created_at, p.created_at FROM t, post p WHERE p.id = ${blob(first)};
INSERT INTO post (id, thread_id, circle_id, author_id, number, created_at) SELECT n.post, t.thread, p.circle_id, p.author_id, 1 + n.i % 50, p.created_at FROM n JOIN t ON t.i = n.i / 50, post p WHERE p.id = ${blob(first)};
INSERT INTO post_version SELECT n.post, v.version, v.author_id, v.text_sealed, NULL, 'copy-' || n.i, v.body_hash, v.created_at FROM n, post_version v WHERE v.post_id = ${blob(first)};
INSERT INTO decision SELECT n.post, d.version, d.number, CASE n.i % 3 WHEN 0 THEN 'publish' WHEN 1 THEN 'return' ELSE 'hold' END, d.risk, d.risk_score, d.triage, d.labels, d.detail_sealed, d.policy, d.micros, NULL, d.created_at, NULL FROM n, decision d WHERE d.post_id = ${blob(first)};
INSERT INTO review_item (id, circle_id, lane, post_id, version, triage, state, created_at, due_at, author_id, labels, verdict, decided_by, decided_at)
  SELECT n.item, r.circle_id, CASE n.i % 4 WHEN 0 THEN 'care' WHEN 1 THEN 'harm' WHEN 2 THEN 'report' ELSE 'newcomer' END, n.post, r.version, r.triage, 'decided', r.created_at - n.i * 1000, r.due_at, r.author_id, r.labels,
         CASE n.i % 3 WHEN 0 THEN 'publish' WHEN 1 THEN 'return' ELSE 'remove' END, ${blob(here.facilitator.id)}, r.created_at - n.i * 1000 + 60000 FROM n, review_item r WHERE r.post_id = ${blob(first)};
INSERT INTO rule_hit SELECT h.rule, h.at - n.i * 1000, n.post, h.version, h.shadow FROM n, rule_hit h WHERE h.post_id = ${blob(first)};
INSERT INTO review_step SELECT n.item, 1, 2, 'decided', ${blob(here.facilitator.id)}, 1 FROM n;
COMMIT;`;
const filled = spawnSync("sqlite3", [join(here.server.data, "holdfast.db")], { input: fill, encoding: "utf8" });
if (filled.status !== 0 || filled.stderr) throw new Error(filled.stderr);
here.server = await Server.start({ folder, port });
here.server.own = true;

const ask = (method, path, who, body) => here.server.ask(method, path, { token: who.token, key: `speed-${Math.random()}`, body });
const figures = {};
async function timed(name, run) {
  const begun = performance.now();
  const answer = await run();
  (figures[name] ??= []).push(performance.now() - begun);
  if (answer.status >= 400) throw new Error(`${name}: ${answer.status} ${answer.text}`);
  return answer;
}
for (let round = 0; round < times; ++round) {
  await here.server.reply(here.member, here.thread, `${words.harm} ${round}`);
  const told = (await here.server.reply(here.member, here.thread, `${words.calm} ${round}`)).body.id;
  await timed("report", () => ask("POST", `/api/v1/posts/${told}/reports`, here.other, { category: "unkind" }));
  await timed("list", () => ask("GET", "/api/v1/review/items", here.facilitator));
  const list = await timed("list of a lane", () => ask("GET", "/api/v1/review/items?lane=harm", here.facilitator));
  const item = list.body.items.find((one) => !one.claimed);
  await timed("claim", () => ask("POST", `/api/v1/review/items/${item.id}/claim`, here.facilitator));
  await timed("open", () => ask("GET", `/api/v1/review/items/${item.id}`, here.facilitator));
  await timed("decide", () => ask("POST", `/api/v1/review/items/${item.id}/decision`, here.facilitator, { decision: "remove", revision: item.revision, reason: "Your words are saved.", strike: 1 }));
  await timed("appeal", () => ask("POST", `/api/v1/posts/${item.post}/appeal`, here.member, { words: "Please look again." }));
  await timed("next", () => ask("POST", "/api/v1/review/next", here.lead));
  await timed("own standing", () => ask("GET", "/api/v1/me/standing", here.member));
  await timed("page: list", () => ask("GET", "/review", here.facilitator));
  await timed("rules", () => ask("GET", "/api/v1/policy", here.lead));
  await timed("record", () => ask("GET", "/api/v1/audit?action=post.decided", here.lead));
  for (const path of ["/api/v1/figures", "/figures"]) {
    const found = await ask("GET", path, here.lead);
    if (found.status === 200) await timed(`figures ${path}`, () => ask("GET", path, here.lead));
  }
}
// What another state of a rule would change: over real texts, since the copies above don't open.
const texts = 5000;
let sent = 0;
await Promise.all(Array.from({ length: 32 }, async () => {
  while ((sent += 1) <= texts) await here.server.reply(here.member, here.thread, `${words.calm} ${sent}`);
}));
for (let round = 0; round < 10; ++round) await timed(`replay of ${texts} texts`, () => ask("POST", "/api/v1/policy/replay", here.lead, { rule: "harassment", state: "shadow" }));
await here.server.stop();
console.log(`${items} decided items, ${times} rounds, ms`);
for (const [name, all] of Object.entries(figures)) {
  all.sort((left, right) => left - right);
  const at = (share) => all[Math.min(all.length - 1, Math.floor(share * all.length))].toFixed(1).padStart(7);
  console.log(`${name.padEnd(24)} p50 ${at(0.5)}  p95 ${at(0.95)}  most ${at(1)}`);
}
