// A first story, a share and its withdrawal, as people do them; with and without JavaScript.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { place, words } from "../harness.mjs";
import { faults, launch, person, signIn } from "./people.mjs";

let here;
let browser;
const pictures = process.env.HOLDFAST_PICTURES;
before(async () => {
  here = await place({ config: '[limits]\nenabled = false\n[people]\ncountry = "gb"\n' });
  browser = await launch();
  if (pictures) mkdirSync(pictures, { recursive: true });
});
after(async () => {
  await browser.close();
  await here.server.stop();
});
const picture = async (page, name) => {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
};
const press = (page, text) => page.click(`main >> text="${text}"`);

for (const javaScriptEnabled of [true, false]) {
  // The check itself is a script, and what it looks at is the same page.
  const is_sound = async (page, name) => {
    if (javaScriptEnabled) assert.deepEqual(await faults(page, name), []);
  };
  const tag = javaScriptEnabled ? "script" : "plain";
  describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test("a first story: a pause, a strength with its goal, a passage put away, versions, a next step", async () => {
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, "Maple");
      await page.open("/me");
      await press(page, "My stories");
      await press(page, "Begin a story");
      await page.fill("#happened", "It was loud. I hid in the yard. Then it was quiet.");
      await page.click("#happened >> xpath=ancestor::p/following-sibling::p[1]/button");
      assert.equal(await page.heading(), "Five, four, three, two, one");
      await page.open("/me/stories");
      await press(page, "Not said yet");
      assert.equal(await page.inputValue("#happened"), "It was loud. I hid in the yard. Then it was quiet.");
      await page.fill("#intend", "");
      await page.fill("#did", `I rang my aunt. ${tag}`);
      if (!javaScriptEnabled) {
        await page.evaluate(() => document.querySelector("#intend").removeAttribute("required"));
        await press(page, "Keep it");
        assert.ok(await page.textContent("#errors"));
        assert.equal(await page.inputValue("#did"), `I rang my aunt. ${tag}`, "what was typed stays");
      }
      await page.fill("#intend", `To have it said, ${tag}`);
      await page.fill("#strength_name_0", "Patience");
      await page.fill("#strength_shows_0", "I waited until it was safe.");
      await page.fill("#values", "calm, fairness");
      await page.fill("#next", "Ring her again.");
      await press(page, "Keep it");
      assert.ok((await page.main()).includes("Saved. Only you can read it."));
      assert.equal(await page.heading(), `To have it said, ${tag}`);

      await press(page, "Put a passage away for a while");
      await page.fill("#words", "I hid in the yard.");
      await press(page, "Put it away");
      assert.ok(!(await page.content()).includes("I hid in the yard."));
      assert.ok((await page.inputValue("#happened")).includes("[… 1]"));
      await press(page, "How I told it before");
      assert.ok(!(await page.content()).includes("I hid in the yard."));
      await page.click("main li:last-child a");
      assert.ok(!(await page.locator("ins").count()), "where it begins");
      await page.click("main li:nth-last-child(2) a");
      assert.ok(!(await page.content()).includes("I hid in the yard."));
      assert.ok((await page.locator("ins").allTextContents()).join(" ").includes("aunt"));
      await is_sound(page, "versions");
      await press(page, "Back to the story");

      await press(page, "Make a goal of it");
      assert.equal(await page.heading(), "Ring her again.");
      await page.open("/me/stories");
      await press(page, `To have it said, ${tag}`);
      await page.selectOption("#strength_goal_0", { label: "Ring her again." });
      await press(page, "Keep it");
      await is_sound(page, "story");
      await picture(page, `story-${tag}`);
      await page.open("/me/stories/timeline");
      assert.ok((await page.main()).includes("A goal grew from it"));
      await is_sound(page, "timeline");
      await picture(page, `timeline-${tag}`);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    test("a story is shared, read support first, answered with a note, and taken back from the open page", async () => {
      const writer = await person(browser, here.server, { javaScriptEnabled });
      await signIn(writer, "Maple");
      await writer.open("/me/stories");
      await press(writer, `To have it said, ${tag}`);
      await press(writer, "Share it");
      await is_sound(writer, "sharing");
      await picture(writer, `share-${tag}`);
      await writer.fill("#title", `A quiet evening, ${tag}`);
      await writer.fill("#allies", "Nobody At All");
      await press(writer, "Share these parts");
      assert.ok((await writer.textContent("#errors")).includes("One of these names"));
      assert.equal(await writer.inputValue("#title"), `A quiet evening, ${tag}`);
      await writer.fill("#allies", "Wren");
      await press(writer, "Share these parts");
      assert.ok((await writer.textContent("#shares + ul li")).includes("Shared now"));
      await picture(writer, `shares-${tag}`);

      const reader = await person(browser, here.server, { javaScriptEnabled, viewport: { width: 320, height: 640 } });
      await signIn(reader, "Wren");
      await reader.open("/stories");
      await press(reader, `A quiet evening, ${tag}`);
      assert.ok(await reader.isVisible(`text=I rang my aunt. ${tag}`));
      assert.ok(!(await reader.isVisible("text=It was loud.")), "hard detail is closed");
      assert.ok(!(await reader.content()).includes("I hid in the yard."));
      await reader.click("text=What was hard");
      assert.ok(await reader.isVisible("text=It was loud."));
      await is_sound(reader, "shared story at 320 px");
      await picture(reader, `shared-${tag}`);
      await reader.fill("#text", "Everything happens for a reason.");
      await press(reader, "Leave this note");
      assert.ok((await reader.main()).includes("A thought before you send this"));
      await is_sound(reader, "a note that is asked about");
      await reader.fill("#text", "You waited, and you asked for help. I see patience.");
      await press(reader, "Send it as it is now");
      assert.ok((await reader.main()).includes("I see patience."));

      await press(writer, "See it as readers do");
      await press(writer, "Keep on top");
      assert.ok((await writer.main()).includes("Kept on top by its writer."));
      await is_sound(writer, "one's own shared story");
      await picture(writer, `own-shared-${tag}`);
      await writer.click("main >> text=Take it back");
      assert.ok((await writer.textContent("#shares + ul li")).includes("Not shared any more"));
      await press(writer, "Notes that readers left for you");
      assert.ok((await writer.main()).includes("I see patience."), "the note stays with its writer");
      await is_sound(writer, "the notes of a story that was taken back");
      if (javaScriptEnabled) {
        await reader.waitForSelector("text=This is not shared any more.", { timeout: 5000 });
        assert.ok(!(await reader.content()).includes("I rang my aunt."));
        await picture(reader, "taken-back");
      }
      const again = await reader.reload();
      assert.equal(again.status(), 404);
      for (const page of [writer, reader]) {
        assert.deepEqual(page.complaints, []);
        await page.context().close();
      }
    });

    test("a link shows no word before it is opened, and its open page empties when it is ended", async () => {
      const writer = await person(browser, here.server, { javaScriptEnabled });
      await signIn(writer, "Maple");
      await writer.open("/me/stories");
      await press(writer, `To have it said, ${tag}`);
      await press(writer, "Share it");
      await writer.check("input[value=link]");
      await press(writer, "Share these parts");
      const path = await writer.getAttribute("#shares + ul a[href^='/s/']", "href");
      const visitor = await person(browser, here.server, { javaScriptEnabled, viewport: { width: 320, height: 640 } });
      await visitor.open(path);
      assert.ok(!(await visitor.content()).includes("aunt"));
      await is_sound(visitor, "a link");
      await picture(visitor, `link-${tag}`);
      await press(visitor, "Read it");
      assert.ok(await visitor.isVisible(`text=I rang my aunt. ${tag}`));
      await is_sound(visitor, "a story by its link");
      await writer.reload();
      assert.ok((await writer.textContent("#shares + ul li")).includes("Opened once."));
      await writer.click("#shares + ul >> text=Take it back");
      if (javaScriptEnabled) {
        await visitor.waitForSelector("text=This is not shared any more.", { timeout: 5000 });
        assert.ok(!(await visitor.content()).includes("aunt"));
      }
      assert.equal((await visitor.open(path)).status(), 404);
      for (const page of [writer, visitor]) {
        assert.deepEqual(page.complaints, []);
        await page.context().close();
      }
    });

    test("a cry for help in a shared story is held, and its writer is met with care", async () => {
      const page = await person(browser, here.server, { javaScriptEnabled });
      await signIn(page, "Maple");
      await page.open("/me/stories/new");
      await page.fill("#intend", `A hard night, ${tag}`);
      await page.fill("#did", words.crisis);
      await press(page, "Keep it");
      assert.ok((await page.main()).includes("We are glad you wrote this down"));
      await press(page, "Share it");
      await page.check("input[value=circle]");
      await press(page, "Share these parts");
      assert.ok(await page.isVisible(".care"));
      assert.ok(!/violation|rejected|denied/i.test(await page.main()));
      await is_sound(page, "care after a share");
      await picture(page, `care-${tag}`);
      await page.context().close();
    });
  });
}
