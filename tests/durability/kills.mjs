// What every loop of kills needs: requests that may find the server dead, and the kills themselves.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { holdfast, Server, until } from "../harness.mjs";

export function dice(seed) {
  return () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
}

export class Kills {
  running = true;

  /** @param here what place() gave; its folder stays when its server ends. */
  constructor(here, config) {
    this.here = here;
    this.config = config;
    here.server.own = false;
  }

  /** One request; undefined when the server died under it: it may have been done or not. */
  async ask(who, method, path, body, key) {
    try {
      return await this.here.server.ask(method, `/api/v1${path}`, { token: who.token, body, key });
    } catch {
      await new Promise((go) => setTimeout(go, 5)); // a client's pause before it goes on
      return undefined;
    }
  }

  /** The answer if it was one of `good`; undefined when the server died or somebody else was quicker. */
  async done(good, ...request) {
    const answer = await this.ask(...request);
    return answer && this.expected(good, answer, request);
  }
  expected(good, answer, request) {
    assert.ok([...good, 404, 409, 429, 503].includes(answer.status), `${request[1]} ${request[2]}: ${answer.status} ${answer.text}`);
    return good.includes(answer.status) ? answer : undefined;
  }

  /** Asks with the same key until it is answered, as a program does. */
  async surely(good, ...request) {
    while (this.running) {
      const answer = await this.ask(...request);
      if (answer && answer.status !== 503) return this.expected(good, answer, request);
    }
  }

  /** Kills the server `cycles` times, each after a few more of what `count` counts, beside the workers. */
  async run(workers, cycles, count, roll, while_down = () => {}) {
    const { folder, port } = this.here.server;
    let failed;
    const working = workers.map((work) => work().catch((wrong) => (failed ??= wrong)));
    for (let cycle = 0; cycle < cycles && !failed; ++cycle) {
      const enough = count() + 1 + Math.floor(roll() * 6);
      await until(() => failed || count() >= enough, "people to get something done");
      await this.here.server.kill();
      while_down(this.here.server);
      this.here.server = await Server.start({ folder, port, config: this.config });
    }
    this.running = false;
    await Promise.all(working);
    if (failed) throw failed;
  }

  /** The server's own look at the whole file: {status, stdout, stderr}. */
  async checked() {
    await this.here.server.stop();
    return spawnSync(holdfast, ["check", "--data", this.here.server.data], { encoding: "utf8" });
  }
}
