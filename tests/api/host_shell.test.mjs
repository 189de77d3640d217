// What a host sees in their shell: the key that is made is told of, the address can be used, a wrong line is named.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
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
