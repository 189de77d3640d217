// Which language a page speaks: chosen, else asked for, else English; so does what the API says to people.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, until, words } from "../harness.mjs";

let here;
before(async () => (here = await place()));
after(() => here.server.stop());

const page = (path, { accept, chosen, ...more } = {}) => here.server.ask(more.method ?? "GET", path, { ...more, headers: { ...(accept ? { "accept-language": accept } : {}), ...(chosen ? { cookie: `language=${chosen}` } : {}), ...more.headers } });
const spoken = (answer) => /<html lang="(\w+)" dir="(\w+)"/.exec(answer.text)?.slice(1).join(" ");

describe("the language of a page", () => {
  test("is the first one asked for that there is, and English without any", async () => {
    assert.equal(spoken(await page("/help")), "en ltr");
    assert.equal(spoken(await page("/help", { accept: "*" })), "en ltr");
    assert.equal(spoken(await page("/help", { accept: "sw, de-AT;q=0.9, en;q=0.8" })), "de ltr");
    assert.equal(spoken(await page("/help", { accept: "ar-EG,ar;q=0.9" })), "ar rtl");
    assert.equal(spoken(await page("/nowhere", { accept: "de" })), "de ltr");
  });
  test("is the chosen one before all others, and an unknown choice is none", async () => {
    assert.equal(spoken(await page("/help", { accept: "de", chosen: "ar" })), "ar rtl");
    assert.equal(spoken(await page("/help", { accept: "de", chosen: "xx" })), "de ltr");
  });
  test("is told to caches between", async () => {
    const answer = await page("/help");
    assert.match(answer.headers.get("vary"), /accept-language, cookie/);
  });
  test("is chosen by a press, which leads back to a page of ours and nowhere else", async () => {
    const choose = (language, referer) => here.server.ask("POST", "/language", { body: `language=${language}`, headers: { "content-type": "application/x-www-form-urlencoded", ...(referer ? { referer } : {}) } });
    const chosen = await choose("de", `${here.server.url}/circles?after=3`);
    assert.equal(chosen.status, 303);
    assert.equal(chosen.headers.get("location"), "/circles?after=3");
    assert.match(chosen.headers.get("set-cookie"), /^language=de; /);
    assert.equal((await choose("ar", "https://elsewhere.example/x")).headers.get("location"), "/");
    assert.equal((await choose("ar", `${here.server.url}//elsewhere.example/`)).headers.get("location"), "/");
    const unknown = await choose("xx");
    assert.equal(unknown.headers.get("location"), "/");
    assert.equal(unknown.headers.get("set-cookie"), null);
  });
  test("does not leak from one reader's page to another's, although pages of threads are kept", async () => {
    const path = `/threads/${here.thread}`;
    for (const round of [1, 2]) {
      assert.match((await page(path)).text, /Members of this circle can reply/, `round ${round}`);
      assert.match((await page(path, { accept: "de" })).text, /Mitglieder dieses Kreises können antworten/, `round ${round}`);
      assert.match((await page(path, { accept: "ar" })).text, /يمكن لأعضاء هذه الدائرة الرد/, `round ${round}`);
    }
  });
  test("leaves what members wrote as they wrote it, also when it says the same as words of ours", async () => {
    const sent = await here.server.thread(here.member, here.circle, "Sign in", { title: "Your words" });
    const { text } = await page(`/threads/${sent.body.thread}`, { accept: "de" });
    assert.match(text, /<h1 dir="auto">Your words<\/h1>/);
    assert.match(text, /dir="auto"><p>Sign in<\/p>/);
  });
});

test("help lines: those that speak the reader's language first, the others announced, and no guess beyond that", async () => {
  const lines = async (accept) => (await page("/help", { accept })).text;
  assert.match(await lines("de"), /Telefonseelsorge/i, "who says only that they read German is shown a country that speaks it");
  assert.match(await lines("de-GB,de"), /In anderen Sprachen:/, "a country that was named counts first, and its languages are said");
  assert.match(await lines("ar"), /بلغات أخرى:[^]*English/);
  assert.doesNotMatch(await lines("en-GB"), /In other languages/);
  assert.doesNotMatch(await lines("sw"), /Telefonseelsorge/i);
});

describe("the API", () => {
  const de = { "accept-language": "de" };
  test("says what went wrong in the language asked for, and in English without one", async () => {
    const join = (headers) => here.server.ask("POST", "/api/v1/accounts", { body: { nickname: "Fern", passphrase: "short" }, headers });
    const german = await join(de);
    assert.equal(german.headers.get("content-language"), "de");
    assert.equal(german.body.errors[0].detail, "Bitte nimm mindestens 12 Zeichen. Ein paar Wörter zusammen merkt man sich leicht.");
    assert.equal(german.body.type, "/problems/invalid", "what programs read stays");
    assert.equal((await join({})).body.errors[0].detail, "Please use at least 12 characters. A few words together are easy to remember.");
    const nothing = (headers) => here.server.ask("GET", "/api/v1/threads/none", { token: here.member.token, headers });
    assert.equal((await nothing(de)).body.title, "Wir können diese Seite nicht finden");
    assert.equal((await nothing({ ...de, cookie: "language=ar" })).body.title, "لا نجد هذه الصفحة");
    assert.equal((await nothing({ "accept-language": "sw" })).body.title, "We can't find this page");
  });
  test("tells what is new, and heads a table, in that language", async () => {
    await here.server.reply(here.other, here.thread, words.calm);
    const news = (headers) => here.server.ask("GET", "/api/v1/notifications", { token: here.member.token, headers });
    const [told] = await until(async () => ((await news(de)).body.items.length ? (await news(de)).body.items : false), "the notice");
    assert.equal(told.sentence, "Jemand hat in einem Thema von dir geantwortet.");
    assert.equal((await news({})).body.items[0].sentence, "Somebody answered in a thread of yours.");
    const table = (headers) => here.server.ask("GET", "/api/v1/me/export.csv", { token: here.member.token, headers });
    assert.match((await table(de)).text, /^\uFEFF?Teil,Nummer,Fassung,Stelle,Wert\r\n/);
    assert.match((await table({})).text, /^\uFEFF?part,number,version,place,value\r\n/);
  });
});

test("what the program writes into a member's own text is in the language of that day", async () => {
  const { member } = here;
  const send = (path, body) => page(path, { method: "POST", token: member.token, chosen: "de", body, headers: { "content-type": "application/x-www-form-urlencoded" } });
  const begun = await send("/me/journal/dialogue", "voice=kind_friend&turn=Es+regnet.");
  assert.equal(begun.status, 303, begun.text);
  const [, id] = /journal\/([0-9a-f]{32})/.exec(begun.headers.get("location"));
  await send(`/me/journal/${id}/turn`, "based_on=1&turn=Ich+h%C3%B6re+es+auch.");
  const own = async (path) => (await here.server.ask("GET", `/api/v1/${path}`, { token: member.token })).body;
  assert.equal((await own(`journal/${id}`)).versions?.at(-1).text ?? (await own("journal")).items[0].text, "Ich:\nEs regnet.\n\nEine liebe Person:\nIch höre es auch.");
  await send("/me/habits/from-tool", "from=quiet");
  assert.equal((await own("habits")).items[0].name, "Eine ruhige Minute");
});
