// Which language a page speaks: chosen, else asked for, else English. The API speaks English.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place } from "../harness.mjs";

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

test("the API answers in English, whatever language is asked for", async () => {
  const answer = await here.server.ask("POST", "/api/v1/accounts", { body: { nickname: "Fern", passphrase: "short" }, headers: { "accept-language": "de" } });
  assert.equal(answer.body.errors[0].detail, "Please use at least 12 characters. A few words together are easy to remember.");
  const nothing = await here.server.ask("GET", "/api/v1/threads/none", { token: here.member.token, headers: { "accept-language": "de" } });
  assert.equal(nothing.body.title, "We can't find this page");
});
