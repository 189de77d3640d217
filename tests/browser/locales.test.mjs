// Holdfast in German and in Arabic: the main journey without JavaScript, with no English word of ours left; from right
// to left on a small screen; with letters twice as large.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { english_of, tidy } from "../english.mjs";
import { passphrase, place, until, words } from "../harness.mjs";
import { faults, launch, person, signedIn } from "./people.mjs";

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

const shown = (page) => page.evaluate(() => {
  const made = [];
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (!texts.currentNode.parentElement.closest("script, style, [lang]:not(html), .words, bdi")) made.push(texts.currentNode.textContent);
  for (const one of document.querySelectorAll("[aria-label], [title], [placeholder]")) made.push(one.getAttribute("aria-label") ?? one.title ?? one.placeholder);
  return made;
});

const languages = [["de", "ltr", "Hilfe jetzt"], ["ar", "rtl", "مساعدة الآن"]];
for (const [code, direction, help] of languages) {
  test(`the main journey in ${code}, chosen by a press and without JavaScript, has no English word of ours`, async () => {
    const english = english_of(code);
    const page = await person(browser, here.server, { javaScriptEnabled: false });
    const left = [];
    const look = async () => {
      assert.equal(await page.getAttribute("html", "lang"), code, page.url());
      assert.equal(await page.getAttribute("html", "dir"), direction);
      for (const text of (await shown(page)).map(tidy)) if (english.has(text)) left.push(`${new URL(page.url()).pathname}: ${text}`);
    };
    const visit = async (path) => {
      await page.open(path);
      await look();
    };
    const press = async (selector) => {
      await page.click(selector);
      await look();
    };
    await page.open("/about");
    assert.equal(await page.getAttribute("html", "lang"), "en");
    assert.ok((await shown(page)).filter((text) => english.has(tidy(text))).length > 10, "English words are found where there are some");
    await press(`footer button[value=${code}]`);
    assert.equal(new URL(page.url()).pathname, "/about", "a press leaves one where one was");
    assert.equal(await page.textContent(".button.help"), help);
    for (const path of ["/", "/help", "/quiet", "/tools", "/tools/grounding", "/sign-in", "/nothing", "/join"]) await visit(path);
    await page.fill("#nickname", `Linde ${code}`);
    await page.fill("#passphrase", passphrase);
    await press("main form button");
    await visit(`/circles/${here.circle}`);
    await press(`form[action$="/join"] button`);
    for (const path of ["/me", "/me/plan/edit", "/me/moods", "/me/stories/new", `/threads/${here.thread}`]) await visit(path);
    for (const text of [words.calm, words.harm, words.crisis]) { // in the circle; given back; care
      await visit(`/circles/${here.circle}/new`);
      await page.fill("#title", "Eins");
      await page.fill("#text", text);
      await press("main form button.button");
    }
    await visit(`${new URL(page.url()).pathname}/edit`);
    await visit("/circles");
    assert.deepEqual([...new Set(left)], []);
    await page.context().close();
  });
}

describe("from right to left, and large", () => {
  const in_language = async (code, options) => {
    const page = await signedIn(browser, here.server, "Maple", options);
    await page.context().addCookies([{ name: "language", value: code, url: here.server.url }]);
    return page;
  };
    test("Arabic at 320 pixels is clean, and what a member wrote keeps its own direction", async () => {
    const page = await in_language("ar", { viewport: { width: 320, height: 640 }, colorScheme: "dark" });
    const found = [];
    for (const path of ["/", "/help", `/circles/${here.circle}`, `/threads/${here.thread}`, "/me", "/me/moods", "/me/plan/edit"]) {
      await page.open(path);
      found.push(...(await faults(page, path)));
    }
    assert.deepEqual(found, []);
    await page.open(`/threads/${here.thread}`);
    assert.equal(await page.$eval(".words", (one) => one.dir), "auto");
    assert.equal(await page.$eval("article .words p", (one) => getComputedStyle(one).direction), "ltr");
    await page.context().close();
  });

  test("with letters twice as large nothing is cut, and nothing scrolls sideways", async () => {
    const found = [];
    for (const code of ["de", "ar"]) {
      const page = await in_language(code, { viewport: { width: 640, height: 800 } });
      for (const path of ["/", "/help", `/circles/${here.circle}`, `/threads/${here.thread}`, "/me", "/me/moods"]) {
        await page.open(path);
        const cut = await page.evaluate(() => {
          document.documentElement.style.fontSize = "225%"; // it is 112.5 %
          const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["the page"] : [];
          const inside = [...document.querySelectorAll("a, button, label, p, li, h1, h2, summary, td")].filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0);
          return [...wide, ...inside.map((one) => one.textContent.slice(0, 40))];
        });
        if (cut.length) found.push(`${code} ${path}: ${cut}`);
      }
      await page.context().close();
    }
    assert.deepEqual(found, []);
  });

  test("scripts speak the language of the page, and what is kept for offline does too", async () => {
    const page = await in_language("de");
    await page.open(`/threads/${here.thread}`);
    const kept = () => page.evaluate(async () => (await (await caches.match("/help", { ignoreVary: true }))?.text())?.includes('<html lang="de"'));
    await until(kept, "Help now in German");
    await here.server.reply(here.other, here.thread, "I sat by the window too.");
    await page.waitForSelector("#news button");
    assert.equal(await page.textContent("#news button"), "1 neuer Beitrag, zeigen");
    await page.context().close();
  });
});
