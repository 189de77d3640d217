// Notices come from the log in one transaction with how far it was read: killed at any moment, the server loses none
// and tells none twice. A mail that was under way comes again under the same id, so that mail programs show it once.
//   KILLS=30 node --test durability/notices.test.mjs
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { mailbox } from "../mailbox.mjs";
import { place, Server, until, words } from "../harness.mjs";

const kills = Number(process.env.KILLS ?? 30);
const v1 = "/api/v1";

test(`${kills} kills while people answer: each thread's author is told once, and no one else`, async (t) => {
  const here = await place();
  here.server.own = false;
  const { folder, port } = here.server;
  const started = [];
  for (let number = 0; number < kills; ++number) started.push((await here.server.thread(here.member, here.circle, `${words.calm} ${number}`)).body.thread);
  for (let number = 0; number < kills; ++number) {
    const sent = await here.server.reply(here.other, started[number], words.calm, `n-${number}`);
    assert.equal(sent.status, 201);
    await new Promise((go) => setTimeout(go, (number * 37) % 400)); // at another moment of its way each time
    await here.server.kill();
    here.server = await Server.start({ folder, port });
  }
  const news = async () => (await here.server.ask("GET", `${v1}/notifications?limit=100`, { token: here.member.token })).body;
  await until(async () => (await news()).unseen >= kills, "every notice", 10000);
  const about = here.server.sql("SELECT lower(hex(about)) AS thread, count(*) AS n FROM notice GROUP BY account_id, about");
  assert.deepEqual(about.map((one) => one.thread).sort(), [...started].sort());
  assert.ok(about.every((one) => one.n === 1));
  assert.equal(here.server.sql("SELECT count(*) AS n FROM event WHERE type = 'me.notice'")[0].n, kills);
  t.diagnostic(`${kills} kills, ${about.length} notices`);
  await here.server.stop();
  rmSync(folder, { recursive: true });
});

test("a write that fails before its commit is made good, and nothing of it is told", async () => {
  const here = await place();
  const { folder, port } = here.server;
  here.server.own = false;
  await here.server.reply(here.other, here.thread, words.calm);
  await here.server.kill();
  here.server = await Server.start({ folder, port, failpoints: ["store/before_commit"] });
  await until(() => here.server.log.includes("notices wait"), "a try that fails");
  await here.server.kill();
  here.server = await Server.start({ folder, port });
  const news = async () => (await here.server.ask("GET", `${v1}/notifications`, { token: here.member.token })).body;
  await until(async () => (await news()).unseen === 1, "the notice");
  assert.equal(here.server.sql("SELECT count(*) AS n FROM notice")[0].n, 1);
  await here.server.stop();
  rmSync(folder, { recursive: true });
});

test("mail that could not be sent waits for the mail server, through a kill, and goes out once", async () => {
  const box = await mailbox();
  const config = `[limits]\nenabled = false\n[mail]\nurl = "${box.url}"\nfrom = "news@circles.example.org"\n`;
  const here = await place({ config });
  here.server.own = false;
  const { folder, port } = here.server;
  const ask = (method, path, body) => here.server.ask(method, v1 + path, { token: here.member.token, body });
  await ask("PUT", "/notifications/address", { address: "maple@example.org" });
  await until(() => box.mails.length === 1, "the code");
  await ask("POST", "/notifications/address/code", { code: /Your code is (\S+)\./.exec(box.mails[0].text)[1] });
  box.stop();
  await here.server.reply(here.other, here.thread, words.calm);
  await until(() => here.server.sql("SELECT tries FROM notice_letter WHERE what = 'news'")[0]?.tries === 1, "a try in vain");
  await here.server.kill();
  here.server.sql("UPDATE notice_letter SET due_at = 1 WHERE what = 'news'"); // it is time for the next try
  const again = await mailbox(Number(box.url.split(":").at(-1)));
  here.server = await Server.start({ folder, port, config });
  await until(() => again.mails.length === 1, "the mail");
  await until(() => here.server.sql("SELECT due_at FROM notice_letter WHERE what = 'news'")[0].due_at === null, "it to be done");
  assert.equal(again.mails.length, 1);
  await here.server.stop();
  again.stop();
  rmSync(folder, { recursive: true });
});
