// Promise 3 for what people write for themselves alone: journal, moods, stories, goals and the safety plan. What was
// answered as kept is there once after kill -9, in order, with each version that was kept, and opens after signing in anew.
//   CYCLES=200 SEED=1 node --test durability/private.test.mjs
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { passphrase, place, words } from "../harness.mjs";
import { dice, Kills } from "./kills.mjs";

const cycles = Math.max(4, Math.ceil(Number(process.env.CYCLES ?? 200) / 25)); // each waits for more than a post
const roll = dice(Number(process.env.SEED ?? 1));
const versions_max = 50; // of one record; older ones go

const kinds = {
  "/journal": (text) => ({ kind: "writing", text }),
  "/moods": (note) => ({ day: "2026-05-01", level: 3, note }),
  "/stories": (intend) => ({ intend }),
  "/goals": (what) => ({ what, state: "active", steps: [{ text: "Shoes by the door", state: "open" }] }),
};
const text_of = (one) => one.text ?? one.note ?? one.intend ?? one.what ?? one.signs;

/** Writes one after the other, changes most of them, and takes some out. What is not known yet stands in `maybe`. */
async function write(kills, all, who, path) {
  for (let number = 0; kills.running; ++number) {
    const text = `${words.calm} ${path} ${number}`;
    const made = await kills.surely([201], who, "POST", path, kinds[path](text), `${path}-${number}`);
    if (!made) return;
    const one = { id: made.body.id, created_at: made.body.created_at, told: [text] };
    all.push(one);
    const at = `${path}/${one.id}`;
    for (let change = Math.floor(roll() * 3); change > 0; --change) {
      one.maybe = `${text}, told anew ${change}`;
      if (!(await kills.surely([200], who, "PUT", at, { ...kinds[path](one.maybe), based_on: one.told.length }))) return;
      one.told.push(one.maybe);
      one.maybe = undefined;
    }
    if (roll() < 0.8) continue;
    one.gone = undefined; // not known until it is answered
    // Taken out before, and the answer lost, is 404 when it is sent again.
    while (kills.running && !one.gone) one.gone = [204, 404].includes((await kills.ask(who, "DELETE", at))?.status);
  }
}

/** The one plan, over and over: each save begins from the one before it. */
async function keep_plan(kills, plan, who) {
  for (let number = 1; kills.running; ++number) {
    plan.maybe = `I sleep badly, ${number}.`;
    if (!(await kills.surely([200], who, "PUT", "/plan", { signs: plan.maybe, based_on: plan.told.length }))) return;
    plan.told.push(plan.maybe);
    plan.maybe = undefined;
  }
}

/** The next step of a story becomes a goal that the story knows: two writes, and one answer. */
async function take_next_steps(kills, steps, who) {
  for (let number = 0; kills.running; ++number) {
    const made = await kills.surely([201], who, "POST", "/stories", { intend: words.calm, next: `Ring her, ${number}.` }, `step-${number}`);
    const goal = made && (await kills.surely([201], who, "POST", `/stories/${made.body.id}/goal`));
    if (goal) steps.push({ story: made.body.id, goal: goal.body.goal, what: `Ring her, ${number}.` });
  }
}

async function list(server, token, path) {
  const all = [];
  for (let cursor = ""; cursor !== null; ) {
    const page = await server.ask("GET", `/api/v1${path}?limit=100${cursor && `&cursor=${cursor}`}`, { token });
    assert.equal(page.status, 200, page.text);
    all.push(...page.body.items);
    cursor = page.body.next;
  }
  return all;
}

function versions_are_kept(answer, one) {
  const versions = [...answer.earlier, answer];
  const told = one.told.slice(-versions_max);
  const texts = versions.map(text_of);
  if (one.maybe && texts.at(-1) === one.maybe) told.push(one.maybe);
  assert.deepEqual(texts, told.slice(-versions_max), "each version that was kept, once and in order");
  assert.ok(versions.every((each) => !each.beside_another), "and none beside another: nobody else wrote");
}

async function all_is_there(server, token, path, all) {
  const there = await list(server, token, path);
  assert.deepEqual(there.map((one) => one.created_at), there.map((one) => one.created_at).sort().reverse(), "newest first");
  assert.deepEqual(all.map((one) => one.created_at), all.map((one) => one.created_at).sort(), "in the order of writing");
  const ids = there.map((one) => one.id);
  const known = new Map(all.map((one) => [one.id, one]));
  assert.equal(new Set(ids).size, ids.length, "each once");
  assert.ok(ids.filter((id) => !known.has(id)).length <= 1, "none twice: at most the last one was never answered");
  for (const one of all) {
    if ("gone" in one) assert.ok(!one.gone || !ids.includes(one.id), "what was taken out stays out");
    else assert.ok(ids.includes(one.id), `kept and lost: ${one.told[0]}`);
    if (!ids.includes(one.id)) continue;
    versions_are_kept((await server.ask("GET", `/api/v1${path}/${one.id}`, { token })).body, one);
  }
}

test(`${cycles} kills while people write for themselves lose nothing that was kept, and keep nothing twice`, async (t) => {
  const here = await place();
  const { server } = here;
  const hazel = await server.join("Hazel");
  const done = Object.fromEntries(Object.keys(kinds).map((path) => [path, []]));
  const plan = { told: [] };
  const steps = [];
  const kills = new Kills(here);
  const count = () => Object.values(done).reduce((sum, all) => sum + all.length, 0) + steps.length;
  const workers = Object.keys(kinds).map((path) => () => write(kills, done[path], here.member, path));
  await kills.run([...workers, () => keep_plan(kills, plan, here.member), () => take_next_steps(kills, steps, hazel)], cycles, count, roll);

  const { server: now } = kills.here;
  const anew = async (nickname) => (await now.ask("POST", "/api/v1/sessions", { body: { nickname, passphrase } })).body.token;
  const token = await anew("Maple");
  for (const [path, all] of Object.entries(done)) await all_is_there(now, token, path, all);
  versions_are_kept((await now.ask("GET", "/api/v1/plan", { token })).body, plan);
  const hers = await anew("Hazel");
  const goals = await list(now, hers, "/goals");
  for (const one of steps) {
    assert.deepEqual(goals.filter((goal) => goal.what === one.what).map((goal) => goal.id), [one.goal], "one goal of each next step");
    assert.equal((await now.ask("GET", `/api/v1/stories/${one.story}`, { token: hers })).body.next_goal, one.goal, "and its story knows it");
  }
  const wrong_room = "SELECT count(*) AS n FROM private_room o WHERE bytes != (SELECT sum(length(body_sealed)) FROM private_version v JOIN private_record r ON r.id = v.record_id WHERE r.account_id = o.account_id)";
  assert.equal(now.sql(wrong_room)[0].n, 0, "and the room that it takes is known");
  const check = await kills.checked();
  rmSync(server.folder, { recursive: true });
  assert.equal(check.status, 0, check.stderr);
  const all = Object.values(done).flat();
  const counts = { written: all.length, changed: all.filter((one) => one.told.length > 1).length, "taken out": all.filter((one) => one.gone).length, plans: plan.told.length, "next steps": steps.length };
  assert.ok(Object.values(counts).every((number) => number > 0), `each of them was tried: ${JSON.stringify(counts)}`);
  t.diagnostic(Object.entries(counts).map(([name, number]) => `${number} ${name}`).join(", "));
});
