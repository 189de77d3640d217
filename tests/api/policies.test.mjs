// Which policy decides: the host's from its file, a circle's own on top, and each decision names it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { place, Server, shippedPolicy, until, words } from "../harness.mjs";

const rule = (name, label, limit, outcome) => `[[rule]]\nname = "${name}"\nlabel = "${label}"\n${limit}\noutcome = "${outcome}"\nwhy = "It helps here."\nreason = "One part may need another look."\n`;
const policy = (name, version, rules, care = 4) => `name = "${name}"\nversion = ${version}\n[care]\nhold_from_risk = ${care}\n${rules}`;
const new_folder = () => mkdtempSync(join(tmpdir(), "holdfast-policy-"));
const link = "I read about it on https://news.example.org/today and liked it.";

describe("a circle's own policy", () => {
  const folder = new_folder();
  const file = join(folder, "policy.toml");
  const config = `[limits]\nenabled = false\n[screen]\npolicy = "${file}"\n`;
  let here;
  before(async () => {
    writeFileSync(file, policy("house", 1, rule("insults", "harassment", "threshold = 0.5", "hold") + rule("contact", "pii", "threshold = 0.5", "return")));
    here = await place({ config, folder });
  });
  after(async () => {
    await here.server.stop();
    rmSync(folder, { recursive: true });
  });
  const patch = (who, body) => here.server.ask("PATCH", `/api/v1/circles/${here.circle}`, { token: who.token, body });
  const circle = async (who) => (await here.server.ask("GET", `/api/v1/circles/${here.circle}`, { token: who?.token })).body;
  const agree = (who, does) => here.server.ask("POST", `/api/v1/circles/${here.circle}/policy`, { token: who.token, body: { agree: does } });
  const strict = `name = "ours"\nversion = 1\n# a remark\n${rule("no-links", "spam", "threshold = 0.2", "return")}`;

  test("is set by a facilitator and decides from then on, in this circle", async () => {
    const free = await here.server.reply(here.member, here.thread, link);
    assert.equal(free.status, 201);
    const host = free.body.decision.policy;
    assert.equal((await circle()).policy, host);
    const set = await patch(here.facilitator, { policy: strict });
    assert.equal(set.status, 200);
    assert.equal(set.body.policy, `${host}+ours/1`);
    const back = await here.server.reply(here.member, here.thread, link);
    assert.equal(back.status, 422);
    assert.equal(back.body.decision.policy, `${host}+ours/1`);
    assert.equal((await here.server.reply(here.member, here.thread, words.calm)).status, 201);
    assert.equal(here.server.sql(`SELECT policy FROM decision WHERE lower(hex(post_id)) = '${back.body.id.replaceAll("-", "")}'`)[0].policy, `${host}+ours/1`);
  });

  test("is shown to who looks after the circle; others see only which one decides", async () => {
    const mine = await circle(here.facilitator);
    assert.equal(mine.own_policy.rules[0].name, "no-links");
    assert.equal((await circle(here.member)).own_policy, undefined);
    assert.match((await circle()).policy, /\+ours\/1$/);
  });

  test("leaves no remark behind, and its words are sealed on the disk", async () => {
    assert.ok(!(await circle(here.facilitator)).own_policy.text.includes("remark"));
    const row = here.server.sql("SELECT id, hex(text_sealed) AS sealed FROM circle_policy")[0];
    assert.equal(row.id, "ours/1");
    assert.ok(!Buffer.from(row.sealed, "hex").toString("latin1").includes("no-links"));
  });

  test("is not for members and outsiders to set", async () => {
    for (const who of [here.member, here.outsider]) assert.equal((await patch(who, { policy: "" })).status, 404);
  });

  test("is refused with line and cause when it is broken or looser, and the old one stays", async () => {
    for (const [text, cause] of [
      ["name = \n", /^Line 1: /],
      [`name = "ours"\nversion = 2\n${rule("x", "rudeness", "threshold = 0.2", "hold")}`, /^Line 5: there is no label "rudeness"/],
      [`name = "ours"\nversion = 2\n${rule("insults", "harassment", "threshold = 0.99", "hold")}`, /^Line 3: the rule "insults" acts later/],
      [`name = "ours"\nversion = 2\n[care]\nhold_from_risk = 6\n`, /^Line 4: "hold_from_risk" is at most/],
      [`name = "ours"\nversion = 1\n${rule("other", "spam", "threshold = 0.2", "hold")}`, /ours\/1 stood for other rules before/],
    ]) {
      const answer = await patch(here.facilitator, { policy: text });
      assert.equal(answer.status, 422, text);
      assert.equal(answer.body.errors[0].field, "policy");
      assert.match(answer.body.errors[0].detail, cause);
    }
    assert.match((await circle()).policy, /\+ours\/1$/);
  });

  test("can't carry words to others that the screen would hold", async () => {
    const text = `name = "ours"\nversion = 3\n${rule("x", "spam", "threshold = 0.2", "hold").replace("One part may need another look.", words.harm)}`;
    const answer = await patch(here.facilitator, { policy: text });
    assert.equal(answer.status, 422);
    assert.equal(answer.body.type, "/problems/returned");
    assert.ok(!answer.text.includes(words.harm));
  });

  test("can't carry them in its own name or a rule's, which decisions and pages name", async () => {
    const before = (await circle()).policy;
    const harm = "bobby-is-a-pathetic-loser";
    for (const text of [`name = "${harm}"\nversion = 4\n${rule("x", "spam", "threshold = 0.2", "hold")}`, `name = "ours"\nversion = 4\n${rule(harm, "spam", "threshold = 0.2", "hold")}`]) {
      const answer = await patch(here.facilitator, { policy: text });
      assert.deepEqual([answer.status, answer.body.type], [422, "/problems/returned"], answer.text);
    }
    assert.equal((await circle()).policy, before);
  });

  test("holds sooner for risk when the circle wants it so", async () => {
    const wish = "I wish I was dead.";
    assert.equal((await here.server.reply(here.member, here.thread, wish)).body.state, "visible");
    const stricter = strict.replace("version = 1", `version = 4\n[care]\nhold_from_risk = 1`);
    const set = await patch(here.lead, { policy: stricter });
    assert.equal(set.status, 200, set.text);
    const held = await here.server.reply(here.member, here.thread, wish);
    assert.equal(held.body.state, "held");
    assert.ok(held.body.care.lines.length > 0);
  });

  test("outlives a restart, and can be taken away again", async () => {
    await here.server.stop();
    here.server = await Server.start({ config, folder });
    assert.match((await circle()).policy, /\+ours\/4$/);
    // That lets more through: somebody else has to agree.
    assert.equal((await patch(here.facilitator, { policy: "" })).status, 202);
    assert.match((await circle()).policy, /\+ours\/4$/);
    const waits = (await circle(here.lead)).policy_waits;
    assert.deepEqual([waits.asked_by, waits.text, waits.is_mine], [here.facilitator.nickname, "", false]);
    assert.equal((await circle(here.member)).policy_waits, undefined);
    assert.equal((await agree(here.facilitator, true)).status, 409);
    assert.equal((await agree(here.member, true)).status, 404);
    assert.equal((await agree(here.lead, true)).status, 204);
    assert.equal((await circle(here.lead)).policy_waits, undefined);
    assert.ok(!(await circle()).policy.includes("+"));
    assert.equal((await here.server.reply(here.member, here.thread, link)).status, 201);
    assert.equal(here.server.sql("SELECT count(*) AS kept FROM circle_policy")[0].kept, 2);
  });
});

describe("a host's policy file", () => {
  const folder = new_folder();
  const file = join(folder, "policy.toml");
  const config = `[limits]\nenabled = false\n[screen]\npolicy = "${file}"\n`;
  let here;
  before(async () => {
    writeFileSync(file, policy("house", 1, rule("insults", "harassment", "threshold = 0.5", "hold")));
    here = await place({ config, folder });
  });
  after(async () => {
    await here.server.stop();
    rmSync(folder, { recursive: true });
  });
  const decided_by = async () => (await here.server.reply(here.member, here.thread, words.calm)).body.decision.policy;
  const told = (what) => until(() => here.server.log.includes(what), what);
  const refused = async () => /policy_refused"\} (\d)/.exec((await here.server.ask("GET", "/metrics")).text)[1];

  test("decides, and its text is kept under the name that decisions carry", async () => {
    assert.equal(await decided_by(), "house/1");
    const kept = here.server.sql("SELECT id, text FROM policy_version");
    assert.equal(kept[0].id, "house/1");
    assert.ok(kept[0].text.includes("insults"));
  });

  test("is read again on SIGHUP", async () => {
    writeFileSync(file, policy("house", 2, rule("links", "spam", "threshold = 0.2", "return")));
    here.server.child.kill("SIGHUP");
    await told("house/2 decides from now on");
    assert.equal(await decided_by(), "house/2");
    assert.equal((await here.server.reply(here.member, here.thread, link)).status, 422);
    assert.equal(await refused(), "0");
  });

  test("is refused on SIGHUP when it is broken, with line and cause, and the old one stays", async () => {
    writeFileSync(file, policy("house", 3, "[[rule]]\nname = \"x\"\n"));
    here.server.child.kill("SIGHUP");
    await told("line 5: \"label\" is missing");
    assert.equal(await decided_by(), "house/2");
    assert.equal(await refused(), "1");
  });

  test("is refused on SIGHUP when its name and version stood for other rules before", async () => {
    writeFileSync(file, policy("house", 2, rule("links", "spam", "threshold = 0.9", "return")));
    here.server.child.kill("SIGHUP");
    await told("house/2 stood for other rules before");
    assert.equal((await here.server.reply(here.member, here.thread, link)).status, 422);
  });

  test("keeps a server from starting for the same reason", async () => {
    await here.server.stop();
    await assert.rejects(Server.start({ folder, config }), /next version/);
    writeFileSync(file, policy("house", 4, rule("links", "spam", "threshold = 0.9", "return")));
    here.server = await Server.start({ folder, config });
    assert.equal(await decided_by(), "house/4");
    assert.deepEqual(here.server.sql("SELECT id FROM policy_version ORDER BY id").map((one) => one.id), ["house/1", "house/2", "house/4"]);
  });
});

describe("the policy desk", () => {
  let here, other;
  before(async () => {
    here = await place({ config: "[limits]\nenabled = false\n" });
    other = await here.server.join("Sorrel");
    await here.server.give("lead", other);
  });
  after(() => here.server.stop());
  const ask = (who, method, path, body) => here.server.ask(method, `/api/v1/policy${path}`, { token: who.token, body });
  const rule_named = async (name) => (await ask(here.lead, "GET", "")).body.rules.find((one) => one.name === name);

  test("shows each rule with what it noticed and how often people let that through", async () => {
    const sent = await here.server.reply(here.member, here.thread, words.harm);
    assert.equal(sent.body.state, "held");
    const acted = (await rule_named("harassment"));
    assert.deepEqual([acted.noticed, acted.decided, acted.state], [1, 0, "live"]);
    const item = (await here.server.ask("GET", "/api/v1/review/items?lane=harm", { token: here.facilitator.token })).body.items[0];
    const done = await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.facilitator.token, body: { decision: "publish", revision: item.revision } });
    assert.equal(done.status, 204);
    const decided = await rule_named("harassment");
    assert.deepEqual([decided.noticed, decided.decided, decided.let_through], [1, 1, 1]);
  });

  test("says what would change before anything does, in counts and ids alone", async () => {
    const { language } = (await ask(here.lead, "GET", "")).body;
    assert.equal(language.state, "live", "what is written in another language waits for a person, and leads can see that it does");
    for (const path of ["/policy", `/circles/${here.circle}/policy`]) assert.ok((await here.server.ask("GET", path, { token: here.facilitator.token })).text.includes("a person reads it first: this acts."), path);
    const past = await ask(here.lead, "POST", "/replay", { rule: "harassment", state: "shadow" });
    assert.equal(past.status, 200);
    assert.equal(past.body.would_change, 1);
    assert.deepEqual(past.body.changes, [{ before: "hold", after: "publish", texts: 1 }]);
    assert.equal(past.body.stops_what_people_let_through, 0);
    assert.ok(!past.text.includes(words.harm));
    assert.equal((await rule_named("harassment")).state, "live");
  });

  test("takes a milder rule into use when a second lead agrees, and decisions name it", async () => {
    const asked = await ask(here.lead, "POST", "/changes", { rule: "harassment", state: "shadow" });
    assert.equal(asked.status, 202);
    assert.equal((await here.server.reply(here.member, here.thread, `${words.harm} Again.`)).body.state, "held");
    assert.equal((await ask(here.lead, "POST", `/changes/${asked.body.id}`, { agree: true })).status, 409);
    assert.equal((await ask(other, "POST", `/changes/${asked.body.id}`, { agree: true })).status, 204);
    const sent = await here.server.reply(here.member, here.thread, `${words.harm} Once more.`);
    assert.equal(sent.body.decision.policy, `${shippedPolicy}.1`);
    const kept = await ask(here.facilitator, "GET", `/version?id=${shippedPolicy}.1`);
    assert.match(kept.body.text, /state = ['"]shadow['"]/);
  });

  test("makes a rule stricter at once, and all of it is on record", async () => {
    const asked = await ask(other, "POST", "/changes", { rule: "harassment", state: "live" });
    assert.equal(asked.status, 201);
    assert.equal((await here.server.reply(here.member, here.thread, `${words.harm} And again.`)).body.state, "held");
    const record = await here.server.ask("GET", "/api/v1/audit", { token: here.lead.token });
    const about = record.body.items.filter((one) => one.action.startsWith("policy."));
    assert.deepEqual(about.map((one) => one.action), ["policy.changed", "policy.changed", "policy.asked"]);
    assert.equal((await ask(here.lead, "GET", "")).body.settled.length, 2);
  });

  test("says clearly what it can't do", async () => {
    for (const [body, field] of [[{ rule: "nothing", state: "off" }, "rule"], [{ rule: "spam", state: "loud" }, "state"], [{ rule: "spam" }, "state"], [{ state: "off" }, "rule"]]) {
      for (const path of ["/changes", "/replay"]) {
        const answer = await ask(here.lead, "POST", path, body);
        assert.equal(answer.status, 422, answer.text);
        assert.equal(answer.body.errors[0].field, field);
      }
    }
    assert.equal((await ask(here.lead, "POST", "/changes", { rule: "spam", state: "live" })).status, 409);
    assert.equal((await ask(here.facilitator, "GET", "/version?id=default/77")).status, 404);
  });
});
