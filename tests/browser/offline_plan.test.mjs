// A copy of the safety plan on the device: only for who asks, locked by their words, there without a connection, and
// gone in one press.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, test } from "node:test";
import { place, Server } from "../harness.mjs";
import { faultsInBothLooks, launch, person, signedIn, signIn } from "./people.mjs";

const lock = "nine paper boats";
let here;
let browser;
before(async () => {
  here = await place({ config: '[limits]\nenabled = false\n[people]\ncountry = "gb"\n' });
  here.server.own = false;
  browser = await launch();
  await here.server.ask("PUT", "/api/v1/plan", { token: here.member.token, body: { signs: "I answer nobody.", ask: "Rowan, 020 7946 0000", reasons: "The sea, marmalade." } });
});
after(async () => {
  await browser.close();
  await here.server.stop();
  rmSync(here.server.folder, { recursive: true });
});

/** What lies on the device, as somebody who looks through it finds it. */
const on_device = (page) => page.evaluate(async () => {
  const database = await new Promise((go) => {
    const asked = indexedDB.open("holdfast", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("plan");
    asked.onsuccess = () => go(asked.result);
  });
  const all = await new Promise((go) => {
    const asked = database.transaction("plan").objectStore("plan").getAll();
    asked.onsuccess = () => go(asked.result);
  });
  database.close();
  const text = (bytes) => String.fromCharCode(...new Uint8Array(bytes));
  return { copies: all.length, rounds: all[0]?.rounds, bytes: all[0]?.sealed.byteLength, text: all.map((one) => text(one.sealed) + text(one.salt) + text(one.iv)).join("") + JSON.stringify({ ...localStorage, ...sessionStorage }) };
});
async function keep(page, { words = lock, again = words, until_sign_out = true } = {}) {
  await page.open("/me/plan");
  await page.fill("#offline-words", words);
  await page.fill("#offline-again", again);
  await page.setChecked("[name=until_sign_out]", until_sign_out);
  await page.click("text=Keep a copy on this device");
}
const said = (page, words, where = "#offline-said") => page.waitForFunction(([where, words]) => document.querySelector(where).textContent.includes(words), [where, words]);
async function open(page, words) {
  await page.fill("#words", words);
  await page.click("text=Open my plan");
}

test("it is kept only when asked for, opens without a connection with the right words, and tells nothing with others", async () => {
  const page = await person(browser, here.server);
  await signIn(page, "Maple");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.open("/me/plan");
  assert.equal((await on_device(page)).copies, 0);
  await keep(page, { again: "nine paper boots" });
  await said(page, "not the same");
  assert.equal((await on_device(page)).copies, 0);
  await keep(page);
  await said(page, "The copy is on this device");
  const found = await on_device(page);
  assert.deepEqual([found.copies, found.rounds, found.bytes], [1, 600_000, 4096 + 16]);
  for (const word of ["marmalade", "Rowan", "7946", lock, "answer nobody"]) assert.ok(!found.text.includes(word), word);

  const { folder, port } = here.server;
  await here.server.kill();
  await page.goto(`http://127.0.0.1:${port}/tools/plan`);
  await open(page, "not the right words");
  await said(page, "Nothing opened. The words may be others, or there is no copy here.", "#open-said");
  assert.equal(await page.locator("#opened-plan li").count(), 0);
  await open(page, lock);
  await said(page, "Here is your plan.", "#open-said");
  const plan = await page.textContent("#opened-plan");
  for (const word of ["How I notice that it is getting hard", "I answer nobody.", "Rowan, 020 7946 0000", "The sea, marmalade."]) assert.ok(plan.includes(word), word);
  assert.equal(await page.getAttribute("#opened-plan a", "href"), "tel:02079460000");
  assert.equal(await page.inputValue("#words"), "");
  await page.reload();
  assert.equal(await page.locator("#opened-plan li").count(), 0, "it is locked again");

  here.server = await Server.start({ folder, port, config: '[limits]\nenabled = false\n[people]\ncountry = "gb"\n' });
  here.server.own = false;
  await page.open("/me");
  await page.click("button:text-is('Sign out')");
  await page.waitForURL((url) => url.pathname === "/");
  assert.equal((await on_device(page)).copies, 0, "it goes when its owner signs out here");
  await page.open("/tools/plan");
  await open(page, lock);
  await said(page, "Nothing opened. The words may be others, or there is no copy here.", "#open-said");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("it stays after signing out for who chose so, and goes in one press", async () => {
  const page = await person(browser, here.server);
  await signIn(page, "Maple");
  await keep(page, { until_sign_out: false });
  await said(page, "The copy is on this device");
  await page.open("/me");
  await page.click("button:text-is('Sign out')");
  await page.waitForURL((url) => url.pathname === "/");
  assert.equal((await on_device(page)).copies, 1);
  await page.open("/tools/plan");
  await page.click("text=Take the copy off this device");
  await said(page, "There is no copy on this device now.", "#open-said");
  assert.equal((await on_device(page)).copies, 0);
  await page.context().close();
});

test("its pages are clean for axe and fit 320 pixels, in light and in the dark; without a script nothing is offered", async () => {
  const page = await signedIn(browser, here.server, "Maple");
  await keep(page);
  await said(page, "The copy is on this device");
  const found = await faultsInBothLooks(page, ["/me/plan", "/tools/plan"], async (_, path) => {
    if (path === "/me/plan") return page.waitForSelector("#offline-off:visible");
    await open(page, lock);
    await said(page, "Here is your plan.", "#open-said");
  });
  assert.deepEqual(found, []);
  await page.context().close();
  const plain = await person(browser, here.server, { javaScriptEnabled: false });
  await signIn(plain, "Maple");
  await plain.open("/me/plan");
  assert.equal(await plain.locator("#offline-plan").isVisible(), false);
  await plain.open("/tools/plan");
  assert.equal(await plain.locator("#open-plan").isVisible(), false);
  assert.ok((await plain.main()).includes("This page needs a script"));
  await plain.context().close();
});
