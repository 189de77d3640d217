// `holdfast check` opens every seal that the host key opens: one byte changed in any such column is found and named.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { company_of_a_circle, everything, work_for_a_circle } from "../everything.mjs";
import { holdfast, place } from "../harness.mjs";

// Sealed under a key that opens with a member's passphrase, code or session alone: nobody else can look into them.
const only_its_member = ["member_key.by_passphrase_sealed", "member_key.by_code_sealed", "session.key_sealed", "private_version.body_sealed", "share.source_sealed"];
const keys = "wrapped_key.wrapped"; // the one seal that holds no text

test("check names the column in which a byte was changed, whichever it is that the host key opens", async (t) => {
  const here = await place({ config: "[limits]\nenabled = false\n[mail]\nurl = \"smtp://127.0.0.1:1\"\nfrom = \"news@example.org\"\n" });
  const { server } = here;
  server.own = false;
  await everything(here);
  await company_of_a_circle(here);
  await work_for_a_circle(here);
  const left = await server.join("Larch"); // whose key is gone, and that is as it should be
  await server.enter(left, here.circle);
  await server.reply(left, here.thread, "I was here for a while.");
  assert.equal((await server.ask("DELETE", "/api/v1/me", { token: left.token, key: "left", body: { passphrase: "seven quiet lanterns" } })).status, 204);
  await server.stop();
  const check = () => spawnSync(holdfast, ["check", "--config", server.config, "--data", server.data], { encoding: "utf8" });
  const good = check();
  assert.deepEqual([good.status, good.stdout.startsWith("Good: ")], [0, true], good.stdout + good.stderr);
  t.diagnostic(good.stdout.trim());

  const columns = server.sql("SELECT t.name || '.' || c.name AS name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name LIKE '%\\_sealed' ESCAPE '\\'").map((row) => row.name);
  assert.ok(only_its_member.every((name) => columns.includes(name)));
  for (const name of [keys, ...columns.filter((one) => !only_its_member.includes(one))]) {
    const [table, column] = name.split(".");
    const longest = `(SELECT max(length(${column})) FROM ${table})`;
    const [row] = server.sql(`SELECT hex(${column}) AS bytes FROM ${table} WHERE length(${column}) = ${longest} LIMIT 1`);
    assert.ok(row?.bytes.length > 0, `${name} has something in it`);
    const flipped = row.bytes.slice(0, -2) + (row.bytes.endsWith("00") ? "01" : "00");
    const put = (from, to) => server.sql(`UPDATE ${table} SET ${column} = x'${to}' WHERE ${column} = x'${from}'`);
    put(row.bytes, flipped);
    const found = check();
    assert.equal(found.status, 1, `${name}: ${found.stdout}`);
    assert.match(found.stdout, new RegExp(`^${name}: 1 of \\d+ seals don't open`, "m"));
    if (name !== keys) assert.equal(found.stdout.trim().split("\n").length, 1, `nothing else is blamed: ${found.stdout}`);
    put(flipped, row.bytes);
  }
  server.sql("DELETE FROM wrapped_key WHERE owner = (SELECT author_id FROM post ORDER BY row LIMIT 1)");
  const robbed = check();
  assert.deepEqual([robbed.status, /^account\.nickname_sealed: 1 of/m.test(robbed.stdout)], [1, true], "a key that was taken from somebody who is still here");
  rmSync(server.folder, { recursive: true });
});
