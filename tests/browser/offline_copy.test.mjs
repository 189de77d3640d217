// A copy of the safety plan and the cue cards on the device: only for who asks, locked by their words, there without a
// connection, and gone in one press.
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
  for (const [title, text] of [["At night", "Cold water.\nThe blue cup, 4-7-8."], ["On the bus", "Count the red coats."]]) await here.server.ask("POST", "/api/v1/cards", { token: here.member.token, key: title.replaceAll(" ", "-"), body: { title, text } });
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
async function keep(page, { words = lock, again = words, until_sign_out = true, plan = true, cards = true } = {}) {
  await page.open("/me/offline");
  await page.setChecked("[name=plan]", plan);
  await page.setChecked("[name=cards]", cards);
  await page.fill("#offline-words", words);
  await page.fill("#offline-again", again);
  await page.setChecked("[name=until_sign_out]", until_sign_out);
  await page.click("text=Keep a copy on this device");
}
const said = (page, words, where = "#offline-said") => page.waitForFunction(([where, words]) => document.querySelector(where).textContent.includes(words), [where, words]);
async function open(page, words) {
  await page.fill("#words", words);
  await page.click("text=Open my copy");
}

test("it is kept only when asked for, opens without a connection with the right words, and tells nothing with others", async () => {
  const page = await person(browser, here.server);
  await signIn(page, "Maple");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.open("/me/plan");
  await page.click("text=Keep it on this device");
  await page.waitForSelector("#offline-keep:visible");
  assert.equal((await on_device(page)).copies, 0);
  await keep(page, { plan: false, cards: false });
  await said(page, "Please choose what should be in it.");
  await keep(page, { again: "nine paper boots" });
  await said(page, "not the same");
  assert.equal((await on_device(page)).copies, 0);
  await keep(page);
  await said(page, "The copy is on this device");
  const found = await on_device(page);
  assert.deepEqual([found.copies, found.rounds, found.bytes], [1, 600_000, 4096 + 16]);
  for (const word of ["marmalade", "Rowan", "7946", lock, "answer nobody", "At night", "blue cup"]) assert.ok(!found.text.includes(word), word);

  const { folder, port } = here.server;
  await here.server.kill();
  await page.goto(`http://127.0.0.1:${port}/tools/plan`);
  await open(page, "not the right words");
  await said(page, "Nothing opened. The words may be others, or there is no copy here.", "#open-said");
  assert.equal(await page.locator("#opened-copy li").count(), 0);
  await open(page, lock);
  await said(page, "Here is your copy, as it was on", "#open-said");
  const day = await page.evaluate(() => new Intl.DateTimeFormat("en", { dateStyle: "long" }).format(new Date()));
  assert.equal(await page.textContent("#open-said"), `Here is your copy, as it was on ${day}.`);
  const copy = await page.textContent("#opened-copy");
  for (const word of ["How I notice that it is getting hard", "I answer nobody.", "Rowan, 020 7946 0000", "The sea, marmalade.", "At night", "The blue cup, 4-7-8.", "Count the red coats."]) assert.ok(copy.includes(word), word);
  assert.deepEqual(await page.locator("#opened-copy h2").allTextContents(), ["My safety plan", "My cue cards"]);
  assert.deepEqual(await page.locator("#opened-copy ul h3").allTextContents(), ["On the bus", "At night"], "as they stand on their page");
  assert.deepEqual(await page.locator("#opened-copy a").evaluateAll((all) => all.map((one) => one.getAttribute("href"))), ["tel:02079460000"]);
  assert.equal(await page.inputValue("#words"), "");
  await page.reload();
  assert.equal(await page.locator("#opened-copy li").count(), 0, "it is locked again");
  await open(page, lock);
  await said(page, "Here is your copy, as it was on", "#open-said");
  await page.click("#leave");
  await page.waitForFunction(() => document.getElementById("opened-copy") === null);
  await page.goto(`http://127.0.0.1:${port}/tools/plan`);
  assert.equal(await page.locator("#opened-copy li").count(), 0, "leaving the page locks it; the copy stays");

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

test("cards alone are kept for who has no plan; the next copy takes the place of the one before", async () => {
  const page = await person(browser, here.server);
  await signIn(page, "Maple");
  await keep(page);
  await said(page, "The copy is on this device");
  await keep(page, { plan: false });
  await said(page, "The copy is on this device");
  assert.equal((await on_device(page)).copies, 1);
  await page.open("/tools/plan");
  await open(page, lock);
  await said(page, "Here is your copy, as it was on", "#open-said");
  assert.deepEqual(await page.locator("#opened-copy h2").allTextContents(), ["My cue cards"]);
  assert.ok(!(await page.textContent("#opened-copy")).includes("marmalade"));
  await page.context().close();

  await here.server.ask("POST", "/api/v1/cards", { token: here.other.token, key: "hers", body: { title: "At work", text: "Step outside." } });
  const wren = await person(browser, here.server);
  await signIn(wren, "Wren");
  await wren.open("/me/cards");
  await wren.click("text=Keep them on this device");
  await wren.waitForSelector("#offline-keep:visible");
  assert.equal(await wren.locator("[name=plan]").count(), 0);
  await wren.context().close();
  const nobody = await person(browser, here.server);
  await signIn(nobody, "Rowan");
  await nobody.open("/me/offline");
  assert.match(await nobody.main(), /There are none yet/);
  await nobody.context().close();
});

test("of many cards, which come in several parts, each is in the copy, from whichever part one asks", async () => {
  const tansy = await here.server.join("Tansy");
  await here.server.ask("PUT", "/api/v1/plan", { token: tansy.token, body: { alone: "Water the tomatoes." } });
  for (let from = 0; from < 60; from += 15) await Promise.all(Array.from({ length: 15 }, (_, at) => here.server.ask("POST", "/api/v1/cards", { token: tansy.token, key: `card-${from + at}`, body: { title: `Card ${from + at}`, text: "Breathe, and then the kettle.\n".repeat(60) } })));
  const page = await person(browser, here.server);
  await signIn(page, "Tansy");
  await page.open("/me/offline?page=2");
  await page.fill("#offline-words", lock);
  await page.fill("#offline-again", lock);
  await page.click("text=Keep a copy on this device");
  await said(page, "The copy is on this device");
  await page.open("/tools/plan");
  await open(page, lock);
  await said(page, "Here is your copy, as it was on", "#open-said");
  assert.deepEqual(await page.locator("#opened-copy h2").allTextContents(), ["My safety plan", "My cue cards"]);
  const titles = await page.locator("#opened-copy ul h3").allTextContents();
  assert.deepEqual(titles.map((one) => Number(one.slice(5))).sort((a, b) => a - b), Array.from({ length: 60 }, (_, at) => at));
  await page.open("/me/offline");
  await page.context().clearCookies(); // the session ended meanwhile
  await page.fill("#offline-words", lock);
  await page.fill("#offline-again", lock);
  await page.click("text=Keep a copy on this device");
  await said(page, "Nothing was kept.");
  await page.context().close();
});

test("who deletes their plan deletes the copy with it", async () => {
  const sage = await here.server.join("Sage");
  await here.server.ask("PUT", "/api/v1/plan", { token: sage.token, body: { alone: "Water the tomatoes." } });
  const page = await person(browser, here.server);
  await signIn(page, "Sage");
  await page.open("/me/offline");
  await page.fill("#offline-words", lock);
  await page.fill("#offline-again", lock);
  await page.click("text=Keep a copy on this device");
  await said(page, "The copy is on this device");
  await page.open("/me/plan/edit");
  await page.click("summary:text-is('Delete it')");
  await page.click("text=Delete it for good");
  await page.waitForURL((url) => url.pathname !== "/me/plan/edit");
  assert.equal((await on_device(page)).copies, 0);
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
  const found = await faultsInBothLooks(page, ["/me/offline", "/tools/plan"], async (_, path) => {
    if (path === "/me/offline") return page.waitForSelector("#offline-off:visible");
    await open(page, lock);
    await said(page, "Here is your copy, as it was on", "#open-said");
  });
  assert.deepEqual(found, []);
  await page.context().close();
  const plain = await person(browser, here.server, { javaScriptEnabled: false });
  await signIn(plain, "Maple");
  await plain.open("/me/offline");
  assert.equal(await plain.locator("#offline-keep").isVisible(), false);
  assert.ok((await plain.main()).includes("This needs a script"));
  await plain.open("/tools/plan");
  assert.equal(await plain.locator("#open-copy").isVisible(), false);
  assert.ok((await plain.main()).includes("This page needs a script"));
  await plain.context().close();
});
