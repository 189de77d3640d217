// Who may do what: every route, for every role, on things of one's own and of others. A route that is not in
// the table below makes this fail, so nobody can forget it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import { holdfast, place, shippedPolicy, words } from "../harness.mjs";

const routes = JSON.parse(spawnSync(holdfast, ["routes", "--json"], { encoding: "utf8" }).stdout);
const roles = ["visitor", "outsider", "other", "member", "facilitator", "lead"];
// Statuses a role gets, in the order of `roles`; "member" is the author of the post, "other" belongs to the circle.
// 2: allowed (any 2xx or 3xx but to the sign-in), 1: sign in first (401, or 303 to it), 4: not for you (404).
// The thing asked for: the member's post, an item about it, somebody's application to a circle that the
// facilitator looks after, one's own session. What is others' and what isn't there comes after the table.
const json = {
  "POST /api/v1/accounts": "222222", "POST /api/v1/sessions": "222222", "GET /api/v1/sessions": "122222",
  "DELETE /api/v1/sessions": "122222", "GET /api/v1/sessions/{id}": "122222", "DELETE /api/v1/sessions/{id}": "122222", "GET /api/v1/me": "122222", "PATCH /api/v1/me": "122222", "DELETE /api/v1/me": "122222",
  "GET /api/v1/me/export": "122222", "GET /api/v1/me/export.csv": "122222", "POST /api/v1/me/import": "122222", "GET /api/v1/me/blueprint": "122222", "PUT /api/v1/me/passphrase": "122222", "POST /api/v1/me/recovery-code": "122222",
  "POST /api/v1/recoveries": "222222", "GET /api/v1/journal": "122222", "POST /api/v1/journal": "122222", "GET /api/v1/journal/{id}": "122222",
  "PUT /api/v1/journal/{id}": "122222", "DELETE /api/v1/journal/{id}": "122222", "GET /api/v1/plan": "144444", "PUT /api/v1/plan": "122222", "DELETE /api/v1/plan": "122222", "GET /api/v1/cards": "122222", "POST /api/v1/cards": "122222",
  "GET /api/v1/cards/{id}": "122222", "PUT /api/v1/cards/{id}": "122222", "DELETE /api/v1/cards/{id}": "122222", "GET /api/v1/goals": "122222", "POST /api/v1/goals": "122222", "GET /api/v1/goals/{id}": "122222", "PUT /api/v1/goals/{id}": "122222",
  "DELETE /api/v1/goals/{id}": "122222", "GET /api/v1/moods": "122222", "POST /api/v1/moods": "122222",
  "GET /api/v1/moods/{id}": "122222", "PUT /api/v1/moods/{id}": "122222", "DELETE /api/v1/moods/{id}": "122222", "GET /api/v1/circles": "222222", "POST /api/v1/circles": "144442",
  "GET /api/v1/circles/{id}": "222222", "PATCH /api/v1/circles/{id}": "144422", "PUT /api/v1/circles/{id}/membership": "122222",
  "DELETE /api/v1/circles/{id}/membership": "122222", "GET /api/v1/circles/{id}/applications": "144422",
  "POST /api/v1/applications/{id}/decision": "144422", "GET /api/v1/circles/{id}/threads": "442222",
  "POST /api/v1/circles/{id}/threads": "142222", "GET /api/v1/threads/{id}": "442222", "GET /api/v1/threads/{id}/posts": "442222",
  "POST /api/v1/threads/{id}/posts": "142222", "GET /api/v1/posts/{id}": "442222", "PATCH /api/v1/posts/{id}": "144244",
  "DELETE /api/v1/posts/{id}": "144244", "POST /api/v1/posts/{id}/safe": "144244", "GET /api/v1/review/items": "122222",
  "GET /api/v1/review/items/{id}": "144422", "POST /api/v1/review/items/{id}/claim": "144422",
  "POST /api/v1/review/items/{id}/decision": "144422", "GET /api/v1/help-lines": "222222", "GET /api/v1/search": "442222",
  "GET /healthz": "222222", "GET /readyz": "222222", "GET /metrics": "222222", "GET /api/v1/live": "444444",
  "GET /api/v1/care/alarms": "122222", "POST /api/v1/care/alarms/{id}/take": "144422", "POST /api/v1/care/alarms/{id}/pass": "144422",
  "POST /api/v1/care/alarms/{id}/outside-help": "144442", "GET /api/v1/circles/{id}/duty": "144422", "POST /api/v1/circles/{id}/duty": "144422",
  "POST /api/v1/posts/{id}/talk": "144244", "POST /api/v1/care/alarms/{id}/talk": "144422", "GET /api/v1/care/talks": "122222",
  "GET /api/v1/care/talks/{id}/messages": "144222", "POST /api/v1/care/talks/{id}/messages": "144222", "POST /api/v1/care/talks/{id}/close": "144222",
  "GET /api/v1/care/follow-ups": "122222", "POST /api/v1/care/follow-ups/{id}": "144424", "POST /api/v1/circles/{id}/concerns": "142222", "GET /api/v1/circles/{id}/concerns": "142222",
  "GET /api/v1/care/concerns/{id}": "144422", "POST /api/v1/care/concerns/{id}/answer": "144422", "GET /api/v1/care/figures": "144442",
  "GET /api/v1/care/figures.csv": "144442",
  "DELETE /api/v1/duty/{id}": "144422", "PUT /api/v1/duty/{id}/note": "144424",
  "GET /api/v1/openapi.json": "222222",
  "GET /api/v1/habits": "122222", "POST /api/v1/habits": "122222", "GET /api/v1/habits/{id}": "122222", "PUT /api/v1/habits/{id}": "122222", "DELETE /api/v1/habits/{id}": "122222",
  "GET /api/v1/pacing": "144444", "PUT /api/v1/pacing": "122222", "DELETE /api/v1/pacing": "122222", "POST /api/v1/waiting/{id}/send": "122222",
  ...Object.fromEntries(["values", "experiments", "waiting"].flatMap((one) => [`GET /api/v1/${one}`, `POST /api/v1/${one}`, `GET /api/v1/${one}/{id}`, `PUT /api/v1/${one}/{id}`, `DELETE /api/v1/${one}/{id}`]).map((name) => [name, "122222"])),
  "PUT /api/v1/habits/{id}/notes": "122222", "POST /api/v1/habits/from-tool": "122222", "GET /api/v1/habit-notes": "122222", "GET /api/v1/mood-times": "122222", "GET /api/v1/journal-questions": "122222", "POST /api/v1/dialogues": "122222", "POST /api/v1/journal/{id}/turns": "122222", "GET /api/v1/value-cards": "122222", "GET /api/v1/value-changes": "122222", "DELETE /api/v1/habit-notes/{id}": "122222", "GET /api/v1/habit-weeks": "122222",
  ...Object.fromEntries(["pass", "second", "escalate", "notes"].map((one) => [`POST /api/v1/review/items/{id}/${one}`, "144422"])),
  "POST /api/v1/review/items/{id}/messages": "144424", "POST /api/v1/review/next": "122222", "GET /api/v1/review/reasons": "122222",
  "GET /api/v1/review/me": "122222", "PUT /api/v1/review/me": "122222", "POST /api/v1/posts/{id}/reports": "142422",
  "GET /api/v1/me/reports": "122222", "POST /api/v1/posts/{id}/appeal": "144244", "GET /api/v1/posts/{id}/appeal": "144244",
  "GET /api/v1/me/standing": "122222", "GET /api/v1/circles/{id}/limits": "144422", "DELETE /api/v1/limits/{id}": "144422",
  "PUT /api/v1/circles/{id}/lock": "144422", "DELETE /api/v1/circles/{id}/lock": "144422", "GET /api/v1/welcome": "122222",
  "PUT /api/v1/circles/{id}/welcome": "142222", "GET /api/v1/audit": "144442", "GET /api/v1/policy": "144422", "GET /api/v1/policy/version": "144422", "POST /api/v1/policy/replay": "144442", "POST /api/v1/policy/changes": "144442",
  "POST /api/v1/policy/changes/{id}": "144442", "POST /api/v1/circles/{id}/policy": "144422", "GET /api/v1/figures": "144422", "GET /api/v1/figures.csv": "144422", "GET /api/v1/audit.csv": "144442", "GET /api/v1/me/record": "122222",
  "GET /api/v1/stories": "122222", "POST /api/v1/stories": "122222", "GET /api/v1/stories/{id}": "122222", "PUT /api/v1/stories/{id}": "122222", "DELETE /api/v1/stories/{id}": "122222",
  "GET /api/v1/stories/{id}/changes": "122222", "GET /api/v1/story-times": "122222",
  "POST /api/v1/stories/{id}/put-away": "122222", "POST /api/v1/stories/{id}/bring-back": "144444", "POST /api/v1/stories/{id}/goal": "122222", "POST /api/v1/stories/{id}/shares": "142222",
  "GET /api/v1/story-shares": "122222", "DELETE /api/v1/story-shares/{id}": "144244", "GET /api/v1/shared-stories": "122222", "GET /api/v1/shared-stories/{id}": "142222",
  "POST /api/v1/story-links/{id}": "222222", "POST /api/v1/story-links/{id}/reader": "142222", "POST /api/v1/posts/{id}/witness": "142422",
  "GET /api/v1/notifications": "122222", "POST /api/v1/notifications/seen": "122222", "POST /api/v1/notifications/{id}/seen": "122222", "GET /api/v1/notifications/settings": "122222", "PUT /api/v1/notifications/settings": "122222",
  "PUT /api/v1/notifications/address": "122222", "DELETE /api/v1/notifications/address": "122222", "POST /api/v1/notifications/address/code": "144444",
  "PUT /api/v1/posts/{id}/pin": "144244", "DELETE /api/v1/posts/{id}/pin": "144244",
  "POST /api/v1/plan/shares": "144444", "POST /api/v1/cards/{id}/shares": "142222", "GET /api/v1/plan-shares": "122222", "GET /api/v1/card-shares": "122222", "DELETE /api/v1/shares/{id}": "144244", "GET /api/v1/shared-plans": "122222",
  "GET /api/v1/shared-plans/{id}": "142244", "GET /api/v1/shared-cards": "122222", "GET /api/v1/shared-cards/{id}": "142222", "POST /api/v1/shared-cards/{id}/card": "142222",
  "POST /api/v1/goals/{id}/partner": "142222", "GET /api/v1/partners": "122222", "GET /api/v1/partners/{id}": "142244", "DELETE /api/v1/partners/{id}": "142244", "POST /api/v1/partners/{id}/answer": "142444", "PUT /api/v1/partners/{id}/grants": "144244",
  "PUT /api/v1/partners/{id}/schedule": "144244", "PUT /api/v1/partners/{id}/hard-week": "144244", "DELETE /api/v1/partners/{id}/hard-week": "144244", "POST /api/v1/partners/{id}/words": "142444", "POST /api/v1/partner-ideas/{id}": "144244",
};
const html = {
  "GET /": "222222", "GET /help": "222222", "GET /quiet": "222222", "GET /about": "222222", "GET /leave": "222222", "POST /language": "222222",
  "GET /assets/{name}": "444444", "GET /sw.js": "222222", "GET /join": "222222", "POST /join": "222222", "GET /sign-in": "222222",
  "POST /sign-in": "222222", "GET /me": "122222", "POST /me/look": "122222", "POST /me/country": "122222",
  "POST /me/sessions/{id}": "122222", "POST /me/delete": "122222", "GET /me/news": "122222", "POST /me/news": "122222", "GET /me/news/settings": "122222", "POST /me/news/settings": "122222", "POST /me/news/code": "144444", "POST /me/news/address": "122222", "POST /me/news/address/delete": "122222", "POST /me/news/{id}/open": "122222", "GET /me/copy": "122222", "POST /me/copy": "122222", "GET /me/blueprint": "122222",
  "GET /me/passphrase": "122222", "POST /me/passphrase": "122222", "POST /me/recovery-code": "122222", "GET /recover": "222222", "POST /recover": "222222",
  "GET /me/journal": "122222", "POST /me/journal": "122222", "GET /me/journal/new": "122222", "GET /me/journal/{id}": "122222",
  "POST /me/journal/{id}": "122222", "POST /me/journal/{id}/delete": "122222", "GET /tools": "222222", "GET /tools/breathing": "222222", "GET /tools/grounding": "222222", "GET /tools/senses": "222222", "GET /tools/imagery": "222222", "GET /tools/writing": "222222", "GET /tools/plan": "222222", "GET /me/plan": "122222", "GET /me/plan/edit": "122222",
  "GET /me/offline": "122222", "POST /me/plan": "122222", "POST /me/plan/delete": "122222", "GET /me/cards": "122222", "POST /me/cards": "122222", "GET /me/cards/{id}": "122222",
  "POST /me/journal/{id}/other": "122222", "POST /me/moods/{id}/other": "122222", "POST /me/cards/{id}/other": "122222", "POST /me/goals/{id}/other": "122222", "POST /me/habits/{id}/other": "122222", "POST /me/values/{id}/other": "122222", "POST /me/experiments/{id}/other": "122222", "POST /me/stories/{id}/other": "122222", "POST /me/plan/other": "122222", "POST /me/pacing/other": "122222", "POST /me/waiting/{id}/other": "122222",
  "GET /me/journal/{id}/other": "122222", "GET /me/moods/{id}/other": "122222", "GET /me/cards/{id}/other": "122222", "GET /me/goals/{id}/other": "122222", "GET /me/habits/{id}/other": "122222", "GET /me/values/{id}/other": "122222", "GET /me/experiments/{id}/other": "122222", "GET /me/stories/{id}/other": "122222", "GET /me/plan/other": "122222", "GET /me/pacing/other": "122222", "GET /me/waiting/{id}/other": "122222",
  "POST /me/cards/{id}": "122222", "POST /me/cards/{id}/delete": "122222", "GET /me/goals": "122222", "POST /me/goals": "122222", "GET /me/goals/new": "122222", "GET /me/goals/{id}": "122222", "POST /me/goals/{id}": "122222",
  "GET /me/goals/{id}/edit": "122222", "POST /me/goals/{id}/edit": "122222", "POST /me/goals/{id}/delete": "122222", "GET /me/moods": "122222", "POST /me/moods": "122222",
  "GET /me/moods/{id}": "122222", "POST /me/moods/{id}": "122222", "POST /me/moods/{id}/delete": "122222", "GET /circles": "222222", "GET /circles/{id}": "222222",
  "POST /circles/{id}/join": "122222", "POST /circles/{id}/leave": "122222", "GET /circles/{id}/applications": "144422",
  "GET /circles/{id}/policy": "144422", "POST /circles/{id}/policy": "144422",
  "POST /applications/{id}": "144422", "GET /search": "442222", "GET /threads/{id}": "442222", "POST /threads/{id}/posts": "142222",
  "GET /circles/{id}/new": "122222", "POST /circles/{id}/threads": "142222", "GET /posts/{id}/fragment": "442222",
  "GET /posts/{id}": "442222", "GET /posts/{id}/edit": "144244", "POST /posts/{id}/edit": "144244", "GET /posts/{id}/delete": "144244",
  "POST /posts/{id}/delete": "144244", "POST /posts/{id}/safe": "144244", "GET /review": "122222", "GET /review/{id}": "144422",
  "GET /care": "122222", "POST /care/{id}/take": "144422", "POST /care/{id}/pass": "144422", "POST /care/{id}/outside-help": "144442",
  "POST /posts/{id}/talk": "144244", "POST /care/{id}/talk": "144422", "GET /talks/{id}": "144222", "GET /talks/{id}/messages": "144222",
  "POST /talks/{id}": "144222", "POST /talks/{id}/close": "144222",
  "POST /follow-ups/{id}": "144424", "GET /circles/{id}/worry": "142222", "POST /circles/{id}/worry": "142222", "GET /concerns/{id}": "144422",
  "POST /concerns/{id}": "144422", "GET /care-figures": "144442",
  "GET /circles/{id}/duty": "144422", "POST /circles/{id}/duty": "144422", "POST /duty/{id}/delete": "144422", "POST /duty/{id}/note": "144424",
  "POST /review/{id}": "144422", "GET /audit": "144442", "GET /me/record": "122222",
  ...Object.fromEntries(["claim", "pass", "second", "lead", "notes"].map((one) => [`POST /review/{id}/${one}`, "144422"])),
  "POST /review/{id}/messages": "144424", "POST /review": "122222", "POST /me/desk": "122222", "GET /posts/{id}/report": "142222",
  "POST /posts/{id}/report": "142422", "GET /me/reports": "122222", "GET /posts/{id}/appeal": "144244", "POST /posts/{id}/appeal": "144244",
  "GET /me/standing": "122222", "GET /circles/{id}/safety": "144422", "POST /circles/{id}/lock": "144422", "POST /circles/{id}/open": "144422",
  "POST /limits/{id}/end": "144422", "GET /welcome": "122222", "GET /policy": "144422", "GET /policy/version": "144422", "GET /policy/replay": "144442", "POST /policy/changes": "144442", "POST /policy/changes/{id}": "144442", "POST /circles/{id}/policy/waits": "144422",
  "GET /figures": "144422", "GET /transparency": "222222", "POST /circles/{id}/welcome": "142222",
  "GET /me/habits": "122222", "POST /me/habits": "122222", "POST /me/habits/from-tool": "122222", "GET /me/habits/{id}": "122222", "POST /me/habits/{id}": "122222",
  ...Object.fromEntries(["values", "experiments"].flatMap((one) => [`GET /me/${one}`, `POST /me/${one}`, `GET /me/${one}/new`, `GET /me/${one}/{id}`, `POST /me/${one}/{id}`, `POST /me/${one}/{id}/delete`]).map((name) => [name, "122222"])),
  "POST /me/journal/search": "122222", "POST /me/goals/search": "122222", "GET /me/journal/dialogue": "122222", "POST /me/journal/dialogue": "122222", "POST /me/journal/{id}/turn": "122222",
  "GET /me/pacing": "122222", "POST /me/pacing": "122222", "POST /me/pacing/off": "122222", "POST /me/pacing/go-on": "122222", "POST /posts/{id}/mute": "142422",
  "GET /me/waiting": "122222", "GET /me/waiting/{id}": "122222", "POST /me/waiting/{id}": "122222", "POST /me/waiting/{id}/delete": "122222",
  "POST /me/habits/{id}/notes": "122222", "POST /me/habits/{id}/state": "122222", "POST /me/habits/{id}/delete": "122222",
  "GET /me/stories": "122222", "POST /me/stories": "122222", "GET /me/stories/new": "122222", "GET /me/stories/timeline": "122222", "GET /me/stories/{id}": "122222", "POST /me/stories/{id}": "122222",
  "GET /me/stories/{id}/versions": "122222", "POST /me/stories/{id}/put-away": "122222", "POST /me/stories/{id}/bring-back": "144444", "POST /me/stories/{id}/goal": "122222", "POST /me/stories/{id}/delete": "122222",
  "GET /me/stories/{id}/share": "122222", "POST /me/stories/{id}/share": "142222", "POST /stories/{id}/withdraw": "144244", "GET /stories": "122222", "GET /stories/{id}": "142222", "POST /stories/{id}/notes": "142422",
  "POST /posts/{id}/pin": "144244", "GET /s/{id}": "222222", "POST /s/{id}": "222222", "POST /s/{id}/keep": "142222",
  "GET /me/plan/share": "122222", "POST /me/plan/share": "122222", "GET /plans/{id}": "142244", "POST /shares/{id}/withdraw": "144244", "GET /me/cards/{id}/share": "122222", "POST /me/cards/{id}/share": "142222",
  "GET /shared-cards": "122222", "GET /shared-cards/{id}": "142222", "POST /shared-cards/{id}/take": "142222", "GET /me/goals/{id}/partner": "122222", "POST /me/goals/{id}/partner": "142222", "GET /partners": "122222", "GET /partners/{id}": "142244", "GET /partners/{id}/shown": "142244",
  "POST /partners/{id}/answer": "142444", "POST /partners/{id}/grants": "144244", "POST /partners/{id}/schedule": "144244", "POST /partners/{id}/hard-week": "144244", "POST /partners/{id}/words": "142444", "POST /partners/{id}/end": "142244", "POST /partner-ideas/{id}": "144244",
};
const table = { ...json, ...html };

let here;
before(async () => {
  here = await place({ circle: { readable_by: "members" }, config: "[limits]\nenabled = false\n[desk]\npublishes_figures = true\n[mail]\nurl = \"smtp://127.0.0.1:1\"\nfrom = \"news@example.org\"\n" });
  here.apply = await here.server.circle(here.lead, { name: "Small circle", entry: "apply" });
  await here.server.give("facilitator", here.facilitator, here.apply);
  await here.server.give("member", await here.server.join("Hazel"), here.circle);
});
after(() => here.server.stop());

test("the table and the server know the same routes", () => {
  assert.deepEqual(routes.map((one) => `${one.method} ${one.path}`).sort(), Object.keys(table).sort());
});

let count = 0;
/** Decides the item of the last alarm, whoever has it. */
async function settle() {
  for (const who of [here.facilitator, here.lead]) {
    if (!here.alarm) return;
    const item = await here.server.ask("GET", `/api/v1/review/items/${here.alarm}`, { token: who.token });
    if (item.status !== 200) return;
    const done = await here.server.ask("POST", `/api/v1/review/items/${here.alarm}/decision`, { token: who.token, body: { decision: "keep", revision: item.body.revision } });
    if (done.status === 204) here.alarm = undefined;
  }
}
// From the file, since the list shows the hundred that are due first, and many wait here.
const item_about = (post) => here.server.sql(`SELECT lower(hex(id)) AS id, revision FROM review_item WHERE post_id = x'${post}' AND state = 'waiting'`)[0];
/** A post that the lead took out, with what follows from it. */
async function decided(author, more = {}) {
  const sent = await here.server.reply(author, here.thread, `${words.harm} ${(count += 1)}`);
  const item = item_about(sent.body.id);
  const done = await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.lead.token, body: { decision: "remove", revision: item.revision, reason: "Your words are saved.", ...more } });
  assert.equal(done.status, 204, done.text);
  return sent.body.id;
}
async function thing(object, role, mood = "calm") {
  count += 1;
  if (object === "session" && here[role]) {
    const made = await here.server.ask("POST", "/api/v1/sessions", { body: { nickname: here[role].nickname, passphrase: "seven quiet lanterns" } });
    return made.body.session;
  }
  if (object === "application") {
    const applicant = await here.server.join(`Applicant ${count}`);
    await here.server.ask("PUT", `/api/v1/circles/${here.apply}/membership`, { token: applicant.token, body: { agreement_version: 1, application: "I would like to listen." } });
    const waiting = await here.server.ask("GET", `/api/v1/circles/${here.apply}/applications`, { token: here.lead.token });
    return waiting.body.items.at(-1).id;
  }
  if (object === "post" && mood === "calm") return (await here.server.reply(here.member, here.thread, `${words.calm} ${count}`)).body.id;
  if (object === "review_item") {
    const sent = await here.server.reply(here.member, here.thread, `${words.harm} ${count}`);
    return item_about(sent.body.id).id;
  }
  if (object === "limit") {
    const limited = await here.server.join(`Limited ${count}`);
    await here.server.enter(limited, here.circle);
    await decided(limited, { limit: "hold_all", limit_hours: 1 });
    const limits = await here.server.ask("GET", `/api/v1/circles/${here.circle}/limits`, { token: here.lead.token });
    return limits.body.items.find((one) => one.nickname === limited.nickname).id;
  }
  if (object === "policy_wish") {
    const rules = (text) => here.server.ask("PATCH", `/api/v1/circles/${here.circle}`, { token: here.facilitator.token, body: { policy: text } });
    await rules(`name = "ours"\nversion = ${count}\n[care]\nhold_from_risk = 3\n`);
    assert.equal((await rules("")).status, 202);
    return here.circle;
  }
  if (object === "rule_change") {
    await here.server.ask("POST", "/api/v1/policy/changes", { token: here.lead.token, body: { rule: "spam", state: "off" } });
    const desk = await here.server.ask("GET", "/api/v1/policy", { token: here.lead.token });
    return desk.body.waiting.find((one) => one.rule === "spam").id;
  }
  if (object === "notice") {
    const id = count.toString(16).padStart(32, "a");
    here.server.sql(`INSERT INTO notice (id, account_id, kind, about, at) VALUES (x'${id}', x'${(here[role] ?? here.member).id}', 'decision', randomblob(16), 1)`);
    return id;
  }
  if (object === "decided post") return decided(here.member);
  if (object === "appeal") {
    const post = await decided(here.member);
    await here.server.ask("POST", `/api/v1/posts/${post}/appeal`, { token: here.member.token, key: `appeal-${count}`, body: { words: "Please look again." } });
    return item_about(post).id;
  }
  if (object === "alarm") {
    await settle(); // the list shows a hundred items: none of these stay in it
    const sent = await here.server.reply(here.member, here.thread, `${words.crisis} ${count}`);
    const open = await here.server.ask("GET", "/api/v1/care/alarms", { token: here.facilitator.token });
    here.alarm = open.body.items.find((one) => one.post === sent.body.id).id;
    return here.alarm;
  }
  if (object === "talk") {
    here.cry ??= (await here.server.reply(here.member, here.thread, `${words.crisis} ${count}`)).body.id;
    return (await here.server.ask("POST", `/api/v1/posts/${here.cry}/talk`, { token: here.member.token })).body.id;
  }
  if (object === "post") {
    here.cry ??= (await here.server.reply(here.member, here.thread, `${words.crisis} ${count}`)).body.id;
    return here.cry;
  }
  if (object === "concern") {
    // Each by somebody new: nobody may worry about many people in a day.
    const worried = await here.server.join(`Worried ${count}`);
    await here.server.give("member", worried, here.circle);
    const made = await here.server.ask("POST", `/api/v1/circles/${here.circle}/concerns`, { token: worried.token, key: `worry-${count}`, body: { nickname: "Maple", text: "I am worried." } });
    return made.body.id;
  }
  if (object === "follow_up") {
    const sent = await here.server.reply(here.member, here.thread, `${words.crisis} ${count}`);
    const lane = await here.server.ask("GET", "/api/v1/review/items", { token: here.facilitator.token });
    const item = lane.body.items.find((one) => one.post === sent.body.id);
    await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.facilitator.token, body: { decision: "keep", revision: item.revision } });
    const due = await here.server.ask("GET", "/api/v1/care/follow-ups", { token: here.facilitator.token });
    return due.body.items.find((one) => one.kind === "facilitator").id;
  }
  if (object === "duty") {
    const made = await here.server.ask("POST", `/api/v1/circles/${here.circle}/duty`, { token: here.facilitator.token, key: `duty-${count}`, body: shift() });
    return made.body.items[0].id;
  }
  if (object === "shared_story") return share_of({ audience: "circle" });
  if (object === "witness_note") {
    const made = await here.server.ask("POST", `/api/v1/posts/${await share_of({ audience: "circle" })}/witness`, { token: here.other.token, key: `note-${count}`, body: { kind: "strength", text: words.calm } });
    return made.body.id;
  }
  if (object === "story_link") return share_of({ audience: "link", days: 1 });
  if (object === "partnership") return company(true);
  if (object === "partner_question") return company(false);
  if (object === "partner_idea") return (await here.server.ask("POST", `/api/v1/partners/${await company(true)}/words`, { token: here.other.token, key: `idea-${count}`, body: { kind: "proposal", idea: "Walk to the corner" } })).body.id;
  if (object === "shared_card") {
    const card = await here.server.ask("POST", "/api/v1/cards", { token: here.member.token, key: `card-${count}`, body: { title: "At night", text: words.calm } });
    return (await here.server.ask("POST", `/api/v1/cards/${card.body.id}/shares`, { token: here.member.token, key: `card-share-${count}`, body: { circle: here.circle } })).body.id;
  }
  if (object === "shared_plan") {
    await here.server.ask("PUT", "/api/v1/plan", { token: here.member.token, body: { alone: words.calm } });
    return (await here.server.ask("POST", "/api/v1/plan/shares", { token: here.member.token, key: `plan-${count}`, body: { circle: here.circle, allies: ["Wren"], sections: ["alone"] } })).body.id;
  }
  if (object === "habit_note" && here[role]) {
    const habit = await thing("habit", role);
    return (await here.server.ask("PUT", `/api/v1/habits/${habit}/notes`, { token: here[role].token, body: { day: "2026-05-01", did: "bit" } })).body.id;
  }
  if (object === "waiting" && here[role]) { // in a circle that each of them belongs to
    here.late ??= await here.server.circle(here.lead, { name: "Late" });
    await here.server.give("member", here[role], here.late);
  }
  if (own[object] && here[role]) { // everybody has a space of their own, and things in it
    const [path, body] = own[object];
    return (await here.server.ask("POST", path, { token: here[role].token, key: `own-${count}`, body: body() })).body.id;
  }
  if (object === "circle") return here.circle;
  if (object === "thread") return here.thread;
  return "0123456789abcdef0123456789abcdef";
}
/** The member asked Wren to keep them company with a goal; with a yes or not yet. Those before it are over. */
async function company(accepted) {
  here.server.sql("UPDATE partnership SET state = 'ended', ended_by = NULL");
  const goal = await here.server.ask("POST", "/api/v1/goals", { token: here.member.token, key: `with-${count}`, body: { what: "Walk again", state: "active" } });
  const made = await here.server.ask("POST", `/api/v1/goals/${goal.body.id}/partner`, { token: here.member.token, key: `ask-${count}`, body: { circle: here.circle, nickname: "Wren", note: "Would you?" } });
  assert.equal(made.status, 201, made.text);
  if (accepted) await here.server.ask("POST", `/api/v1/partners/${made.body.id}/answer`, { token: here.other.token, body: { accept: true } });
  return made.body.id;
}
/** A story of the member that is shared: its id, or its link's secret. */
async function share_of(audience) {
  const story = await here.server.ask("POST", "/api/v1/stories", { token: here.member.token, key: `story-${count}`, body: { intend: words.calm } });
  const made = await here.server.ask("POST", `/api/v1/stories/${story.body.id}/shares`, { token: here.member.token, key: `share-${count}`, body: { circle: here.circle, sections: ["intend"], ...audience } });
  assert.equal(made.status, 201, made.text);
  return made.body.link?.slice(3) ?? made.body.id;
}
const shift = () => ({ starts_at: new Date(Date.now() + 3600_000).toISOString(), ends_at: new Date(Date.now() + 7200_000).toISOString() });
const own = {
  journal_entry: ["/api/v1/journal", () => ({ kind: "writing", text: words.calm })],
  dialogue: ["/api/v1/journal", () => ({ kind: "dialogue", voice: "kind_friend", text: words.calm, turns: 1 })],
  card: ["/api/v1/cards", () => ({ title: "At night", text: words.calm })],
  goal: ["/api/v1/goals", () => ({ what: "Walk again", state: "active" })],
  mood: ["/api/v1/moods", () => ({ day: "2026-05-01", level: 3 })],
  waiting: ["/api/v1/waiting", () => ({ circle: here.late, title: "At night", text: words.calm, key: `late-${(count += 1)}`, how: "draft" })],
  value: ["/api/v1/values", () => ({ very: ["Calm"], chosen: [{ name: "Calm" }] })],
  experiment: ["/api/v1/experiments", () => ({ what: "Open the window", day: "2026-05-01", before: 2 })],
  habit: ["/api/v1/habits", () => ({ name: "A walk", kind: "movement", state: "active" })],
  story: ["/api/v1/stories", () => ({ intend: words.calm, next: "Ring her again." })],
};
const bodies = {
  "POST /api/v1/care/follow-ups/{id}": () => ({ answer: "fine" }), "POST /api/v1/care/concerns/{id}/answer": () => ({ real: true }),
  "POST /api/v1/circles/{id}/concerns": () => ({ nickname: "Hazel", text: `I am worried. ${(count += 1)}` }),
  "POST /api/v1/care/talks/{id}/messages": () => ({ text: words.calm }),
  "POST /api/v1/circles/{id}/duty": shift, "PUT /api/v1/duty/{id}/note": () => ({ note: "The kettle is on." }),
  "POST /api/v1/dialogues": () => ({ voice: "kind_friend", turn: "Hello" }), "POST /api/v1/journal/{id}/turns": () => ({ turn: "Hello", based_on: 1 }),
  ...Object.fromEntries(Object.entries(own).filter(([name]) => name !== "dialogue").map(([, one]) => one).flatMap(([path, body]) => [[`POST ${path}`, body], [`PUT ${path}/{id}`, body]])),
  "PUT /api/v1/habits/{id}/notes": () => ({ day: "2026-05-01", did: "did" }), "POST /api/v1/habits/from-tool": () => ({ from: "breathing" }),
  "POST /api/v1/accounts": () => ({ nickname: `Newcomer ${(count += 1)}`, passphrase: "seven quiet lanterns" }),
  "POST /api/v1/sessions": () => ({ nickname: "Wren", passphrase: "seven quiet lanterns" }),
  "PUT /api/v1/notifications/settings": () => ({ quiet: null }), "PUT /api/v1/notifications/address": () => ({ address: "maple@example.org" }), "POST /api/v1/notifications/address/code": () => ({ code: "0000" }),
  "POST /api/v1/me/import": () => ({ private: {} }),
  "PUT /api/v1/pacing": () => ({ no_sex: "2026-05-01" }),
  "PUT /api/v1/plan": () => ({ signs: "I sleep badly." }),
  "PATCH /api/v1/me": () => ({ country: "gb" }),
  "POST /api/v1/circles": () => ({ name: "Another", purpose: "To try.", agreement: "Be kind." }),
  "PATCH /api/v1/circles/{id}": () => ({ purpose: `A place to try things, ${(count += 1)}.` }),
  "PUT /api/v1/circles/{id}/membership": () => ({ agreement_version: 1 }),
  "POST /api/v1/applications/{id}/decision": () => ({ decision: "accept" }),
  "POST /api/v1/circles/{id}/threads": () => ({ title: "A title", text: words.calm }),
  "POST /api/v1/threads/{id}/posts": () => ({ text: words.calm }),
  "PATCH /api/v1/posts/{id}": () => ({ text: words.calm }),
  "POST /api/v1/review/items/{id}/decision": () => ({ decision: "publish", revision: 1 }),
  "POST /api/v1/review/items/{id}/notes": () => ({ words: "We talked." }), "POST /api/v1/review/items/{id}/messages": () => ({ words: "What did you mean?" }),
  "PUT /api/v1/review/me": () => ({ pause_minutes: 0 }), "POST /api/v1/posts/{id}/reports": () => ({ category: "unkind" }),
  "POST /api/v1/posts/{id}/appeal": () => ({ words: "Please look again." }), "PUT /api/v1/circles/{id}/lock": () => ({ reason: "A quarrel." }),
  "PUT /api/v1/circles/{id}/welcome": () => ({ welcome: true }),
  "POST /api/v1/policy/replay": () => ({ rule: "spam", state: "off" }), "POST /api/v1/policy/changes": () => ({ rule: "sexual", state: "off" }),
  "POST /api/v1/policy/changes/{id}": () => ({ agree: false }), "POST /api/v1/circles/{id}/policy": () => ({ agree: false }),
  "POST /api/v1/stories/{id}/put-away": () => ({ words: words.calm, until: "2999-01-01" }), "POST /api/v1/stories/{id}/bring-back": () => ({ number: 1 }),
  "POST /api/v1/stories/{id}/shares": () => ({ audience: "circle", circle: here.circle, sections: ["intend"] }), "POST /api/v1/posts/{id}/witness": () => ({ kind: "strength", text: words.calm }),
  "POST /api/v1/plan/shares": () => ({ circle: here.circle, allies: ["Wren"], sections: ["alone"] }), "POST /api/v1/cards/{id}/shares": () => ({ circle: here.circle }),
  "POST /api/v1/goals/{id}/partner": () => ({ circle: here.circle, nickname: "Hazel", note: "Would you?" }), "POST /api/v1/partners/{id}/answer": () => ({ accept: true }), "PUT /api/v1/partners/{id}/grants": () => ({}),
  "PUT /api/v1/partners/{id}/schedule": () => ({ days: [1] }), "POST /api/v1/partners/{id}/words": () => ({ kind: "encouragement", text: words.calm }), "POST /api/v1/partner-ideas/{id}": () => ({ take: true }),
};
const forms = {
  "POST /follow-ups/{id}": () => "answer=fine", "POST /concerns/{id}": () => "real=yes", "POST /circles/{id}/worry": () => "nickname=Hazel&text=I+am+worried.",
  "POST /posts/{id}/talk": () => "", "POST /care/{id}/talk": () => "", "POST /talks/{id}": () => "text=Hello", "POST /talks/{id}/close": () => "",
  "POST /circles/{id}/duty": () => `starts_at=${shift().starts_at.slice(0, 16)}&ends_at=${shift().ends_at.slice(0, 16)}`, "POST /duty/{id}/note": () => "note=The+kettle+is+on.",
  "POST /care/{id}/take": () => "", "POST /care/{id}/pass": () => "", "POST /care/{id}/outside-help": () => "", "POST /duty/{id}/delete": () => "",
  "POST /me/journal/search": () => "q=rain", "POST /me/goals/search": () => "q=rain", "POST /me/journal": () => "kind=writing&text=Hello", "POST /me/journal/{id}": () => "kind=writing&text=Hello&based_on=1",
  "POST /me/plan": () => "signs=I+sleep+badly", "POST /me/cards": () => "title=At+night&text=Hello", "POST /me/cards/{id}": () => "title=At+night&text=Hello&based_on=1",
  ...Object.fromEntries(["journal/{id}", "moods/{id}", "cards/{id}", "goals/{id}", "habits/{id}", "values/{id}", "experiments/{id}", "stories/{id}", "plan", "pacing", "waiting/{id}"].map((place) => [`POST /me/${place}/other`, () => "do=settled&number=1"])),
  "POST /me/goals": () => "what=Walk+again", "POST /me/goals/{id}": () => "do=step&step=Shoes&based_on=1", "POST /me/goals/{id}/edit": () => "what=Walk&based_on=1",
  "POST /me/moods": () => "level=3&day=2026-05-01", "POST /me/moods/{id}": () => "level=3&day=2026-05-01&based_on=1",
  "POST /me/values": () => "card_0=very", "POST /me/values/{id}": () => "do=room&matters_0=4&room_0=2&based_on=1", "POST /me/journal/dialogue": () => "voice=kind_friend&turn=Hello", "POST /me/journal/{id}/turn": () => "turn=Hello&based_on=1",
  "POST /me/experiments": () => "what=Open+the+window&day=2026-05-01&before=2", "POST /me/experiments/{id}": () => "after=3&based_on=1",
  "POST /me/pacing": () => "pause_after=20", "POST /me/pacing/off": () => "", "POST /me/pacing/go-on": () => "back=/circles", "POST /posts/{id}/mute": () => "",
  "POST /me/waiting/{id}": () => "do=send&based_on=1",
  "POST /me/habits": () => "name=A+walk&kind=movement", "POST /me/habits/{id}": () => "name=A+walk&kind=movement&based_on=1", "POST /me/habits/{id}/notes": () => "did=bit&day=2026-05-01",
  "POST /me/habits/{id}/state": () => "state=archived", "POST /me/habits/from-tool": () => "from=breathing",
  "POST /join": () => `nickname=Newcomer${(count += 1)}&passphrase=seven+quiet+lanterns&country=gb`,
  "POST /sign-in": () => "nickname=Wren&passphrase=seven+quiet+lanterns",
  "POST /me/news": () => "", "POST /me/news/settings": () => "here_reply=yes", "POST /me/news/code": () => "code=0000", "POST /me/news/address": () => "address=maple%40example.org", "POST /me/news/address/delete": () => "", "POST /me/news/{id}/open": () => "",
  "POST /me/copy": () => '--b\r\ncontent-disposition: form-data; name="file"; filename="copy.json"\r\n\r\n{"private":{}}\r\n--b--\r\n', "POST /me/look": () => "theme=day", "POST /me/country": () => "country=gb",
  "POST /circles/{id}/join": () => "agreement_version=1", "POST /applications/{id}": () => "decision=accept", "POST /circles/{id}/policy": () => "policy=",
  "POST /threads/{id}/posts": () => "text=Hello", "POST /circles/{id}/threads": () => "title=Hello&text=Hello",
  "POST /posts/{id}/edit": () => "text=Hello", "POST /review/{id}": () => "decision=publish&revision=1",
  "POST /review/{id}/notes": () => "words=We+talked.", "POST /review/{id}/messages": () => "words=What+did+you+mean%3F", "POST /me/desk": () => "pause_minutes=0",
  "POST /posts/{id}/report": () => "category=unkind", "POST /posts/{id}/appeal": () => "words=Please+look+again.",
  "POST /circles/{id}/lock": () => "reason=A+quarrel.&hours=1", "POST /circles/{id}/welcome": () => "welcome=yes",
  "POST /policy/changes": () => "rule=violence&state=off", "POST /policy/changes/{id}": () => "agree=no", "POST /circles/{id}/policy/waits": () => "agree=no",
  "POST /me/stories": () => "intend=Hello", "POST /me/stories/{id}": () => "intend=Hello&based_on=1", "POST /me/stories/{id}/put-away": () => `words=${encodeURIComponent(words.calm)}&until=2999-01-01`,
  "POST /me/stories/{id}/bring-back": () => "number=1", "POST /me/stories/{id}/goal": () => "", "POST /me/stories/{id}/delete": () => "", "POST /me/stories/{id}/share": () => `audience=circle&circle=${here.circle}&section_intend=on&title=Hello`,
  "POST /stories/{id}/withdraw": () => "", "POST /stories/{id}/notes": () => "kind=strength&text=Hello", "POST /posts/{id}/pin": () => "pinned=yes", "POST /s/{id}": () => "", "POST /s/{id}/keep": () => "",
  "POST /me/plan/share": () => `circle=${here.circle}&allies=Wren&section_alone=yes`, "POST /shares/{id}/withdraw": () => "", "POST /me/cards/{id}/share": () => `circle=${here.circle}`, "POST /shared-cards/{id}/take": () => "",
  "POST /me/goals/{id}/partner": () => `circle=${here.circle}&nickname=Hazel&note=Would+you&shows_goal=yes`, "POST /partners/{id}/answer": () => "answer=yes", "POST /partners/{id}/grants": () => "shows_goal=yes", "POST /partners/{id}/schedule": () => "day_1=yes",
  "POST /partners/{id}/hard-week": () => "hard_week=yes", "POST /partners/{id}/words": () => "kind=encouragement&text=Hello", "POST /partners/{id}/end": () => "", "POST /partner-ideas/{id}": () => "do=take",
};
const search = () => `?circle=${here.circle}&q=rain`;
const queries = { "/search": search, "v1/search": search, "v1/mood-times": () => "?month=2026-05", "policy/version": () => `?id=${shippedPolicy}`, "policy/replay": () => "?rule=spam&state=off" };
// Asked on people made for it: they change how somebody signs in, or whether they are there at all.
const mine = "seven quiet lanterns";
const once = Object.fromEntries([
  [["DELETE /api/v1/me", "POST /me/delete", "POST /api/v1/me/recovery-code", "POST /me/recovery-code"], () => ({ passphrase: mine })],
  [["PUT /api/v1/me/passphrase", "POST /me/passphrase"], () => ({ passphrase: mine, new_passphrase: "nine paper boats" })],
  [["POST /api/v1/recoveries", "POST /recover"], (who) => ({ nickname: who.nickname, recovery_code: who.code, new_passphrase: "nine paper boats" })],
].flatMap(([names, fields]) => names.map((name) => [name, fields])));
// Asked last, on people made for it: they would change who the others are.
const endings = ["DELETE /api/v1/me", "POST /me/delete", "DELETE /api/v1/circles/{id}/membership", "POST /circles/{id}/leave", "PUT /api/v1/circles/{id}/membership", "POST /circles/{id}/join"];

async function ask(name, role) {
  const [method, pattern] = name.split(" ");
  const route = routes.find((one) => one.method === method && one.path === pattern);
  const wanted = pattern.endsWith("/appeal") ? "decided post" : /\/turns?$/.test(pattern) ? "dialogue" : route.object;
  const path = pattern.replace(/\{[a-z]+\}/, await thing(wanted, role, pattern.endsWith("/talk") ? "crisis" : "calm")) + (queries[pattern.split("/").slice(-2).join("/")]?.() ?? "");
  const who = here[role];
  const options = { token: who?.token, key: `k-${(count += 1)}` };
  if (bodies[name]) options.body = bodies[name]();
  if (forms[name]) {
    options.body = forms[name]();
    options.headers = { "content-type": name === "POST /me/copy" ? "multipart/form-data; boundary=b" : "application/x-www-form-urlencoded" };
  }
  if (once[name]) {
    const somebody = await here.server.join(`Leaving ${(count += 1)}`);
    options.token = role === "visitor" ? undefined : somebody.token;
    options.body = once[name](somebody);
    if (route.answers === "html") {
      options.body = new URLSearchParams(options.body).toString();
      options.headers = { "content-type": "application/x-www-form-urlencoded" };
    }
  }
  return here.server.ask(method, path, options);
}
function kind(answer) {
  if (answer.status === 401 || (answer.status === 303 && answer.headers.get("location") === "/sign-in")) return "1";
  if (answer.status === 404) return "4";
  return answer.status < 400 ? "2" : `(${answer.status} ${answer.text.slice(0, 200)})`;
}

for (const name of Object.keys(table).sort((left, right) => endings.indexOf(left) - endings.indexOf(right))) {
  test(name, async () => {
    const got = [];
    for (const role of roles) {
      // An outsider who may join becomes a member: their place is given back.
      got.push(kind(await ask(name, role)));
      if (["PUT /api/v1/circles/{id}/membership", "POST /circles/{id}/join"].includes(name) && role === "outsider") {
        await here.server.ask("DELETE", `/api/v1/circles/${here.circle}/membership`, { token: here.outsider.token });
      }
      if (["DELETE /api/v1/circles/{id}/membership", "POST /circles/{id}/leave"].includes(name) && ["other", "member"].includes(role)) await here.server.enter(here[role], here.circle);
      if (["DELETE /api/v1/circles/{id}/membership", "POST /circles/{id}/leave"].includes(name) && role === "facilitator") await here.server.give("facilitator", here.facilitator, here.circle);
    }
    if (name.endsWith("/lock")) await here.server.ask("DELETE", `/api/v1/circles/${here.circle}/lock`, { token: here.lead.token });
    assert.equal(got.join(""), table[name]);
  });
}

const nowhere = "0123456789abcdef0123456789abcdef";
const asked_with = (name, id, token) => {
  const [method, pattern] = name.split(" ");
  const options = { token, key: `k-${(count += 1)}` };
  if (bodies[name]) options.body = bodies[name]();
  if (forms[name]) Object.assign(options, { body: forms[name](), headers: { "content-type": "application/x-www-form-urlencoded" } });
  return here.server.ask(method, pattern.replace(/\{[a-z]+\}/, id), options);
};

test("a route about a thing says the same of what isn't there, to everybody", async () => {
  for (const route of routes.filter((one) => one.path.includes("{id}"))) {
    const name = `${route.method} ${route.path}`;
    if (/membership$|leave$/.test(route.path) && ["DELETE", "POST"].includes(route.method)) continue; // leaving what one is not in is no error
    for (const role of roles) {
      const answer = await asked_with(name, nowhere, here[role]?.token);
      assert.equal(kind(answer), route.role !== "visitor" && role === "visitor" ? "1" : "4", `${name} as ${role}`);
    }
  }
});

test("nobody ends another person's session, and nobody decides about their own text", async () => {
  for (const role of roles.filter((one) => here[one])) {
    const other = role === "other" ? here.member : here.other;
    for (const name of ["GET /api/v1/sessions/{id}", "DELETE /api/v1/sessions/{id}", "POST /me/sessions/{id}"]) {
      assert.equal(kind(await asked_with(name, other.session, here[role].token)), "4", `${name} as ${role}`);
    }
    assert.equal((await here.server.ask("GET", "/api/v1/me", { token: other.token })).status, 200);
  }
  const sent = await here.server.reply(here.facilitator, here.thread, `${words.harm} Really.`);
  const { id } = item_about(sent.body.id);
  for (const route of routes.filter((one) => one.object === "review_item" || one.object === "appeal")) {
    assert.equal(kind(await asked_with(`${route.method} ${route.path}`, id, here.facilitator.token)), "4", route.path);
  }
});

test("a facilitator of another circle is nobody in this one", async () => {
  const stranger = await here.server.join("Thistle");
  const elsewhere = await here.server.circle(here.lead, { name: "Another place" });
  await here.server.give("facilitator", stranger, elsewhere);
  // What is about no circle, such as the host's rules, is for everybody who looks after one.
  for (const route of routes.filter((one) => one.object !== "" && ["facilitator", "circle_member", "author"].includes(one.role))) {
    const name = `${route.method} ${route.path}`;
    const answer = await asked_with(name, await thing(route.object, "member"), stranger.token);
    assert.equal(kind(answer), name === "GET /circles/{id}/new" ? "2" : "4", name); // shown how to join
  }
});

test("who may read follows the circle: everybody, its members, or those who know of it", async () => {
  const expected = { everyone: ["222222", "222222"], members: ["222222", "442222"], invite: ["442222", "442222"] };
  for (const [which, [front, inside]] of Object.entries(expected)) {
    const circle = await here.server.circle(here.lead, { name: `For ${which}`, readable_by: which === "everyone" ? "everyone" : "members", entry: which === "invite" ? "invite" : "open" });
    await here.server.give("facilitator", here.facilitator, circle);
    for (const role of ["other", "member"]) await here.server.give("member", here[role], circle);
    const started = await here.server.thread(here.member, circle, words.calm);
    assert.equal(started.status, 201);
    for (const route of routes.filter((one) => one.method === "GET" && one.role === "visitor" && ["circle", "thread", "post"].includes(one.object))) {
      const id = { circle, thread: started.body.thread, post: started.body.id }[route.object];
      const got = [];
      for (const role of roles) got.push(kind(await here.server.ask("GET", route.path.replace("{id}", id) + (route.path.endsWith("/search") ? `?circle=${circle}&q=rain` : ""), { token: here[role]?.token })));
      const is_front = /circles\/\{id\}$/.test(route.path);
      assert.equal(got.join(""), is_front ? front : inside, `${route.path} of a circle for ${which}`);
    }
  }
});

test("absent and forbidden look the same", async () => {
  const paths = ["/api/v1/threads/{}", "/api/v1/threads/{}/posts", "/api/v1/posts/{}", "/threads/{}", "/posts/{}"];
  const real = { threads: here.thread, posts: here.opening };
  for (const path of paths) {
    const kind_of = path.includes("/posts/{}") || path.startsWith("/posts") ? "posts" : "threads";
    const [there, absent] = await Promise.all([real[kind_of], "0123456789abcdef0123456789abcdef"].map((id) => here.server.ask("GET", path.replace("{}", id), { token: here.outsider.token })));
    assert.deepEqual([there.status, there.text], [absent.status, absent.text], path);
  }
});
