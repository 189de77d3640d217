// A space of one's own, as people use it: a code for paper, a journal, moods; with and without JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { passphrase, place, words } from "../harness.mjs";
import { faultsInBothLooks, launch, person, signIn } from "./people.mjs";

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
    test("joining gives a code for paper; a forgotten passphrase is replaced by it, and the journal is still there", async () => {
      const page = await person(browser, here.server, { javaScriptEnabled });
      await page.open("/join");
      await page.fill("#nickname", `Sorrel ${tag}`);
      await page.fill("#passphrase", passphrase);
      await page.click("main button");
      assert.equal(await page.heading(), "Please keep this code");
      assert.ok((await page.main()).includes("If you lose both"));
      const code = await page.textContent(".code");
      assert.match(code, /^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/);
      await page.click("text=I have kept it");
      await page.waitForURL("**/circles");

      await page.open("/me");
      await page.click("text=Journal");
      await page.click("text=Write freely");
      await page.fill("#text", "The kettle sang.\nI listened to all of it.");
      await page.click("text=Keep it");
      assert.ok((await page.main()).includes("Saved. Only you can read it."));
      assert.equal(await page.inputValue("#text"), "The kettle sang.\nI listened to all of it.");
      await page.fill("#text", "The kettle sang, and then it rained.");
      await page.click("text=Keep it");
      await page.click("text=Earlier versions");
      await page.click("#earlier a");
      assert.ok((await page.main()).includes("I listened to all of it."));
      await page.click("text=Journal");
      await page.fill("#q", "kettles");
      await page.click("main form button");
      assert.ok((await page.main()).includes("1 entry with these words"));

      await page.context().clearCookies();
      await page.open("/me/journal");
      assert.equal(await page.heading(), "Sign in");
      await page.click("text=Come back in with your recovery code");
      await page.fill("#nickname", `Sorrel ${tag}`);
      await page.fill("#recovery_code", "0000 0000");
      await page.fill("#new_passphrase", "nine paper boats");
      await page.click("text=Let me in");
      assert.ok((await page.textContent("#errors")).includes("don't fit together"));
      assert.equal(await page.inputValue("#recovery_code"), "0000 0000");
      await page.fill("#recovery_code", code.toLowerCase().replaceAll("-", " "));
      await page.fill("#new_passphrase", "nine paper boats");
      await page.click("text=Let me in");
      assert.equal(await page.heading(), "Please keep this code");
      assert.notEqual(await page.textContent(".code"), code);
      await page.open("/me/journal");
      await page.click("text=The kettle sang, and then it rained.");
      await page.click("text=Delete it >> nth=0");
      await page.click("text=Delete it for good");
      assert.ok((await page.main()).includes("There is nothing here yet."));
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("heavy words in the journal bring help lines to their author, and only there", async () => {
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, "Maple");
      await page.open("/me/journal/new");
      assert.ok((await page.main()).includes("It tells nobody, and keeps nothing."));
      await page.fill("#text", words.crisis);
      await page.click("text=Keep it");
      const text = await page.main();
      assert.ok(text.includes("We are glad you wrote this down") && text.includes("Nobody was told") && text.includes("Call 116 123"));
      assert.equal(await page.inputValue("#text"), words.crisis);
      const desk = await person(browser, here.server, { javaScriptEnabled });
      await signIn(desk, "Rowan");
      await desk.open("/review");
      assert.ok(!(await desk.main()).includes("Maple"));
      await page.context().close();
      await desk.context().close();
    });

    test("an entry changed in two windows at once keeps both", async () => {
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, "Wren");
      await page.open("/me/journal/new");
      await page.fill("#text", `A beginning, ${tag}.`);
      await page.click("text=Keep it");
      const other = await page.context().newPage();
      await other.goto(page.url());
      await page.fill("#text", `From the first window, ${tag}.`);
      await page.click("text=Keep it");
      await other.fill("#text", `From the second window, ${tag}.`);
      await other.click("text=Keep it");
      const text = await other.textContent("main");
      assert.ok(text.includes("changed in two places at once") && text.includes(`From the first window, ${tag}.`));
      assert.equal(await other.inputValue("#text"), `From the second window, ${tag}.`);
      await page.context().close();
    });

    test("a mood is one word; the month shows it as a dot, a row and a sentence", async () => {
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, javaScriptEnabled ? "Juniper" : "Rowan");
      await page.open("/me/moods");
      await page.check("text=Good >> nth=-1");
      await page.click("text=Add a few words, if you like");
      await page.fill("#tags", "rain, proud");
      await page.fill("#day", "2026-05-03");
      await page.fill("#note", "x".repeat(10));
      await page.click("text=Keep it");
      assert.equal(await page.heading(), "3 May 2026");
      assert.equal(await page.inputValue("#tags"), "rain, proud");
      await page.click("text=See the month");
      assert.equal(await page.textContent("#time"), "May 2026");
      await page.click("text=As a table");
      assert.ok((await page.textContent("table")).includes("rain, proud"));
      assert.equal(((await page.getAttribute("path.dots", "d")).match(/M/g) ?? []).length, 1);
      await page.click("text=The whole year");
      await page.click("text=As a table");
      assert.ok((await page.textContent("table")).includes("May 2026"));
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("a goal has small steps; one that did not work is changed and goes on, and the goal ends without a fault", async () => {
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, "Stone");
      await page.open("/me");
      await page.click("text=Goals");
      await page.click("text=A new goal");
      await page.fill("#what", `Walk again, ${tag}`);
      await page.fill("#value", "I like the trees.");
      await page.fill("#first_step", "Round the block");
      await page.click("text=Keep it");
      assert.equal(await page.heading(), `Walk again, ${tag}`);
      await page.fill("#step", "Shoes by the door");
      await page.click("text=Add this step");
      await page.click("section:has-text('Shoes by the door') >> text=I did it");
      await page.click("section:has-text('Round the block') >> text=It did not work this time");
      await page.fill("#what-0", "It rained, and I was tired.");
      await page.fill("#next-0", "Only to the corner.");
      await page.fill("#text-0", "To the corner");
      await page.click("section:has-text('Round the block') >> text=Try it like this");
      let text = await page.main();
      assert.ok(text.includes("To the corner") && text.includes("It rained, and I was tired.") && text.includes("Done."));
      await page.click("section:has-text('To the corner') >> text=It did not work this time");
      await page.fill("#first-0", "To the gate");
      await page.fill("#second-0", "From the gate to the corner");
      await page.click("text=Make two of it");
      assert.equal(await page.locator("section h3").count(), 3);
      await page.click("text=Change these words");
      await page.fill("#by", "when the leaves fall");
      await page.click("text=Keep it");
      assert.equal(await page.locator("section h3").count(), 3, "steps stay when the words change");
      await page.click("summary:has-text('Put it away')");
      await page.fill("#kept", "I know the street now.");
      await page.click("details[open] button:has-text('Put it away')");
      text = await page.main();
      assert.ok(text.includes("You put this away.") && text.includes("I know the street now."));
      assert.ok(!/fail|lost|miss|streak/i.test(text.replaceAll("Nothing is lost", "")));
      await page.open("/me/goals");
      await page.click("text=Put away");
      assert.ok((await page.main()).includes(`Walk again, ${tag}`));
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("a lapse opens a look at it, a milestone is reached, and the goal is looked back at", async () => {
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, "Stone");
      await page.open("/me/goals/new");
      await page.fill("#what", `Round the park, ${tag}`);
      await page.selectOption("#domain", "health");
      await page.selectOption("#review", "week");
      await page.click("text=Keep it");
      assert.ok((await page.main()).includes("Part of life: Body and mind"));
      await page.click("text=A milestone with a checklist");
      await page.fill("#milestone", "To the pond");
      await page.fill("#lines", "Shoes by the door\nTo the gate");
      await page.click("text=Add this milestone");
      assert.equal(await page.textContent("main h3"), "To the pond");
      for (const step of ["Shoes by the door", "To the gate"]) await page.click(`section:has-text('${step}') >> text=I did it`);
      assert.ok((await page.main()).includes("You reached this."));
      await page.click("section:has-text('To the gate') >> text=It slipped since");
      assert.ok((await page.main()).includes("What you did stays done."));
      await page.fill("#what-1", "Three hard days.");
      await page.fill("#next-1", "With the neighbour's dog.");
      await page.fill("#text-1", "To the gate with the dog");
      await page.click("section:has-text('To the gate') >> text=Try it like this");
      const section = await page.textContent("section:has-text('To the gate with the dog')");
      assert.ok(section.includes("You did it:") && section.includes("Three hard days.") && section.includes("I did it"));
      await page.click("summary:has-text('Look back')");
      await page.fill("#celebrate", "I reached the gate once.");
      await page.click("text=Keep this look back");
      await page.click("summary:has-text('Over time')");
      const over_time = await page.textContent("#over-time");
      assert.ok(over_time.includes("You looked back") && over_time.includes("I reached the gate once.") && over_time.includes("You did a step"));
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("a card changed in two windows at once shows both until its writer has what they need", async () => {
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, "Stone");
      await page.open("/me/cards");
      await page.fill("#title", `At night, ${tag}`);
      await page.fill("#text", "I breathe.");
      await page.click("text=Keep this card");
      const other = await page.context().newPage();
      await other.goto(page.url());
      await page.click("summary:has-text('Change it')");
      await page.fill("#text", "From the first window.");
      await page.click("details[open] >> text=Keep it");
      await other.click("summary:has-text('Change it')");
      await other.fill("#text", "From the second window.");
      await other.click("details[open] >> text=Keep it");
      assert.ok((await other.textContent("main")).includes("From the first window."));
      await other.click("text=Take this one over");
      assert.equal(await other.textContent(".lead"), "From the first window.");
      assert.ok((await other.textContent("main")).includes("From the second window."));
      await other.click("text=I have what I need");
      assert.ok(!(await other.textContent("main")).includes("From the second window."));
      await page.context().close();
    });

    test("another passphrase works at once, and other places are signed out", async () => {
      const made = await here.server.join(`Tansy ${tag}`);
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, made.nickname);
      await page.open("/me/passphrase");
      await page.fill("#passphrase", "not my passphrase");
      await page.fill("#new_passphrase", "nine paper boats");
      await page.click("text=Use the new one");
      assert.ok((await page.textContent("#errors")).includes("This is not your passphrase."));
      await page.fill("#passphrase", passphrase);
      await page.fill("#new_passphrase", "nine paper boats");
      await page.click("text=Use the new one");
      assert.ok((await page.main()).includes("Your new passphrase works from now on."));
      assert.equal((await here.server.ask("GET", "/api/v1/me", { token: made.token })).status, 401);
      await page.fill("#code-passphrase", "nine paper boats");
      await page.click("text=Make a new code");
      assert.equal(await page.heading(), "Please keep this code");
      await page.context().close();
    });
  });
}

test("every page of one's own space is clean for axe and fits 320 pixels, in light and in the dark", async () => {
  const { server, member } = here;
  const entry = await server.ask("POST", "/api/v1/journal", { token: member.token, key: "axe", body: { kind: "writing", text: words.crisis } });
  const mood = await server.ask("POST", "/api/v1/moods", { token: member.token, key: "axe", body: { day: "2026-05-03", level: 2, tags: ["rain"], helped: "Cold water on my hands", note: words.crisis } });
  const habit = await server.ask("POST", "/api/v1/habits", { token: member.token, key: "axe", body: { name: "Something warm in the evening", kind: "food", state: "active" } });
  await server.ask("PUT", `/api/v1/habits/${habit.body.id}/notes`, { token: member.token, body: { day: "2026-05-03", did: "did" } });
  const steps = [{ text: "Shoes by the door", state: "done", done: ["2026-05-02"], milestone: "Round the park" }, { text: "Round the block", state: "open", tries: [{ day: "2026-05-01", what: "It rained.", next: "To the corner." }] }];
  const goal = await server.ask("POST", "/api/v1/goals", { token: member.token, key: "axe", body: { what: "Walk again", state: "active", by: "autumn", domain: "health", steps, review: "month", reviews: [{ day: "2026-05-02", celebrate: "I went out." }] } });
  for (const by of ["winter", "spring"]) await server.ask("PUT", `/api/v1/goals/${goal.body.id}`, { token: member.token, body: { what: "Walk again", state: "active", by, steps, based_on: 1 } });
  const paths = ["/me/goals", "/me/goals/new", `/me/goals/${goal.body.id}?saved=1`, `/me/goals/${goal.body.id}/edit`, "/me", "/me/passphrase", "/me/journal", `/me/journal?q=die`, "/me/journal/new?kind=reflection", `/me/journal/${entry.body.id}?saved=1`, "/me/moods?month=2026-05", "/me/moods?year=2026", `/me/moods/${mood.body.id}?saved=1`];
  const page = await person(browser, server);
  const found = await faultsInBothLooks(page, ["/recover"]);
  await signIn(page, "Maple");
  const new_code = async () => {
    await page.fill("#code-passphrase", passphrase);
    await page.click("text=Make a new code");
  };
  found.push(...(await faultsInBothLooks(page, paths)), ...(await faultsInBothLooks(page, ["/me/passphrase"], new_code)));
  assert.deepEqual(found, []);
  await page.context().close();
});
