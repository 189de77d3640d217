// Daily practice, as people do it: habits, values, the journal's dialogues and small experiments; with and without
// JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, words } from "../harness.mjs";
import { faultsInBothLooks, launch, person, signedIn, signIn } from "./people.mjs";

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

for (const javaScriptEnabled of [true, false]) {
  const tag = javaScriptEnabled ? "script" : "plain";
  describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test("a habit is begun and noted with a press each, shown by week, made of a tool, put away and taken up again", async () => {
      const made = await here.server.join(`Yarrow ${tag}`);
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, made.nickname);
      await page.open("/me");
      await page.click("main >> text=Habits");
      await page.click("main button:has-text('Sleep')");
      assert.equal(await page.heading(), "Sleep");
      await page.click("text=Note a day");
      await page.fill("[name=number]", "a few");
      await page.click("main button:has-text('Did it')");
      assert.ok((await page.textContent("#errors")).includes("a number from 0 to 1000"));
      assert.equal(await page.inputValue("[name=number]"), "a few");
      await page.fill("[name=number]", "7,5");
      await page.click("main button:has-text('Did it')");
      assert.match(await page.main(), /Noted: did it\.\s+7\.5 hours/);
      await page.click("main button:has-text('Not today')");
      assert.ok((await page.main()).includes("Noted: not today."));
      await page.click("text=Take the note back");
      assert.ok(!(await page.main()).includes("Noted"));
      await page.click("main button:has-text('A bit')");
      await page.click("text=The day before");
      assert.ok(!(await page.main()).includes("Noted"));
      await page.click("main button:has-text('Did it')");
      await page.click("text=See the weeks");
      assert.match(await page.main(), /It was there this week|each week since the first note/);
      assert.equal(await page.locator("svg.weeks path.dots").count(), 2);
      await page.open("/tools/breathing");
      await page.click("text=Make it a habit of mine");
      assert.equal(await page.heading(), "Breathing");
      await page.click("summary:has-text('Put it away')");
      await page.click("button:has-text('Put it away')");
      assert.ok((await page.main()).includes("You put this away."));
      await page.click("text=Take it up again");
      await page.click("summary:has-text('Change it')");
      await page.fill("#name", "Breathing by the window");
      await page.click("details:has(#name) button:has-text('Keep it')");
      assert.equal(await page.heading(), "Breathing by the window");
      await page.click("summary:has-text('Delete it')");
      await page.click("text=Delete it for good");
      assert.ok((await page.main()).includes("It is gone"));
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("cards are sorted, a few are chosen, each gets a wish and a small thing, a goal serves one, and later it is told what changed", async () => {
      const made = await here.server.join(`Clover ${tag}`);
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, made.nickname);
      await page.open("/me");
      await page.click("main >> text=Values");
      const sort = async (heaps) => {
        await page.click("text=Sort the cards");
        for (const [card, heap] of Object.entries(heaps)) await page.check(`fieldset:has(legend:text-is("${card}")) input[value=${heap}]`);
        await page.click("button:has-text('Go on')");
      };
      await sort({ Order: "not_now" });
      assert.ok((await page.textContent("#errors")).includes("at least one card on the first heap"));
      assert.ok(await page.isChecked('fieldset:has(legend:text-is("Order")) input[value=not_now]'));
      await page.check('fieldset:has(legend:text-is("Nature")) input[value=very]');
      await page.check('fieldset:has(legend:text-is("Rest")) input[value=very]');
      await page.fill("#own", "the sea, old songs");
      await page.click("button:has-text('Go on')");
      for (const name of ["Nature", "the sea"]) await page.check(`label:has-text("${name}") input`);
      await page.click("text=Choose these");
      await page.selectOption("#matters_0", "4");
      await page.selectOption("#room_0", "2");
      await page.fill("#step_0", "The park on Sunday");
      await page.click("text=Keep it");
      assert.equal(await page.heading(), "Values");
      assert.ok((await page.main()).includes("Nature matters very much to you, and has a little room now."));
      await page.click("text=Make a goal for it >> nth=0");
      assert.equal(await page.inputValue("#what"), "The park on Sunday");
      assert.equal(await page.inputValue("#serves"), "Nature");
      await page.click("text=Keep it");
      assert.ok((await page.main()).includes("It serves: Nature"));
      await page.open("/me/values");
      assert.ok((await page.main()).includes("Goals for it:"));
      await sort({ Nature: "very", Play: "very" });
      for (const name of ["Nature", "Play"]) await page.check(`label:has-text("${name}") input`);
      await page.click("text=Choose these");
      await page.selectOption("#matters_0", "4");
      await page.selectOption("#room_0", "4");
      await page.click("text=Keep it");
      const text = await page.main();
      assert.ok(text.includes("Chosen now, and not then: Play.") && text.includes("Nature has more room than before."), text);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("a dialogue goes turn by turn and stops when one likes; it ends in a small experiment that is looked back on", async () => {
      const made = await here.server.join(`Linden ${tag}`);
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, made.nickname);
      await page.open("/me/journal");
      await page.click("main >> text=A dialogue");
      await page.click("text=With a kind friend");
      await page.fill("#turn", "It was a long day.");
      await page.click("button:has-text('Go on')");
      assert.ok((await page.main()).includes("Now be the friend."));
      await page.fill("#turn", "   ");
      await page.click("button:has-text('Go on')");
      assert.ok((await page.textContent("#errors")).includes("Please write a few words, or stop here."));
      await page.fill("#turn", "I hear you. Sit down a moment.");
      await page.click("button:has-text('Go on')");
      const text = await page.main();
      assert.ok(text.includes("Me:\nIt was a long day.\n\nMy kind friend:\nI hear you. Sit down a moment.") && text.includes("What is the hardest part of it?"), text);
      await page.click("text=Try something small from this");
      await page.fill("#what", "Sit by the window with tea");
      await page.check("#before input[value='2']");
      await page.click("text=Keep it");
      assert.ok((await page.main()).includes("Before it was low."));
      await page.check("#after input[value='3']");
      await page.fill("#noticed", "The street was quiet.");
      await page.check("text=I keep doing it");
      await page.click("text=Keep it");
      assert.ok((await page.main()).includes("Before it was low, and after it was in between. It was a bit lighter then."));
      await page.click("text=Make it a habit of mine");
      assert.equal(await page.heading(), "Sit by the window with tea");
      await page.open("/me/experiments");
      assert.ok((await page.main()).includes("Looked back on"));
      await page.open("/me/journal");
      for (const [words, answer] of [["window moment", "0 entries with these words"], ["moment", "1 entry with these words"]]) {
        await page.fill("#q", words);
        await page.click("button:text-is('Search')");
        await page.waitForURL("**/me/journal/search"); // no word of theirs in an address
        assert.ok((await page.main()).includes(answer));
      }
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("a month is looked back on beside what was noted in it, and another question is one press away", async () => {
      const made = await here.server.join(`Hazel ${tag}`);
      const last = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 1, 5)).toISOString().slice(0, 10);
      await here.server.ask("POST", "/api/v1/moods", { token: made.token, key: "m", body: { day: last, level: 4, tags: ["rain"] } });
      const habit = await here.server.ask("POST", "/api/v1/habits", { token: made.token, key: "h", body: { name: "Tea by the window", kind: "own", state: "active" } });
      await here.server.ask("PUT", `/api/v1/habits/${habit.body.id}/notes`, { token: made.token, body: { day: last, did: "did" } });
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, made.nickname);
      await page.open("/me/journal");
      await page.click("main a[href*='month=']");
      const text = await page.main();
      assert.ok(text.includes("Habits: Tea by the window.") && text.includes("The word in the middle of this month is “good”."), text);
      const question = await page.textContent("#text-hint");
      await page.click("text=Another question");
      assert.notEqual(await page.textContent("#text-hint"), question);
      assert.ok((await page.main()).includes("Habits: Tea by the window."), "it is still about that month");
      await page.fill("#text", "It rained, and I drank tea.");
      await page.click("text=Keep it");
      await page.open("/me/journal");
      assert.equal(await page.locator("main a[href*='kind=reflection&month=']").count(), 0, "it is not asked for again");
      await page.open(`/me/moods?month=${last.slice(0, 7)}`);
      const month = await page.main();
      assert.ok(month.includes("When I looked back") && month.includes("It rained, and I drank tea."));
      assert.ok((await page.textContent("#beside-title")).includes("Tea by the window."));
      await page.context().close();
    });
  });
}

test("every page of daily practice is clean for axe and fits 320 pixels, in light and in the dark", async () => {
  const { server, member } = here;
  const walk = await server.ask("POST", "/api/v1/habits", { token: member.token, key: "axe", body: { name: "A walk round the block", kind: "movement", unit: "minutes", state: "active" } });
  const today = new Date();
  for (const back of [0, 1, 4, 9, 16, 30]) await server.ask("PUT", `/api/v1/habits/${walk.body.id}/notes`, { token: member.token, body: { day: new Date(today - back * 86400_000).toISOString().slice(0, 10), did: back % 2 ? "bit" : "did", number: back } });
  await server.ask("PUT", `/api/v1/habits/${walk.body.id}/notes`, { token: member.token, body: { day: "2026-05-02", did: "did" } });
  const ask = (path, body) => server.ask("POST", `/api/v1/${path}`, { token: member.token, key: `axe-${path}-${JSON.stringify(body).length}`, body });
  await server.ask("POST", "/api/v1/moods", { token: member.token, key: "axe", body: { day: "2026-05-03", level: 2, tags: ["rain"] } });
  const dialogue = await ask("journal", { kind: "dialogue", voice: "younger_self", turns: 1, text: "Me:\nHello." });
  await ask("journal", { kind: "reflection", month: "2026-05", text: "A month with rain." });
  await ask("values", { very: ["Nature", "Rest"], chosen: [{ name: "Nature", matters: 3, room: 3 }] });
  const value = await ask("values", { very: ["Nature", "Rest", "Play"], somewhat: ["Order"], chosen: [{ name: "Nature", matters: 4, room: 2, step: "The park on Sunday" }, { name: "Play" }] });
  await ask("goals", { what: "The park", serves: "Nature", state: "active" });
  const open = await ask("experiments", { what: "Open the window", day: "2026-05-01", before: 2, entry: dialogue.body.id });
  const done = await ask("experiments", { what: "Text one person", expect: words.crisis, day: "2026-05-01", before: 2, after: 3, noticed: "Air.", then: "keep" });
  const paths = ["/me/habits", `/me/habits/${walk.body.id}?saved=1`, "/me/moods?month=2026-05", "/me/moods?year=2026", "/me/values", "/me/values/new", `/me/values/${value.body.id}?saved=1`, "/me/goals/new?serves=Nature", "/me/journal", "/me/journal/dialogue", "/me/journal/dialogue?voice=older_self", `/me/journal/${dialogue.body.id}?saved=1`, "/me/journal/new?kind=verse", "/me/journal/new?kind=reflection&month=2026-05", "/me/experiments", "/me/experiments/new", `/me/experiments/${open.body.id}`, `/me/experiments/${done.body.id}?saved=1`, "/tools/breathing"];
  const page = await signedIn(browser, server, "Maple");
  assert.deepEqual(await faultsInBothLooks(page, paths), []);
  await page.context().close();
});
