// Starts the real server on a free port with a folder of its own, and speaks to it as people and programs do.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const holdfast = resolve(process.env.HOLDFAST ?? join(root, "build/dev/server/cli/holdfast"));
export const passphrase = "seven quiet lanterns";
const policyFile = readFileSync(join(root, "moderation/policies/default.toml"), "utf8");
/** The id of the policy that Holdfast ships, as decisions name it. */
export const shippedPolicy = `default/${/^version = (\d+)$/m.exec(policyFile)[1]}`;

/** Waits until `ask` gives something true; for conditions, never for time. */
export async function until(ask, what, limit_ms = 10000) {
  const end = Date.now() + limit_ms;
  for (;;) {
    const got = await ask();
    if (got) return got;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((go) => setTimeout(go, 20));
  }
}

/** Every file under `folder` as [{name, bytes}]: what somebody who takes it has in hand. */
export function files_in(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const name = join(folder, one.name);
    if (one.isDirectory()) return files_in(name);
    if (!one.isFile()) return [];
    try {
      return [{ name, bytes: readFileSync(name) }];
    } catch (error) {
      if (error.code === "ENOENT") return []; // the server renamed it since it was listed
      throw error;
    }
  });
}

// A test that fails leaves no server behind, and none keeps the run from ending. A file whose server had something
// to say to a sanitizer fails, whatever its tests saw.
const running = new Set();
const sanitizer_reports = [];
after(() => {
  for (const child of running) {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {}
  }
  if (sanitizer_reports.length > 0) throw new Error(sanitizer_reports.join("\n"));
});

// A sanitizer's runtime wants to be loaded before what fiu-run loads.
const sanitizer = /\s(\/\S*lib[at]san\S*)/.exec(spawnSync("ldd", [holdfast], { encoding: "utf8" }).stdout)?.[1];
// Its write(), which Asio calls when a signal comes, allocates, and it never frees its own commands: not ours.
const quiet_about_libfiu = { TSAN_OPTIONS: "report_signal_unsafe=0", ASAN_OPTIONS: "detect_leaks=0" };
/** How many times as long a build with a sanitizer may take, where a test holds to a time. */
export const slowed = sanitizer ? 5 : 1;
const before_others = sanitizer ? ["sh", "-c", `LD_PRELOAD="${sanitizer} $LD_PRELOAD" exec "$@"`, "sh"] : [];

export class Server {
  /** @param options {failpoints: ["screen/error"], config: "…TOML…", folder, wrapper: ["prlimit", …], switchable: true} */
  static async start(options = {}) {
    const server = new Server();
    server.own = options.folder === undefined;
    server.folder = options.folder ?? mkdtempSync(join(tmpdir(), "holdfast-test-"));
    server.data = options.data ?? join(server.folder, "data");
    const config = join(server.folder, "config.toml");
    writeFileSync(config, options.config ?? "[limits]\nenabled = false\n");
    let command = [holdfast, "serve", "--config", config, "--data", server.data, "--listen", `127.0.0.1:${options.port ?? 0}`];
    const enabled = (options.failpoints ?? []).flatMap((name) => ["-c", `enable name=${name}`]);
    if (options.switchable) {
      server.switches = mkdtempSync(join(tmpdir(), "holdfast-fiu-"));
      enabled.push("-f", join(server.switches, "fifo"));
    }
    if (enabled.length > 0) command = ["fiu-run", "-x", ...enabled, ...before_others, ...command];
    if (options.wrapper) command = [...options.wrapper, ...command];
    server.config = config;
    server.child = spawn(command[0], command.slice(1), { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...(enabled.length > 0 ? quiet_about_libfiu : {}), ...options.env }, detached: true });
    running.add(server.child);
    server.log = "";
    server.child.stderr.on("data", (text) => {
      server.log += text;
      if (sanitizer && /\w+Sanitizer/.test(text)) sanitizer_reports.push(String(text));
    });
    server.ended = new Promise((go) => server.child.on("exit", (code, signal) => {
      running.delete(server.child);
      if (server.switches) rmSync(server.switches, { recursive: true, force: true });
      go(code ?? signal);
    }));
    const port = await Promise.race([
      until(() => /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(server.log)?.[1], "the server's start"),
      server.ended.then((status) => Promise.reject(new Error(`the server ended with ${status}: ${server.log}`))),
    ]);
    server.port = Number(port);
    server.url = `http://127.0.0.1:${port}`;
    return server;
  }

  /** Switches a failure point, or a system call of libfiu's, while it runs: `enable name=…`. Only where it is `switchable`. */
  switch(what) {
    const process = spawnSync("pgrep", ["-g", String(this.child.pid), "-x", "holdfast"], { encoding: "utf8" }).stdout.trim().split("\n").pop();
    const done = spawnSync("fiu-ctrl", ["-f", join(this.switches, "fifo"), "-c", what, process], { encoding: "utf8" });
    // It ends with 0 also when nobody listens, and says so on its output.
    if (done.status !== 0 || done.stdout !== "") throw new Error(`switching "${what}": ${done.error ?? done.stdout + done.stderr}`);
  }

  /** Kills at once, as a power cut would for the process. */
  async kill() {
    try {
      process.kill(-this.child.pid, "SIGKILL");
    } catch {} // it had ended already
    await this.ended;
  }
  async stop() {
    try {
      process.kill(-this.child.pid, "SIGTERM");
    } catch {}
    const status = await this.ended;
    if (this.own) rmSync(this.folder, { recursive: true, force: true });
    return status;
  }

  /** One request: {status, body, headers}; JSON in and out. */
  async ask(method, path, { token, body, key, headers } = {}) {
    const answer = await fetch(this.url + path, {
      method,
      redirect: "manual",
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body !== undefined ? { "content-type": "application/json" } : {}),
        ...(key ? { "idempotency-key": key } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const json = (answer.headers.get("content-type") ?? "").includes("json");
    return { status: answer.status, headers: answer.headers, text, body: json && text ? JSON.parse(text) : text };
  }
  async join(nickname) {
    const made = await this.ask("POST", "/api/v1/accounts", { body: { nickname, passphrase } });
    if (made.status !== 201) throw new Error(`joining gave ${made.status}: ${made.text}`);
    return { nickname, token: made.body.token, id: made.body.account.id, session: made.body.session, code: made.body.recovery_code };
  }
  /** A role through the host's shell, as a host gives it. */
  async give(role, who, circle) {
    const done = spawnSync(holdfast, ["admin", "role", "--config", this.config, "--data", this.data, who.nickname, role, ...(circle ? [circle] : [])]);
    if (done.status !== 0) throw new Error(`giving a role: ${done.stderr}`);
    const has = async () => {
      const me = await this.ask("GET", "/api/v1/me", { token: who.token });
      return role === "lead" ? me.body.lead : me.body.circles.some((one) => one.circle === circle && one.role === role);
    };
    await until(has, `${role} to be known to the server`);
  }
  async circle(lead, more = {}) {
    const made = await this.ask("POST", "/api/v1/circles", {
      token: lead.token,
      key: `circle-${Math.random()}`,
      body: { name: "Open door", purpose: "A place to try things.", agreement: "Be kind.\nTell your own story.", readable_by: "everyone", ...more },
    });
    if (made.status !== 201) throw new Error(`making a circle gave ${made.status}: ${made.text}`);
    return made.body.id;
  }
  async enter(who, circle) {
    const done = await this.ask("PUT", `/api/v1/circles/${circle}/membership`, { token: who.token, body: { agreement_version: 1 } });
    if (done.status !== 200) throw new Error(`entering gave ${done.status}: ${done.text}`);
  }
  thread(who, circle, text, more = {}) {
    return this.ask("POST", `/api/v1/circles/${circle}/threads`, { token: who.token, key: more.key ?? `t-${Math.random()}`, body: { title: more.title ?? "A title", text } });
  }
  reply(who, thread, text, key = `r-${Math.random()}`) {
    return this.ask("POST", `/api/v1/threads/${thread}/posts`, { token: who.token, key, body: { text } });
  }
  live(token, options = {}) {
    return new Live(this, token, options);
  }
  /** Milliseconds of processor time since its start: what else runs on the machine doesn't count. */
  processor_ms() {
    const [, user, system] = /\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${this.child.pid}/stat`, "utf8"));
    return (Number(user) + Number(system)) * 10;
  }
  /** A query with the sqlite3 program, as somebody with the file in hand. */
  sql(statement) {
    const done = spawnSync("sqlite3", ["-json", "-cmd", ".timeout 5000", join(this.data, "holdfast.db"), statement], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(done.stderr);
    return done.stdout ? JSON.parse(done.stdout) : [];
  }
}

/** A live connection that keeps what it was told. */
export class Live {
  constructor(server, token, { headers } = {}) {
    this.told = [];
    this.socket = new WebSocket(server.url.replace("http", "ws") + "/api/v1/live", { headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers } });
    this.opened = new Promise((go, stop) => {
      this.socket.on("open", go);
      this.socket.on("error", stop);
    });
    this.opened.catch(() => {});
    this.closed = new Promise((go) => this.socket.on("close", (code) => go(code)));
    this.socket.on("message", (data) => this.told.push(JSON.parse(data)));
  }
  async subscribe(topic, after) {
    await this.opened;
    const before = this.told.length;
    this.socket.send(JSON.stringify({ subscribe: topic, ...(after === undefined ? {} : { after }) }));
    return until(() => this.told.slice(before).find((one) => one.topic === topic && (one.type === "subscribed" || one.error)), `an answer about ${topic}`);
  }
  /** The ids of posts that were published, in the order they came. */
  get posts() {
    return this.told.filter((one) => ["post.published", "thread.started"].includes(one.type)).map((one) => one.data.id);
  }
  cut() {
    this.socket.terminate();
  }
}

/** A server with a lead, a facilitator, two members and an outsider, and one open circle with a thread. */
export async function place(options = {}) {
  const server = await Server.start(options);
  const [lead, facilitator, member, other, outsider] = [await server.join("Juniper"), await server.join("Rowan"), await server.join("Maple"), await server.join("Wren"), await server.join("Stone")];
  await server.give("lead", lead);
  const circle = await server.circle(lead, options.circle);
  await server.give("facilitator", facilitator, circle);
  await server.enter(member, circle);
  await server.enter(other, circle);
  const started = await server.thread(member, circle, "I went for a walk before breakfast and it helped.");
  return { server, lead, facilitator, member, other, outsider, circle, thread: started.body.thread, opening: started.body.id };
}

// Sentences of our own for what the screen must notice. Short, and without anything that could be used.
export const words = {
  calm: "The rain stopped and I opened the window for a while.",
  harm: "You are such a pathetic loser, shut up.",
  crisis: "I am done, I will kill myself before the morning comes.",
  contact: "You can write to me at river.stone@example.org if you want to talk.",
};
