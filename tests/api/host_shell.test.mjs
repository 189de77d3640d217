// What a host sees in their shell: the key that is made is told of.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Server } from "../harness.mjs";

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
