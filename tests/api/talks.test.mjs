// A private conversation from a cry for help: two sides, nobody else, never a refusal for the one in crisis.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, Server, until, words } from "../harness.mjs";

describe("talks", () => {
  let here;
  before(async () => (here = await place({ config: '[limits]\nenabled = false\n[people]\ncountry = "gb"\n' })));
  after(() => here.server.stop());
  const ask = (who, method, path, body, key) => here.server.ask(method, `/api/v1${path}`, { token: who.token, body, key });
  const say = (who, talk, text, key = `k-${Math.random()}`) => ask(who, "POST", `/care/talks/${talk}/messages`, { text }, key);

  test("care comes with its choices; each of them works as it is given", async () => {
    const { care } = (await here.server.reply(here.member, here.thread, words.crisis)).body;
    assert.equal(care.shown, "whole");
    assert.equal(care.somebody_on_duty, false);
    assert.ok(care.lines.length >= 2 && care.lines.length <= 3);
    assert.deepEqual(care.choices.map((one) => one.choice), ["talk", "safe", "quiet"]);
    for (const { method, path, choice } of care.choices) {
      const answer = await here.server.ask(method, path, { token: here.member.token });
      assert.ok([200, 204].includes(answer.status), `${choice}: ${answer.status} ${answer.text}`);
    }
  });

  test("both sides hear each other live; events carry ids and never words", async () => {
    const cry = await here.server.reply(here.member, here.thread, `${words.crisis} Please.`);
    const talk = (await ask(here.member, "POST", `/posts/${cry.body.id}/talk`)).body.id;
    const [member, facilitator, other] = [here.server.live(here.member.token), here.server.live(here.facilitator.token), here.server.live(here.other.token)];
    await member.subscribe("me");
    await facilitator.subscribe("review");
    for (const topic of ["me", `circle:${here.circle}`, `thread:${here.thread}`]) await other.subscribe(topic);
    const secret = "I sit on the stairs and count the tiles.";
    assert.equal((await say(here.member, talk, secret)).status, 201);
    await until(() => facilitator.told.some((one) => one.type === "review.message"), "the facilitator to hear");
    assert.equal((await say(here.facilitator, talk, "I am here. Count them with me.")).status, 201);
    await until(() => member.told.some((one) => one.type === "me.message"), "the member to hear");
    await here.server.reply(here.member, here.thread, words.calm);
    await until(() => other.told.some((one) => one.type === "post.published"), "a marker");
    for (const live of [member, facilitator, other]) {
      assert.ok(!JSON.stringify(live.told).includes("stairs"));
      live.cut();
    }
    assert.ok(!other.told.some((one) => one.type.endsWith(".message")));
    const read = await ask(here.member, "GET", `/care/talks/${talk}/messages`);
    assert.deepEqual(read.body.items.map((one) => [one.from, one.text]), [["member", secret], ["facilitator", "I am here. Count them with me."]]);
    assert.equal((await ask(here.other, "GET", `/care/talks/${talk}/messages`)).status, 404);
  });

  test("with the screen broken the member is heard behind a note, and a facilitator's words wait to be sent again", async () => {
    const broken = await place();
    const cry = await broken.server.reply(broken.member, broken.thread, words.crisis);
    const talk = (await broken.server.ask("POST", `/api/v1/posts/${cry.body.id}/talk`, { token: broken.member.token })).body.id;
    broken.server.own = false;
    await broken.server.stop();
    broken.server = await Server.start({ folder: broken.server.folder, failpoints: ["screen/error"] });
    const write = (who, text, key) => broken.server.ask("POST", `/api/v1/care/talks/${talk}/messages`, { token: who.token, body: { text }, key });
    const heard = await write(broken.member, words.calm, "b1");
    assert.deepEqual([heard.status, heard.body.folded], [201, true], heard.text);
    assert.equal((await write(broken.facilitator, words.calm, "b2")).status, 503);
    const read = await broken.server.ask("GET", `/api/v1/care/talks/${talk}/messages`, { token: broken.member.token });
    assert.equal(read.body.items.length, 1);
    broken.server.own = true;
    await broken.server.stop();
  });

  test("pages of a long conversation leave nothing out", async () => {
    const cry = await here.server.reply(here.other, here.thread, words.crisis);
    const talk = (await ask(here.other, "POST", `/posts/${cry.body.id}/talk`)).body.id;
    for (let number = 1; number <= 7; ++number) await say(here.other, talk, `Line ${number}.`);
    const seen = [];
    let cursor = "";
    do {
      const page = await ask(here.other, "GET", `/care/talks/${talk}/messages?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.items.map((one) => one.text));
      cursor = page.body.next ?? "";
    } while (cursor);
    assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7].map((number) => `Line ${number}.`));
  });
});
