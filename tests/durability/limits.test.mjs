// A full disk, a failing fsync, too few descriptors, a polite stop: 503 and nothing lost.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { files_in, holdfast, place, Server, until, words } from "../harness.mjs";

test("a full disk gives 503; what was acknowledged stays, and writing goes on when there is room", async () => {
  // A file size limit is a full disk that needs no root: writes past it fail as ENOSPC does.
  const folder = mkdtempSync(join(tmpdir(), "holdfast-full-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=12m", "tmpfs", folder]).status === 0;
  assert.ok(mounted, "this test mounts a small tmpfs: it needs root, as in tests/run on a bare machine");
  try {
    const here = await place({ folder });
    const sent = [];
    let full;
    for (let number = 0; !full && number < 4000; ++number) {
      const answer = await here.server.reply(here.member, here.thread, `${number} ${"A long line about the weather. ".repeat(600)}`, `f${number}`);
      if (answer.status === 503) full = `f${number}`;
      else sent.push(answer.body.id);
    }
    assert.ok(full, "the disk became full");
    assert.ok(sent.length > 20);
    assert.equal((await here.server.ask("GET", `/api/v1/threads/${here.thread}`)).status, 200, "reading goes on");
    assert.equal(spawnSync("mount", ["-o", "remount,size=64m", folder]).status, 0);
    const again = await until(async () => {
      const answer = await here.server.reply(here.member, here.thread, `${full} ${words.calm}`, `${full}-again`);
      return answer.status === 201 && answer;
    }, "room");
    await here.server.kill();
    here.server = await Server.start({ folder });
    const states = new Set(here.server.sql("SELECT id FROM post_state WHERE state <> 'pending'").map((row) => row.id));
    assert.deepEqual([...sent, again.body.id].filter((id) => !states.has(id)), []);
    await here.server.stop();
  } finally {
    spawnSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});

test("after a failed fsync nothing is acknowledged until a restart looks at the file", async () => {
  const here = await place();
  here.server.own = false;
  const kept = await here.server.reply(here.member, here.thread, words.calm, "before");
  await here.server.stop();
  // libfiu's own wrappers make the system call fail, below SQLite.
  const failing = await Server.start({ folder: here.server.folder, switchable: true });
  assert.equal((await failing.reply(here.member, here.thread, words.calm, "works")).status, 201);
  for (const call of ["posix/io/sync/fsync", "posix/io/sync/fdatasync"]) failing.switch(`enable name=${call},failinfo=5`);
  const failed = await failing.reply(here.member, here.thread, words.calm, "during");
  assert.equal(failed.status, 503);
  for (const call of ["posix/io/sync/fsync", "posix/io/sync/fdatasync"]) failing.switch(`disable name=${call}`);
  assert.equal((await failing.reply(here.member, here.thread, words.calm, "still")).status, 503);
  assert.equal((await failing.ask("GET", "/readyz")).status, 503);
  assert.equal((await failing.ask("GET", `/api/v1/posts/${kept.body.id}`)).status, 200);
  await failing.kill();
  here.server = await Server.start({ folder: here.server.folder });
  assert.equal((await here.server.reply(here.member, here.thread, words.calm, "during")).status, 201);
  assert.equal((await here.server.ask("GET", `/api/v1/posts/${kept.body.id}`)).status, 200);
  assert.equal(here.server.sql("SELECT count(*) AS n FROM post_state WHERE idempotency_key = 'during'")[0].n, 1);
  here.server.own = true;
  await here.server.stop();
});

test("with 64 descriptors it serves those it can, and the others when there is room", async () => {
  const server = await Server.start({ wrapper: ["prlimit", "--nofile=64:64"] });
  const idle = await Promise.all(
    Array.from({ length: 120 }, () => new Promise((go) => {
      const socket = net.connect(server.port, "127.0.0.1", () => go(socket));
      socket.on("error", () => go(socket));
    })),
  );
  for (const socket of idle) socket.destroy();
  const answer = await until(() => server.ask("GET", "/healthz").catch(() => undefined), "an answer");
  assert.equal(answer.status, 200);
  assert.equal(await server.stop(), 0);
});

test("SIGTERM drains: what was being written is answered, live sockets are told to come back, and it ends well", async () => {
  const here = await place();
  here.server.own = false;
  const live = here.server.live(here.other.token);
  await live.subscribe(`thread:${here.thread}`);
  const sending = Array.from({ length: 40 }, (_, number) => here.server.reply(here.member, here.thread, `Line ${number}.`, `d${number}`).then((one) => one, () => undefined));
  await Promise.race(sending);
  const status = await here.server.stop();
  assert.equal(status, 0);
  assert.equal(await live.closed, 1001);
  const acknowledged = (await Promise.all(sending)).filter((one) => one?.status === 201).map((one) => one.body.id);
  here.server = await Server.start({ folder: here.server.folder });
  const states = new Set(here.server.sql("SELECT id FROM post_state WHERE state = 'visible'").map((row) => row.id));
  assert.deepEqual(acknowledged.filter((id) => !states.has(id)), []);
  here.server.own = true;
  await here.server.stop();
});

test("a host's shell: check finds a changed text and a changed audit entry; a backup can be put back", async () => {
  const here = await place();
  here.server.own = false;
  const sent = await here.server.reply(here.member, here.thread, words.calm);
  const shell = (...words_given) => spawnSync(holdfast, [...words_given, "--config", here.server.config, "--data", here.server.data], { encoding: "utf8" });
  assert.equal(shell("check").status, 0);
  const copy = join(here.server.folder, "copy.db");
  assert.equal(shell("backup", copy).status, 0);
  const is_mine_alone = (path) => assert.equal(statSync(path).mode & 0o077, 0, path);
  is_mine_alone(copy);
  const facts = JSON.parse(shell("what-we-hold", "Maple").stdout);
  assert.ok(facts.posts.length >= 2 && !JSON.stringify(facts).includes(words.calm));
  assert.match(shell("admin", "role", "Nobody", "lead").stderr, /Nobody here has that nickname/);
  await here.server.stop();
  assert.equal(shell("admin", "role", "Wren", "lead").status, 0, "without a server the shell writes by itself");
  const db = join(here.server.data, "holdfast.db");
  const sql = (text) => assert.equal(spawnSync("sqlite3", [db, text]).status, 0);
  sql(`UPDATE post_version SET text_sealed = CAST(substr(text_sealed, 1, 40) || x'00' || substr(text_sealed, 42) AS BLOB) WHERE hex(post_id) = upper('${sent.body.id}')`);
  const flipped = shell("check");
  assert.equal(flipped.status, 1);
  assert.match(flipped.stdout, /^post_version\.text_sealed: 1 of \d+ seals don't open/m);
  const forge = "UPDATE audit SET action = 'nothing.happened' WHERE number = 3";
  assert.notEqual(spawnSync("sqlite3", [db, forge]).status, 0, "the log only grows");
  sql(`DROP TRIGGER audit_never_changes; ${forge}`);
  assert.match(shell("check").stdout, /audit log was changed at entry 3/);
  for (const ending of ["", "-wal", "-shm"]) rmSync(db + ending, { force: true });
  assert.equal(shell("restore", copy).status, 0);
  is_mine_alone(db);
  assert.equal(shell("check").status, 0);
  sql(`PRAGMA user_version = 999`);
  await assert.rejects(Server.start({ folder: here.server.folder }), /newer Holdfast/);
  rmSync(here.server.folder, { recursive: true, force: true });
});

test("a backup on a disk that nobody can write to is put back, and not a byte of it changes", async () => {
  const here = await place();
  here.server.own = false;
  const sent = await here.server.reply(here.member, here.thread, words.calm);
  const shell = (...words_given) => spawnSync(holdfast, [...words_given, "--config", here.server.config, "--data", here.server.data], { encoding: "utf8" });
  const disk = mkdtempSync(join(tmpdir(), "holdfast-backup-"));
  assert.equal(spawnSync("mount", ["-t", "tmpfs", "-o", "size=32m", "tmpfs", disk]).status, 0, "this test mounts a small tmpfs: it needs root");
  try {
    const copy = join(disk, "copy.db");
    assert.equal(shell("backup", copy).status, 0);
    await here.server.stop();
    assert.equal(spawnSync("mount", ["-o", "remount,ro", disk]).status, 0);
    const before = files_in(disk);
    assert.deepEqual(before.map((one) => one.name), [copy]);
    rmSync(here.server.data, { recursive: true });
    const restored = shell("restore", copy);
    assert.equal(restored.status, 0, restored.stderr);
    assert.deepEqual(files_in(disk), before);
    assert.equal(shell("check").status, 0);
    here.server = await Server.start({ folder: here.server.folder });
    assert.equal((await here.server.ask("GET", `/api/v1/posts/${sent.body.id}`)).status, 200);
    here.server.own = true;
    await here.server.stop();
  } finally {
    spawnSync("umount", ["-l", disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});

test("a crash leaves no image of the memory, which holds words and keys", async (t) => {
  const watch = ["python3", "-c", `
import os, resource, sys, tempfile
os.chdir(tempfile.mkdtemp())
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
def image_of(child): return "image" if os.WCOREDUMP(os.waitpid(child, 0)[1]) else "none"
other = os.fork()
if other == 0: os.abort()
print("another program leaves", image_of(other), file=sys.stderr, flush=True)
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
print("child", child, file=sys.stderr, flush=True)
print(image_of(child), file=sys.stderr, flush=True)
`];
  const crash = async (server) => {
    process.kill(Number(/child (\d+)/.exec(server.log)[1]), "SIGABRT");
    await server.ended;
    return /(image|none)\s*$/.exec(server.log)[1];
  };
  const server = await Server.start({ wrapper: watch });
  t.diagnostic(/another program leaves \w+/.exec(server.log)[0]); // where a system keeps none, this shows little
  assert.equal(await crash(server), "none");
  rmSync(server.folder, { recursive: true, force: true });
});
