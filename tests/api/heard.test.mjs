// What is screened is what people read, in whatever way it was written; what can't be read waits for a person; and
// words that are refused, whatever for, are still heard.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Server, place, words } from "../harness.mjs";

let here;
before(async () => (here = await place()));
after(() => here.server.stop());
const ask = (who, method, path, body, key = `h-${Math.random()}`) => here.server.ask(method, `/api/v1${path}`, { token: who?.token, key, body });
const care_lane = async (who = here.facilitator) => (await ask(who, "GET", "/review/items?lane=care")).body.items;
const form = (who, path, fields, { server = here.server, origin = server.url } = {}) => server.ask("POST", path, { headers: { cookie: `__Host-holdfast=${who.token}`, origin, "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams(fields).toString() });

describe("Markdown hides nothing from the screen", () => {
  const hidden = [
    "You should go k&#105;&#108;l y&#111;urself.",
    "You should go ki<b></b>ll your<i></i>self.",
    "You should go ki<!-- x -->ll your<!-- y -->self.",
    "You should go ki![](x)ll your![](x)self.",
    "You should go k*i*ll your**se**lf.",
    "You should go ki[](https://a.example)ll your`self`.",
  ];
  for (const text of hidden) {
    test(`harm: ${text}`, async () => {
      const sent = await here.server.reply(here.other, here.thread, text);
      assert.equal(sent.status, 202, sent.text);
      const seen = await here.server.ask("GET", `/api/v1/threads/${here.thread}/posts?limit=100`);
      assert.ok(!seen.text.includes(sent.body.id));
    });
  }
  test("a cry for help written so is heard: as a post, as an edit, in a title's thread", async () => {
    const cry = "I am done, I w&#105;ll ki<b></b>ll my<i></i>self before the morning comes.";
    const sent = await here.server.reply(here.member, here.thread, cry);
    assert.equal(sent.status, 202, sent.text);
    assert.ok(sent.body.care.lines.length > 0);
    assert.ok((await care_lane()).some((one) => one.post === sent.body.id));
    const calm = await here.server.reply(here.member, here.thread, words.calm);
    const changed = await ask(here.member, "PATCH", `/posts/${calm.body.id}`, { text: cry });
    assert.equal(changed.status, 202, changed.text);
    assert.ok(changed.body.care);
  });
  test("a sign that turns the line around is left out, and Arabic keeps its own marks", async () => {
    const turned = `I feel fine \u202e${[...".flesruoy llik og dluohs uoY"].join("")}`;
    const sent = await here.server.reply(here.member, here.thread, turned);
    const mine = await ask(here.member, "GET", `/posts/${sent.body.id}`);
    assert.ok(!mine.body.text.includes("\u202e"));
    const marks = await here.server.reply(here.member, here.thread, "We met on Monday\u200f.");
    assert.ok((await ask(here.member, "GET", `/posts/${marks.body.id}`)).body.text.includes("\u200f"));
  });
});

test("a text in another language waits for a person, with care lines and its reason, and never with a strike", async () => {
  const sent = await here.server.reply(here.member, here.thread, "Heute war ein ruhiger Tag und ich habe lange am Fenster gesessen.");
  assert.equal(sent.status, 202, sent.text);
  assert.equal(sent.body.care.unread, true);
  assert.match(sent.text, /reads English only/);
  const [item] = (await care_lane()).filter((one) => one.post === sent.body.id);
  assert.equal(item.triage, "amber");
  const page = await here.server.ask("GET", `/posts/${sent.body.id}`, { headers: { cookie: `__Host-holdfast=${here.member.token}` } });
  assert.match(page.text, /a person reads them first/);
  assert.match(page.text, /reads English only/);
  assert.doesNotMatch(page.text, /sounds very heavy/);
  const struck = await ask(here.facilitator, "POST", `/review/items/${item.id}/decision`, { revision: item.revision, decision: "remove", reason: "No.", strike: 1 });
  assert.equal(struck.status, 422, struck.text);
  const let_through = await ask(here.facilitator, "POST", `/review/items/${item.id}/decision`, { revision: item.revision, decision: "publish" });
  assert.ok(let_through.status < 300, let_through.text);
});

describe("a refusal hears a cry for help, and the page gives the words back", () => {
  const refused = async (answer, status) => {
    assert.equal(answer.status, status, answer.text);
    assert.ok(answer.body.care?.lines.length > 0, answer.text);
  };
  const shows_care = (page, status) => {
    assert.equal(page.status, status, page.text);
    assert.match(page.text, /<main id="main" tabindex="-1">\s*<section class="card care"/, "first on the page");
    assert.match(page.text, /You can reach somebody here now/);
  };
  test("a thread without a title, and a text that is too long", async () => {
    await refused(await ask(here.member, "POST", `/circles/${here.circle}/threads`, { title: "", text: words.crisis }), 422);
    await refused(await ask(here.member, "POST", `/threads/${here.thread}/posts`, { text: `${words.crisis} ${"and so on ".repeat(8000)}` }), 422);
  });
  test("a thread that was taken down meanwhile", async () => {
    const started = await here.server.thread(here.other, here.circle, words.calm);
    assert.equal((await ask(here.other, "DELETE", `/posts/${started.body.id}`)).status, 204);
    await refused(await ask(here.member, "POST", `/threads/${started.body.thread}/posts`, { text: words.crisis }), 404);
    const page = await form(here.member, `/threads/${started.body.thread}/posts`, { text: words.crisis });
    shows_care(page, 404);
    assert.ok(page.text.includes(words.crisis));
    const signs = await form(here.member, `/threads/${started.body.thread}/posts`, { text: `${words.crisis} I can't "stop" <this>, marmalade & all.` });
    assert.equal(signs.text.split("marmalade").length, 2, "the words are given back once, whatever signs are in them");
  });
  test("a worry about oneself, or about a name that nobody has", async () => {
    for (const nickname of [here.member.nickname, "Nobody here"])
      await refused(await ask(here.member, "POST", `/circles/${here.circle}/concerns`, { nickname, text: words.crisis }), 422);
  });
  test("a key that came with other words", async () => {
    await here.server.reply(here.member, here.thread, words.calm, "one-key");
    await refused(await here.server.reply(here.member, here.thread, words.crisis, "one-key"), 409);
  });
  test("a form that is shown once more, with its words in it once", async () => {
    const page = await form(here.member, `/threads/${here.thread}/posts`, { text: `${words.crisis} Marmalade. ${"and so on ".repeat(8000)}` });
    shows_care(page, 422);
    assert.equal(page.text.split("Marmalade").length, 2);
  });
  test("who has to sign in again", async () => {
    const gone = { token: "gone" };
    await refused(await here.server.reply(gone, here.thread, words.crisis), 401);
    shows_care(await form(gone, `/threads/${here.thread}/posts`, { text: words.crisis }), 401);
  });
  test("what came from another site, which is shown none of the words", async () => {
    const page = await form(here.member, `/threads/${here.thread}/posts`, { text: words.crisis }, { origin: "https://elsewhere.example" });
    shows_care(page, 403);
    assert.ok(!page.text.includes(words.crisis));
    await refused(await here.server.ask("POST", `/api/v1/threads/${here.thread}/posts`, { headers: { cookie: `__Host-holdfast=${here.member.token}`, origin: "https://elsewhere.example" }, body: { text: words.crisis } }), 403);
  });
  test("an address that is nowhere, and a method that is not for it", async () => {
    await refused(await ask(here.member, "POST", "/nowhere", { text: words.crisis }), 404);
    await refused(await ask(here.member, "DELETE", `/threads/${here.thread}/posts`, { text: words.crisis }), 405);
  });
  test("who asks too often: as many times as one may write at once, and then no more", async () => {
    const server = await Server.start({ config: "[limits]\nreads_at_once = 2\nreads_per_second = 0.001\nwrites_at_once = 2\nwrites_per_second = 0.001\n" });
    try {
      const who = await server.join("Maple");
      assert.equal((await server.ask("GET", "/api/v1/circles")).status, 200);
      await refused(await server.reply(who, here.thread, words.crisis), 429);
      shows_care(await form(who, `/threads/${here.thread}/posts`, { text: words.crisis }, { server }), 429);
      const more = await server.reply(who, here.thread, words.crisis);
      assert.equal(more.status, 429);
      assert.equal(more.body.care, undefined);
      assert.match((await form(who, `/threads/${here.thread}/posts`, { text: words.crisis }, { server })).text, /href="\/help">Help now/);
    } finally {
      await server.stop();
    }
  });
  test("an ordinary refusal stays what it is, and a passphrase is no text", async () => {
    const plain = await ask(here.member, "POST", `/circles/${here.circle}/threads`, { title: "", text: words.calm });
    assert.equal(plain.body.care, undefined);
    const signing = await here.server.ask("POST", "/api/v1/sessions", { body: { nickname: "Maple", passphrase: words.crisis } });
    assert.equal(signing.body.care, undefined);
  });
});

describe("a cry for help rings wherever it stands", () => {
  const rings_for = async (words_of, reader = here.lead) => {
    const alarms = (await ask(reader, "GET", "/care/alarms")).body.items;
    for (const alarm of alarms.filter((one) => !one.post)) {
      const opened = await ask(reader, "GET", `/care/concerns/${alarm.id}`);
      if (opened.status === 200 && opened.body.text === words_of) return opened.body;
    }
    return undefined;
  };
  test("in asking to join", async () => {
    const circle = await here.server.circle(here.lead, { name: "By asking", entry: "apply" });
    const cry = `${words.crisis} Can I come in?`;
    const asked = await ask(here.outsider, "PUT", `/circles/${circle}/membership`, { agreement_version: 1, application: cry });
    assert.ok(asked.body.care, asked.text);
    const rung = await rings_for(cry);
    assert.equal(rung?.by, "Stone");
    assert.equal(rung.about, "Stone");
    const again = await ask(here.outsider, "PUT", `/circles/${circle}/membership`, { agreement_version: 1, application: "Something else." });
    assert.equal(again.status, 409, again.text);
  });
  test("in telling us about a post, whose author is not meant by it", async () => {
    const cry = `${words.crisis} This post was too much.`;
    const told = await ask(here.other, "POST", `/posts/${here.opening}/reports`, { category: "other", words: cry });
    assert.equal(told.status, 202, told.text);
    assert.ok(told.body.care);
    const rung = await rings_for(cry, here.facilitator);
    assert.equal(rung?.about, "Wren");
    assert.equal((await ask(here.other, "GET", `/circles/${here.circle}/concerns`)).body.items.length, 0);
    const more = await ask(here.other, "POST", `/posts/${here.opening}/reports`, { category: "other", words: "Something else." });
    assert.equal(more.status, 409, more.text);
  });
  test("in asking for another look", async () => {
    const sent = await here.server.reply(here.member, here.thread, words.contact);
    assert.equal(sent.status, 422);
    const cry = `${words.crisis} Please look again.`;
    const asked = await ask(here.member, "POST", `/posts/${sent.body.id}/appeal`, { words: cry });
    assert.ok(asked.body.care, asked.text);
    assert.equal((await rings_for(cry))?.about, "Maple");
  });
  test("who worries about somebody is shown care too, when it is their own life", async () => {
    const told = await ask(here.other, "POST", `/circles/${here.circle}/concerns`, { nickname: "Maple", text: words.crisis });
    assert.equal(told.status, 201, told.text);
    assert.ok(told.body.care);
  });
});

test("what the screen made of a text stands in no lead's record", async () => {
  const sent = await here.server.reply(here.member, here.thread, words.crisis);
  for (const path of ["/audit?limit=100", "/audit.csv"]) {
    const log = await ask(here.lead, "GET", path);
    assert.doesNotMatch(log.text, /triage|crisis/, path);
  }
  const [entry] = here.server.sql(`SELECT detail FROM audit WHERE action = 'post.submitted' AND object = '${sent.body.id}'`);
  assert.deepEqual(Object.keys(JSON.parse(entry.detail)).sort(), ["policy", "version"]);
});
