// People in a real browser, for journeys: pages that note what a strict policy complained about, and axe.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { passphrase } from "../harness.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const launch = () => chromium.launch({ executablePath: "/usr/bin/chromium-headless-shell", args: flags });

export async function person(browser, server, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => {
    if (/Content Security Policy|TrustedHTML|Refused/.test(message.text())) page.complaints.push(message.text());
  });
  page.on("pageerror", (failed) => page.complaints.push(String(failed)));
  page.open = (path) => page.goto(server.url + path);
  page.heading = () => page.textContent("h1");
  page.main = () => page.textContent("main");
  return page;
}

export async function signIn(page, nickname, words = passphrase) {
  await page.open("/sign-in");
  await page.fill("#nickname", nickname);
  await page.fill("#passphrase", words);
  await page.click("main button");
  await page.waitForURL("**/circles");
}

export async function signedIn(browser, server, nickname, options) {
  const page = await person(browser, server, options);
  await signIn(page, nickname);
  return page;
}

const everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const up_to_the_look = ["color-contrast", "link-in-text-block", "target-size"]; // what colours and width can change

/** What is wrong with the page as it is: axe's A and AA rules, sideways scrolling, things too small to press. */
export async function faults(page, name, runOnly = everything) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const result = await page.evaluate((runOnly) => axe.run({ runOnly, resultTypes: ["violations"] }), runOnly);
  const found = result.violations.map((one) => `${name}: ${one.id} at ${one.nodes.map((node) => node.target).join(" ")}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  if (wide) found.push(`${name}: scrolls sideways`);
  const small = await page.evaluate(() => [...document.querySelectorAll(".button, .places a, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), .choice, select, textarea, summary")].filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 43.5).map((one) => one.textContent));
  if (small.length) found.push(`${name}: too small to press: ${small}`);
  assert.deepEqual(page.complaints, []);
  return found;
}

/** Whether axe alone finds fault with the page's colours, as after a change of the theme. */
export const faultsOfLook = (page, name) => faults(page, name, up_to_the_look);

/** Opens each of the pages, with all that unfolds unfolded: whole in light, then in the dark on a small screen, where
    only what depends on the look is asked again. PICTURES names a folder for screenshots. */
export async function faultsInBothLooks(page, paths, prepare = async () => {}) {
  const found = [];
  for (const path of paths) {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" }); // no colour is on its way from the other look
    await page.open(path);
    await prepare(page, path);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    const picture = async (look) => {
      const file = `${look}${path.replace(/[0-9a-f]{32}/, "ID").replace(/\W+/g, "_")}.png`;
      if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${file}`, fullPage: true });
    };
    found.push(...(await faults(page, `${path} light`)));
    await picture("light");
    await page.setViewportSize({ width: 320, height: 640 });
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    found.push(...(await faultsOfLook(page, `${path} dark`)));
    await picture("dark");
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  return found;
}
