// The blueprint and the copy of everything, as people meet them; with and without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { place, words } from "../harness.mjs";
import { faultsInBothLooks, launch, person, signedIn, signIn } from "./people.mjs";

let here;
let browser;
before(async () => {
  here = await place();
  browser = await launch();
  const { server, member } = here;
  const write = (path, body) => server.ask("POST", `/api/v1/${path}`, { token: member.token, key: path, body });
  await write("stories", { intend: "To have it said.", did: words.calm, strengths: [{ name: "Patience", shows: "I waited." }], values: ["calm"], means: "I can wait.", next: "Ring her again." });
  await write("goals", { what: "Walk again", state: "active", by: "autumn", steps: [{ text: "Round the block", state: "open" }] });
  await write("cards", { title: "Cold water", text: "Hands under the tap." });
});
after(async () => {
  await browser.close();
  await here.server.stop();
});

for (const javaScriptEnabled of [true, false]) {
  test(`a copy is taken and brought into another account, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    const { server, member } = here;
    const copy = (await server.ask("GET", "/api/v1/me/export", { token: member.token })).text;
    const made = await server.join(`Sorrel ${javaScriptEnabled}`);
    const page = await person(browser, server, { javaScriptEnabled });
    await signIn(page, made.nickname);
    await page.open("/me");
    await page.click("text=Take a copy of everything");
    const bring = async (text) => {
      await page.setInputFiles("#file", { name: "copy.json", mimeType: "application/json", buffer: Buffer.from(text) });
      await page.click("text=Bring it in");
    };
    await bring(copy.replace('"state":"active"', '"state":"lost"'));
    const text = await page.textContent("#errors");
    assert.ok(text.includes("Nothing was changed.") && text.includes("private.goal[0][0].state"), text);
    await bring(copy);
    assert.ok((await page.textContent("[role=status]")).includes("Stories: 1 new"), await page.main());
    await bring(copy);
    assert.ok((await page.textContent("[role=status]")).includes("Stories: 0 new, 1 that were here already"));
    await page.open("/me/blueprint");
    const blueprint = await page.main();
    for (const words_on_it of ["To have it said.", words.calm, "Patience", "Cold water", "calm", "Ring her again.", "Walk again", "Round the block"]) assert.ok(blueprint.includes(words_on_it), words_on_it);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test("both pages are clean for axe and fit 320 pixels, in light and in the dark; printed, only the words are left", async () => {
  const page = await signedIn(browser, here.server, "Maple");
  assert.deepEqual(await faultsInBothLooks(page, ["/me/copy", "/me/blueprint"]), []);
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".top", "footer", ".actions"]) assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  assert.equal(await page.locator("h1").isVisible(), true);
  await page.context().close();
});
