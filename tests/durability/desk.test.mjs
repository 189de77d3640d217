// Promise 3 at the desk: what a facilitator, a reporter or an author was told is done stays done through kill -9, and
// is done once. Two facilitators decide, a member reports and an author asks for another look, while the server dies.
//   CYCLES=200 SEED=1 node --test durability/desk.test.mjs
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { holdfast, place, Server, until, words } from "../harness.mjs";

const cycles = Math.ceil(Number(process.env.CYCLES ?? 200) / 4); // each is slower than one of the posts
let seed = Number(process.env.SEED ?? 1);
const roll = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const verdicts = [{ decision: "publish" }, { decision: "return", reason: "Your words are saved." }, { decision: "remove", reason: "Your words are saved.", strike: 1 }];

test(`${cycles} kills of a working desk lose nothing that was acknowledged and do nothing twice`, async (t) => {
  const config = "[limits]\nenabled = false\n[desk]\npause_minutes = 0\nday_budget = 10000\n";
  const here = await place({ config });
  const hazel = await here.server.join("Hazel");
  await here.server.give("facilitator", hazel, here.circle);
  here.server.own = false;
  const { folder, port } = here.server;
  const done = { decided: [], reported: [], asked: [] };
  let running = true;

  /** One request; undefined when the server died under it. */
  const ask = async (method, path, who, body, key) => {
    try {
      return await here.server.ask(method, path, { token: who.token, body, key });
    } catch {
      await new Promise((go) => setTimeout(go, 5)); // a client's pause before it goes on
      return undefined;
    }
  };
  const ended = (answer, good) => {
    assert.ok([...good, 404, 409, 503].includes(answer.status), `${answer.status} ${answer.text}`);
    return good.includes(answer.status);
  };
  async function write() {
    for (let number = 0; running; ++number) {
      const who = number % 2 ? here.member : here.other;
      const calm = number % 3 === 0;
      const sent = await ask("POST", `/api/v1/threads/${here.thread}/posts`, who, { text: `${calm ? words.calm : words.harm} ${number}` }, `w-${number}`);
      if (calm && sent?.status === 201 && who === here.member) {
        const told = await ask("POST", `/api/v1/posts/${sent.body.id}/reports`, here.other, { category: "unkind" });
        if (told && ended(told, [202])) done.reported.push(sent.body.id);
      }
    }
  }
  async function decide(who, turn) {
    for (let number = 0; running; ++number) {
      const lane = await ask("GET", `/api/v1/review/items?lane=${number % 4 === 0 ? "report" : "harm"}`, who);
      const item = lane?.status === 200 ? lane.body.items.find((one, at) => at % 2 === turn) : undefined;
      if (!item) continue;
      const claimed = await ask("POST", `/api/v1/review/items/${item.id}/claim`, who);
      if (!claimed || !ended(claimed, [200])) continue;
      const wanted = verdicts[Math.floor(roll() * verdicts.length)];
      const answer = await ask("POST", `/api/v1/review/items/${item.id}/decision`, who, { ...wanted, revision: claimed.body.revision });
      if (!answer || !ended(answer, [204])) continue;
      done.decided.push({ item: item.id, post: item.post, lane: item.lane, verdict: wanted.decision, by: who.id });
      if (wanted.decision !== "remove") continue;
      for (const author of [here.member, here.other]) {
        const asked = await ask("POST", `/api/v1/posts/${item.post}/appeal`, author, { words: "Please look again." });
        if (asked && ended(asked, [200, 201, 202])) done.asked.push(item.post);
      }
    }
  }
  const workers = [write(), decide(here.facilitator, 0), decide(hazel, 1)];

  for (let cycle = 0; cycle < cycles; ++cycle) {
    const before = done.decided.length;
    const enough = 1 + Math.floor(roll() * 6);
    await until(() => done.decided.length >= before + enough, "decisions");
    await here.server.kill();
    here.server = await Server.start({ folder, port, config });
  }
  running = false;
  await Promise.all(workers);

  const items = new Map(here.server.sql("SELECT lower(hex(id)) AS id, verdict, lower(hex(decided_by)) AS who FROM review_item").map((row) => [row.id, row]));
  assert.deepEqual(done.decided.filter((one) => items.get(one.item)?.verdict !== one.verdict || items.get(one.item).who !== one.by), [], "decided and lost");
  const count = (sql) => new Map(here.server.sql(sql).map((row) => [row.id, row.n]));
  const steps = count("SELECT lower(hex(item_id)) AS id, count(*) AS n FROM review_step WHERE kind = 'decided' GROUP BY item_id");
  assert.deepEqual(done.decided.filter((one) => steps.get(one.item) !== 1), [], "decided twice");
  const strikes = count("SELECT lower(hex(item_id)) AS id, count(*) AS n FROM strike GROUP BY item_id");
  assert.deepEqual(done.decided.filter((one) => (strikes.get(one.item) ?? 0) !== (one.verdict === "remove" ? 1 : 0)), [], "a strike too few or too many");
  const announced = count("SELECT lower(hex(post_id)) AS id, count(*) AS n FROM event WHERE type = 'post.published' GROUP BY post_id");
  assert.deepEqual(done.decided.filter((one) => one.lane === "harm" && one.verdict === "publish" && announced.get(one.post) !== 1), [], "let through, and not announced once");
  const reports = count("SELECT lower(hex(post_id)) AS id, count(*) AS n FROM report GROUP BY post_id");
  assert.deepEqual(done.reported.filter((post) => reports.get(post) !== 1), [], "told and lost");
  const appeals = count("SELECT lower(hex(post_id)) AS id, count(*) AS n FROM appeal GROUP BY post_id");
  assert.deepEqual(done.asked.filter((post) => appeals.get(post) !== 1), [], "asked and lost");
  await here.server.stop();
  const check = spawnSync(holdfast, ["check", "--data", here.server.data], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  assert.equal(check.status, 0, check.stderr);
  t.diagnostic(`${done.decided.length} decided, ${done.reported.length} reports, ${done.asked.length} appeals; ${check.stdout}`);
});
