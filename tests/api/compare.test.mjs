// What another policy would change, before it counts: over labelled lines and over what was decided. Ids and
// counts only, never a text.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { holdfast, place, words } from "../harness.mjs";

const rule = (name, label, limit, outcome, state = "live") => `[[rule]]\nname = "${name}"\nlabel = "${label}"\n${limit}\noutcome = "${outcome}"\nstate = "${state}"\nwhy = "w"\nreason = "r"\n`;
const policy = (version, rules, care = 4) => `name = "house"\nversion = ${version}\n[care]\nhold_from_risk = ${care}\n${rules}`;

describe("comparing two policies", () => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-compare-"));
  const [now, next] = [join(folder, "now.toml"), join(folder, "next.toml")];
  let here;
  before(async () => {
    writeFileSync(now, policy(1, rule("insults", "harassment", "threshold = 0.5", "hold") + rule("links", "spam", "threshold = 0.2", "hold", "shadow")));
    writeFileSync(next, policy(2, rule("contact", "pii", "threshold = 0.5", "return"), 7));
    here = await place({ folder });
  });
  after(async () => {
    await here.server.stop();
    rmSync(folder, { recursive: true });
  });
  const compare = (args, input = "") => spawnSync(holdfast, ["screen", "--policy", now, "--compare", next, ...args], { input, encoding: "utf8" });
  const lines = (rows) => rows.map((row) => JSON.stringify(row)).join("\n");
  const rows = [
    { id: "calm", text: words.calm, harms: [], crisis_min: 0 },
    { id: "harm", text: words.harm, harms: ["harassment"], crisis_min: 0 },
    { id: "contact", text: words.contact, harms: ["pii"], crisis_min: 0 },
    { id: "crisis", text: words.crisis, harms: [], crisis_min: 4 },
  ];

  test("tells the outcomes, what would change and which rules act", () => {
    const told = compare([], lines(rows));
    assert.equal(told.status, 0, told.stderr);
    assert.match(told.stdout, /^A: house\/1\nB: house\/2\n4 texts/);
    assert.match(told.stdout, /publish +2 +3\n/);
    assert.match(told.stdout, /hold +2 +0\n/);
    assert.match(told.stdout, /publish -> return: 1\n {4}contact\n/);
    assert.match(told.stdout, /hold -> publish: 2\n {4}harm {2}crisis\n/);
    assert.match(told.stdout, /insults +1 +0\n/);
    assert.match(told.stdout, /contact +0 +1\n/);
  });

  test("tells precision, recall and the crises that would be missed, where there are labels", () => {
    const told = compare([], lines(rows)).stdout;
    assert.match(told, /4 texts with labels, 3 of them to hold or return/);
    assert.match(told, /held or returned +1\.000 +1\.000 +0\.667 +0\.333\n/);
    assert.match(told, /harassment +1\.000 +- +1\.000 +0\.000\n/);
    assert.match(told, /not held: A 0, B 1 of 1\nmissed by B\n {4}crisis\n/);
    assert.doesNotMatch(compare([], lines(rows.map(({ id, text }) => ({ id, text })))).stdout, /labels/);
  });

  test("prints no word of a text", () => {
    const told = compare([], lines(rows)).stdout;
    for (const { text } of rows) for (const word of text.match(/[A-Za-z]{6,}/g)) assert.ok(!told.includes(word), word);
  });

  test("names a line that can't be read and goes on", () => {
    const told = compare([], `{"id": 1}\n${lines(rows.slice(0, 1))}`);
    assert.equal(told.status, 1);
    assert.match(told.stderr, /line 1: "text" is missing/);
    assert.match(told.stdout, /1 texts/);
  });

  test("refuses a broken policy with line and cause", () => {
    const broken = join(folder, "broken.toml");
    writeFileSync(broken, policy(3, rule("x", "rudeness", "threshold = 0.5", "hold")));
    const told = spawnSync(holdfast, ["screen", "--policy", now, "--compare", broken], { input: "", encoding: "utf8" });
    assert.notEqual(told.status, 0);
    assert.match(told.stderr, /line 7: there is no label "rudeness"/);
  });

  test("replays what was decided, with what people decided as labels, also beside a running server", async () => {
    const sent = {};
    for (const [name, text] of Object.entries({ calm: words.calm, harm: words.harm, contact: words.contact })) sent[name] = (await here.server.reply(here.member, here.thread, text)).body.id;
    const item = (await here.server.ask("GET", "/api/v1/review/items?lane=harm", { token: here.facilitator.token })).body.items.find((one) => one.post === sent.harm);
    await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.facilitator.token, body: { decision: "keep", revision: item.revision } });
    const told = compare(["--config", here.server.config, "--data", here.server.data]);
    assert.equal(told.status, 0, told.stderr);
    assert.match(told.stdout, /4 texts/); // the opening too
    assert.match(told.stdout, new RegExp(`hold -> publish: 1\\n {4}${sent.harm}\\.1\\n`));
    assert.match(told.stdout, new RegExp(`publish -> return: 1\\n {4}${sent.contact}\\.1\\n`));
    assert.match(told.stdout, /1 texts with labels, 1 of them to hold or return/);
    assert.ok(!told.stdout.includes("pathetic"));
  });

  test("replays each text under its circle's own policy as well, and with what it answers", async () => {
    const own = `name = "ours"\nversion = 1\n${rule("ours-only", "spam", "threshold = 0.2", "return")}`;
    assert.equal((await here.server.ask("PATCH", `/api/v1/circles/${here.circle}`, { token: here.facilitator.token, body: { policy: own } })).status, 200);
    await here.server.reply(here.member, here.thread, "See https://news.example.org/today for more.");
    const told = compare(["--data", here.server.data]);
    assert.match(told.stdout, /ours-only +([1-9]) +\1\n/);
  });

  test("says when there is nothing to replay", () => {
    const told = compare(["--data", join(folder, "nowhere")]);
    assert.notEqual(told.status, 0);
    assert.match(told.stderr, /There is no database/);
  });
});
