// What is new, as people meet it: a quiet count, a list, switches; with and without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mailbox } from "../mailbox.mjs";
import { place, until, words } from "../harness.mjs";
import { faultsInBothLooks, launch, person, signedIn, signIn } from "./people.mjs";

let here;
let box;
let browser;
before(async () => {
  box = await mailbox();
  here = await place({ config: `[limits]\nenabled = false\n[mail]\nurl = "${box.url}"\nfrom = "news@example.org"\n` });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await here.server.stop();
  box.stop();
});

test("a page keeps one connection, whatever it follows: an answer comes into the thread and into the count", async () => {
  const { server, other } = here;
  const who = await server.join("Tansy");
  await server.enter(who, here.circle);
  const mine = await server.thread(who, here.circle, words.calm);
  const page = await person(browser, server);
  await signIn(page, who.nickname);
  await page.addInitScript(() => { // counted in the page itself: what the page before it opened late is none of its own
    globalThis.connections = 0;
    globalThis.WebSocket = new Proxy(WebSocket, {
      construct(Socket, given) {
        globalThis.connections += 1;
        return new Socket(...given);
      },
    });
  });
  await page.open(`/threads/${mine.body.thread}`);
  await page.waitForFunction(() => globalThis.connections > 0);
  await server.reply(other, mine.body.thread, `${words.calm} Again.`);
  await page.waitForFunction(() => document.getElementById("news-link").textContent === "News (1 new)");
  await page.waitForSelector("text=1 new post, show it");
  assert.equal(await page.evaluate(() => globalThis.connections), 1);
  await page.context().close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`an answer is counted, read by one press, and counted no more, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    const { server, other } = here;
    const who = await server.join(`Sorrel ${javaScriptEnabled}`);
    await server.enter(who, here.circle);
    const started = await server.thread(who, here.circle, words.calm);
    const page = await person(browser, server, { javaScriptEnabled });
    await signIn(page, who.nickname);
    assert.equal(await page.textContent("#news-link"), "News");
    await server.reply(other, started.body.thread, `${words.calm} An answer.`);
    if (javaScriptEnabled) {
      await page.waitForFunction(() => document.getElementById("news-link").textContent === "News (1 new)");
    } else {
      await until(async () => {
        await page.reload();
        return (await page.textContent("#news-link")) === "News (1 new)";
      }, "the count");
    }
    await page.click("#news-link");
    await page.click("text=Somebody answered in a thread of yours.");
    await page.waitForURL("**/threads/**");
    assert.ok((await page.main()).includes("An answer."));
    assert.equal(await page.textContent("#news-link"), "News");

    await page.open("/me/news/settings");
    await page.uncheck("text=An answer in my thread >> nth=0");
    await page.fill("#quiet_from", "22:00");
    await page.fill("#quiet_to", "07:00");
    await page.fill("#zone", "Nowhere");
    await page.click("text=Save this");
    assert.ok((await page.textContent("#errors")).includes("Europe/London"));
    assert.deepEqual([await page.inputValue("#quiet_from"), await page.inputValue("#zone"), await page.isChecked("input[name=here_reply]")], ["22:00", "Nowhere", false]);
    await page.fill("#zone", "Europe/London");
    await page.click("text=Save this");
    assert.ok((await page.main()).includes("It counts from now on."));

    const address = `sorrel.${javaScriptEnabled}@example.org`;
    await page.fill("#address", address);
    await page.click("text=Send me a code");
    await page.fill("#code", "0000-0000");
    await page.click("text=This is my address");
    assert.ok((await page.textContent("#errors")).includes("not the code"));
    const mail = await until(() => box.mails.find((one) => one.to.includes(address)), "the code");
    await page.fill("#code", /Your code is (\S+)\./.exec(mail.text)[1]);
    await page.click("text=This is my address");
    assert.ok((await page.main()).includes(`Mail goes to ${address}`));
    await page.click("text=Take my address back");
    assert.ok(!(await page.main()).includes(address));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test("both pages are clean for axe and fit 320 pixels, in light and in the dark", async () => {
  const { server, member, other } = here;
  await server.reply(other, here.thread, words.calm);
  await until(async () => (await server.ask("GET", "/api/v1/notifications", { token: member.token })).body.unseen > 0, "something new");
  const page = await signedIn(browser, server, "Maple");
  assert.deepEqual(await faultsInBothLooks(page, ["/me/news", "/me/news/settings"]), []);
  await page.context().close();
});
