// Every line of an error summary leads to a field that is on its page (WCAG 2.4.3, 3.3.1).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { place, words } from "../harness.mjs";

let here;
before(async () => (here = await place({ config: "[limits]\nenabled = false\n" })));
after(() => here.server.stop());

const long = "x".repeat(301);
const longer = "x".repeat(8000);
let count = 0;
const make = async (path, body) => (await here.server.ask("POST", `/api/v1/${path}`, { token: here.member.token, key: `for-links-${(count += 1)}`, body })).body.id;
const records = {
  goal: () => make("goals", { what: "Walk again", state: "active", steps: [{ text: "Shoes", state: "open" }, { text: "Coat", state: "done" }] }),
  story: () => make("stories", { intend: words.calm, next: "Ring her." }),
  empty_story: () => make("stories", { intend: words.calm }),
  value: () => make("values", { very: ["Calm", "Play", "Order", "Love", "Truth", "Rest"], chosen: [{ name: "Calm" }] }),
  card: () => make("cards", { title: "At night", text: words.calm }),
  mood: () => make("moods", { day: "2026-05-01", level: 3 }),
  habit: () => make("habits", { name: "A walk", kind: "own", unit: "minutes", state: "active" }),
  experiment: () => make("experiments", { what: "The window", day: "2026-05-01", before: 2 }),
  entry: () => make("journal", { kind: "dialogue", text: words.calm, voice: "kind_friend", turns: 1 }),
  plan: async () => void (await here.server.ask("PUT", "/api/v1/plan", { token: here.member.token, body: { alone: "A walk" } })),
  circle: () => here.circle,
  company: async () => {
    const goal = await make("goals", { what: "Walk again", state: "active", steps: [] });
    const asked = await here.server.ask("POST", `/api/v1/goals/${goal}/partner`, { token: here.member.token, key: "for-links", body: { circle: here.circle, nickname: "Wren", note: "Would you?" } });
    await here.server.ask("POST", `/api/v1/partners/${asked.body.id}/answer`, { token: here.other.token, key: "for-links-yes", body: { accept: true } });
    return asked.body.id;
  },
};
const made = new Map();
const record_of = async (name) => {
  if (!made.has(name)) made.set(name, await records[name]());
  return made.get(name);
};
const of = (record, path, form) => [record, path, form];
const cases = [
  of("", "/me/goals", { what: "" }), of("", "/me/goals", { what: "Walk", first_step: long, value: long, possible: longer }),
  of("goal", "/me/goals/ID/edit", { what: long, by: long, based_on: 1 }), of("goal", "/me/goals/ID", { do: "step", step: " ", based_on: 1 }),
  of("goal", "/me/goals/ID", { do: "step", step: long, based_on: 1 }), of("goal", "/me/goals/ID", { do: "try", number: 0, text: "", based_on: 1 }),
  of("goal", "/me/goals/ID", { do: "try", number: 1, what: longer, text: "Coat", based_on: 1 }), of("goal", "/me/goals/ID", { do: "split", number: 0, first: "x", second: "", based_on: 1 }),
  of("goal", "/me/goals/ID", { do: "split", number: 0, first: long, second: "x", based_on: 1 }), of("goal", "/me/goals/ID", { do: "milestone", milestone: " ", lines: "x", based_on: 1 }),
  of("goal", "/me/goals/ID", { do: "milestone", milestone: "Park", lines: long, based_on: 1 }), of("goal", "/me/goals/ID", { do: "move", number: 0, milestone: long, based_on: 1 }),
  of("goal", "/me/goals/ID", { do: "review", based_on: 1 }), of("goal", "/me/goals/ID", { do: "review", celebrate: longer, based_on: 1 }), of("goal", "/me/goals/ID", { do: "archive", kept: longer, based_on: 1 }),
  of("goal", "/me/goals/ID/partner", { circle: "CIRCLE", nickname: "Nobody here", note: "" }), of("goal", "/me/goals/ID/partner", { circle: "CIRCLE", nickname: "", note: longer }),
  of("", "/me/stories", { intend: "" }), of("", "/me/stories", { intend: longer, strength_name_0: long, next: long, values: long }),
  of("story", "/me/stories/ID", { intend: "x", strength_shows_0: "only this", based_on: 1 }), of("story", "/me/stories/ID/put-away", { words: "not in it", until: "2999-01-01", based_on: 1 }),
  of("story", "/me/stories/ID/put-away", { words: words.calm, until: "1999-01-01", based_on: 1 }), of("empty_story", "/me/stories/ID/goal", {}),
  of("story", "/me/stories/ID/share", { circle: "CIRCLE", title: "x" }), of("story", "/me/stories/ID/share", { audience: "circle", circle: "CIRCLE", title: "x" }),
  of("story", "/me/stories/ID/share", { audience: "allies", circle: "CIRCLE", section_intend: "on", allies: "", title: "x" }), of("story", "/me/stories/ID/share", { audience: "allies", circle: "CIRCLE", section_intend: "on", allies: "Nobody", title: long }),
  of("story", "/me/stories/ID/share", { audience: "link", days: 900, circle: "CIRCLE", section_intend: "on", title: "x" }),
  of("", "/me/values", {}), of("", "/me/values", { card_0: "very", own: long }), of("value", "/me/values/ID", { do: "choose", based_on: 1 }),
  of("value", "/me/values/ID", { do: "choose", pick_0: "yes", pick_1: "yes", pick_2: "yes", pick_3: "yes", pick_4: "yes", pick_5: "yes", based_on: 1 }), of("value", "/me/values/ID", { do: "room", step_0: long, based_on: 1 }),
  of("", "/me/cards", { title: "", text: longer }), of("card", "/me/cards/ID", { title: long, text: "", based_on: 1 }),
  of("", "/me/moods", { day: "never", level: "" }), of("mood", "/me/moods/ID", { level: 9, day: "2026-05-01", note: longer, tags: long, based_on: 1 }),
  of("", "/me/habits", { name: "", unit: long, kind: "own" }), of("habit", "/me/habits/ID", { name: long, kind: "own", based_on: 1 }), of("habit", "/me/habits/ID/notes", { day: "2026-05-01", did: "did", number: "many" }),
  of("", "/me/experiments", { what: "", day: "2026-05-01", expect: longer }), of("experiment", "/me/experiments/ID", { noticed: "x", based_on: 1 }), of("experiment", "/me/experiments/ID", { after: 3, noticed: longer, based_on: 1 }),
  of("", "/me/journal", { kind: "writing", text: "" }), of("entry", "/me/journal/ID", { kind: "writing", text: " ", based_on: 1 }), of("entry", "/me/journal/ID/turn", { turn: " ", based_on: 1 }), of("", "/me/journal/dialogue", { voice: "kind_friend", turn: "" }),
  of("", "/me/plan", { alone: longer }), of("", "/me/plan", {}), of("plan", "/me/plan/share", { circle: "CIRCLE", allies: "Wren" }), of("plan", "/me/plan/share", { circle: "CIRCLE", allies: "", section_alone: "yes" }),
  of("", "/me/pacing", { late_from: "22:00" }), of("", "/me/pacing", { late_from: "22:00", late_to: "06:00" }), of("", "/me/pacing", { zone: "Nowhere", no_sex: "someday", muted: long }),
  of("company", "/partners/ID/words", { kind: "morning", text: "" }), of("company", "/partners/ID/words", { kind: "evening", text: longer, hard: long }),
  of("circle", "/circles/ID/threads", { title: "", text: "" }),
];

for (const [record, path, form] of cases) {
  test(`${path} ${Object.entries(form).map(([name, value]) => `${name}=${String(value).slice(0, 8)}`).join(" ").slice(0, 90)}`, async () => {
    const id = record ? await record_of(record) : "";
    const filled = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value).replace("CIRCLE", here.circle)]));
    const answer = await here.server.ask("POST", path.replace("ID", id), { token: here.member.token, body: new URLSearchParams(filled).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } });
    assert.equal(answer.status, 422, answer.text.slice(0, 300));
    const summary = /id="errors".*?<\/ul>/s.exec(answer.text)?.[0] ?? "";
    const links = [...summary.matchAll(/href="#([^"]+)"/g)].map(([, to]) => to);
    assert.ok(links.length > 0, summary);
    assert.deepEqual(links.filter((to) => !answer.text.includes(`id="${to}"`)), [], "links that lead nowhere");
  });
}
