// The plan, the tools and the cards, as people use them in a hard minute; with and without JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, until } from "../harness.mjs";
import { faultsInBothLooks, faultsOfLook, launch, person, signedIn, signIn } from "./people.mjs";

let here;
let browser;
before(async () => {
  here = await place({ config: '[limits]\nenabled = false\n[people]\ncountry = "gb"\n' });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await here.server.stop();
});

for (const javaScriptEnabled of [true, false]) {
  const tag = javaScriptEnabled ? "script" : "plain";
  describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test("a safety plan is written on a calm day, and is one press from Help now", async () => {
      const who = javaScriptEnabled ? "Maple" : "Wren";
      const page = await person(browser, here.server, { javaScriptEnabled });
      await page.open("/help");
      assert.ok(!(await page.isVisible("text=My safety plan")));
      await signIn(page, who);
      await page.open("/help");
      assert.ok(!(await page.isVisible("text=My safety plan")), "only who has one is offered it");
      await page.open("/me");
      await page.click("text=My safety plan");
      await page.fill("#signs", `I stop answering, ${tag}.`);
      await page.fill("#ask", "Rowan next door, 020 7946 0000\nMy sister");
      await page.fill("#reasons", "The sea in spring.");
      await page.click("text=Keep my plan");
      assert.ok((await page.main()).includes("Saved. Only you can read it."));
      await page.click("header >> text=Help now");
      await page.click("main >> text=My safety plan");
      assert.equal(await page.heading(), "My safety plan");
      const text = await page.main();
      assert.ok(text.includes(`I stop answering, ${tag}.`) && text.includes("My sister") && text.includes("Stanley"));
      assert.equal(await page.getAttribute("ol a >> nth=0", "href"), "tel:02079460000");
      assert.ok(!text.includes("What I can do by myself"), "a step that was left empty takes no room");
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.isVisible("ol.steps") && !(await page.isVisible("header.top")));
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("an empty plan is asked about, and nothing is lost", async () => {
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, "Stone");
      await page.open("/me/plan/edit");
      await page.click("text=Keep my plan");
      assert.ok((await page.textContent("#errors")).includes("Please write something here."));
      await page.context().close();
    });

    test("the tools need no account; a circle to breathe with moves only for who asks for it", async () => {
      for (const reducedMotion of ["no-preference", "reduce"]) {
        const page = await person(browser, here.server, { javaScriptEnabled, reducedMotion });
        await page.open("/");
        await page.click("text=Tools");
        await page.click("text=Five, four, three, two, one");
        assert.equal(await page.locator("ol li").count(), 5);
        await page.click("main >> text=Breathing");
        assert.ok(!(await page.isVisible(".pacer")));
        await page.click("text=Breathe with a circle");
        assert.ok(await page.isVisible(".pacer span"));
        if (javaScriptEnabled) {
          const name = await page.evaluate(() => getComputedStyle(document.querySelector(".pacer span")).animationName);
          assert.equal(name, reducedMotion === "reduce" ? "none" : "breathe");
          assert.equal(await page.isVisible(".still"), reducedMotion === "reduce");
        }
        await page.context().close();
      }
    });

    test("own words on a card, for a hard minute", async () => {
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, javaScriptEnabled ? "Juniper" : "Rowan");
      await page.open("/tools");
      await page.click("text=My cue cards");
      await page.fill("#title", "When I wake at night");
      await page.fill("#text", "It has passed before.\nFeet on the floor.");
      await page.click("text=Keep this card");
      assert.equal(await page.heading(), "When I wake at night");
      await page.click("text=Change it");
      await page.fill("#text", "It has passed every time.");
      await page.click("text=Keep it");
      await page.click("text=My cue cards");
      assert.ok((await page.textContent("article")).includes("It has passed every time."));
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  });
}

test("plan, tools and cards are clean for axe and fit 320 pixels, in light, in the dark and in quiet colours", async () => {
  const { server, facilitator } = here;
  await server.ask("PUT", "/api/v1/plan", { token: facilitator.token, body: { ask: "Rowan, 020 7946 0000", services: "999", signs: "x" } });
  const card = await server.ask("POST", "/api/v1/cards", { token: facilitator.token, key: "axe", body: { title: "At night", text: "Feet on the floor." } });
  const page = await signedIn(browser, server, "Rowan");
  const paths = ["/tools", "/tools/breathing", "/tools/grounding", "/tools/senses", "/tools/imagery", "/tools/writing", "/help", "/me/plan", "/me/plan/edit", "/me/cards", `/me/cards/${card.body.id}?saved=1`];
  const found = await faultsInBothLooks(page, paths);
  await page.open("/me");
  await page.selectOption("#theme", "quiet");
  await page.click("text=Use these");
  for (const path of paths) {
    await page.open(path);
    found.push(...(await faultsOfLook(page, `${path} quiet`)));
    if (path === "/tools/breathing") assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".pacer span")).animationName), "none");
  }
  assert.deepEqual(found, []);
  await page.context().close();
});

test("with the server gone, the tools still open, and nothing of whoever was signed in is kept", async () => {
  const page = await person(browser, here.server);
  await signIn(page, "Maple");
  await page.open("/tools");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await until(() => page.evaluate(async () => (await caches.match("/tools/grounding", { ignoreVary: true })) !== undefined), "the kept pages");
  await here.server.kill();
  for (const [path, title] of [["/tools", "Tools for a hard minute"], ["/tools/breathing", "Breathing"], ["/tools/grounding", "Five, four, three, two, one"], ["/tools/senses", "One sense at a time"], ["/tools/imagery", "A place in your mind"], ["/tools/writing", "A few lines"]]) {
    await page.open(path);
    assert.equal(await page.heading(), title);
  }
  const kept = await page.evaluate(async () => {
    const texts = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
    }
    return texts.join("\n");
  });
  assert.ok(kept.includes("Help now") && !kept.includes("Maple") && !kept.includes("My safety plan"));
  await page.context().close();
});
