// A session that ended elsewhere while somebody was writing: the words stay, and are kept after signing in again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { passphrase, place } from "../harness.mjs";
import { faults, launch, person, signIn } from "./people.mjs";

let here;
let browser;
before(async () => {
  here = await place();
  browser = await launch();
});
after(async () => {
  await browser.close();
  await here.server.stop();
});

for (const javaScriptEnabled of [true, false]) {
  test(`a long text is not lost with the session, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    const page = await person(browser, here.server, { javaScriptEnabled });
    await signIn(page, "Maple");
    await page.open("/me/journal/new");
    const long = `First line, ${javaScriptEnabled}.\n\n${"The rain stopped and I opened the window. ".repeat(200)}\nLast line & <end>.`;
    await page.fill("#text", long);
    const { body } = await here.server.ask("POST", "/api/v1/sessions", { body: { nickname: "Maple", passphrase } });
    const { items } = (await here.server.ask("GET", "/api/v1/sessions", { token: body.token })).body;
    for (const one of items.filter((session) => !session.current)) await here.server.ask("DELETE", `/api/v1/sessions/${one.id}`, { token: body.token });
    await page.click("main button:has-text('Keep')");
    assert.ok((await page.main()).includes("Your words are here"));
    assert.equal(await page.inputValue("#typed-1"), long);
    if (javaScriptEnabled) assert.deepEqual(await faults(page, "given back"), []);
    const beside = page.context().waitForEvent("page");
    await page.click("text=Sign in, on a new page");
    const second = await beside;
    await second.fill("#nickname", "Maple");
    await second.fill("#passphrase", passphrase);
    await second.click("main button");
    await second.waitForURL("**/circles");
    await page.click("main button:has-text('Send them again')");
    await page.waitForURL("**/me/journal/*");
    const kept = (await here.server.ask("GET", "/api/v1/journal", { token: body.token })).body.items[0];
    assert.equal(kept.text, long);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}
