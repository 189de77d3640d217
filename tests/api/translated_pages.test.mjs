// Every page in German and in Arabic, with something of each kind on it: no English sentence of ours is left.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { english_in, english_of, said_on } from "../english.mjs";
import { circle_pages, company_of_a_circle, everything, own_pages } from "../everything.mjs";
import { place } from "../harness.mjs";

// The rules' own names, which a host gives them, stand as they are.
const policy = readFileSync(new URL("../../moderation/policies/default.toml", import.meta.url), "utf8");
const names_of_rules = [...policy.matchAll(/^name = "(.*)"$/gm)].map((found) => found[1]);

let here;
let own;
let of_circles;
before(async () => {
  here = await place({ config: '[limits]\nenabled = false\n[people]\ncountry = "de"\n' });
  own = own_pages(here, await everything(here));
  of_circles = circle_pages(here, await company_of_a_circle(here));
});
after(() => here.server.stop());

/** English sentences of ours on these pages, as each of these people sees them. */
async function english_left(pages, people, code) {
  const english = english_of(code);
  for (const name of names_of_rules) english.delete(name);
  const english_page = await here.server.ask("GET", "/me/moods", { token: here.member.token });
  assert.ok(english_in(said_on(english_page.text), english).length > 10, "English words are found where there are some");
  const left = new Set();
  const opened = new Map();
  for (const { pattern, path } of pages) {
    for (const { token } of people) {
      const answer = await here.server.ask("GET", path, { token, headers: { "accept-language": code } });
      opened.set(pattern, [...(opened.get(pattern) ?? []), answer.status]);
      if (!/text\/html/.test(answer.headers.get("content-type"))) continue;
      for (const text of english_in(said_on(answer.text), english)) left.add(`${path.replace(/[0-9a-f]{32,}/, "ID")}: ${text}`);
    }
  }
  for (const [pattern, answers] of opened) assert.ok(answers.includes(pattern === "/nowhere" ? 404 : 200), `${pattern}: ${answers}`);
  return [...left];
}

for (const [code, name] of [["de", "German"], ["ar", "Arabic"]]) {
  test(`in ${name} no page of one's own space, of tools or of what is shared has an English sentence of ours on it`, async () => {
    assert.deepEqual(await english_left(own, [here.member, here.other], code), []);
    const failed = await here.server.ask("POST", "/me/journal", { body: "text=Der+Regen", headers: { "content-type": "application/x-www-form-urlencoded", "accept-language": code } });
    assert.deepEqual(english_in(said_on(failed.text), english_of(code)), []);
  });
  test(`in ${name} no page of a circle, of care or of the desk has one either`, async () => {
    assert.deepEqual(await english_left(of_circles, [{}, here.member, here.other, here.facilitator, here.lead], code), []);
  });
}
