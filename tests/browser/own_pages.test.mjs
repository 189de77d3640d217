// Every page of one's own space, of tools and of what is shared, with something of each kind on it: from right to left on
// a small screen, and with letters twice as large nothing is cut and nothing scrolls sideways; no line is remembered by
// the browser.
// PICTURES names a folder for a picture of each page in each look, and tries axe on the quiet ones; LOOKS says which of
// them, with commas between.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { everything, own_pages } from "../everything.mjs";
import { place } from "../harness.mjs";
import { faultsOfLook, launch, signedIn } from "./people.mjs";

const small = { width: 320, height: 640 };
const looks = {
  "from right to left on a small screen": { name: "ar", code: "ar", viewport: small },
  "with letters twice as large": { name: "large", code: "de", viewport: { width: 640, height: 800 }, letters: "225%" }, // it is 112.5 %
  ...(process.env.PICTURES && {
    "in the dark on a small screen": { name: "dark", viewport: small, colorScheme: "dark" },
    "in light": { name: "light", viewport: { width: 1100, height: 800 } },
    "in German": { name: "de", code: "de", viewport: { width: 800, height: 800 } },
    "in the quiet look": { name: "quiet", theme: "quiet", viewport: { width: 800, height: 800 } },
    "in the quiet evening look": { name: "quiet-evening", theme: "quiet-evening", viewport: small },
  }),
};
const wanted = process.env.LOOKS?.split(",");

let here;
let browser;
let pages;
before(async () => {
  here = await place({ config: '[limits]\nenabled = false\n[people]\ncountry = "gb"\n' });
  browser = await launch();
  pages = own_pages(here, await everything(here));
});
after(async () => {
  await browser.close();
  await here.server.stop();
});

const cut = (letters) => {
  if (letters) document.documentElement.style.fontSize = letters;
  document.querySelectorAll("details").forEach((one) => (one.open = true));
  const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["the page"] : [];
  const inside = [...document.querySelectorAll("a, button, label, p, li, h1, h2, h3, summary, td, th")].filter((one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1);
  // Who shares this device is offered nothing that somebody typed here.
  const remembered = [...document.querySelectorAll("main input:not([type]), main input[type=text], main input[type=search]")].filter((one) => one.autocomplete !== "off").map((one) => `the browser remembers ${one.name}`);
  return [...wide, ...remembered, ...inside.map((one) => `${one.tagName}: ${one.textContent.slice(0, 40)}`)];
};

for (const [title, look] of Object.entries(looks)) {
  if (wanted && !wanted.includes(look.name)) continue;
  test(`${title} no page of one's own is cut or scrolls sideways`, async () => {
    const found = [];
    const opened = new Set();
    for (const nickname of ["Maple", "Wren"]) {
      const page = await signedIn(browser, here.server, nickname, { viewport: look.viewport, colorScheme: look.colorScheme ?? "light", reducedMotion: "reduce" });
      if (look.code) await page.context().addCookies([{ name: "language", value: look.code, url: here.server.url }]);
      if (look.theme) await page.context().addCookies([{ name: "look", value: look.theme, url: here.server.url }]);
      for (const [number, { pattern, path }] of pages.entries()) {
        if (nickname === "Wren" && opened.has(pattern)) continue; // what only the other one has
        const answer = await page.open(path);
        if (!answer || answer.status() !== 200) continue;
        opened.add(pattern);
        found.push(...(await page.evaluate(cut, look.letters)).map((one) => `${path}: ${one}`));
        if (look.theme && !pattern.endsWith("/shown")) found.push(...(await faultsOfLook(page, `${path} ${look.theme}`)));
        const file = `${look.name}-${String(number).padStart(3, "0")}${pattern.replace(/\W+/g, "_")}.png`;
        if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${file}`, fullPage: true });
      }
      await page.context().close();
    }
    assert.deepEqual(found, []);
    assert.deepEqual([...new Set(pages.map((one) => one.pattern))].filter((one) => !opened.has(one)), [], "each was opened");
  });
}
