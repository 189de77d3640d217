// Promise 3 at the desk: what a facilitator, a reporter or an author was told is done stays done through kill -9, and
// is done once. Two facilitators decide, a member reports and an author asks for another look, while the server dies.
//   CYCLES=200 SEED=1 node --test durability/desk.test.mjs
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { place, words } from "../harness.mjs";
import { dice, Kills } from "./kills.mjs";

const cycles = Math.ceil(Number(process.env.CYCLES ?? 200) / 8); // each waits for more than a post
const roll = dice(Number(process.env.SEED ?? 1));
const verdicts = [{ decision: "publish" }, { decision: "return", reason: "Your words are saved." }, { decision: "remove", reason: "Your words are saved.", strike: 1 }];
const after_appeal = [{ decision: "keep", reason: "We looked again." }, { decision: "publish", reason: "We looked again." }];

test(`${cycles} kills of a working desk lose nothing that was acknowledged and do nothing twice`, async (t) => {
  const config = "[limits]\nenabled = false\n[desk]\npause_minutes = 0\nday_budget = 10000\n";
  const here = await place({ config });
  const hazel = await here.server.join("Hazel");
  await here.server.give("facilitator", hazel, here.circle);
  const kills = new Kills(here, config);
  const done = { decided: [], reported: [], asked: [], settled: [], said: [] };

  async function write() {
    for (let number = 0; kills.running; ++number) {
      const who = number % 2 ? here.member : here.other;
      const calm = number % 3 === 0;
      const sent = await kills.ask(who, "POST", `/threads/${here.thread}/posts`, { text: `${calm ? words.calm : words.harm} ${number}` }, `w-${number}`);
      if (calm && sent?.status === 201 && who === here.member) {
        if (await kills.done([202], here.other, "POST", `/posts/${sent.body.id}/reports`, { category: "unkind" })) done.reported.push(sent.body.id);
      }
    }
  }
  /** The first of them that is theirs to take, claimed. */
  async function claimed(who, turn, lane) {
    const list = await kills.done([200], who, "GET", `/review/items?lane=${lane}`);
    const item = list?.body.items.find((one, at) => at % 2 === turn);
    const mine = item && (await kills.done([200], who, "POST", `/review/items/${item.id}/claim`));
    return mine && { item, revision: mine.body.revision };
  }
  async function decide(who, turn) {
    for (let number = 0; kills.running; ++number) {
      const taken = await claimed(who, turn, number % 4 === 0 ? "report" : "harm");
      if (!taken) continue;
      const { item, revision } = taken;
      const wanted = verdicts[Math.floor(roll() * verdicts.length)];
      if (!(await kills.done([204], who, "POST", `/review/items/${item.id}/decision`, { ...wanted, revision }))) continue;
      done.decided.push({ item: item.id, post: item.post, lane: item.lane, verdict: wanted.decision, by: who.id });
      if (wanted.decision !== "remove") continue;
      for (const author of [here.member, here.other]) {
        if (await kills.done([200, 201, 202], author, "POST", `/posts/${item.post}/appeal`, { words: "Please look again." }, `again-${item.post}-${number}`)) done.asked.push(item.post);
      }
    }
  }
  async function look_again(who) {
    for (let number = 0; kills.running; ++number) {
      const taken = await claimed(who, 0, "appeal");
      if (!taken) continue;
      const { item } = taken;
      const words = `We read it all once more, number ${number}.`;
      if (await kills.done([204], who, "POST", `/review/items/${item.id}/messages`, { words }, `said-${item.id}-${number}`)) done.said.push({ post: item.post, words });
      const now = (await kills.done([200], who, "GET", `/review/items/${item.id}`))?.body.revision;
      const wanted = after_appeal[Math.floor(roll() * after_appeal.length)];
      if (now && (await kills.done([204], who, "POST", `/review/items/${item.id}/decision`, { ...wanted, revision: now }))) done.settled.push({ item: item.id, upheld: wanted.decision === "keep" ? 1 : 0 });
    }
  }
  await kills.run([write, () => decide(here.facilitator, 0), () => decide(hazel, 1), () => look_again(here.facilitator), () => look_again(hazel)], cycles, () => done.decided.length, roll);

  const { server } = kills.here;
  const items = new Map(server.sql("SELECT lower(hex(id)) AS id, verdict, lower(hex(decided_by)) AS who FROM review_item").map((row) => [row.id, row]));
  assert.deepEqual(done.decided.filter((one) => items.get(one.item)?.verdict !== one.verdict || items.get(one.item).who !== one.by), [], "decided and lost");
  const count = (sql) => new Map(server.sql(sql).map((row) => [row.id, row.n]));
  const steps = count("SELECT lower(hex(item_id)) AS id, count(*) AS n FROM review_step WHERE kind = 'decided' GROUP BY item_id");
  assert.deepEqual([...done.decided, ...done.settled].filter((one) => steps.get(one.item) !== 1), [], "decided twice");
  const strikes = count("SELECT lower(hex(item_id)) AS id, count(*) AS n FROM strike GROUP BY item_id");
  assert.deepEqual(done.decided.filter((one) => (strikes.get(one.item) ?? 0) !== (one.verdict === "remove" ? 1 : 0)), [], "a strike too few or too many");
  const announced = count("SELECT lower(hex(post_id)) AS id, count(*) AS n FROM event WHERE type = 'post.published' GROUP BY post_id");
  assert.deepEqual(done.decided.filter((one) => one.lane === "harm" && one.verdict === "publish" && announced.get(one.post) !== 1), [], "let through, and not announced once");
  const reports = count("SELECT lower(hex(post_id)) AS id, count(*) AS n FROM report GROUP BY post_id");
  assert.deepEqual(done.reported.filter((post) => reports.get(post) !== 1), [], "told and lost");
  const appeals = new Map(server.sql("SELECT lower(hex(post_id)) AS post, lower(hex(item_id)) AS item, upheld FROM appeal").map((row) => [row.post, row]));
  assert.deepEqual(done.asked.filter((post) => !appeals.has(post)), [], "asked and lost");
  const upheld = new Map([...appeals.values()].map((row) => [row.item, row.upheld]));
  assert.deepEqual(done.settled.filter((one) => upheld.get(one.item) !== one.upheld), [], "looked at again and lost");
  for (const { post, words } of done.said) {
    const told = (await Promise.all([here.member, here.other].map((who) => server.ask("GET", `/api/v1/posts/${post}/appeal`, { token: who.token })))).find((answer) => answer.status === 200);
    assert.equal(told.body.messages.filter((one) => one.words === words).length, 1, "said in an appeal and lost, or there twice");
  }
  const check = await kills.checked();
  rmSync(server.folder, { recursive: true });
  assert.equal(check.status, 0, check.stderr);
  assert.ok(done.settled.length > 0 && done.said.length > 0 && done.reported.length > 0);
  t.diagnostic(`${done.decided.length} decided, ${done.reported.length} reports, ${done.asked.length} appeals, ${done.settled.length} settled; ${check.stdout}`);
});
