// Promise 3 for what people share out of their own space: company for a goal from the question to the end, a safety
// plan for named people, a card for a circle. What was answered as done is there once after kill -9, nothing is half
// done, and what was taken back stays gone.
//   CYCLES=200 SEED=1 node --test durability/company.test.mjs
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { place, words } from "../harness.mjs";
import { dice, Kills } from "./kills.mjs";

const cycles = Math.max(4, Math.ceil(Number(process.env.CYCLES ?? 200) / 25)); // each waits for more than a post, and all of them must have been tried
const roll = dice(Number(process.env.SEED ?? 1));
const nobody_said_no = (server) => server.sql("UPDATE partnership SET ended_by = NULL"); // else the same two wait for a month

/** Two at a time keep company, from the question to the end, with what is shown and said between. */
async function keep_company(kills, here, done, member, partner) {
  for (let number = 0; kills.running; ++number) {
    const key = `${member.nickname}-${number}`;
    const goal = await kills.surely([201], member, "POST", "/goals", { what: `Walk again, ${key}`, state: "active", steps: [{ text: "Shoes by the door", state: "open" }] }, `goal-${key}`);
    if (!goal) return;
    const asked = await kills.surely([201, 422], member, "POST", `/goals/${goal.body.id}/partner`, { circle: here.circle, nickname: partner.nickname, note: "Would you keep me company?" }, `ask-${key}`);
    if (!asked) return;
    if (asked.status === 422) {
      if (!kills.running) return;
      await new Promise((go) => setTimeout(go, 20)); // until the next kill, when a month passes
      continue;
    }
    const one = { id: asked.body.id, goal: goal.body.id, member, partner, said: [], state: "asked" };
    done.companies.push(one);
    const path = `/partners/${one.id}`;
    one.state = undefined; // not known until it is answered
    const answered = await kills.surely([204], partner, "POST", `${path}/answer`, { accept: true });
    if (answered) one.state = "accepted";
    const granted = await kills.surely([200], member, "PUT", `${path}/grants`, { goal: true, steps: true }, `grant-${key}`);
    if (granted) one.steps = true;
    const morning = await kills.surely([201], member, "POST", `${path}/words`, { kind: "morning", text: `${words.calm} ${key}` }, `morning-${key}`);
    if (morning) one.said.push({ id: morning.body.id, kind: "morning" });
    const kind = await kills.surely([201], partner, "POST", `${path}/words`, { kind: "encouragement", text: `You asked for help twice. ${key}` }, `kind-${key}`);
    if (kind) one.said.push({ id: kind.body.id, kind: "encouragement" });
    if (roll() < 0.5) {
      one.steps = undefined;
      if (await kills.surely([200], member, "PUT", `${path}/grants`, { goal: true, steps: false }, `back-${key}`)) one.steps = false;
    }
    if (!kills.running) return;
    one.state = undefined;
    if (await kills.surely([204], roll() < 0.5 ? member : partner, "DELETE", path)) one.state = "ended";
  }
}

/** Shares by the same way each time, and takes about half of it back. */
async function share_and_take_back(kills, done, who, path, body, kind) {
  for (let number = 0; kills.running; ++number) {
    const shared = await kills.surely([201], who, "POST", path, body, `${kind}-${number}`);
    if (!shared) return;
    const one = { id: shared.body.id, kind, open: true };
    done.shares.push(one);
    if (roll() < 0.5) continue;
    one.open = undefined;
    if (await kills.surely([204], who, "DELETE", `/shares/${one.id}`)) one.open = false;
  }
}

async function everything_is_there(server, here, done) {
  const state = new Map(server.sql("SELECT lower(hex(post_id)) AS id, state, shows_steps AS steps FROM partnership").map((row) => [row.id, row]));
  const texts = server.sql("SELECT lower(hex(post.thread_id)) AS thread, lower(hex(post.id)) AS id, partner_text.kind, (SELECT max(length(text_sealed)) FROM post_version WHERE post_id = post.id) AS length FROM partner_text JOIN post ON post.id = partner_text.post_id");
  const thread_of = new Map(server.sql("SELECT lower(hex(id)) AS id, lower(hex(thread_id)) AS thread FROM post").map((row) => [row.id, row.thread]));
  for (const one of done.companies) {
    const is = state.get(one.id);
    assert.ok(is, "a question is there");
    if (one.state) assert.equal(is.state, one.state, "and is as far as it was said");
    if (one.steps !== undefined && one.state === "accepted") assert.equal(Boolean(is.steps), one.steps, "a grant");
    const between = texts.filter((text) => text.thread === thread_of.get(one.id));
    for (const kind of ["morning", "encouragement"]) assert.ok(between.filter((text) => text.kind === kind).length <= 1, "said once, however often it was sent");
    for (const said of one.said) assert.equal(between.filter((text) => text.id === said.id && text.kind === said.kind).length, 1, "what was said is there");
    if (one.state !== "ended") continue;
    assert.ok(between.filter((text) => ["goal", "steps", "tries"].includes(text.kind)).every((text) => text.length === 0), "what was shown is gone from the file");
    const seen = await server.ask("GET", `/api/v1/partners/${one.id}`, { token: one.partner.token });
    assert.deepEqual([seen.body.shown, seen.body.said], [undefined, undefined], "and from their eyes");
  }
  const asked = new Set(done.companies.map((one) => one.id));
  assert.ok(state.size - asked.size <= 2, "no question came twice: at most the last of each two was never answered");
  for (const kind of ["plan", "card"]) {
    const list = (await server.ask("GET", `/api/v1/shared-${kind}s`, { token: here.member.token })).body.items.map((one) => one.id);
    const mine = done.shares.filter((one) => one.kind === kind);
    assert.equal(new Set(list).size, list.length, "each once");
    for (const one of mine) {
      const seen = await server.ask("GET", `/api/v1/shared-${kind}s/${one.id}`, { token: here.member.token });
      if (one.open) assert.equal(seen.status, 200, "what is shared can be read");
      if (one.open !== false) continue;
      assert.ok(seen.status === 404 && !list.includes(one.id), "what was taken back stays gone");
      assert.equal(server.sql(`SELECT max(length(text_sealed)) AS length FROM post_version WHERE post_id = x'${one.id}'`)[0].length, 0, "also from the file");
    }
    assert.ok(server.sql(`SELECT count(*) AS n FROM share WHERE what = '${kind}'`)[0].n - mine.length <= 1, "none was shared twice");
  }
  const halves = "SELECT (SELECT count(*) FROM partnership WHERE post_id NOT IN (SELECT post_id FROM share)) + (SELECT count(*) FROM share WHERE post_id NOT IN (SELECT id FROM post)) + (SELECT count(*) FROM share WHERE what = 'goal' AND post_id NOT IN (SELECT post_id FROM partnership)) AS n";
  assert.equal(server.sql(halves)[0].n, 0, "nothing is half done");
}

test(`${cycles} kills while people share and keep company lose nothing that was acknowledged, and bring back nothing`, async (t) => {
  const here = await place();
  const { server } = here;
  const [hazel, sorrel] = [await server.join("Hazel"), await server.join("Sorrel")];
  for (const who of [hazel, sorrel]) await server.enter(who, here.circle);
  await server.ask("PUT", "/api/v1/plan", { token: here.other.token, body: { signs: "I sleep badly.", alone: "A walk." } });
  const card = await server.ask("POST", "/api/v1/cards", { token: here.other.token, key: "card", body: { title: "Cold water", text: "Hands under the tap." } });
  const done = { companies: [], shares: [] };
  const kills = new Kills(here);
  await kills.run(
    [
      () => keep_company(kills, here, done, here.member, hazel),
      () => keep_company(kills, here, done, sorrel, here.other),
      () => share_and_take_back(kills, done, here.other, "/plan/shares", { circle: here.circle, allies: ["Maple"], sections: ["signs", "alone"] }, "plan"),
      () => share_and_take_back(kills, done, here.other, `/cards/${card.body.id}/shares`, { circle: here.circle }, "card"),
    ],
    cycles,
    () => done.companies.length + done.shares.length,
    roll,
    nobody_said_no,
  );
  await everything_is_there(kills.here.server, here, done);
  const check = await kills.checked();
  rmSync(server.folder, { recursive: true });
  assert.equal(check.status, 0, check.stderr);
  const counts = { ended: done.companies.filter((one) => one.state === "ended").length, shares: done.shares.length, "taken back": done.shares.filter((one) => one.open === false).length };
  assert.ok(Object.values(counts).every((count) => count > 0), `each of them was tried: ${JSON.stringify(counts)}`);
  t.diagnostic(`${done.companies.length} companies, ${Object.entries(counts).map(([name, count]) => `${count} ${name}`).join(", ")}`);
});
