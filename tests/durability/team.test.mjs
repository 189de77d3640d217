// Promise 3 for everything else that people do for each other: talks, worries, follow-ups, the rota and its notes, "I've
// got this" and "I can't right now", a second pair of eyes, notes, limits, locks, and the rules that decide. What was
// answered as done stays done through kill -9, and is done once.
//   CYCLES=200 SEED=1 node --test durability/team.test.mjs
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { place, words } from "../harness.mjs";
import { dice, Kills } from "./kills.mjs";

const cycles = Math.ceil(Number(process.env.CYCLES ?? 200) / 8); // each waits for more than a post
const roll = dice(Number(process.env.SEED ?? 1));
const config = "[limits]\nenabled = false\n[desk]\npause_minutes = 0\nday_budget = 10000\n";
const hours = (count) => new Date(Date.now() + count * 3600_000).toISOString();

/** A circle with everybody who is needed, and a second one that can be locked and given rules of its own. */
async function team() {
  const here = await place({ config });
  const { server } = here;
  [here.hazel, here.sorrel] = [await server.join("Hazel"), await server.join("Sorrel")];
  await server.give("facilitator", here.hazel, here.circle);
  await server.give("lead", here.sorrel);
  here.quiet = await server.circle(here.lead, { name: "Quiet room" });
  for (const who of [here.facilitator, here.hazel]) await server.give("facilitator", who, here.quiet);
  return here;
}

// ---- The workers. Each keeps what it was told is done in `done`; what it wasn't told may be either way.

async function cry_and_talk(kills, here, done) {
  for (let number = 0; kills.running; ++number) {
    const cry = await kills.surely([201, 202], here.member, "POST", `/threads/${here.thread}/posts`, { text: `${words.crisis} ${number}` }, `cry-${number}`);
    if (!cry) continue;
    const talk = (await kills.done([200], here.member, "POST", `/posts/${cry.body.id}/talk`))?.body.id;
    if (!talk) continue;
    for (const [who, line, key] of [[here.member, "I sit on the stairs.", "a"], [here.facilitator, "I am here with you.", "b"], [here.member, "The tiles are cold.", "c"]]) {
      const said = await kills.surely([201], who, "POST", `/care/talks/${talk}/messages`, { text: `${line} ${number}` }, `said-${number}-${key}`);
      if (said) done.said.push({ talk, text: `${line} ${number}` });
    }
    if (await kills.done([204], here.facilitator, "POST", `/care/talks/${talk}/close`)) done.closed.push(talk);
  }
}

async function worry(kills, here, done) {
  for (let number = 0; kills.running; ++number) {
    const told = await kills.surely([201], here.other, "POST", `/circles/${here.circle}/concerns`, { text: `They sounded far away, ${number}.`, nickname: "Maple" }, `worry-${number}`);
    if (!told) continue;
    done.worried.push(told.body.id);
    // A real one is remembered as such: whoever was right may worry more often.
    if (await kills.done([204], here.hazel, "POST", `/care/concerns/${told.body.id}/answer`, { real: true })) done.heard.push(told.body.id);
  }
}

async function answer_alarms(kills, here, done) {
  const seen = new Set();
  while (kills.running) {
    const list = await kills.done([200], here.hazel, "GET", "/care/alarms");
    const ringing = list?.body.items.find((one) => !one.taken && !seen.has(one.id));
    if (!ringing) continue;
    seen.add(ringing.id);
    if (!(await kills.done([200], here.hazel, "POST", `/care/alarms/${ringing.id}/take`))) continue;
    done.taken.push(ringing.id);
    if (roll() < 0.3) {
      if (await kills.done([204], here.hazel, "POST", `/care/alarms/${ringing.id}/pass`)) done.passed.push(ringing.id);
    } else if (await kills.done([204], here.lead, "POST", `/care/alarms/${ringing.id}/outside-help`)) done.outside.push(ringing.id);
  }
}

async function follow_up(kills, here, done) {
  while (kills.running) {
    for (const who of [here.member, here.facilitator, here.hazel]) {
      const due = await kills.done([200], who, "GET", "/care/follow-ups");
      const one = due?.body.items.find((each) => each.kind !== "circle");
      if (!one) continue;
      const said = one.kind === "facilitator" ? { answer: "fine" } : { answer: "better", helped: "yes" };
      if (await kills.done([204], who, "POST", `/care/follow-ups/${one.id}`, said)) done.answered.push({ id: one.id, ...said });
    }
  }
}

async function keep_the_rota(kills, here, done) {
  for (let number = 0; kills.running; ++number) {
    const starts = 24 + number * 2;
    const made = await kills.done([201], here.facilitator, "POST", `/circles/${here.quiet}/duty`, { starts_at: hours(starts), ends_at: hours(starts + 1) }, `duty-${starts}`);
    if (!made) continue;
    const id = made.body.items.findLast((one) => one.mine).id;
    const shift = { id, note: "", gone: false };
    done.shifts.push(shift);
    const note = `Two people had a heavy evening. ${number}`;
    if (await kills.done([204], here.facilitator, "PUT", `/duty/${id}/note`, { note })) shift.note = note;
    if (roll() < 0.3) {
      shift.gone = undefined; // not known until it is answered
      if (await kills.done([204], here.facilitator, "DELETE", `/duty/${id}`)) shift.gone = true;
    }
  }
}

async function write_harm(kills, here) {
  for (let number = 0; kills.running; ++number) await kills.surely([201, 202], here.other, "POST", `/threads/${here.thread}/posts`, { text: `${words.harm} ${number}` }, `harm-${number}`);
}

async function step_back(kills, here, done) {
  const seen = new Set();
  const ways = [["pass", "passed"], ["second", "second"], ["escalate", "escalated"], ["notes", "noted"], ["decision", "decided"]];
  for (let number = 0; kills.running; ++number) {
    const list = await kills.done([200], here.facilitator, "GET", "/review/items?lane=harm");
    const item = list?.body.items.find((one) => !seen.has(one.id));
    if (!item) continue;
    seen.add(item.id);
    const claimed = await kills.done([200], here.facilitator, "POST", `/review/items/${item.id}/claim`);
    if (!claimed) continue;
    const [way, step] = ways[number % ways.length];
    const limit = { decision: "remove", reason: "Your words are saved.", strike: 1, limit: "slow", limit_hours: 1, slow_minutes: 1, revision: claimed.body.revision };
    const body = way === "notes" ? { words: `They write late at night. ${number}` } : way === "decision" ? limit : undefined;
    if (!(await kills.done([204], here.facilitator, "POST", `/review/items/${item.id}/${way}`, body, `step-${item.id}`))) continue;
    done.steps.push({ item: item.id, step });
    if (way === "decision") done.limited.push(item.id);
  }
}

async function end_limits(kills, here, done) {
  while (kills.running) {
    const list = await kills.done([200], here.hazel, "GET", `/circles/${here.circle}/limits`);
    const [limit] = list?.body.items ?? [];
    if (limit && (await kills.done([204], here.hazel, "DELETE", `/limits/${limit.id}`))) done.ended.push(limit.id);
  }
}

/** Does and undoes by turns; before each turn, what was acknowledged last must still be so. */
async function toggle(kills, done, { name, is_on, on, off }) {
  for (let known; kills.running; ) {
    const now = await is_on();
    if (now === undefined) continue;
    if (known !== undefined) assert.equal(now, known, `${name} was acknowledged and is not so`);
    known = undefined;
    if (!(await (now ? off() : on()))) continue;
    known = !now;
    ++done.toggled[name];
  }
}

const lock = (kills, here) => ({
  name: "locks",
  is_on: async () => (await kills.done([200], here.hazel, "GET", `/circles/${here.quiet}/limits`))?.body.items.some((one) => one.kind === "lock"),
  on: () => kills.done([204], here.hazel, "PUT", `/circles/${here.quiet}/lock`, { reason: "We take a breath." }),
  off: () => kills.done([204], here.hazel, "DELETE", `/circles/${here.quiet}/lock`),
});

const rules = (kills, here) => {
  const change = async (state) => {
    const asked = await kills.done([201, 202], here.lead, "POST", "/policy/changes", { rule: "spam", state });
    return asked?.status === 202 ? kills.done([204], here.sorrel, "POST", `/policy/changes/${asked.body.id}`, { agree: true }) : asked;
  };
  return {
    name: "rules",
    is_on: async () => {
      const seen = await kills.done([200], here.lead, "GET", "/policy");
      const [waits] = seen?.body.waiting ?? [];
      if (waits) await kills.done([204], here.sorrel, "POST", `/policy/changes/${waits.id}`, { agree: false }); // asked for, and not heard
      return seen && !waits ? seen.body.rules.find((one) => one.name === "spam").state === "live" : undefined;
    },
    on: () => change("live"),
    off: () => change("shadow"),
  };
};

const own_rules = (kills, here) => {
  const path = `/circles/${here.quiet}`;
  const policy = 'name = "ours"\nversion = 1\n[[rule]]\nname = "contact"\nlabel = "pii"\nthreshold = 0.2\noutcome = "hold"\nwhy = "It helps."\nreason = "Please look again."\n';
  return {
    name: "own rules",
    is_on: async () => {
      const seen = await kills.done([200], here.facilitator, "GET", path);
      return seen && Boolean(seen.body.own_policy);
    },
    on: () => kills.done([200], here.facilitator, "PATCH", path, { policy }),
    off: async () => (await kills.done([202], here.facilitator, "PATCH", path, { policy: "" })) && kills.done([204], here.hazel, "POST", `${path}/policy`, { agree: true }),
  };
};

// ---- What must be true at the end.

async function everything_is_there(server, here, done) {
  const rows = (sql, by = "id") => new Map(server.sql(sql).map((row) => [row[by], row]));
  const times = (action) => rows(`SELECT object AS id, count(*) AS n FROM audit WHERE action = '${action}' GROUP BY object`);
  const once = (ids, action) => {
    const found = times(action);
    assert.deepEqual(ids.filter((id) => found.get(id)?.n !== 1), [], `${action} once`);
  };
  for (const talk of new Set(done.said.map((one) => one.talk))) {
    const told = await server.ask("GET", `/api/v1/care/talks/${talk}/messages?limit=100`, { token: here.member.token });
    const texts = told.body.items.map((one) => one.text);
    const mine = done.said.filter((one) => one.talk === talk).map((one) => one.text);
    assert.deepEqual(mine.filter((text) => texts.filter((one) => one === text).length !== 1), [], "said in a talk, once");
    assert.deepEqual(texts.filter((text) => mine.includes(text)), mine, "in order");
  }
  once(done.closed, "care.talk_closed");
  once(done.worried, "care.concern");
  once(done.heard, "care.concern_answered");
  const concerns = rows("SELECT lower(hex(id)) AS id, state FROM concern");
  assert.deepEqual(done.heard.filter((id) => concerns.get(id)?.state !== "real"), [], "a worry's answer");
  once(done.taken, "care.taken");
  once(done.passed, "care.passed_on");
  once(done.outside, "care.outside_help");
  const answers = rows("SELECT lower(hex(id)) AS id, answer, helped FROM follow_up");
  assert.deepEqual(done.answered.filter((one) => answers.get(one.id)?.answer !== one.answer || answers.get(one.id).helped !== (one.helped ?? "")), [], "follow-ups");
  once(done.answered.map((one) => one.id), "care.follow_up");
  const rota = new Map((await server.ask("GET", `/api/v1/circles/${here.quiet}/duty`, { token: here.hazel.token })).body.items.map((one) => [one.id, one]));
  for (const one of done.shifts) {
    if (one.gone !== undefined) assert.equal(rota.has(one.id), !one.gone, "a shift");
    if (rota.has(one.id) && one.note) assert.equal(rota.get(one.id).note, one.note, "a hand-over note");
  }
  once(done.shifts.map((one) => one.id), "duty.added");
  const steps = rows("SELECT lower(hex(item_id)) || kind AS id, count(*) AS n FROM review_step GROUP BY item_id, kind");
  assert.deepEqual(done.steps.filter((one) => steps.get(one.item + one.step)?.n !== 1), [], "steps at the desk, once");
  const limits = rows("SELECT lower(hex(id)) AS id, lower(hex(item_id)) AS item, ended_at FROM circle_limit WHERE kind = 'slow'");
  assert.deepEqual(done.limited.filter((item) => [...limits.values()].filter((one) => one.item === item).length !== 1), [], "limits, once");
  assert.deepEqual(done.ended.filter((id) => limits.get(id)?.ended_at === null), [], "limits that were ended");
  once(done.ended, "limit.ended");
}

test(`${cycles} kills of a team at work lose nothing that was acknowledged and do nothing twice`, async (t) => {
  const here = await team();
  const done = { said: [], closed: [], worried: [], heard: [], taken: [], passed: [], outside: [], answered: [], shifts: [], steps: [], limited: [], ended: [], toggled: { locks: 0, rules: 0, "own rules": 0 } };
  const kills = new Kills(here, config);
  const workers = [cry_and_talk, worry, answer_alarms, follow_up, keep_the_rota, write_harm, step_back, end_limits].map((work) => () => work(kills, here, done));
  workers.push(...[lock, rules, own_rules].map((what) => () => toggle(kills, done, what(kills, here))));
  // A day passes while it is down, for those whom a follow-up asks then.
  const a_day_later = (server) => server.sql("UPDATE follow_up SET due_at = made_at WHERE kind LIKE 'author%'");
  await kills.run(workers, cycles, () => done.said.length + done.steps.length, roll, a_day_later);

  const { server } = kills.here;
  await everything_is_there(server, here, done);
  const check = await kills.checked();
  rmSync(server.folder, { recursive: true });
  assert.equal(check.status, 0, check.stderr);
  const counts = Object.entries(done).flatMap(([name, all]) => (Array.isArray(all) ? [[name, all.length]] : Object.entries(all)));
  assert.deepEqual(counts.filter(([, count]) => count === 0).map(([name]) => name), [], "each of them was tried");
  t.diagnostic(counts.map(([name, count]) => `${count} ${name}`).join(", "));
});
