// What people do, in a real browser: with and without JavaScript, by keyboard, on a small screen, in the dark.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { passphrase, place, until, words } from "../harness.mjs";
import * as people from "./people.mjs";

let here;
let browser;
before(async () => {
  here = await place({ config: '[limits]\nenabled = false\n[people]\ncountry = "gb"\n' });
  browser = await people.launch();
});
after(async () => {
  await browser.close();
  await here.server.stop();
});

const person = (options) => people.person(browser, here.server, options);
const signedIn = (nickname, options) => people.signedIn(browser, here.server, nickname, options);
const heading = (page) => page.textContent("h1");

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    const options = { javaScriptEnabled };
    const tag = javaScriptEnabled ? "script" : "plain";

    test("a visitor reads what it is, joins with a nickname, agrees, enters a circle, writes, changes and takes down", async () => {
      const page = await person(options);
      await page.open("/");
      await page.click("text=Join with a nickname");
      await page.fill("#nickname", `Alder ${tag}`);
      await page.fill("#passphrase", "short");
      await page.fill("#passphrase", passphrase);
      await page.click("main button");
      await page.click("text=I have kept it");
      await page.waitForURL("**/circles");
      await page.click("text=Open door");
      await page.click("text=I agree, and join");
      await page.click("text=Start a thread");
      await page.fill("#title", `A first thread, ${tag}`);
      await page.fill("#text", "I sat by the river and named five things I could hear.");
      await page.click("text=Share with the circle");
      assert.equal(await heading(page), "Your post is in the circle");
      await page.click("text=See it in the thread");
      await page.fill("#text", `A reply of my own, ${tag}.`);
      await page.click("text=Share with the circle");
      await page.waitForSelector(`article:has-text("A reply of my own, ${tag}.")`);
      await page.click("text=change >> nth=-1");
      await page.fill("#text", `A better reply, ${tag}.`);
      await page.click("text=Share this version");
      await page.click("text=See it in the thread");
      await page.waitForSelector(`article:has-text("A better reply, ${tag}.")`);
      await page.click("text=take down >> nth=-1");
      await page.click("main button:has-text('Take it down')");
      assert.equal(await heading(page), "This post is taken down");
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("a reply that may land hard is asked about once, and goes out as its author decides", async () => {
      const page = await signedIn("Wren", options);
      await page.open(`/threads/${here.thread}`);
      const hard = `At least you still have your job, ${tag}.`;
      await page.fill("#text", hard);
      await page.click("text=Share with the circle");
      assert.ok((await page.textContent("#nudge")).includes("A thought before you send this"));
      assert.equal(await page.inputValue("#text"), hard);
      if (javaScriptEnabled) { // axe waits for timers, which a page without scripts doesn't have
        assert.deepEqual(await people.faults(page, page.url()), []);
      }
      await page.click("text=Send it as it is");
      await page.waitForSelector(`article:has-text("${hard}")`);
      await page.fill("#text", hard);
      await page.click("text=Share with the circle");
      await page.fill("#text", `I am sorry it is so heavy, ${tag}.`);
      await page.click("text=Share the changed words");
      await page.waitForSelector(`article:has-text("I am sorry it is so heavy, ${tag}.")`);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("a harmful text waits, with its words kept; a facilitator lets it through", async () => {
      const page = await signedIn("Maple", options);
      await page.open(`/threads/${here.thread}`);
      await page.fill("#text", `${words.harm} ${tag}`);
      await page.click("text=Share with the circle");
      assert.match(await heading(page), /safe, and waiting/);
      assert.ok((await page.textContent("main")).includes(words.harm));
      const address = page.url();
      const desk = await signedIn("Rowan", options);
      await desk.click("text=What waits for you");
      await desk.click("#queue >> text=A text that may hurt");
      assert.ok(!(await desk.isVisible(`text=${words.harm}`)), "the text shows only when asked for");
      await desk.click("text=Show all of it");
      assert.ok((await desk.textContent("main")).includes(words.harm));
      await desk.check("input[value=publish]");
      await desk.click("button[data-key=d]");
      await desk.waitForURL("**/review");
      await page.goto(address);
      assert.equal(await heading(page), "Your post is in the circle");
      await page.context().close();
      await desk.context().close();
    });

    test("a text with contact details comes back with a reason, is changed, and goes on", async () => {
      const page = await signedIn("Wren", options);
      await page.open(`/threads/${here.thread}`);
      await page.fill("#text", words.contact);
      await page.click("text=Share with the circle");
      assert.equal(await heading(page), "A small change before we share this");
      assert.equal(await page.inputValue("#text"), words.contact);
      await page.fill("#text", `We can talk right here. ${tag}`);
      await page.click("text=Share this version");
      assert.equal(await heading(page), "Your post is in the circle");
      await page.context().close();
    });

    test("a cry for help brings care at once, never a reproach", async () => {
      const page = await signedIn("Maple", options);
      await page.open(`/threads/${here.thread}`);
      await page.fill("#text", words.crisis);
      await page.click("text=Share with the circle");
      assert.equal(await heading(page), "We are glad you wrote this");
      const text = await page.textContent("main");
      assert.ok(text.includes("Call 116 123") && text.includes("you are not in trouble"));
      assert.ok(!/rejected|violation|flagged|inappropriate/i.test(text));
      const lines = await page.locator("li.line").count();
      assert.ok(lines >= 2 && lines <= 3);
      await page.click("text=I am safe for now");
      assert.ok((await page.textContent("main")).includes("Thank you for telling us"));
      await page.context().close();
    });

    test("asking to join a small circle: a facilitator reads it and says welcome", async () => {
      const small = await here.server.circle(here.lead, { name: `Small circle ${tag}`, entry: "apply", readable_by: "members" });
      const page = await signedIn("Stone", options);
      await page.open(`/circles/${small}`);
      await page.fill("#application", "I would like to listen for a while.");
      await page.click("text=I agree, and ask to join");
      assert.ok((await page.textContent("main")).includes("You asked to join."));
      const desk = await signedIn("Juniper", options);
      await desk.open(`/circles/${small}/applications`);
      await desk.click("text=Welcome them");
      await page.open(`/circles/${small}`);
      await page.waitForSelector("text=Start a thread");
      await page.context().close();
      await desk.context().close();
    });

    test("Help now and Leave this page are the first two controls on every page", async () => {
      const page = await signedIn("Maple", options);
      for (const path of ["/", "/circles", `/circles/${here.circle}`, `/threads/${here.thread}`, "/me", "/help", "/quiet", "/about", "/nothing/here"]) {
        await page.open(path);
        const controls = await page.locator("header a.button").allTextContents();
        assert.deepEqual(controls, ["Help now", "Leave this page"], path);
      }
      const answer = await page.context().request.get(`${here.server.url}/leave`, { maxRedirects: 0 });
      assert.equal(answer.status(), 303);
      await page.context().close();
    });
  });
}

describe("comfort", () => {
  test("what others post arrives live, and nothing moves until one asks", async () => {
    const page = await signedIn("Wren");
    const heard = [];
    page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard.push(String(payload))));
    await page.open(`/threads/${here.thread}`);
    await until(() => heard.some((one) => one.includes(`thread:${here.thread}`)), "the thread to be followed");
    const before = await page.locator("#posts article").count();
    await here.server.reply(here.facilitator, here.thread, "A word that arrives live.");
    await page.waitForSelector("#news button");
    assert.equal(await page.locator("#posts article").count(), before);
    await page.click("#news button");
    await page.waitForSelector('#posts article:has-text("A word that arrives live.")');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "ARTICLE");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  test("a draft survives a wrong turn, and goes when it was sent", async () => {
    const page = await signedIn("Wren");
    await page.open(`/threads/${here.thread}`);
    await page.type("#text", "Half a thought");
    await page.open("/circles");
    await page.open(`/threads/${here.thread}`);
    assert.equal(await page.inputValue("#text"), "Half a thought");
    await page.click("text=Share with the circle");
    await page.open(`/threads/${here.thread}`);
    assert.equal(await page.inputValue("#text"), "");
    await page.context().close();
  });

  test("a draft goes with who wrote it: when they sign out, and when they leave this page", async () => {
    const page = await signedIn("Wren");
    const drafts = () => page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.startsWith("draft ")).length);
    await page.open(`/threads/${here.thread}`);
    await page.type("#text", "Half a thought");
    assert.equal(await drafts(), 1);
    await page.evaluate((to) => (document.getElementById("leave").dataset.to = to), `${here.server.url}/quiet`);
    await page.click("#leave");
    await page.waitForURL("**/quiet");
    assert.equal(await drafts(), 0);
    await page.open(`/threads/${here.thread}`);
    await page.type("#text", "Half a thought");
    await page.open("/me");
    await page.click("form[data-forgets=asked] button");
    await page.waitForURL((url) => !url.pathname.startsWith("/me"));
    assert.equal(await drafts(), 0);
    await page.context().close();
  });

  test("Leave this page: at once, by click or Shift three times, and Back does not show the page", async () => {
    for (const way of ["click", "keys"]) {
      const page = await signedIn("Wren");
      await page.open(`/threads/${here.thread}`);
      await page.evaluate((to) => (document.getElementById("leave").dataset.to = to), `${here.server.url}/quiet`);
      if (way === "click") await page.click("#leave");
      else for (let press = 0; press < 3; ++press) await page.keyboard.press("Shift");
      await page.waitForURL("**/quiet");
      await page.goBack();
      assert.ok(!page.url().includes("/threads/"));
      await page.context().close();
    }
  });

  test("the keyboard alone is enough, and focus is always seen", async () => {
    const page = await signedIn("Maple");
    await page.open(`/threads/${here.thread}`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the page");
    const seen = [];
    for (let press = 0; press < 60; ++press) {
      await page.keyboard.press("Tab");
      const focus = await page.evaluate(() => {
        const element = document.activeElement;
        const box = element.getBoundingClientRect();
        const shown = getComputedStyle(element).outlineStyle !== "none" || element.matches("textarea, input, select");
        return { tag: element.tagName, text: element.textContent.trim().slice(0, 30), shown, height: box.height };
      });
      if (focus.tag === "BODY") break;
      assert.ok(focus.shown, `${focus.tag} ${focus.text} shows no focus`);
      seen.push(focus);
    }
    assert.ok(seen.some((one) => one.tag === "TEXTAREA"));
    await page.focus("#text");
    await page.keyboard.type("Written without a mouse.");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector('article:has-text("Written without a mouse.")');
    await page.context().close();
  });

  test("every page is clean for axe and fits 320 pixels, in light and in the dark", async () => {
    const returned = await here.server.reply(here.member, here.thread, words.contact);
    const crisis = await here.server.reply(here.member, here.thread, words.crisis);
    const held = await here.server.reply(here.other, here.thread, words.harm);
    const lane = await here.server.ask("GET", "/api/v1/review/items", { token: here.facilitator.token });
    const item = lane.body.items.find((one) => one.post === held.body.id);
    const open = ["/", "/join", "/sign-in", "/circles", `/circles/${here.circle}`, `/threads/${here.thread}`, "/help", "/quiet", "/about", "/nothing"];
    const own = [`/circles/${here.circle}/new`, `/threads/${here.thread}`, `/posts/${returned.body.id}`, `/posts/${crisis.body.id}`, `/posts/${here.opening}`, `/posts/${here.opening}/edit`, `/posts/${here.opening}/delete`, "/me", "/me/record", `/search?circle=${here.circle}&q=die`];
    const desk = ["/review", `/review/${item.id}`, `/circles/${here.circle}/applications`, `/circles/${here.circle}/policy`];
    const leading = ["/audit"];
    const everybody = [[await person(), open], [await signedIn("Maple"), own], [await signedIn("Rowan"), desk], [await signedIn("Juniper"), leading]];
    for (const [page, paths] of everybody) {
      assert.deepEqual(await people.faultsInBothLooks(page, paths), []);
      await page.context().close();
    }
  });
});

test("with the server gone, Help now still opens", async () => {
  const page = await person();
  await page.open("/help");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await until(() => page.evaluate(async () => (await caches.match("/help", { ignoreVary: true })) !== undefined), "the kept page");
  await here.server.kill();
  await page.open("/circles").catch(() => {});
  assert.equal(await heading(page), "Help now");
  await page.open("/help");
  assert.ok((await page.textContent("main")).includes("Call 116 123"));
  const kept = await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat());
  assert.ok(kept.every((path) => ["/help", "/quiet", "/tools", "/tools/breathing", "/tools/grounding", "/tools/senses", "/tools/imagery", "/tools/writing", "/tools/plan"].includes(path) || path.startsWith("/assets/")), String(kept));
  await page.context().close();
});
