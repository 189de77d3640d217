// What a host sees in their shell: the key that is made is told of, the address can be used, a wrong line is named, and a model learns from lines of their own.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { holdfast, Server, until } from "../harness.mjs";

const about_the_key = /^.* made the host key (\S+): keep a copy of it in another place/m;

test("a first start tells where it made the host key, and that a copy belongs elsewhere; later ones don't", async () => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-first-"));
  const first = await Server.start({ folder });
  const made = about_the_key.exec(first.log)?.[1];
  assert.equal(made, `${first.data}.key`, first.log);
  assert.ok(existsSync(made));
  await first.stop();
  const second = await Server.start({ folder });
  assert.doesNotMatch(second.log, about_the_key);
  await second.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("localhost is an address to listen on, and the demo, of which nothing stays, asks nobody to keep its key", async () => {
  const child = spawn(holdfast, ["demo", "--listen", "localhost:0"], { stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  for (const from of [child.stdout, child.stderr]) from.on("data", (text) => (told += text));
  const ended = new Promise((go) => child.on("exit", () => go()));
  ended.then(() => (told += "\nended"));
  try {
    await until(() => /Everything is thrown away|ended$/.test(told), "the demo's words", 60000);
    const url = /^ +(http:\S+)$/m.exec(told)?.[1];
    assert.ok(url, told);
    assert.equal((await fetch(url)).status, 200);
    assert.doesNotMatch(told, /host key/);
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
});

test("screen decides about each line that it can read whole, and says of the others what is wrong", () => {
  const lines = [
    ["{", "This line is not a JSON object."],
    [{ id: 1 }, '"text" is missing or not a text.'],
    [{ id: 2, text: "Hello.", title: 7 }, '"title" is not a text.'],
    [{ id: 3, text: "Hello.", title: ["Rain"] }, '"title" is not a text.'],
    [{ id: 4, text: "Hello.", context: { text: "How was it?" } }, '"context" is not a text or a list of texts.'],
    [{ id: 5, text: "Hello.", context: ["How was it?", 3] }, '"context" is not a text or a list of texts.'],
    [{ id: 6, text: "Hello.", title: null, context: null }],
    [{ id: 7, text: "Hello.", title: "Rain", context: "How was it?" }],
    [{ id: 8, text: "Hello.", context: ["How was it?", "And then?"] }],
  ];
  const input = lines.map(([line]) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const told = spawnSync(holdfast, ["screen"], { input, encoding: "utf8" });
  assert.equal(told.status, 1, told.stderr);
  const answers = told.stdout.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(answers.map((one) => one.error), lines.map(([, wrong]) => wrong));
  assert.deepEqual(answers.map((one) => one.id), lines.map(([line]) => line.id));
  for (const one of answers) assert.equal(one.outcome, one.error ? undefined : "publish");
});

test("a model learns from a file of labelled lines alone, the same one each time, and is measured with another", () => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-train-"));
  const run = (...words) => spawnSync(holdfast, words, { encoding: "utf8", cwd: folder });
  const rows = (from, count) => Array.from({ length: count }, (_, at) => {
    const place = ["river", "canal", "trees", "corner shop"][(from + at) % 4];
    return at % 2 ? { id: from + at, text: `You are a worthless fool, and number ${from + at} by the ${place} knows it.`, label: "harassment" } : { id: from + at, text: `I walked ${from + at} steps to the ${place} today.`, labels: [], risk: 0 };
  });
  const write = (name, lines) => writeFileSync(join(folder, name), lines.map((one) => JSON.stringify(one)).join("\n"));
  write("mine.jsonl", rows(0, 120));
  write("others.jsonl", rows(1000, 40));
  for (const to of ["one.model", "two.model"]) assert.equal(run("train", "--data", "mine.jsonl", "--to", to).status, 0);
  assert.ok(readFileSync(join(folder, "one.model")).equals(readFileSync(join(folder, "two.model"))));
  const score = (told) => Number(/^ +harassment +n \d+ yes \d+ +AUPRC ([\d.]+)/m.exec(told.stdout)?.[1]);
  const measured = run("evaluate", "--data", "others.jsonl", "--model", "one.model");
  assert.match(measured.stdout, /^others: 40 texts/);
  assert.ok(score(measured) > 0.95, measured.stdout + measured.stderr);
  const by_folds = run("evaluate", "--data", "mine.jsonl", "--folds");
  assert.match(by_folds.stdout, /^mine: 120 texts, each by a model that has not seen its fold/);
  assert.ok(score(by_folds) > 0.95, by_folds.stdout + by_folds.stderr);
  write("wrong.jsonl", [{ text: "Hello.", label: "rudeness" }]);
  assert.match(run("train", "--data", "wrong.jsonl", "--to", "none.model").stderr, /wrong\.jsonl, line 1: there is no label "rudeness"/);
  assert.ok(!existsSync(join(folder, "none.model")));
  assert.match(run("train", "--data", ".", "--to", "none.model").stderr, /--data is a folder with --manifest, or one file/);
  rmSync(folder, { recursive: true, force: true });
});
