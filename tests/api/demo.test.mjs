// The README's first command ends in this: sample circles that somebody new can look at, and people to be.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { holdfast, until } from "../harness.mjs";

let child;
let told = "";
let url;
before(async () => {
  child = spawn(holdfast, ["demo", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
  for (const from of [child.stdout, child.stderr]) from.on("data", (text) => (told += text));
  child.on("exit", (status) => (told += `\nended with ${status}`));
  await until(() => /Everything is thrown away|ended with/.test(told), "the demo's words", 60000);
  url = /http:\/\/127\.0\.0\.1:\d+/.exec(told)?.[0];
});
after(() => child.kill("SIGTERM"));

test("each account that it prints can sign in", async () => {
  const people = [...told.matchAll(/^ +(\w+): (.+?) +\((member|facilitator|lead)\)$/gm)];
  assert.ok(people.length >= 3, told);
  assert.deepEqual(new Set(people.map((one) => one[3])), new Set(["member", "facilitator", "lead"]));
  for (const [, nickname, passphrase] of people) {
    const made = await fetch(`${url}/api/v1/sessions`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ nickname, passphrase }) });
    assert.equal(made.status, 201, nickname);
  }
});

test("its circles and threads passed the check like everybody's and can be read", async () => {
  const circles = (await (await fetch(`${url}/api/v1/circles`)).json()).items;
  assert.ok(circles.length >= 3);
  const threads = await Promise.all(circles.map(async (one) => (await (await fetch(`${url}/api/v1/circles/${one.id}/threads`)).json()).items?.length ?? 0));
  assert.ok(threads.reduce((sum, one) => sum + one, 0) >= 3, `${threads}`);
});
