// Promise 3: what the server said it took survives kill -9, once, in order. Eight writers retry each post
// under its own key until it is acknowledged, while the server is killed at random moments.
//   CYCLES=200 SEED=1 node --test durability/
import assert from "node:assert/strict";
import { test } from "node:test";
import { holdfast, place, Server, until, words } from "../harness.mjs";
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

const cycles = Number(process.env.CYCLES ?? 200);
let seed = Number(process.env.SEED ?? 1);
const roll = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;

test(`${cycles} kills under 8 writers lose no acknowledged post and double none`, async (t) => {
  const here = await place();
  here.server.own = false;
  const folder = here.server.folder;
  const port = here.server.port;
  const acknowledged = []; // {key, id, writer, state}
  let running = true;
  let retried = 0;

  const writers = [0, 1, 2, 3, 4, 5, 6, 7].map(async (writer) => {
    const who = [here.member, here.other, here.facilitator, here.lead][writer % 4];
    for (let number = 0; running; ++number) {
      const key = `w${writer}-${number}`;
      const text = number % 5 === 0 ? `${words.harm} ${number}` : number % 7 === 0 ? words.crisis : `Writer ${writer}, line ${number}.`;
      for (let attempt = 0; ; ++attempt) {
        try {
          const sent = await here.server.reply(who, here.thread, text, key);
          assert.ok([201, 202, 503].includes(sent.status), `${sent.status} ${sent.text}`);
          if (sent.status !== 503) {
            acknowledged.push({ key, id: sent.body.id, writer, state: sent.body.state });
            break;
          }
        } catch (failed) {
          if (failed instanceof assert.AssertionError) throw failed;
        }
        if (!running) return; // never acknowledged: may be there or not
        retried += 1;
        await new Promise((go) => setTimeout(go, 5)); // a client's pause before it tries again
      }
    }
  });

  let slowest_ms = 0;
  for (let cycle = 0; cycle < cycles; ++cycle) {
    const before = acknowledged.length;
    const enough = 1 + Math.floor(roll() * 60);
    await until(() => acknowledged.length >= before + enough, "posts");
    await here.server.kill();
    const start = Date.now();
    here.server = await Server.start({ folder, port });
    slowest_ms = Math.max(slowest_ms, Date.now() - start);
    if (cycle % 20 === 19) {
      // Nothing stays undecided: looked at right after the start.
      const pending = here.server.sql("SELECT count(*) AS n FROM post_state WHERE state = 'pending'")[0].n;
      assert.equal(pending, 0);
    }
  }
  running = false;
  await Promise.all(writers);

  const states = new Map(here.server.sql("SELECT id, state, idempotency_key FROM post_state").map((row) => [row.id, row]));
  const lost = acknowledged.filter((one) => states.get(one.id)?.idempotency_key !== one.key);
  assert.deepEqual(lost, [], "acknowledged and lost");
  assert.deepEqual(acknowledged.filter((one) => states.get(one.id).state !== one.state), [], "in another state than was said");
  const keys = [...states.values()].map((row) => row.idempotency_key);
  assert.equal(new Set(keys).size, keys.length, "the same key twice");
  assert.equal([...states.values()].filter((row) => row.state === "pending").length, 0, "left undecided");
  const shown = [];
  let next = "";
  do {
    const page = await here.server.ask("GET", `/api/v1/threads/${here.thread}/posts?limit=100${next && `&cursor=${next}`}`);
    shown.push(...page.body.items.map((post) => post.id));
    next = page.body.next ?? "";
  } while (next);
  const visible = [...states.values()].filter((row) => row.state === "visible" || row.state === "folded").map((row) => row.id);
  assert.deepEqual(new Set(shown), new Set(visible), "seen, but not let through, or the other way round");
  const place_of = new Map(shown.map((id, at) => [id, at]));
  for (let writer = 0; writer < 8; ++writer) {
    const order = acknowledged.filter((one) => one.writer === writer && place_of.has(one.id)).map((one) => place_of.get(one.id));
    assert.deepEqual(order, [...order].sort((left, right) => left - right), `writer ${writer}: out of order`);
  }
  const held = acknowledged.filter((one) => one.state === "held");
  const items = here.server.sql("SELECT lower(hex(post_id)) AS id, count(*) AS n FROM review_item GROUP BY post_id");
  assert.deepEqual(held.filter((one) => items.find((item) => item.id === one.id)?.n !== 1), [], "held without exactly one review item");
  await here.server.stop();
  const check = spawnSync(holdfast, ["check", "--data", here.server.data], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  assert.equal(check.status, 0, check.stderr);
  t.diagnostic(`${acknowledged.length} acknowledged, ${retried} retries, slowest start ${slowest_ms} ms ${check.stdout ?? ""}`);
});
