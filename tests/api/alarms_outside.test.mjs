// Alarms by webhook and mail, where a host configured them: once for each stage, tried again until it arrives, and
// without a word of what it is about. Without them the server makes no connection to anywhere.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { mailbox } from "../mailbox.mjs";
import { place, until, words } from "../harness.mjs";

async function hook(answer) {
  const heard = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      heard.push({ headers: request.headers, body: JSON.parse(body) });
      response.statusCode = answer(heard.length);
      response.end();
    });
  });
  await new Promise((go) => server.listen(0, "127.0.0.1", go));
  return { heard, url: `http://127.0.0.1:${server.address().port}/alarm`, stop: () => (server.closeAllConnections(), server.close()) };
}

test("a webhook and a mailbox hear of it once, with ids alone", async () => {
  const [outside, box] = [await hook(() => 204), await mailbox()];
  const here = await place({ config: `[limits]\nenabled = false\n[alarm]\nwebhook_url = "${outside.url}"\nmail_url = "${box.url}"\nmail_from = "care@circles.example.org"\nmail_to = ["oncall@example.org", "second@example.org"]\nmail_link = "https://circles.example.org/care"\n` });
  const sent = await here.server.reply(here.member, here.thread, words.crisis);
  await until(() => outside.heard.length > 0 && box.mails.length > 0, "both to hear", 8000);
  const { body } = outside.heard[0];
  assert.deepEqual(Object.keys(body).sort(), ["alarm", "at", "circle", "event", "stage", "triage"]);
  assert.deepEqual([body.event, body.circle, body.stage], ["care.alarm", here.circle, "lead"]);
  const [mail] = box.mails;
  assert.deepEqual(mail.to, ["oncall@example.org", "second@example.org"]);
  assert.match(mail.text, /Please look in now, if you can\.\r\nhttps:\/\/circles\.example\.org\/care/);
  for (const text of [JSON.stringify(outside.heard), mail.text]) {
    for (const private_word of [words.crisis, "Maple", "crisis intervention", here.member.id, sent.body.id]) assert.ok(!text.includes(private_word), private_word);
  }
  await here.server.reply(here.member, here.thread, words.calm);
  const open = (await here.server.ask("GET", "/api/v1/care/alarms", { token: here.facilitator.token })).body.items;
  assert.equal(open.length, 1);
  assert.equal(outside.heard.length, 1);
  assert.equal(box.mails.length, 1);
  await here.server.stop();
  outside.stop();
  box.stop();
});

test("a webhook that fails is tried again, and holds up nobody here", async () => {
  const outside = await hook(() => 500);
  const here = await place({ config: `[limits]\nenabled = false\n[alarm]\nwebhook_url = "${outside.url}"\n` });
  const live = here.server.live(here.facilitator.token);
  await live.subscribe("me");
  await here.server.reply(here.member, here.thread, words.crisis);
  await until(() => live.told.some((one) => one.type === "me.alarm"), "the facilitator to hear", 5000);
  await until(() => outside.heard.length === 1, "the first try", 5000);
  await until(() => here.server.sql("SELECT tries FROM alarm_notice")[0].tries === 1, "the next try to be planned", 5000);
  live.cut();
  await here.server.stop();
  outside.stop();
});

test("addresses that are not safe are refused at the start", async () => {
  for (const [config, said] of [['webhook_url = "http://elsewhere.example/"', /https, or http to this machine itself/], ['webhook_url = "http://127.0.0.1.evil.example/"', /https/], ['mail_url = "ftp://x"', /smtps/], ['mail_url = "smtps://x"\nmail_from = "a"\nmail_to = ["b@example.org"]', /mail addresses/]]) {
    await assert.rejects(place({ config: `[alarm]\n${config}\n` }), said);
  }
});
