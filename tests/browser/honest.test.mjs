// What a page says is so: why a post waits, who decided, who read what, and what is not there right now.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, until, words } from "../harness.mjs";
import { faults, launch, person, signIn } from "./people.mjs";

const pictures = process.env.PICTURES; // a folder for screenshots, to look at
let here;
let browser;
before(async () => {
  here = await place({ config: '[limits]\nenabled = false\n[desk]\npause_minutes = 0\n[people]\ncountry = "gb"\n' });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await here.server.stop();
});

const ask = (method, path, who, body, key) => here.server.ask(method, `/api/v1${path}`, { token: who.token, body, key });
const item_of = async (post, lane) => (await ask("GET", `/review/items?lane=${lane}`, here.facilitator)).body.items.find((one) => one.post === post);
async function decide(post, lane, decision, more = {}) {
  const item = await item_of(post, lane);
  const done = await ask("POST", `/review/items/${item.id}/decision`, here.facilitator, { decision, revision: item.revision, ...more });
  assert.equal(done.status, 204, done.text);
}
const say = async (text, who = here.member) => (await here.server.reply(who, here.thread, text)).body.id;
async function as(nickname, options) {
  const page = await person(browser, here.server, options);
  await signIn(page, nickname);
  page.read = async (path, name) => {
    await page.open(path);
    if (pictures && name) await page.screenshot({ path: `${pictures}/honest-${name}.png`, fullPage: true });
    return page.main();
  };
  return page;
}

describe("why a post is where it is", () => {
  test("our check held it: it says so, that it is often wrong, and that a person looks", async () => {
    const page = await as("Maple");
    const text = await page.read(`/posts/${await say(`${words.harm} One.`)}`, "held");
    assert.match(await page.heading(), /waiting for a second pair of eyes/);
    assert.match(text, /Why.*One part may put somebody down.*Our automatic check is often wrong/s);
    await page.context().close();
  });

  test("members asked for it: that alone is said, and the record doesn't lay it on a person", async () => {
    const post = await say("The bus was late again and I said a rude word.");
    const tellers = [here.other];
    for (const name of ["Alder", "Birch"]) {
      const one = await here.server.join(name);
      await here.server.enter(one, here.circle);
      tellers.push(one);
    }
    for (const one of tellers) await ask("POST", `/posts/${post}/reports`, one, { category: "unkind" });
    const page = await as("Maple");
    const text = await page.read(`/posts/${post}`, "hidden");
    assert.match(text, /Members asked a facilitator to look at this post/);
    assert.ok(!text.includes("automatic check is"), "our check did not hold it");
    assert.match(await page.read("/me/record"), /The program hid a post of yours until a facilitator looks, because members asked for that/);
    await decide(post, "report", "keep", { reason: "Your words are saved. We read them with care." });
    const after_it = await page.read(`/posts/${post}`, "kept");
    assert.equal(await page.heading(), "Your post stays between you and the facilitators");
    assert.match(after_it, /A facilitator read them/);
    assert.ok(!after_it.includes("looks at it"), "somebody has looked");
    assert.match(await page.read("/me"), /Between you and the facilitators/);
    await page.context().close();
  });

  test("the circle is paused: that is why, not our check", async () => {
    await ask("PUT", `/circles/${here.circle}/lock`, here.facilitator, { reason: "A quarrel.", hours: 1 });
    const post = await say(words.calm);
    await ask("DELETE", `/circles/${here.circle}/lock`, here.facilitator);
    const page = await as("Maple");
    const text = await page.read(`/posts/${post}`);
    assert.match(text, /The facilitators paused this circle/);
    assert.ok(!text.includes("often wrong"));
    await page.context().close();
  });

  for (const javaScriptEnabled of [true, false]) {
    test(`our check gave it back: it says so, and a facilitator can be asked to look at it as it is (${javaScriptEnabled ? "script" : "plain"})`, async () => {
      const post = await say(`${words.contact} It is our choir's, ${javaScriptEnabled}.`);
      const page = await as("Maple", { javaScriptEnabled });
      assert.match(await page.read(`/posts/${post}`, "returned"), /Our automatic check sent this back, not a person. It can be wrong/);
      await page.click("text=Ask a facilitator to look at it");
      assert.match(await page.main(), /A facilitator reads your post as it is, and decides.*What our automatic check noticed/s);
      await page.fill("#words", "It is the public address of our choir.");
      await page.click("text=Ask for another look >> nth=-1");
      assert.match(await page.main(), /public address of our choir/);
      if (javaScriptEnabled) assert.deepEqual(await faults(page, "asked"), []);
      const desk = await as("Rowan", { javaScriptEnabled });
      await desk.open("/review?lane=appeal");
      await desk.click("#queue h2 a");
      assert.match(await desk.main(), /public address of our choir/);
      await desk.check(`input[value=${javaScriptEnabled ? "publish" : "keep"}]`);
      await desk.fill("#reason", "Thank you for telling us more.");
      await desk.click("button[data-key=d]");
      await desk.waitForURL("**/review");
      await page.open(`/posts/${post}`);
      if (javaScriptEnabled) {
        assert.equal(await page.heading(), "Your post is in the circle");
      } else {
        assert.match(await page.main(), /A facilitator wrote to you.*Thank you for telling us more/s);
        assert.match(await page.read(`/posts/${post}/appeal`), /It stays as it was/);
      }
      for (const one of [page, desk]) await one.context().close();
    });
  }
});

test("a post from a hard night that its author takes down: that was done, and care goes on", async () => {
  const post = await say(`${words.crisis} Taken down.`);
  const page = await as("Maple");
  assert.match(await page.read(`/posts/${post}/delete`), /Somebody may still look in on you/);
  await page.click("button.danger");
  const text = await page.main();
  assert.match(text, /You took the words down. We still care how you are/);
  assert.ok(!text.includes("Your words are saved"));
  assert.match(text, /You can reach somebody here now.*116 123/s);
  if (pictures) await page.screenshot({ path: `${pictures}/honest-taken-down.png`, fullPage: true });
  assert.deepEqual(await faults(page, "taken down"), []);
  await page.context().close();
});

test("a thread whose first post a facilitator took out is not laid on its author", async () => {
  const started = (await here.server.thread(here.member, here.circle, words.calm, { title: "The rain" })).body;
  await ask("POST", `/posts/${started.id}/reports`, here.other, { category: "unkind" });
  await decide(started.id, "report", "remove", { reason: "We take this one out. Your words are saved." });
  await here.server.reply(here.other, started.thread, "I was here too.");
  const page = await as("Maple");
  assert.match(await page.read("/me"), /A facilitator took it out/);
  assert.ok(!(await page.read(`/circles/${here.circle}`)).includes("Taken down by its author"));
  await page.context().close();
});

test("reading a private talk stands in its member's record, once a visit, with no link that leads nowhere", async () => {
  const post = await say(`${words.crisis} For a talk.`);
  const talk = (await ask("POST", `/posts/${post}/talk`, here.member)).body.id;
  await ask("POST", `/care/talks/${talk}/messages`, here.member, { text: "I am on the stairs." }, "stairs");
  const desk = await as("Rowan");
  for (let look = 0; look < 3; ++look) await desk.open(`/talks/${talk}`);
  const page = await as("Maple");
  const lines = (await page.read("/me/record", "record")).match(/A facilitator read a private talk of yours/g);
  assert.equal(lines?.length, 1);
  assert.equal(await page.locator(`a[href='/posts/${talk}']`).count(), 0);
  for (const one of [page, desk]) await one.context().close();
});

test("every line of the record is in words, also what nobody thought of when it was made", async () => {
  const lead = await as("Juniper");
  await lead.read("/audit", "audit");
  const said = await lead.locator("main li b").allTextContents();
  assert.ok(said.length > 10);
  assert.deepEqual(said.filter((one) => /^[a-z_]+\.[a-z_]+$/.test(one)), []);
  const known = await lead.locator("#action option").evaluateAll((all) => all.map((one) => one.value));
  const written = here.server.sql("SELECT DISTINCT action FROM audit").map((one) => one.action);
  assert.deepEqual(written.filter((one) => !known.includes(one)), []);
  assert.ok(!(await lead.main()).includes('{"'), "no JSON");
  await lead.context().close();
});

test("the first words of a long talk can be reached", async () => {
  const talk = (await ask("GET", "/care/talks", here.member)).body.items[0].id;
  for (let number = 2; number <= 60; ++number) await ask("POST", `/care/talks/${talk}/messages`, here.member, { text: `Line ${number}.` }, `line-${number}`);
  const page = await as("Maple", { javaScriptEnabled: false });
  assert.ok(!(await page.read(`/talks/${talk}`)).includes("I am on the stairs."));
  await page.click("text=Earlier words");
  assert.match(await page.main(), /I am on the stairs\./);
  assert.ok(!(await page.main()).includes("Line 60."));
  await page.click("text=The newest words");
  assert.match(await page.main(), /Line 60\./);
  await page.context().close();
});

test("what isn't there is no verdict, and an error names its field", async () => {
  const page = await as("Wren");
  assert.match(await page.read(`/threads/${"0".repeat(32)}`, "missing"), /We can't find this page.*You did nothing wrong/s);
  await page.open(`/circles/${here.circle}/new`);
  await page.fill("#title", " ");
  await page.fill("#text", " ");
  await page.click("main form button >> nth=0");
  const links = await page.locator("#errors a").allTextContents();
  assert.deepEqual(links, ["Title. Please write something here.", "Your words. Please write something here."]);
  await page.context().close();
});

test("somebody who asked to join and was not let in reads it on the circle's page", async () => {
  const circle = await here.server.circle(here.lead, { name: "By asking", entry: "apply" });
  const entry = await ask("PUT", `/circles/${circle}/membership`, here.outsider, { agreement_version: 1, application: "I would like to listen." });
  assert.ok([200, 202].includes(entry.status), entry.text);
  const waiting = (await ask("GET", `/circles/${circle}/applications`, here.lead)).body.items[0];
  const lead = await as("Juniper");
  await lead.open(`/circles/${circle}/applications`);
  await lead.click("text=Don't let them in for now");
  const page = await as("Stone");
  assert.match(await page.read(`/circles/${circle}`), /This time the answer was: not now.*You can ask again/s);
  assert.ok(waiting);
  for (const one of [page, lead]) await one.context().close();
});

test("without a connection the help page says why it came; with one it doesn't", async () => {
  const alone = await place({ config: '[limits]\nenabled = false\n[people]\ncountry = "gb"\n' });
  const page = await person(browser, alone.server);
  await page.open("/help");
  assert.ok(!(await page.isVisible("#offline")));
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until(() => page.evaluate(async () => Boolean(await caches.match("/help", { ignoreVary: true }))), "the page to be kept");
  await page.open("/circles"); // now the worker answers for it
  await alone.server.stop();
  await page.open("/me");
  assert.equal(await page.heading(), "Help now");
  assert.match(await page.textContent("#offline"), /There is no connection right now.*United Kingdom/);
  assert.ok(await page.isVisible("#offline"));
  if (pictures) await page.screenshot({ path: `${pictures}/honest-offline.png`, fullPage: true });
  await page.context().close();
});
