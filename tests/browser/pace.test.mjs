// One's own pace in the circles: a word about a pause, late hours in which words wait, topics and people put aside;
// with and without JavaScript, and off in one press. A cry for help waits for none of it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, words } from "../harness.mjs";
import { faultsInBothLooks, launch, person, signedIn, signIn } from "./people.mjs";

const behind_a_note = "I used to self-harm when I was younger. I talk about it now.";
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

const clock = (hours_on = 0) => new Date(Date.now() + hours_on * 3600_000).toISOString().slice(11, 13) + ":00";
async function somebody(name) {
  const made = await here.server.join(name);
  await here.server.enter(made, here.circle);
  return made;
}
const choose = async (who, body) => {
  const kept = await here.server.ask("PUT", "/api/v1/pacing", { token: who.token, body });
  assert.equal(kept.status, 200, kept.text);
};
const late = { late_from: clock(-1), late_to: clock(3), clock: "+00:00" };

for (const javaScriptEnabled of [true, false]) {
  const tag = javaScriptEnabled ? "script" : "plain";
  describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test("late words are kept, changed and shared with one press; words that call for help go at once", async () => {
      const made = await somebody(`Sedge ${tag}`);
      const page = await person(browser, here.server, { javaScriptEnabled, timezoneId: "UTC" });
      await signIn(page, made.nickname);
      await page.open("/me");
      await page.click("main >> text=My pace");
      await page.selectOption("#late_from", late.late_from);
      await page.click("main .actions button");
      assert.ok((await page.textContent("#errors")).includes("a beginning and an end"));
      assert.equal(await page.inputValue("#late_from"), late.late_from);
      await page.selectOption("#late_to", late.late_to);
      await page.fill("#shown", new Date().toISOString().slice(11, 16));
      await page.click("main .actions button");
      assert.ok((await page.main()).includes("It counts from now on."));

      await page.open(`/threads/${here.thread}`);
      await page.fill("#text", `The moon is out. ${tag}`);
      await page.click("text=Share with the circle");
      assert.equal(await page.heading(), "Your words are safe, and wait");
      assert.ok((await page.main()).includes("Nobody has read it."));
      const posts = () => here.server.ask("GET", `/api/v1/threads/${here.thread}/posts?limit=100`, { token: here.member.token });
      assert.ok(!(await posts()).text.includes(`The moon is out. ${tag}`));
      await page.fill("#text", `The moon is out, and so am I. ${tag}`);
      await page.click("text=Keep the change");
      await page.open("/me/waiting");
      await page.click(`text=The moon is out, and so am I. ${tag}`);
      await page.click("text=Share it now");
      assert.equal(await page.heading(), "Your post is in the circle");
      assert.ok((await posts()).text.includes(`The moon is out, and so am I. ${tag}`));
      await page.open("/me/waiting");
      assert.ok((await page.main()).includes("Nothing waits here."));

      await page.open(`/circles/${here.circle}/new`);
      await page.fill("#title", "At night");
      await page.fill("#text", `Who else is awake? ${tag}`);
      await page.click("text=Share with the circle");
      assert.equal(await page.heading(), "Your words are safe, and wait");
      assert.equal(await page.inputValue("#title"), "At night");

      await page.open(`/threads/${here.thread}`);
      await page.fill("#text", words.crisis);
      await page.click("text=Share with the circle");
      assert.ok((await page.main()).includes("We are glad you wrote this"), "care, at once");
      const item = here.server.sql(`SELECT count(*) AS n FROM review_item i JOIN post p ON p.id = i.post_id WHERE hex(p.author_id) = upper('${made.id}') AND i.lane = 'care'`)[0].n;
      assert.equal(item, 1, "and facilitators are asked, at once");
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("when the hours are over, what waits is offered where its author arrives, and goes with one press", async () => {
      const made = await somebody(`Rush ${tag}`);
      const kept = await here.server.ask("POST", "/api/v1/waiting", { token: made.token, key: "w", body: { thread: here.thread, text: `It was late. ${tag}`, key: "w", how: "wait", until: "2026-01-01T06:00:00.000Z" } });
      assert.equal(kept.status, 201, kept.text);
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, made.nickname);
      assert.ok((await page.main()).includes("The late hours are over, and your words are still here."));
      await page.click("text=Share it now");
      assert.equal(await page.heading(), "Your post is in the circle");
      await page.open("/circles");
      assert.ok(!(await page.main()).includes("The late hours are over"));
      await page.context().close();
    });

    test("a topic is put aside until a day, a person until they are shown again; either opens all the same, and all is off in one press", async () => {
      const [writer, loud, made] = [await somebody(`Reed ${tag}`), await somebody(`Magpie ${tag}`), await somebody(`Moss ${tag}`)];
      const started = await here.server.thread(writer, here.circle, words.calm);
      const folded = await here.server.reply(writer, started.body.thread, behind_a_note);
      assert.equal(folded.body.state, "folded");
      await here.server.reply(loud, started.body.thread, `I shout a lot. ${tag}`);
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, made.nickname);
      await page.open("/me/pacing");
      await page.fill("#no_self_harm", "2999-05-01");
      await page.click("main .actions button");
      const thread = `/threads/${started.body.thread}`;
      await page.open(thread);
      let text = await page.main();
      assert.ok(text.includes("Mentions self-harm. You asked not to meet this until 1 May 2999.") && !text.includes(behind_a_note), text);
      await page.click(`#p-${folded.body.id} >> text=all the same`);
      assert.ok((await page.main()).includes(behind_a_note));
      await page.open(thread);
      await page.click(`article:has-text("I shout a lot. ${tag}") >> text=Tell a facilitator`);
      await page.click("text=Hide this person's posts from me");
      assert.equal(await page.inputValue("#muted"), loud.nickname);
      await page.open(thread);
      text = await page.main();
      assert.ok(text.includes("A post by somebody whose posts you hide.") && !text.includes(`I shout a lot. ${tag}`));
      const fragment = await here.server.ask("GET", `/posts/${folded.body.id}/fragment`, { token: made.token });
      assert.ok(!fragment.text.includes(behind_a_note), "also when it arrives live");
      const others = await here.server.ask("GET", thread, { token: here.member.token });
      assert.ok(others.text.includes(behind_a_note) && others.text.includes(`I shout a lot. ${tag}`), "nobody else's page changes");
      await page.open("/me/pacing");
      await page.click("text=Turn all of this off");
      await page.open(thread);
      text = await page.main();
      assert.ok(text.includes(behind_a_note) && text.includes(`I shout a lot. ${tag}`));
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  });
}

test("opened notes add up to a word about a pause; going on begins anew, and one press turns it off", async () => {
  const [writer, made] = [await somebody("Teasel"), await somebody("Thyme")];
  const started = await here.server.thread(writer, here.circle, words.calm);
  for (const more of ["", " It is long ago.", " I am well today."]) await here.server.reply(writer, started.body.thread, behind_a_note + more);
  await choose(made, { pause_after_heavy: "3", pause_after: "60" });
  const page = await person(browser, here.server);
  await signIn(page, "Thyme");
  await page.open(`/threads/${started.body.thread}`);
  const pause = page.locator("#pause");
  assert.ok(!(await pause.isVisible()));
  const folds = page.locator(".fold summary");
  await folds.nth(0).click();
  assert.ok(!(await pause.isVisible()));
  await folds.nth(1).click();
  await pause.waitFor({ state: "visible" });
  assert.ok((await pause.textContent()).includes("You asked for a word about that."));
  await page.click("text=Go on reading");
  assert.ok(!(await pause.isVisible()));
  await folds.nth(0).click();
  await folds.nth(1).click();
  await pause.waitFor({ state: "visible" });
  await page.click("text=Turn these words off");
  await page.open(`/threads/${started.body.thread}`);
  assert.equal(await pause.count(), 0);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("every page of one's own pace is clean for axe and fits 320 pixels, in light and in the dark", async () => {
  const { server, circle, thread } = here;
  const made = await somebody("Fern");
  const writer = await somebody("Ash");
  await server.reply(writer, thread, behind_a_note);
  await choose(made, { ...late, late_posts: "wait", pause_after: "20", no_self_harm: "2999-05-01", muted: ["Maple"] });
  const waiting = await server.ask("POST", "/api/v1/waiting", { token: made.token, key: "w", body: { circle, title: "At night", text: "It was late.", key: "w", how: "wait", until: "2026-01-01T06:00:00.000Z" } });
  const paths = ["/me/pacing?saved=1", "/me/waiting", `/me/waiting/${waiting.body.id}?saved=1`, "/circles", `/threads/${thread}`, "/me"];
  const page = await signedIn(browser, server, "Fern");
  const show_pause = () => page.evaluate(() => document.getElementById("pause")?.removeAttribute("hidden"));
  assert.deepEqual(await faultsInBothLooks(page, paths, show_pause), []);
  await page.context().close();
});
