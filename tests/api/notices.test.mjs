// What is new: told once, in one sentence without content, here and by mail for who gave an address that is theirs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { mailbox } from "../mailbox.mjs";
import { place, until, words } from "../harness.mjs";

const v1 = "/api/v1";
let here;
let box;
let keys = 0;
before(async () => {
  box = await mailbox();
  here = await place({ config: `[limits]\nenabled = false\n[mail]\nurl = "${box.url}"\nfrom = "news@circles.example.org"\nlink = "https://circles.example.org/me/news"\n` });
});
after(async () => {
  await here.server.stop();
  box.stop();
});
const ask = (who, method, path, body) => here.server.ask(method, v1 + path, { token: who.token, key: `notice-${(keys += 1)}`, body });
const news = async (who) => (await ask(who, "GET", "/notifications")).body;
const told = (who, kind, more = () => true) => until(async () => (await news(who)).items.find((one) => one.kind === kind && !one.seen && more(one)), `${kind} to be told`);
const seen = (who) => ask(who, "POST", "/notifications/seen");
/** Everything that happened so far was looked at. */
const settled = () => until(() => here.server.sql("SELECT (SELECT max(number) FROM event WHERE type <> 'me.notice') <= (SELECT number FROM consumer WHERE name = 'notices') AS done")[0].done === 1, "all events to be looked at");

test("a reply is told to who began the thread, once until it was seen, and never to who wrote it", async () => {
  const { member, other, outsider } = here;
  const live = here.server.live(member.token);
  await live.subscribe("me");
  const first = await here.server.reply(other, here.thread, words.calm);
  const one = await told(member, "reply");
  assert.deepEqual([one.sentence, one.path], ["Somebody answered in a thread of yours.", `/posts/${first.body.id}`]);
  await until(() => live.told.some((event) => event.type === "me.notice"), "the live event");
  assert.deepEqual(live.told.find((event) => event.type === "me.notice").data, {}, "without anything in it");
  live.cut();
  await here.server.reply(other, here.thread, `${words.calm} Again.`);
  await here.server.reply(member, here.thread, `${words.calm} Mine.`);
  await settled();
  assert.equal((await news(member)).items.filter((notice) => notice.kind === "reply").length, 1, "one stands for both");
  assert.equal((await news(member)).unseen, 1);
  for (const who of [other, outsider]) assert.deepEqual((await news(who)).items, []);
  await seen(member);
  assert.equal((await news(member)).unseen, 0);
  await here.server.reply(other, here.thread, `${words.calm} Later.`);
  await told(member, "reply");
});

test("nothing of a notice says what it is about", async () => {
  await told(here.member, "reply");
  const rows = here.server.sql("SELECT * FROM notice");
  assert.deepEqual(Object.keys(rows[0]).sort(), ["about", "account_id", "at", "id", "kind", "number", "post_id", "seen_at"]);
  assert.ok(!(await ask(here.member, "GET", "/notifications")).text.includes("window"));
  assert.equal((await ask(here.other, "POST", `/notifications/${(await news(here.member)).items[0].id}/seen`)).status, 404);
});

test("what is held is told to nobody; its decision is told to its author", async () => {
  await seen(here.member);
  const held = await here.server.reply(here.other, here.thread, words.harm);
  assert.equal(held.status, 202);
  await settled();
  assert.equal((await news(here.member)).unseen, 0);
  const item = (await ask(here.facilitator, "GET", "/review/items")).body.items.find((one) => one.post === held.body.id);
  await ask(here.facilitator, "POST", `/review/items/${item.id}/decision`, { decision: "publish", revision: item.revision });
  assert.equal((await told(here.other, "decision")).path, `/posts/${held.body.id}`);
  await told(here.member, "reply");
});

describe("stories", () => {
  const share = async (audience) => {
    const story = await ask(here.member, "POST", "/stories", { intend: "To have it said.", did: words.calm });
    const sent = await ask(here.member, "POST", `/stories/${story.body.id}/shares`, { audience, circle: here.circle, sections: ["did"], ...(audience === "allies" ? { allies: ["Wren"] } : {}) });
    assert.equal(sent.status, 201, sent.text);
    return sent.body.id;
  };

  test("an ally is told of a story, its writer of the note; when it is taken back nobody is told of it any more", async () => {
    const id = await share("allies");
    const one = await told(here.other, "story", (notice) => notice.path === `/stories/${id}`);
    assert.equal(one.sentence, "Somebody shared a story with you.");
    await ask(here.other, "POST", `/posts/${id}/witness`, { kind: "strength", text: "I see how patient you were." });
    await told(here.member, "note", (notice) => notice.path === `/stories/${id}`);
    for (const who of [here.facilitator, here.lead]) assert.ok(!(await ask(who, "GET", "/notifications")).text.includes(id));
    assert.equal((await ask(here.member, "DELETE", `/story-shares/${id}`)).status, 204);
    await until(async () => !(await ask(here.other, "GET", "/notifications")).text.includes(id), "the notice to go");
  });

  test("a story for a circle is told to its members, but its writer", async () => {
    const id = await share("circle");
    await told(here.other, "story", (notice) => notice.path === `/stories/${id}`);
    await told(here.facilitator, "story", (notice) => notice.path === `/stories/${id}`);
    for (const who of [here.member, here.outsider]) assert.ok(!(await ask(who, "GET", "/notifications")).text.includes(id));
  });
});

test("a facilitator's words in a talk are told, one's own are not", async () => {
  const cry = await here.server.reply(here.other, here.thread, words.crisis);
  const talk = await ask(here.other, "POST", `/posts/${cry.body.id}/talk`);
  await ask(here.other, "POST", `/care/talks/${talk.body.id}/messages`, { text: "I am here." });
  await settled();
  assert.ok(!(await news(here.other)).items.some((one) => one.kind === "message"));
  const alarm = (await ask(here.facilitator, "GET", "/care/alarms")).body.items.find((one) => one.post === cry.body.id);
  await ask(here.facilitator, "POST", `/care/alarms/${alarm.id}/take`);
  const joined = await ask(here.facilitator, "POST", `/care/alarms/${alarm.id}/talk`);
  await ask(here.facilitator, "POST", `/care/talks/${joined.body.id}/messages`, { text: "I am here now. How are you this minute?" });
  assert.equal((await told(here.other, "message")).path, `/talks/${talk.body.id}`);
});

test("older news is in parts of 50 on the page, each with words and none twice, and behind the API's cursor", async () => {
  const reader = await here.server.join("Yarrow");
  const one = "SELECT randomblob(16), x'" + reader.id + "', 'circle', x'" + here.circle + "', 1700000000000 + n, 1700000000000 + n";
  here.server.sql(`INSERT INTO notice (id, account_id, kind, about, at, seen_at) WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 150) ${one} FROM c`);
  const all = here.server.sql(`SELECT lower(hex(id)) AS id FROM notice WHERE account_id = x'${reader.id}' ORDER BY number DESC`).map((row) => row.id);
  const part = async (query) => {
    const { status, text } = await here.server.ask("GET", `/me/news${query}`, { token: reader.token });
    assert.equal(status, 200);
    return { ids: [...text.matchAll(/news\/([0-9a-f]{32})\/open/g)].map((found) => found[1]), older: text.match(/href="(\?before=\d+)">Older news/)?.[1], newest: text.includes('<a href="/me/news">Newest news</a>') };
  };
  const first = await part("");
  const second = await part(first.older);
  const third = await part(second.older);
  assert.deepEqual([first.ids, second.ids, third.ids], [all.slice(0, 50), all.slice(50, 100), all.slice(100)]);
  assert.deepEqual([first.newest, second.newest, third.newest, third.older], [false, true, true, undefined]);
  assert.deepEqual((await part("?before=1")).ids, first.ids, "past the end it is the newest");
  const listed = [];
  for (let cursor = ""; cursor !== null; ) {
    const { body } = await ask(reader, "GET", `/notifications?limit=40${cursor && `&cursor=${cursor}`}`);
    listed.push(...body.items.map((item) => item.id));
    cursor = body.next;
  }
  assert.deepEqual(listed, all);
});

test("a kind that is switched off is not told; in quiet hours no count is shown and nothing is lost", async () => {
  const { member, other } = here;
  await seen(member);
  const set = (body) => ask(member, "PUT", "/notifications/settings", body);
  assert.equal((await set({ here: { reply: false } })).body.here.reply, false);
  await here.server.reply(other, here.thread, `${words.calm} Off.`);
  await settled();
  assert.equal((await news(member)).unseen, 0);
  const all_day = { from: "00:00", to: "24:00", zone: "Pacific/Auckland" };
  assert.deepEqual((await set({ quiet: all_day })).body.quiet, all_day);
  await here.server.reply(other, here.thread, `${words.calm} Quiet.`);
  await told(member, "reply");
  assert.equal((await news(member)).unseen, 0);
  assert.ok(!(await here.server.ask("GET", "/me", { token: member.token })).text.includes("new)"));
  await set({});
  assert.equal((await news(member)).unseen, 1);
  assert.ok((await here.server.ask("GET", "/me", { token: member.token })).text.includes("(1 new)"));
  for (const wrong of [{ quiet: { from: "25:00", to: "07:00", zone: "UTC" } }, { quiet: { from: "22:00", to: "07:00", zone: "Nowhere/Here" } }, { quiet: { from: "22:00", to: "07:00", zone: "" } }, { quiet: { from: "22:00", to: "07:00", zone: "GMT+14:15" } }, { quiet: { from: "22:00", to: "07:00", zone: "GMT-12:15" } }, { here: { secrets: true } }, { mail: "x" }]) assert.equal((await set(wrong)).status, 422, JSON.stringify(wrong));
  for (const file of ["holdfast.db", "holdfast.db-wal"]) assert.ok(!readFileSync(join(here.server.data, file)).includes("Pacific/Auckland"), file);
});

test("quiet hours on the page begin where the member said their clock is, and never go by another one in silence", async () => {
  const who = await here.server.join("Sorrel");
  const zone = async () => /<input[^>]* id="zone"[^>]* value="([^"]*)"/.exec((await here.server.ask("GET", "/me/news/settings", { token: who.token })).text)[1];
  const save = (fields) => here.server.ask("POST", "/me/news/settings", { token: who.token, body: new URLSearchParams(fields).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } });
  assert.equal(await zone(), "");
  const asked = await save({ quiet_from: "22:00", quiet_to: "07:00", zone: "" });
  assert.equal(asked.status, 422);
  assert.match(asked.text, /Europe\/London/);
  assert.equal((await ask(who, "PUT", "/pacing", { zone: "Europe/Madrid", based_on: 0 })).status, 200);
  assert.equal(await zone(), "Europe/Madrid");
  assert.equal((await save({ quiet_from: "22:00", quiet_to: "07:00", zone: "Europe/Lisbon" })).status, 303);
  assert.equal(await zone(), "Europe/Lisbon");
});

test("a question by somebody who is put aside is told nowhere, and looks to them like any other", async () => {
  const { member, other } = here;
  const box_before = box.mails.length;
  await seen(other);
  const goal = async () => (await ask(member, "POST", "/goals", { what: "Walk again", state: "active" })).body.id;
  const question = async () => (await ask(member, "POST", `/goals/${await goal()}/partner`, { circle: here.circle, nickname: "Wren", note: "Would you keep me company?" })).body.id;
  await ask(other, "PUT", "/pacing", { muted: ["Maple"] });
  const told_live = async () => {
    const live = here.server.live(other.token);
    await live.subscribe("me", 0); // all there was, and then the answer
    live.cut();
    return live.told.filter((one) => one.type === "me.asked").length;
  };
  const live_before = await told_live();
  const id = await question();
  await settled();
  assert.equal(await told_live(), live_before);
  const listed = (await ask(other, "GET", "/partners")).body.items.find((one) => one.id === id);
  assert.deepEqual(listed.aside, { until: null }, "for a program, which shows it when its reader asks for it");
  const asked = async () => (await news(other)).items.filter((one) => one.kind === "asked");
  assert.deepEqual([await asked(), (await news(other)).unseen], [[], 0]);
  assert.ok(!(await here.server.ask("GET", "/me/news", { token: other.token })).text.includes("keep them company"));
  const theirs = (await ask(member, "GET", `/partners/${id}`)).body;
  assert.deepEqual([theirs.state, theirs.over], ["asked", false], "nothing says so");
  assert.equal(box.mails.length, box_before);
  await ask(other, "PUT", "/pacing", { pause_after: "20", based_on: 1 });
  assert.deepEqual([(await asked()).length, (await news(other)).unseen], [1, 1], "a choice that was taken back counts at once");
  await ask(other, "DELETE", "/pacing");
  await ask(member, "DELETE", `/partners/${id}`);
});

describe("mail", () => {
  const mails_to = (address) => box.mails.filter((one) => one.to.includes(address));

  test("an address is used after its code came back, mails say nothing, and it is taken back in one press", async () => {
    const { member, other } = here;
    await seen(member);
    for (const wrong of ["maple", "maple@here", "a@b.c\r\nTo: x@example.org", "a b@example.org", "<a@example.org>", `${"a".repeat(300)}@example.org`]) assert.equal((await ask(member, "PUT", "/notifications/address", { address: wrong })).status, 422, wrong);
    assert.equal((await ask(member, "PUT", "/notifications/address", { address: "maple@mail.example.org" })).status, 204);
    const [first] = await until(() => (mails_to("maple@mail.example.org").length === 1 ? mails_to("maple@mail.example.org") : false), "the code");
    const code = /Your code is ([0-9A-Z]{4}-[0-9A-Z]{4})\./.exec(first.text)[1];
    await here.server.reply(other, here.thread, `${words.calm} Before.`);
    await told(member, "reply");
    assert.equal((await ask(member, "POST", "/notifications/address/code", { code: "0000-0000" })).status, 422);
    assert.equal((await ask(member, "POST", "/notifications/address/code", { code: code.toLowerCase().replace("-", " ") })).status, 204);
    assert.deepEqual((await ask(member, "GET", "/notifications/settings")).body.address, { address: "maple@mail.example.org", confirmed: true });
    assert.equal(mails_to("maple@mail.example.org").length, 1, "nothing went there before");
    await seen(member);
    await here.server.reply(other, here.thread, `${words.calm} After.`);
    const [, second] = await until(() => (mails_to("maple@mail.example.org").length === 2 ? mails_to("maple@mail.example.org") : false), "the mail");
    assert.match(second.text, /Subject: Something new for you\r\n/);
    assert.equal(second.text.split("\r\n\r\n")[1], "There is something new for you.\r\nhttps://circles.example.org/me/news");
    for (const word of ["window", "Maple", "Wren", member.id, here.thread]) assert.ok(!second.text.includes(word), word);
    for (const file of ["holdfast.db", "holdfast.db-wal"]) assert.ok(!readFileSync(join(here.server.data, file)).includes("mail.example.org"), file);
    assert.ok(!here.server.log.includes("mail.example.org"));
    assert.equal((await ask(member, "DELETE", "/notifications/address")).status, 204);
    assert.equal((await ask(member, "GET", "/notifications/settings")).body.address, null);
  });

  test("speaks the language that was chosen last", async () => {
    const sage = await here.server.join("Sage");
    await here.server.enter(sage, here.circle);
    const mine = (count) => until(() => (mails_to("sage@mail.example.org").length === count ? mails_to("sage@mail.example.org").at(-1) : false), `mail ${count}`);
    await here.server.ask("PUT", `${v1}/notifications/address`, { token: sage.token, key: "sage", body: { address: "sage@mail.example.org" }, headers: { "accept-language": "de" } });
    const first = await mine(1);
    assert.match(first.text, /^Subject: Dein Code\r$/m);
    const code = /Dein Code ist (\S+)\. Er gilt eine halbe Stunde\./.exec(first.text)[1];
    await ask(sage, "POST", "/notifications/address/code", { code });
    const pressed = await here.server.ask("POST", "/language", { token: sage.token, body: "language=ar", headers: { "content-type": "application/x-www-form-urlencoded" } });
    assert.equal(pressed.status, 303);
    const started = await here.server.thread(sage, here.circle, words.calm);
    await here.server.reply(here.other, started.body.thread, words.calm);
    const second = await mine(2);
    assert.match(second.text, /^Subject: شيء جديد لك\r$/m);
    assert.equal(second.text.split("\r\n\r\n")[1], "يوجد شيء جديد لك.\r\nhttps://circles.example.org/me/news\r\n");
  });

  test("five wrong codes, and it works no more; five codes a day, and no more are sent", async () => {
    const set = () => ask(here.facilitator, "PUT", "/notifications/address", { address: "rowan@mail.example.org" });
    assert.equal((await set()).status, 204);
    const [mail] = await until(() => (mails_to("rowan@mail.example.org").length === 1 ? mails_to("rowan@mail.example.org") : false), "the code");
    const code = /Your code is (\S+)\./.exec(mail.text)[1];
    for (let tries = 0; tries < 5; ++tries) assert.equal((await ask(here.facilitator, "POST", "/notifications/address/code", { code: "0000-0000" })).status, 422);
    assert.equal((await ask(here.facilitator, "POST", "/notifications/address/code", { code })).status, 422);
    for (let tries = 0; tries < 4; ++tries) assert.equal((await set()).status, 204);
    assert.equal((await set()).status, 422);
  });
});

test("an account that is erased leaves no notice, no wish and no letter behind", async () => {
  const { server } = here;
  const hazel = await server.join("Hazel");
  await server.enter(hazel, here.circle);
  const started = await server.thread(hazel, here.circle, words.calm);
  await server.reply(here.other, started.body.thread, words.calm);
  await told(hazel, "reply");
  await ask(hazel, "PUT", "/notifications/address", { address: "hazel@mail.example.org" });
  await ask(hazel, "DELETE", "/me", { passphrase: "seven quiet lanterns" });
  for (const table of ["notice", "notice_wish", "notice_letter"]) assert.equal(server.sql(`SELECT count(*) AS n FROM ${table} WHERE account_id = x'${hazel.id}'`)[0].n, 0, table);
});
