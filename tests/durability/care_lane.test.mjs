// A cry for help outlives any crash: each one is in the care lane and has rung within 5 s of the restart.
//   CRISES=1000 SEED=1 node --test durability/care_lane.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";
import { place, Server, until, words } from "../harness.mjs";

const wanted = Number(process.env.CRISES ?? 200);
let seed = Number(process.env.SEED ?? 1);
const roll = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;

test(`${wanted} cries for help with kills between: each one in the lane and rung within 5 s of the restart`, async (t) => {
  const here = await place();
  here.server.own = false;
  const { folder, port } = here.server;
  const acknowledged = [];
  let next = 0;
  let running = true;

  const writers = [here.member, here.other, here.facilitator, here.lead].map(async (who, writer) => {
    while (running && next < wanted) {
      const number = next++;
      for (;;) {
        try {
          const sent = await here.server.reply(who, here.thread, `${words.crisis} ${number}`, `c${writer}-${number}`);
          if (sent.status === 202 || sent.status === 201) {
            assert.ok(sent.body.care, "care comes with the answer");
            acknowledged.push(sent.body.id);
            break;
          }
          assert.equal(sent.status, 503, sent.text);
        } catch (failed) {
          if (failed instanceof assert.AssertionError) throw failed;
        }
        if (!running) return;
        await new Promise((go) => setTimeout(go, 5));
      }
    }
  });

  const silent = () => here.server.sql("SELECT count(*) AS n FROM review_item r LEFT JOIN alarm a ON a.id = r.id WHERE r.lane = 'care' AND coalesce(a.sounded, 0) = 0")[0].n;
  let slowest_ms = 0;
  let kills = 0;
  while (acknowledged.length < wanted) {
    const enough = Math.min(wanted, acknowledged.length + 1 + Math.floor(roll() * 40));
    await until(() => acknowledged.length >= enough, "cries for help", 60000);
    await here.server.kill();
    kills += 1;
    // What was in the lane at the kill, and had not rung.
    const start = Date.now();
    here.server = await Server.start({ folder, port });
    const known = here.server.sql("SELECT lower(hex(r.id)) AS id FROM review_item r LEFT JOIN alarm a ON a.id = r.id WHERE r.lane = 'care' AND coalesce(a.sounded, 0) = 0").map((row) => row.id);
    const still = () => (known.length === 0 ? 0 : here.server.sql(`SELECT count(*) AS n FROM alarm WHERE sounded = 0 AND lower(hex(id)) IN (${known.map((id) => `'${id}'`).join(",")})`)[0].n);
    await until(() => still() === 0, "what had not rung to ring", 5000);
    slowest_ms = Math.max(slowest_ms, Date.now() - start);
  }
  running = false;
  await Promise.all(writers);
  await until(() => silent() === 0, "the last ones to ring", 5000);

  const rows = new Map(here.server.sql("SELECT lower(hex(r.post_id)) AS post, count(*) AS n, min(a.sounded) AS sounded FROM review_item r JOIN alarm a ON a.id = r.id WHERE r.lane = 'care' GROUP BY r.post_id").map((row) => [row.post, row]));
  assert.deepEqual(acknowledged.filter((id) => rows.get(id)?.n !== 1), [], "not once in the care lane");
  assert.deepEqual(acknowledged.filter((id) => !(rows.get(id)?.sounded >= 1)), [], "never rung");
  const told = new Set(here.server.sql("SELECT DISTINCT lower(hex(post_id)) AS post FROM event WHERE type = 'me.alarm'").map((row) => row.post));
  assert.deepEqual(acknowledged.filter((id) => !told.has(id)), [], "nobody was asked");
  here.server.own = true;
  await here.server.stop();
  t.diagnostic(`${acknowledged.length} cries, ${kills} kills, at most ${slowest_ms} ms from the kill's restart until all had rung`);
});
