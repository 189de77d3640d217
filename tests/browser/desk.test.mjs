// The desk in a real browser: one item after the other, by keyboard, on a phone; and what its members meet.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, shippedPolicy, until, words } from "../harness.mjs";
import * as people from "./people.mjs";

let here;
let browser;
before(async () => {
  here = await place({ config: '[limits]\nenabled = false\n[desk]\npause_minutes = 0\nunanswered_hours = 1\npublishes_figures = true\n[people]\ncountry = "gb"\n' });
  here.second = await here.server.join("Hazel");
  await here.server.give("facilitator", here.second, here.circle);
  browser = await people.launch();
});
after(async () => {
  await browser.close();
  await here.server.stop();
});

const signedIn = (nickname, options) => people.signedIn(browser, here.server, nickname, options);
const heading = (page) => page.textContent("h1");
const main = (page) => page.textContent("main");
const clean = async (page) => assert.deepEqual(await people.faults(page, page.url()), []);
const say = async (text) => (await here.server.reply(here.member, here.thread, text)).body.id;

describe("deciding", () => {
  test("by keyboard alone: take the next, see more of it step by step, give it back with ready words, and get it back changed", async () => {
    const post = await say("You are such a pathetic loser, shut up. The rain stopped at noon.");
    const desk = await signedIn("Rowan");
    await desk.open("/review");
    await clean(desk);
    await desk.keyboard.press("?");
    assert.match(await desk.textContent("#keys"), /Take the next one/);
    await clean(desk);
    await desk.keyboard.press("Escape");
    await desk.keyboard.press("n");
    await desk.waitForURL(/review\/[0-9a-f]{32}$/);
    assert.ok(!(await main(desk)).includes("The rain stopped"), "no words before they are asked for");
    assert.match(await main(desk), /insults/);
    assert.match(await main(desk), /lands hard on somebody who is hurting/);
    await clean(desk);
    await desk.keyboard.press("v");
    await desk.waitForSelector("mark");
    assert.ok(!(await main(desk)).includes("The rain stopped"), "the sentence alone");
    await clean(desk);
    await desk.keyboard.press("v");
    await desk.waitForSelector("#words");
    assert.ok((await main(desk)).includes("The rain stopped"));
    await clean(desk);
    await desk.keyboard.press("3");
    assert.ok(await desk.isChecked("input[value=return]"));
    await desk.selectOption("#ready_words", "names");
    await desk.fill("#passage", "pathetic loser");
    await desk.focus("h1").catch(() => {});
    await desk.click("h1");
    await desk.keyboard.press("d");
    await desk.waitForSelector("#errors");
    assert.match(await main(desk), /Please fill in the blank/);
    assert.equal(await desk.inputValue("#passage"), "pathetic loser");
    await desk.check("input[value=return]");
    await desk.fill("#blank", "the first sentence");
    await desk.click("button[data-key=d]");
    await desk.waitForURL("**/review");

    const author = await signedIn("Maple");
    await author.open(`/posts/${post}`);
    assert.equal(await heading(author), "A small change before we share this");
    assert.match(await main(author), /the first sentence/);
    assert.equal(await author.textContent("q >> nth=0"), "pathetic loser");
    await clean(author);
    await author.fill("#text", "The rain stopped at noon, and I was angry.");
    await author.click("text=Share this version");
    assert.match(await heading(author), /waiting for a second pair of eyes/);
    assert.match(await main(author), /A facilitator reads your new version first/);

    await desk.open("/review");
    assert.match(await main(desk), /a new version/);
    await desk.click("#queue h2 a");
    await desk.click("text=Show all of it");
    assert.ok((await desk.locator("del").allTextContents()).join("").includes("pathetic loser"));
    assert.match(await desk.textContent("ins"), /angry/);
    await clean(desk);
    await desk.check("input[value=publish]");
    await desk.click("button[data-key=d]");
    await desk.waitForURL("**/review");
    await author.open(`/posts/${post}`);
    assert.equal(await heading(author), "Your post is in the circle");
    await author.open("/me/record");
    assert.match(await main(author), /A facilitator read something that only you should see/);
    for (const page of [desk, author]) {
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    }
  });

  test("two at one item: who else looks is told, and a late decision says what changed", async () => {
    await say(`${words.harm} Twice.`);
    const [one, two] = [await signedIn("Rowan"), await signedIn("Hazel")];
    await one.open("/review");
    await one.click("#queue h2 a");
    await two.open(new URL(one.url()).pathname);
    assert.match(await main(two), /Rowan is looking at this too/);
    await two.check("input[value=publish]");
    await two.click("text=Ask a second person");
    await two.waitForURL("**/review");
    await one.check("input[value=publish]");
    await one.click("button[data-key=d]");
    await one.waitForSelector("#errors");
    assert.match(await main(one), /Hazel asked for a second pair of eyes/);
    await clean(one);
    await one.check("input[value=keep]");
    await one.click("button[data-key=d]");
    await one.waitForURL("**/review");
    for (const page of [one, two]) await page.context().close();
  });

  test("the list tells when it changed, its filter stays, and the keys can be turned off", async () => {
    const desk = await signedIn("Rowan");
    await desk.open("/review");
    // Again until it is told: only what comes after the page began to listen is.
    let said = 0;
    await until(async () => {
      await say(`${words.harm} Live ${(said += 1)}.`);
      return (await desk.locator("#desk-news a").count()) > 0;
    }, "news of the list");
    await desk.selectOption("select[name=lane]", "care");
    await desk.click("main form[method=get] button");
    await desk.open("/review");
    assert.equal(await desk.inputValue("select[name=lane]"), "care");
    await desk.selectOption("select[name=lane]", "");
    await desk.click("main form[method=get] button");
    assert.ok((await desk.locator("#queue li").count()) >= 1);
    await desk.keyboard.press("j");
    assert.equal(await desk.evaluate(() => document.activeElement.closest("#queue") !== null), true);
    await desk.keyboard.press("?");
    await desk.click("text=Turn the keys off");
    await desk.click("text=Close");
    const before = desk.url();
    await desk.keyboard.press("n");
    assert.equal(desk.url(), before);
    await desk.context().close();
  });

  test("on a phone, in the dark", async () => {
    await say(`${words.harm} Small.`);
    const desk = await signedIn("Hazel", { viewport: { width: 320, height: 640 }, colorScheme: "dark" });
    for (const path of ["/review", "/figures", "/transparency", `/circles/${here.circle}/safety`]) {
      await desk.open(path);
      await clean(desk);
    }
    await desk.open("/review");
    await desk.click("#queue h2 a");
    await desk.click("text=Show all of it");
    await clean(desk);
    await desk.context().close();
  });
});

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? "members, with JavaScript" : "members, without JavaScript", () => {
    const tag = javaScriptEnabled ? "script" : "plain";
    const check = async (page) => {
      if (javaScriptEnabled) await clean(page);
    };

    test("telling a facilitator about a post, and what came of it", async () => {
      const text = `A line that somebody found unkind, ${tag}.`;
      await say(text);
      const page = await signedIn("Wren", { javaScriptEnabled });
      await page.open(`/threads/${here.thread}`);
      await page.click(`article:has-text("${text}") >> text=Tell a facilitator`);
      await check(page);
      await page.check("input[value=unkind]");
      await page.fill("#words", "This one hurt.");
      await page.click("main button");
      await page.waitForURL("**/me/reports");
      assert.match(await main(page), /It waits for a facilitator/);
      await check(page);
      const desk = await signedIn("Rowan", { javaScriptEnabled });
      await desk.open("/review?lane=report");
      await desk.click("#queue h2 a");
      assert.match(await main(desk), /It is unkind to somebody/);
      assert.ok(!(await main(desk)).includes("Wren"), "who told is kept");
      await desk.check("input[value=remove]");
      await desk.fill("#reason", "This may hurt somebody here. Your words are saved.");
      await desk.click("button[data-key=d]");
      await desk.waitForURL("**/review");
      await page.open("/me/reports");
      assert.match(await main(page), /something was changed/);
      for (const one of [page, desk]) await one.context().close();
    });

    test("asking for another look: somebody else decides, and it is put right", async () => {
      const post = await say(`${words.harm} ${tag}, a line from a song.`);
      const lane = await here.server.ask("GET", "/api/v1/review/items?lane=harm", { token: here.facilitator.token });
      const item = lane.body.items.find((one) => one.post === post);
      await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.facilitator.token, body: { decision: "remove", revision: item.revision, reason: "Your words are saved.", strike: 1 } });
      const page = await signedIn("Maple", { javaScriptEnabled });
      await page.open(`/posts/${post}`);
      assert.equal(await heading(page), "A facilitator took this post out of the circle");
      assert.ok((await main(page)).includes("a line from a song"), "the words stay their author's");
      await check(page);
      await page.open("/me/standing");
      assert.match(await main(page), /It ends by itself on/);
      await check(page);
      await page.click("text=Ask for another look");
      await page.fill("#words", "It is from an old song that my aunt sang.");
      await page.click("main form button");
      assert.match(await main(page), /old song/);
      await check(page);
      const first = await signedIn("Rowan", { javaScriptEnabled });
      await first.open("/review?lane=appeal");
      assert.equal(await first.locator("#queue li").count(), 0, "who decided before doesn't see it");
      const second = await signedIn("Hazel", { javaScriptEnabled });
      await second.open("/review?lane=appeal");
      await second.click("#queue h2 a");
      assert.match(await main(second), /old song/);
      await check(second);
      await second.check("input[value=publish]");
      await second.fill("#reason", "You are right, and we are sorry.");
      await second.click("button[data-key=d]");
      await second.waitForURL("**/review");
      await page.open(`/posts/${post}/appeal`);
      assert.match(await main(page), /It was put right/);
      await page.open("/me/standing");
      assert.match(await main(page), /Nothing limits you here/);
      for (const one of [page, first, second]) await one.context().close();
    });

    test("a circle in a quarrel is paused in one press, and what is written waits", async () => {
      const reader = await signedIn("Wren", { javaScriptEnabled });
      await reader.open(`/threads/${here.thread}`);
      assert.ok(!(await reader.isVisible("#paused")));
      const desk = await signedIn("Rowan", { javaScriptEnabled });
      await desk.open(`/circles/${here.circle}/safety`);
      await desk.fill("#reason", "A quarrel. We let it rest.");
      await desk.click("text=Pause the circle now");
      assert.match(await main(desk), /It is paused/);
      await check(desk);
      if (javaScriptEnabled) await reader.waitForSelector("#paused:not([hidden])", { timeout: 5000 });
      else await reader.open(`/threads/${here.thread}`);
      assert.ok(await reader.isVisible("#paused"));
      await reader.fill("#text", `A calm line while it is paused, ${tag}.`);
      await reader.click("text=Share with the circle");
      assert.match(await main(reader), /The facilitators paused this circle/);
      await desk.click("text=Open it again");
      await reader.open(`/threads/${here.thread}`);
      assert.ok(!(await reader.isVisible("#paused")));
      for (const one of [reader, desk]) await one.context().close();
    });
  });
}

describe("the rules of the check", () => {
  test("one lead sees what a milder rule would change and asks for it, another agrees, and it is on record", async () => {
    await say(`${words.harm} Today.`);
    const other = await here.server.join("Sorrel");
    await here.server.give("lead", other);
    const lead = await signedIn("Juniper");
    await lead.open("/review");
    await lead.click("text=The rules");
    assert.equal(await heading(lead), "The rules of our check");
    await clean(lead);
    await lead.selectOption("#harassment select", "shadow");
    await lead.click("#harassment button");
    assert.match(await main(lead), /If harassment only watches/);
    assert.match(await main(lead), /waits for a person/);
    await clean(lead);
    assert.match(await main(lead), /a second lead has to agree first/);
    await lead.click("text=Ask for this change");
    assert.match(await main(lead), /Waits for a second lead/);
    assert.equal(await lead.locator("text=I agree").count(), 0, "nobody agrees with themselves");
    await clean(lead);
    const second = await signedIn("Sorrel");
    await second.open("/policy");
    await second.click("text=I agree");
    assert.match(await second.textContent("#harassment"), /only watches.*in the file it acts/s);
    assert.match(await main(second), /Asked by Juniper, and Sorrel agreed/);
    await second.click(`main li a:has-text('${shippedPolicy}.1')`);
    await second.waitForURL("**/policy/version?*");
    assert.equal(await heading(second), "The rules as they were");
    await clean(second);
    const facilitator = await signedIn("Rowan");
    await facilitator.open("/policy");
    assert.equal(await facilitator.locator("select").count(), 0, "facilitators look, leads change");
    // Stricter again, at once.
    await second.open("/policy");
    await second.selectOption("#harassment select", "live");
    await second.click("#harassment button");
    await second.click("text=Change the rule");
    assert.match(await second.textContent("#harassment"), /acts/);
    for (const one of [lead, second, facilitator]) await one.context().close();
  });
});
