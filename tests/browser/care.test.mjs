// The worst night of somebody's year, in a real browser: what they meet, and what those who come to them meet.
// With and without JavaScript for the one who writes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, words } from "../harness.mjs";
import * as people from "./people.mjs";

const pictures = process.env.PICTURES; // a folder for screenshots, to look at

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

const signedIn = (nickname, options) => people.signedIn(browser, here.server, nickname, options);
const heading = (page) => page.textContent("h1");
const main = (page) => page.textContent("main");
async function cry(page, more) {
  await page.open(`/threads/${here.thread}`);
  await page.fill("#text", `${words.crisis} ${more}`);
  await page.click("text=Share with the circle");
}
async function look(page, name) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    const options = { javaScriptEnabled };
    const tag = javaScriptEnabled ? "script" : "plain";
    let nickname;
    before(async () => {
      nickname = `Alder ${tag}`;
      await here.server.enter(await here.server.join(nickname), here.circle);
    });

    test("somebody who made a safety plan opens it from there in one press", async () => {
      const planned = await here.server.join(`Planner ${tag}`);
      await here.server.enter(planned, here.circle);
      await here.server.ask("PUT", "/api/v1/plan", { token: planned.token, body: { signs: "I stop answering the door." } });
      const page = await signedIn(planned.nickname, options);
      await cry(page, tag);
      await page.click("text=Open my plan");
      assert.match(await main(page), /I stop answering the door/);
      await page.context().close();
    });

    test("they are heard: lines that are open now, an honest word about who is there, one minute to begin, four ways on", async () => {
      const page = await signedIn(nickname, options);
      await cry(page, tag);
      assert.equal(await heading(page), "We are glad you wrote this");
      const text = await main(page);
      assert.ok(text.includes("Call 116 123") && text.includes("you are not in trouble"));
      assert.ok(text.includes("none of us is on duty right now"));
      assert.ok(!/rejected|violation|flagged|inappropriate|noticed|violence/i.test(text), "not a word of what a rule saw");
      const lines = await page.locator("li.line").count();
      assert.ok(lines >= 2 && lines <= 3);
      await page.click("text=What makes it hard to call?");
      await page.click("text=I don't know what to say");
      assert.ok(await page.isVisible("text=I don't feel safe with myself"));
      for (const words_of_choice of ["Talk with a facilitator here", "I am safe for now", "A quiet minute"]) assert.ok(await page.isVisible(`text=${words_of_choice}`), words_of_choice);
      assert.equal(await page.locator("text=Open my plan").count(), 0, "they have none");
      await look(page, `care-${tag}`);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("not the same page again that evening, but help stays one press away; after \"I am safe\" it is thanked", async () => {
      const page = await signedIn(nickname, options);
      await cry(page, `${tag} again`);
      assert.equal(await heading(page), "We are still here with you");
      assert.equal(await page.locator("li.line").count(), 1);
      await look(page, `care-brief-${tag}`);
      await page.click("text=I am safe for now");
      assert.ok((await main(page)).includes("Thank you for telling us"));
      await page.context().close();
    });

    test("a facilitator takes it, both write, and it closes kindly; it opens again when the member writes", async () => {
      const page = await signedIn(nickname, options);
      await cry(page, `${tag} please`);
      await page.click("text=Talk with a facilitator here");
      assert.ok((await main(page)).includes("We asked somebody to come"));
      await page.fill("#text", `I am on the kitchen floor, ${tag}.`);
      await page.click("button:has-text('Send')");
      await page.waitForSelector(`article:has-text("I am on the kitchen floor, ${tag}.")`);
      await look(page, `talk-${tag}`);
      const talk = new URL(page.url()).pathname;

      const desk = await signedIn("Rowan");
      await desk.waitForSelector("#alarm a"); // on whatever page they are
      await desk.click("nav >> text=Care");
      await desk.waitForSelector(`text=A talk with ${nickname}`);
      await look(desk, `desk-care-${tag}`);
      await desk.locator(".card.care button:has-text(\"I've got this\")").last().click();
      await desk.waitForURL("**/review/*");
      await desk.open("/care");
      await desk.click(`text=A talk with ${nickname}`);
      await desk.fill("#text", words.harm);
      await desk.click("button:has-text('Send')");
      assert.ok((await main(desk)).includes("Could you say it another way?"));
      await desk.fill("#text", `I am here now, ${tag}. What can you see around you?`);
      await desk.click("button:has-text('Send')");
      if (javaScriptEnabled) await page.waitForSelector(`article:has-text("I am here now, ${tag}.")`);
      else await page.click("text=Look for new words");
      await page.waitForSelector(`article:has-text("I am here now, ${tag}.")`);
      await desk.click("text=Close this talk for now");
      assert.ok((await main(desk)).includes("This talk is closed for now"));
      await page.open(talk);
      assert.ok((await main(page)).includes("Nothing is lost"));
      await page.fill("#text", `It is back, ${tag}.`);
      await page.click("button:has-text('Send')");
      await page.waitForSelector(`article:has-text("It is back, ${tag}.")`);
      assert.ok(!(await main(page)).includes("closed for now"));
      assert.deepEqual([...page.complaints, ...desk.complaints], []);
      await page.context().close();
      await desk.context().close();
    });

    test("the next day they are asked how it is, in one tap; worse leads back to help", async () => {
      here.server.sql("UPDATE follow_up SET due_at = 0 WHERE kind = 'author_day'");
      const page = await signedIn(nickname, options);
      assert.ok((await main(page)).includes("The other day was heavy. How is it now?"));
      await look(page, `follow-up-${tag}`);
      await page.click("button:has-text('It helped a little')");
      assert.ok((await main(page)).includes("that helps us to do better"));
      await page.click("button:has-text('Worse')");
      assert.match(page.url(), /\/posts\//);
      assert.ok(await page.isVisible("text=Help lines for"));
      await page.open("/circles");
      assert.ok(!(await main(page)).includes("How is it now?"));
      await page.context().close();
    });

    test("somebody who worries tells it to those who look after the circle, and to nobody else", async () => {
      const page = await signedIn("Wren", options);
      await page.open(`/circles/${here.circle}`);
      await page.click("text=I'm worried about someone");
      await page.fill("#nickname", "Nobody Here");
      await page.fill("#text", `He sounds so tired, ${tag}.`);
      await page.click("text=Tell the facilitators");
      assert.ok((await main(page)).includes("Nobody in this circle has that name"));
      assert.equal(await page.inputValue("#text"), `He sounds so tired, ${tag}.`);
      await page.fill("#nickname", nickname);
      await page.click("text=Tell the facilitators");
      assert.ok((await main(page)).includes("Thank you for telling us"));
      await look(page, `worry-${tag}`);
      const desk = await signedIn("Rowan");
      await desk.open("/care");
      await desk.locator(".card.care:has-text('worried about somebody') button:has-text(\"I've got this\")").last().click();
      await desk.waitForURL("**/concerns/*");
      assert.ok((await main(desk)).includes(`He sounds so tired, ${tag}.`));
      await look(desk, `concern-${tag}`);
      await page.open(`/circles/${here.circle}/worry`);
      assert.ok((await main(page)).includes("Nobody has looked yet"));
      await desk.click("text=It was good that they told us");
      await desk.waitForURL("**/care");
      await page.reload();
      assert.ok((await main(page)).includes("somebody looked"));
      await page.context().close();
      await desk.context().close();
    });
  });
}

test("a facilitator puts a night on the rota with a note; then the one who writes is told that somebody is there", async () => {
  const desk = await signedIn("Rowan", { javaScriptEnabled: false });
  await desk.open(`/circles/${here.circle}/duty`);
  const at = (hours) => new Date(Date.now() + hours * 3600_000).toISOString().slice(0, 16);
  await desk.fill("#starts_at", at(-1));
  await desk.fill("#ends_at", at(-2));
  await desk.click("button:has-text('Put it on the rota')");
  assert.ok((await main(desk)).includes("The end needs to come after the beginning"));
  await desk.fill("#ends_at", at(7));
  await desk.click("button:has-text('Put it on the rota')");
  await desk.click("text=Leave a note for the next one");
  await desk.fill("textarea[name=note]", "Two heavy talks tonight. The kettle is on.");
  await desk.click("text=Leave this note");
  assert.ok((await main(desk)).includes("The kettle is on."));
  await look(desk, "duty");
  const page = await signedIn("Wren");
  await cry(page, "tonight");
  assert.ok((await main(page)).includes("A facilitator is on duty"));
  await page.context().close();
  await desk.context().close();
});

test("every page of care is clean for axe, fits 320 pixels and is big enough to press", async () => {
  const cries = await here.server.reply(here.member, here.thread, `${words.crisis} For the pages.`);
  const talk = (await here.server.ask("POST", `/api/v1/posts/${cries.body.id}/talk`, { token: here.member.token })).body.id;
  await here.server.ask("POST", `/api/v1/care/talks/${talk}/messages`, { token: here.member.token, key: "axe", body: { text: words.harm } });
  const again = await here.server.reply(here.member, here.thread, `${words.crisis} For the pages again.`);
  await here.server.ask("POST", `/api/v1/circles/${here.circle}/concerns`, { token: here.other.token, key: "axe-worry", body: { nickname: "Maple", text: "I am worried." } });
  const alarms = await here.server.ask("GET", "/api/v1/care/alarms", { token: here.lead.token });
  const concern = alarms.body.items.find((one) => !one.post).id;
  here.server.sql("UPDATE follow_up SET due_at = 0, answer = '' WHERE kind <> 'author_week'");
  const everybody = [
    [await signedIn("Maple"), ["/circles", `/posts/${cries.body.id}`, `/posts/${again.body.id}`, `/talks/${talk}`, `/circles/${here.circle}/worry`, `/circles/${here.circle}`]],
    [await signedIn("Rowan"), ["/care", `/circles/${here.circle}/duty`, `/talks/${talk}`, `/concerns/${concern}`]],
    [await signedIn("Juniper"), ["/care", "/care-figures", `/circles/${here.circle}/duty`]],
  ];
  for (const [page, paths] of everybody) {
    assert.deepEqual(await people.faultsInBothLooks(page, paths), []);
    await page.context().close();
  }
});
