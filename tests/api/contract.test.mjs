// The contract: the OpenAPI document and the server know the same routes, and real answers have the shapes
// that it says. Errors have one shape, each of them with its own type.
import Ajv2020 from "ajv/dist/2020.js";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { holdfast, passphrase, place, Server, until, words } from "../harness.mjs";

const nowhere = "0123456789abcdef0123456789abcdef";

describe("the OpenAPI document", () => {
  let here;
  let api;
  before(async () => {
    here = await place();
    const served = await here.server.ask("GET", "/api/v1/openapi.json");
    assert.match(served.headers.get("content-type"), /^application\/openapi\+json/);
    api = served.body;
  });
  after(() => here.server.stop());

  test("names every route that programs use, with its least role and object, and no other", () => {
    const routes = JSON.parse(spawnSync(holdfast, ["routes", "--json"], { encoding: "utf8" }).stdout);
    const real = routes.filter((one) => one.answers === "json" && !one.path.startsWith("/assets")).map((one) => `${one.method} ${one.path} ${one.role} ${one.object}`);
    const written = Object.entries(api.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => `${method.toUpperCase()} ${path} ${one["x-least-role"]} ${one["x-object"]}`));
    assert.deepEqual(written.sort(), real.sort());
  });

  test("every reference in it leads somewhere", () => {
    const follow = (value) => {
      if (value === null || typeof value !== "object") return;
      if (value.$ref) assert.ok(value.$ref.slice(2).split("/").reduce((at, name) => at?.[name], api), value.$ref);
      for (const part of Object.values(value)) follow(part);
    };
    follow(api);
  });

  // Each schema is compiled once, with the document under one name beside it.
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const checks = new Map();
  const from_document = (value) => (Array.isArray(value) ? value.map(from_document) : value === null || typeof value !== "object" ? value : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, name === "$ref" ? `document${part}` : from_document(part)])));
  function check_for(schema) {
    if (!ajv.getSchema("document")) ajv.addSchema({ $id: "document", components: api.components });
    if (!checks.has(schema)) checks.set(schema, ajv.compile(from_document(schema)));
    return checks.get(schema);
  }

  /** Asks, and holds the answer's status and shape against the document. */
  async function asked(method, pattern, id, options = {}) {
    const answer = await here.server.ask(method, pattern.replace("{id}", id ?? "") + (options.query ?? ""), options);
    let described = api.paths[pattern][method.toLowerCase()].responses[answer.status];
    assert.ok(described, `${method} ${pattern} gave ${answer.status}, which is not in the document: ${answer.text}`);
    if (described.$ref) described = api.components.responses[described.$ref.split("/").at(-1)];
    if (!described.content) {
      assert.equal(answer.text, "");
      return answer;
    }
    const [[type, { schema }]] = Object.entries(described.content);
    assert.ok(answer.headers.get("content-type").startsWith(type), `${pattern}: ${answer.headers.get("content-type")}`);
    if (type === "text/plain") return answer;
    const check = check_for(schema);
    assert.ok(check(answer.body), `${method} ${pattern} ${answer.status}: ${ajv.errorsText(check.errors)} in ${answer.text}`);
    return answer;
  }

  /** The desk's answers, once through. */
  async function desk_shapes(asked, hazel, post) {
    const { lead, facilitator, member, other, circle, thread } = here;
    const v1 = "/api/v1";
    const item_of = async (id, who, lane = "") => (await asked("GET", `${v1}/review/items`, "", { token: who.token, query: lane && `?lane=${lane}` })).body.items.find((one) => one.post === id);
    const decide = (item, who, body) => asked("POST", `${v1}/review/items/{id}/decision`, item.id, { token: who.token, body: { revision: item.revision, ...body } });
    await asked("GET", `${v1}/review/reasons`, "", { token: facilitator.token });
    await asked("PUT", `${v1}/review/me`, "", { token: facilitator.token, body: { opt_outs: "hate, spam", pause_minutes: 5 } });
    await asked("PUT", `${v1}/review/me`, "", { token: facilitator.token, body: { opt_outs: "nothing of the kind" } });
    await asked("POST", `${v1}/review/next`, "", { token: facilitator.token });
    await asked("PUT", `${v1}/review/me`, "", { token: facilitator.token, body: { opt_outs: "", pause_minutes: 0 } });
    await asked("GET", `${v1}/review/me`, "", { token: facilitator.token });
    await asked("POST", `${v1}/review/next`, "", { token: facilitator.token });
    await asked("POST", `${v1}/posts/{id}/reports`, post, { token: member.token, body: { category: "other" } });
    await asked("POST", `${v1}/posts/{id}/reports`, post, { token: member.token, body: { category: "unkind", words: "It hurt." } });
    await asked("GET", `${v1}/me/reports`, "", { token: member.token });
    const reported = await item_of(post, facilitator, "report");
    await asked("POST", `${v1}/review/items/{id}/notes`, reported.id, { token: facilitator.token, key: "n1", body: { words: "We talked." } });
    await asked("POST", `${v1}/review/items/{id}/notes`, reported.id, { token: facilitator.token, key: "n1", body: { words: "We talked of another thing." } });
    await asked("POST", `${v1}/review/items/{id}/notes`, reported.id, { token: facilitator.token, body: { words: "We talked." } });
    for (const show of ["reasons", "sentences", "all", "some"]) await asked("GET", `${v1}/review/items/{id}`, reported.id, { token: facilitator.token, query: `?show=${show}` });
    await decide(reported, facilitator, { decision: "return", reason: "" });
    await decide(reported, facilitator, { decision: "return", ready_words: "names", blank: "the second line" });
    await asked("PATCH", `${v1}/posts/{id}`, post, { token: hazel, key: "d1", body: { title: "A title", text: "Changed once more." } });
    const again = await item_of(post, facilitator);
    await asked("GET", `${v1}/review/items/{id}`, again.id, { token: facilitator.token });
    await decide(again, facilitator, { decision: "publish" });
    await decide(again, facilitator, { decision: "publish" });
    const sent = await asked("POST", `${v1}/threads/{id}/posts`, thread, { token: hazel, key: "d2", body: { text: words.harm } });
    const item = await item_of(sent.body.id, lead);
    for (const step of ["pass", "second", "escalate"]) await asked("POST", `${v1}/review/items/{id}/${step}`, item.id, { token: facilitator.token });
    await decide(await item_of(sent.body.id, lead), lead, { decision: "remove", reason: "Your words are saved.", strike: 1, limit: "read_only", limit_hours: 2 });
    await asked("POST", `${v1}/threads/{id}/posts`, thread, { token: hazel, key: "d3", body: { text: words.calm } });
    await asked("GET", `${v1}/me/standing`, "", { token: hazel });
    const limits = await asked("GET", `${v1}/circles/{id}/limits`, circle, { token: facilitator.token });
    await asked("DELETE", `${v1}/limits/{id}`, limits.body.items[0].id, { token: facilitator.token });
    await asked("GET", `${v1}/posts/{id}`, sent.body.id, { token: hazel });
    await asked("GET", `${v1}/posts/{id}/appeal`, sent.body.id, { token: hazel });
    await asked("POST", `${v1}/posts/{id}/appeal`, sent.body.id, { token: hazel, key: "ap1", body: { words: "It was a joke among friends." } });
    const appealed = await item_of(sent.body.id, facilitator, "appeal");
    await asked("POST", `${v1}/review/items/{id}/messages`, appealed.id, { token: facilitator.token, key: "ap2", body: { words: "Which friends?" } });
    await asked("GET", `${v1}/review/items/{id}`, appealed.id, { token: facilitator.token });
    await decide(appealed, facilitator, { decision: "keep", reason: "We read it again, and it stays out." });
    await asked("GET", `${v1}/posts/{id}/appeal`, sent.body.id, { token: hazel });
    await asked("PUT", `${v1}/circles/{id}/lock`, circle, { token: facilitator.token, body: { reason: "A quarrel.", hours: 1 } });
    await asked("GET", `${v1}/circles/{id}/limits`, circle, { token: facilitator.token });
    await asked("DELETE", `${v1}/circles/{id}/lock`, circle, { token: facilitator.token });
    await asked("PUT", `${v1}/circles/{id}/welcome`, circle, { token: other.token, body: { welcome: true } });
    await asked("GET", `${v1}/welcome`, "", { token: other.token });
    for (const query of ["", "?days=7", "?days=none", `?circle=${nowhere}`]) await asked("GET", `${v1}/figures`, "", { token: lead.token, query });
    await asked("GET", `${v1}/figures.csv`, "", { token: facilitator.token });
    await asked("GET", `${v1}/figures`, "", { token: member.token });
  }

  /** What only habits have, once through. */
  async function habit_shapes(asked, hazel) {
    const v1 = "/api/v1";
    const habit = await asked("POST", `${v1}/habits/from-tool`, "", { token: hazel, body: { from: "breathing" } });
    assert.equal((await asked("POST", `${v1}/habits/from-tool`, "", { token: hazel, body: { from: "breathing" } })).body.id, habit.body.id);
    await asked("POST", `${v1}/habits/from-tool`, "", { token: hazel, body: { from: "a hammer" } });
    const note = await asked("PUT", `${v1}/habits/{id}/notes`, habit.body.id, { token: hazel, body: { day: "2026-05-01", did: "bit", number: 7.5 } });
    assert.equal((await asked("PUT", `${v1}/habits/{id}/notes`, habit.body.id, { token: hazel, body: { day: "2026-05-01", did: "did" } })).body.id, note.body.id);
    assert.equal((await asked("PUT", `${v1}/habits/{id}/notes`, habit.body.id, { token: hazel, body: { day: "2026-05-01", did: "failed" } })).status, 422);
    await asked("PUT", `${v1}/habits/{id}/notes`, nowhere, { token: hazel, body: { day: "2026-05-01", did: "did" } });
    assert.equal((await asked("GET", `${v1}/habit-notes`, "", { token: hazel, query: "?month=2026-05" })).body.items.length, 1);
    assert.equal((await asked("GET", `${v1}/habit-weeks`, "", { token: hazel })).body.items[0].weeks.length, 12);
    for (const query of ["?month=2026-05", "?year=2026", "?month=soon"]) await asked("GET", `${v1}/mood-times`, "", { token: hazel, query });
    await asked("GET", `${v1}/value-changes`, "", { token: hazel });
    await asked("GET", `${v1}/value-cards`, "", { token: hazel });
    await asked("DELETE", `${v1}/habit-notes/{id}`, note.body.id, { token: hazel });
    await asked("DELETE", `${v1}/habit-notes/{id}`, note.body.id, { token: hazel });
    await asked("PUT", `${v1}/habits/{id}/notes`, habit.body.id, { token: hazel, body: { day: "2026-05-02", did: "did" } });
    await asked("DELETE", `${v1}/habits/{id}`, habit.body.id, { token: hazel });
    assert.equal((await asked("GET", `${v1}/habit-notes`, "", { token: hazel })).body.items.length, 0, "its days went with it");
  }

  /** What the journal asks, and a dialogue, once through. */
  async function dialogue_shapes(asked, hazel) {
    const v1 = "/api/v1";
    for (const query of ["", "?day=2026-05-01&further=2", "?day=soon", "?further=-1", "?further=1001"]) await asked("GET", `${v1}/journal-questions`, "", { token: hazel, query });
    assert.equal((await asked("POST", `${v1}/dialogues`, "", { token: hazel, key: "no-voice", body: { voice: "nobody", turn: "Hello." } })).status, 422);
    assert.equal((await asked("POST", `${v1}/dialogues`, "", { token: hazel, key: "no-words", body: { voice: "older_self" } })).status, 422);
    const { body: begun } = await asked("POST", `${v1}/dialogues`, "", { token: hazel, key: "dialogue", body: { voice: "older_self", turn: "What is it like now?" } });
    await asked("POST", `${v1}/dialogues`, "", { token: hazel, key: "dialogue", body: { voice: "older_self", turn: "Something else." } });
    await asked("POST", `${v1}/journal/{id}/turns`, begun.id, { token: hazel, body: { turn: "Quiet.", based_on: 1 } });
    await asked("POST", `${v1}/journal/{id}/turns`, begun.id, { token: hazel, body: { turn: " ", based_on: 2 } });
    await asked("POST", `${v1}/journal/{id}/turns`, nowhere, { token: hazel, body: { turn: "Quiet." } });
  }

  /** One's own pace, and words that wait, once through. */
  async function pace_shapes(asked, hazel) {
    const v1 = "/api/v1";
    const { circle, thread } = here;
    await asked("GET", `${v1}/pacing`, "", { token: hazel });
    assert.equal((await asked("PUT", `${v1}/pacing`, "", { token: hazel, body: { late_from: "late" } })).status, 422);
    const chosen = await asked("PUT", `${v1}/pacing`, "", { token: hazel, body: { pause_after: "30", no_sex: "2026-05-01", muted: ["Stone"] } });
    await asked("PUT", `${v1}/pacing`, "", { token: hazel, body: { late_from: "22:00", late_to: "06:00", clock: "-03:30", late_posts: "wait", based_on: chosen.body.version } });
    assert.equal((await asked("GET", `${v1}/pacing`, "", { token: hazel })).body.earlier.length, 1);
    await asked("DELETE", `${v1}/pacing`, "", { token: hazel });
    const kept = await asked("POST", `${v1}/waiting`, "", { token: hazel, key: "wait1", body: { thread, text: words.calm, key: "wait1", how: "draft" } });
    await asked("PUT", `${v1}/waiting/{id}`, kept.body.id, { token: hazel, body: { thread, text: `${words.calm} Later.`, key: "wait1", how: "wait", based_on: 1 } });
    assert.equal((await asked("GET", `${v1}/waiting/{id}`, kept.body.id, { token: hazel })).body.earlier.length, 1);
    assert.equal((await asked("GET", `${v1}/waiting`, "", { token: hazel })).body.items.length, 1);
    assert.equal((await asked("POST", `${v1}/waiting/{id}/send`, kept.body.id, { token: hazel })).status, 201);
    assert.equal((await asked("POST", `${v1}/waiting/{id}/send`, kept.body.id, { token: hazel, body: { nudge_seen: true } })).status, 404, "it waits no more");
    const cry = await asked("POST", `${v1}/waiting`, "", { token: hazel, key: "wait2", body: { circle, title: "At night", text: words.harm, key: "wait2", how: "draft" } });
    assert.ok([202, 422].includes((await asked("POST", `${v1}/waiting/{id}/send`, cry.body.id, { token: hazel })).status), "it goes the way of every post");
    const lost = await asked("POST", `${v1}/waiting`, "", { token: hazel, key: "wait3", body: { thread: nowhere, text: words.calm, key: "wait3", how: "draft" } });
    assert.equal((await asked("POST", `${v1}/waiting/{id}/send`, lost.body.id, { token: hazel })).status, 409);
    await asked("DELETE", `${v1}/waiting/{id}`, lost.body.id, { token: hazel });
  }

  /** Plans and cards that are shared, and company for a goal, once through. */
  async function share_shapes(asked, hazel) {
    const { other, circle } = here;
    const v1 = "/api/v1";
    await asked("POST", `${v1}/plan/shares`, "", { token: hazel, key: "ps0", body: { circle, allies: ["Wren"], sections: ["alone"] } });
    await asked("PUT", `${v1}/plan`, "", { token: hazel, body: { alone: words.calm, signs: words.crisis } });
    const plan = await asked("POST", `${v1}/plan/shares`, "", { token: hazel, key: "ps1", body: { circle, allies: ["Wren"], sections: ["alone"] } });
    await asked("POST", `${v1}/plan/shares`, "", { token: hazel, key: "ps2", body: { circle, allies: ["Wren"], sections: ["signs"] } });
    await asked("POST", `${v1}/plan/shares`, "", { token: hazel, key: "ps3", body: { circle, allies: ["Nobody"], sections: ["alone"] } });
    const card = await asked("POST", `${v1}/cards`, "", { token: hazel, key: "cs0", body: { title: "At night", text: words.calm } });
    const shared = await asked("POST", `${v1}/cards/{id}/shares`, card.body.id, { token: hazel, key: "cs1", body: { circle } });
    await asked("POST", `${v1}/cards/{id}/shares`, nowhere, { token: hazel, key: "cs2", body: { circle } });
    for (const which of ["plan", "card"]) {
      assert.ok((await asked("GET", `${v1}/${which}-shares`, "", { token: hazel })).body.items.length >= 1);
      const id = which === "plan" ? plan.body.id : shared.body.id;
      assert.ok((await asked("GET", `${v1}/shared-${which}s`, "", { token: other.token })).body.items.length >= 1);
      await asked("GET", `${v1}/shared-${which}s/{id}`, id, { token: other.token });
      await asked("GET", `${v1}/shared-${which}s/{id}`, nowhere, { token: other.token });
      await asked("GET", `${v1}/posts/{id}`, id, { token: hazel });
    }
    await asked("POST", `${v1}/shared-cards/{id}/card`, shared.body.id, { token: other.token });
    await asked("DELETE", `${v1}/shares/{id}`, shared.body.id, { token: hazel });
    await asked("DELETE", `${v1}/shares/{id}`, nowhere, { token: hazel });
    const goal = await asked("POST", `${v1}/goals`, "", { token: hazel, key: "pg1", body: { what: "Walk again", state: "active" } });
    const wish = { circle, nickname: "Wren", note: "Would you keep me company?", grants: { steps: true } };
    const made = await asked("POST", `${v1}/goals/{id}/partner`, goal.body.id, { token: hazel, key: "pa1", body: wish });
    for (const wrong of [{ nickname: "Nobody" }, { note: "" }, { grants: { steps: "yes" } }, { circle: nowhere }]) await asked("POST", `${v1}/goals/{id}/partner`, goal.body.id, { token: hazel, key: "pa2", body: { ...wish, ...wrong } });
    assert.equal((await asked("POST", `${v1}/goals/{id}/partner`, goal.body.id, { token: hazel, key: "pa3", body: wish })).status, 409);
    const { id } = made.body;
    const seen = (token) => asked("GET", `${v1}/partners/{id}`, id, { token });
    for (const token of [hazel, other.token]) await seen(token);
    await asked("POST", `${v1}/partners/{id}/answer`, id, { token: other.token, body: {} });
    await asked("POST", `${v1}/partners/{id}/answer`, id, { token: other.token, body: { accept: true } });
    await asked("PUT", `${v1}/partners/{id}/grants`, id, { token: hazel, key: "pr1", body: { hard_week: true } });
    await asked("PUT", `${v1}/partners/{id}/grants`, id, { token: hazel, key: "pr2", body: { goal: 1 } });
    await asked("PUT", `${v1}/partners/{id}/schedule`, id, { token: hazel, body: { days: [1], evening: true } });
    await asked("PUT", `${v1}/partners/{id}/schedule`, id, { token: hazel, body: { days: "monday" } });
    for (const way of ["PUT", "DELETE", "PUT"]) await asked(way, `${v1}/partners/{id}/hard-week`, id, { token: hazel });
    const say = (token, key, body) => asked("POST", `${v1}/partners/{id}/words`, id, { token, key, body });
    await say(hazel, "pw1", { kind: "evening", text: words.calm, hard: "A bit" });
    await say(hazel, "pw2", { kind: "morning", text: words.crisis });
    await say(other.token, "pw3", { kind: "encouragement", text: "Everything happens for a reason." });
    await say(other.token, "pw4", { kind: "encouragement" });
    const idea = await say(other.token, "pw5", { kind: "proposal", idea: "Walk to the corner" });
    const second = await say(other.token, "pw6", { kind: "proposal", idea: "Shoes by the door", is_step: true });
    await asked("GET", `${v1}/posts/{id}`, idea.body.id, { token: hazel });
    await asked("POST", `${v1}/partner-ideas/{id}`, idea.body.id, { token: hazel, body: { take: true } });
    await asked("POST", `${v1}/partner-ideas/{id}`, second.body.id, { token: hazel, body: { take: false } });
    await asked("POST", `${v1}/partner-ideas/{id}`, nowhere, { token: hazel, body: { take: false } });
    for (const token of [hazel, other.token]) {
      await seen(token);
      await asked("GET", `${v1}/partners`, "", { token });
      await asked("GET", `${v1}/me/export`, "", { token });
    }
    await asked("GET", `${v1}/me/blueprint`, "", { token: hazel });
    await asked("DELETE", `${v1}/partners/{id}`, id, { token: hazel });
    for (const token of [hazel, other.token]) await seen(token);
  }

  /** Stories' answers, once through. */
  async function story_shapes(asked, hazel) {
    const { member, other, circle } = here;
    const v1 = "/api/v1";
    const first = { intend: "To have it said.", happened: "It was loud. I hid in the yard.", did: words.calm, strengths: [{ name: "Patience", shows: "I waited." }], values: ["calm"], next: "Ring her again.", again: "year" };
    const kept = await asked("POST", `${v1}/stories`, "", { token: hazel, key: "st1", body: first });
    const id = kept.body.id;
    assert.equal((await asked("POST", `${v1}/stories`, "", { token: hazel, key: "st1", body: first })).body.id, id);
    await asked("POST", `${v1}/stories`, "", { token: hazel, key: "st1", body: { intend: "Another." } });
    for (const wrong of [{ did: "Only this." }, { intend: "x", strengths: [{ shows: "no name" }] }, { intend: "x", strengths: "Patience" }, { intend: "x", again: "soon" }, { intend: "x", grade: 5 }]) {
      assert.equal((await asked("POST", `${v1}/stories`, "", { token: hazel, key: "st2", body: wrong })).status, 422);
    }
    const changed = await asked("PUT", `${v1}/stories/{id}`, id, { token: hazel, body: { ...first, felt: words.crisis, based_on: 1 } });
    assert.ok(changed.body.care.lines.length >= 2);
    for (const query of ["", "?version=1", "?version=2&before=1", "?version=9", "?before=soon"]) await asked("GET", `${v1}/stories/{id}/changes`, id, { token: hazel, query });
    await asked("GET", `${v1}/stories/{id}/changes`, nowhere, { token: hazel });
    await asked("POST", `${v1}/stories/{id}/put-away`, id, { token: hazel, body: { words: "I hid in the yard.", until: "2999-01-01", based_on: 2 } });
    await asked("POST", `${v1}/stories/{id}/put-away`, id, { token: hazel, body: { words: "I hid in the yard.", until: "soon" } });
    assert.equal((await asked("GET", `${v1}/stories/{id}`, id, { token: hazel })).body.earlier.length, 2);
    await asked("POST", `${v1}/stories/{id}/bring-back`, id, { token: hazel, body: { number: 1, based_on: 3 } });
    await asked("POST", `${v1}/stories/{id}/bring-back`, id, { token: hazel, body: { number: 7 } });
    await asked("POST", `${v1}/stories/{id}/goal`, id, { token: hazel });
    assert.deepEqual((await asked("GET", `${v1}/story-times`, "", { token: hazel })).body.going_on.map((one) => one.what), ["Ring her again."]);
    assert.equal((await asked("GET", `${v1}/stories`, "", { token: hazel, query: "?limit=1" })).body.items.length, 1);
    await asked("GET", `${v1}/stories`, "", { token: hazel, query: "?cursor=x" });
    const share = (key, more) => asked("POST", `${v1}/stories/{id}/shares`, id, { token: hazel, key, body: { audience: "circle", circle, sections: ["did", "happened"], ...more } });
    const sent = await share("sh1", {});
    await share("sh2", { sections: ["felt"] });
    for (const wrong of [{ audience: "everybody" }, { sections: [] }, { audience: "allies" }, { audience: "link", days: 400 }, { sections: "did" }]) {
      assert.equal((await share("sh3", wrong)).status, 422, JSON.stringify(wrong));
    }
    await share("sh3", { circle: nowhere });
    await share("sh4", { audience: "allies", allies: ["Wren"], title: "For you" });
    const linked = await share("sh5", { audience: "link", days: 3 });
    const secret = linked.body.link.split("/").at(-1);
    await asked("POST", `${v1}/story-links/{id}`, secret);
    await asked("POST", `${v1}/story-links/{id}`, nowhere);
    await asked("POST", `${v1}/story-links/{id}/reader`, secret, { token: other.token });
    await asked("GET", `${v1}/shared-stories`, "", { token: other.token });
    const note = await asked("POST", `${v1}/posts/{id}/witness`, sent.body.id, { token: other.token, key: "wn1", body: { kind: "strength", text: "You waited, and that was wise." } });
    for (const [key, body] of [["wn2", { kind: "strength", text: "Everything happens for a reason." }], ["wn3", { kind: "resource", text: words.harm }], ["wn4", { kind: "praise", text: "x" }], ["wn5", { kind: "resource", text: words.contact }]]) {
      await asked("POST", `${v1}/posts/{id}/witness`, sent.body.id, { token: other.token, key, body });
    }
    await asked("PUT", `${v1}/posts/{id}/pin`, note.body.id, { token: hazel });
    await asked("DELETE", `${v1}/posts/{id}/pin`, note.body.id, { token: hazel });
    await asked("PUT", `${v1}/posts/{id}/pin`, note.body.id, { token: member.token });
    await asked("GET", `${v1}/shared-stories/{id}`, sent.body.id, { token: other.token });
    await asked("GET", `${v1}/shared-stories/{id}`, nowhere, { token: other.token });
    await asked("GET", `${v1}/story-shares`, "", { token: hazel });
    await asked("GET", `${v1}/posts/{id}`, sent.body.id, { token: hazel });
    await asked("DELETE", `${v1}/story-shares/{id}`, sent.body.id, { token: hazel });
    await asked("DELETE", `${v1}/story-shares/{id}`, nowhere, { token: hazel });
    await asked("GET", `${v1}/story-shares`, "", { token: hazel });
    await asked("DELETE", `${v1}/stories/{id}`, id, { token: hazel });
    await asked("DELETE", `${v1}/stories/{id}`, id, { token: hazel });
  }

  /** What is new, once through. */
  async function notice_shapes(asked, hazel) {
    const v1 = "/api/v1/notifications";
    const kept = await until(async () => (await here.server.ask("GET", v1, { token: hazel })).body.items[0], "something new for Hazel");
    await asked("GET", v1, "", { token: hazel });
    await asked("GET", v1, "", { token: hazel, query: "?cursor=x" });
    await asked("GET", v1, "");
    await asked("POST", `${v1}/{id}/seen`, kept.id, { token: hazel });
    await asked("POST", `${v1}/{id}/seen`, nowhere, { token: hazel });
    await asked("POST", `${v1}/seen`, "", { token: hazel });
    await asked("PUT", `${v1}/settings`, "", { token: hazel, body: { here: { reply: false }, quiet: { from: "22:00", to: "07:00", zone: "GMT+02:00" } } });
    await asked("PUT", `${v1}/settings`, "", { token: hazel, body: { here: "all" } });
    await asked("GET", `${v1}/settings`, "", { token: hazel });
    await asked("PUT", `${v1}/address`, "", { token: hazel, body: { address: "hazel@example.org" } }); // no mail here
    await asked("POST", `${v1}/address/code`, "", { token: hazel, body: { code: "0000" } });
    await asked("DELETE", `${v1}/address`, "", { token: hazel });
  }

  test("real answers have the shapes that it says", async () => {
    const { lead, facilitator, member, other, circle, thread } = here;
    const v1 = "/api/v1";
    const joined = await asked("POST", `${v1}/accounts`, "", { body: { nickname: "Hazel", passphrase, country: "gb" } });
    const hazel = joined.body.token;
    await asked("POST", `${v1}/accounts`, "", { body: { nickname: "Hazel", passphrase } });
    const second = await asked("POST", `${v1}/sessions`, "", { body: { nickname: "Hazel", passphrase } });
    await asked("GET", `${v1}/sessions`, "", { token: hazel });
    await asked("GET", `${v1}/sessions/{id}`, second.body.session, { token: hazel });
    await asked("GET", `${v1}/sessions/{id}`, nowhere, { token: hazel });
    await asked("DELETE", `${v1}/sessions/{id}`, second.body.session, { token: hazel });
    await asked("DELETE", `${v1}/sessions/{id}`, nowhere, { token: hazel });
    await asked("GET", `${v1}/me`, "", { token: hazel });
    await asked("GET", `${v1}/me`, "");
    await asked("PATCH", `${v1}/me`, "", { token: hazel, body: { country: "ie" } });
    await asked("GET", `${v1}/circles`, "");
    await asked("GET", `${v1}/circles`, "", { query: "?limit=0" });
    const small = await asked("POST", `${v1}/circles`, "", { token: lead.token, key: "small", body: { name: "Small circle", purpose: "To listen.", agreement: "Be kind.", entry: "apply" } });
    await asked("GET", `${v1}/circles/{id}`, circle, { token: member.token });
    await asked("PATCH", `${v1}/circles/{id}`, small.body.id, { token: lead.token, body: { hours: "Evenings" } });
    await asked("PUT", `${v1}/circles/{id}/membership`, small.body.id, { token: hazel, body: { agreement_version: 1, application: "I would like to listen." } });
    const waiting = await asked("GET", `${v1}/circles/{id}/applications`, small.body.id, { token: lead.token });
    await asked("POST", `${v1}/applications/{id}/decision`, waiting.body.items[0].id, { token: lead.token, body: { decision: "accept" } });
    await asked("PUT", `${v1}/circles/{id}/membership`, circle, { token: hazel, body: { agreement_version: 1 } });
    const started = await asked("POST", `${v1}/circles/{id}/threads`, circle, { token: hazel, key: "c1", body: { title: "A title", text: words.calm } });
    for (const [text, key] of [[words.calm, "c2"], [words.harm, "c3"], [words.contact, "c4"], [words.crisis, "c5"], ["", "c6"]]) {
      await asked("POST", `${v1}/threads/{id}/posts`, thread, { token: hazel, key, body: { text } });
    }
    await asked("GET", `${v1}/circles/{id}/threads`, circle);
    await asked("GET", `${v1}/threads/{id}`, thread);
    await asked("GET", `${v1}/threads/{id}/posts`, thread, { query: "?limit=2" });
    await asked("GET", `${v1}/posts/{id}`, started.body.id, { token: hazel });
    await asked("GET", `${v1}/posts/{id}`, started.body.id, { token: other.token });
    await asked("PATCH", `${v1}/posts/{id}`, started.body.id, { token: hazel, key: "c7", body: { title: "A title", text: "Changed." } });
    const items = await asked("GET", `${v1}/review/items`, "", { token: facilitator.token });
    const [item] = items.body.items;
    await asked("POST", `${v1}/posts/{id}/safe`, item.post, { token: hazel });
    await asked("GET", `${v1}/review/items/{id}`, item.id, { token: facilitator.token });
    const claimed = await asked("POST", `${v1}/review/items/{id}/claim`, item.id, { token: facilitator.token });
    await asked("POST", `${v1}/review/items/{id}/claim`, item.id, { token: lead.token });
    await asked("POST", `${v1}/review/items/{id}/decision`, item.id, { token: facilitator.token, body: { decision: "publish", revision: claimed.body.revision } });
    const soon = (hours) => new Date(Date.now() + hours * 3600_000).toISOString();
    const duty = await asked("POST", `${v1}/circles/{id}/duty`, circle, { token: facilitator.token, key: "du1", body: { starts_at: soon(1), ends_at: soon(2) } });
    await asked("POST", `${v1}/circles/{id}/duty`, circle, { token: facilitator.token, key: "du2", body: { starts_at: "never", ends_at: "never" } });
    await asked("PUT", `${v1}/duty/{id}/note`, duty.body.items[0].id, { token: facilitator.token, body: { note: "The kettle is on." } });
    await asked("GET", `${v1}/circles/{id}/duty`, circle, { token: facilitator.token });
    await asked("DELETE", `${v1}/duty/{id}`, duty.body.items[0].id, { token: facilitator.token });
    await here.server.reply({ token: hazel }, thread, `${words.crisis} Once more.`, "c7b");
    const alarms = await asked("GET", `${v1}/care/alarms`, "", { token: facilitator.token });
    const ringing = alarms.body.items[0].id;
    await asked("POST", `${v1}/care/alarms/{id}/take`, ringing, { token: facilitator.token });
    await asked("POST", `${v1}/care/alarms/{id}/take`, ringing, { token: lead.token });
    await asked("POST", `${v1}/care/alarms/{id}/pass`, ringing, { token: facilitator.token });
    await asked("POST", `${v1}/care/alarms/{id}/outside-help`, ringing, { token: lead.token });
    const cry = await here.server.reply({ token: hazel }, thread, `${words.crisis} Again.`, "c8");
    const talk = await asked("POST", `${v1}/posts/{id}/talk`, cry.body.id, { token: hazel });
    await asked("POST", `${v1}/care/alarms/{id}/talk`, ringing, { token: facilitator.token });
    await asked("GET", `${v1}/care/talks`, "", { token: facilitator.token });
    await asked("POST", `${v1}/care/talks/{id}/messages`, talk.body.id, { token: hazel, key: "m1", body: { text: words.calm } });
    await asked("POST", `${v1}/care/talks/{id}/messages`, talk.body.id, { token: facilitator.token, key: "m2", body: { text: words.harm } });
    await asked("GET", `${v1}/care/talks/{id}/messages`, talk.body.id, { token: facilitator.token, query: "?limit=1" });
    await asked("POST", `${v1}/care/talks/{id}/close`, talk.body.id, { token: facilitator.token });
    const worry = await asked("POST", `${v1}/circles/{id}/concerns`, circle, { token: member.token, key: "w1", body: { nickname: "Wren", text: "I am worried." } });
    await asked("POST", `${v1}/circles/{id}/concerns`, circle, { token: member.token, key: "w2", body: { nickname: "Nobody", text: "I am worried." } });
    await asked("GET", `${v1}/circles/{id}/concerns`, circle, { token: member.token });
    await asked("GET", `${v1}/care/concerns/{id}`, worry.body.id, { token: facilitator.token });
    await asked("POST", `${v1}/care/concerns/{id}/answer`, worry.body.id, { token: facilitator.token, body: { real: true } });
    await asked("POST", `${v1}/care/concerns/{id}/answer`, worry.body.id, { token: facilitator.token, body: { real: true } });
    const due = await asked("GET", `${v1}/care/follow-ups`, "", { token: facilitator.token });
    await asked("POST", `${v1}/care/follow-ups/{id}`, due.body.items[0].id, { token: facilitator.token, body: { answer: "better" } });
    await asked("POST", `${v1}/care/follow-ups/{id}`, due.body.items[0].id, { token: facilitator.token, body: { answer: "talk" } });
    await asked("GET", `${v1}/care/follow-ups`, "", { token: lead.token });
    await asked("GET", `${v1}/care/figures`, "", { token: lead.token });
    await asked("GET", `${v1}/care/figures`, "", { token: lead.token, query: "?days=x" });
    await asked("GET", `${v1}/care/figures.csv`, "", { token: lead.token, query: "?days=7" });
    await desk_shapes(asked, hazel, started.body.id);
    await asked("GET", `${v1}/audit`, "", { token: lead.token, query: "?limit=3&action=post.&from=2020-01-01" });
    await asked("GET", `${v1}/audit`, "", { token: lead.token, query: "?from=yesterday" });
    await asked("GET", `${v1}/audit`, "", { token: facilitator.token });
    await asked("GET", `${v1}/audit.csv`, "", { token: lead.token });
    await asked("GET", `${v1}/me/record`, "", { token: hazel });
    await asked("GET", `${v1}/help-lines`, "", { query: "?country=ie" });
    await asked("GET", `${v1}/search`, "", { query: `?circle=${circle}&q=rain` });
    await asked("GET", `${v1}/search`, "", { query: `?circle=${circle}&q=I%20want%20to%20die` });
    const own = {
      journal: [{ kind: "gratitude", text: words.calm }, { kind: "writing", text: words.crisis }, { kind: "poem", text: "" }],
      cards: [{ title: "At night", text: words.calm }, { title: "At night", text: words.crisis }, { title: "" }],
      goals: [
        { what: "Walk again", state: "active", steps: [{ text: "Shoes by the door", state: "open" }] },
        { what: "Walk again", state: "active", steps: [{ text: "To the gate", state: "open", milestone: "The park", done: ["2026-04-01"], tries: [{ day: "2026-05-01", what: words.crisis, next: "Earlier in the day." }] }], review: "month", reviews: [{ day: "2026-05-01", celebrate: "I went out." }] },
        { what: "Walk again", state: "failed" },
      ],
      values: [
        { very: ["Calm", "Play"], not_now: ["Order"], chosen: [{ name: "Calm" }] },
        { very: ["Calm", "Play"], chosen: [{ name: "Calm", matters: 4, room: 2, step: words.crisis }] },
        { chosen: [{ name: "Calm", matters: 9 }] },
      ],
      experiments: [{ what: "Open the window", day: "2026-05-01", before: 2 }, { what: "Open the window", expect: words.crisis, day: "2026-05-02", before: 2, after: 3, noticed: "Air.", then: "keep" }, { what: "Open the window", day: "2026-05-01" }],
      habits: [{ name: "A walk", kind: "movement", state: "active" }, { name: words.crisis, kind: "own", unit: "minutes", state: "active" }, { name: "A walk", kind: "race" }],
      moods: [{ day: "2026-05-01", level: 4, tags: ["rain"], note: "A walk." }, { day: "2026-05-02", level: 1, note: words.crisis }, { level: 9 }],
    };
    for (const [kind, [first, second, wrong]] of Object.entries(own)) {
      const kept = await asked("POST", `${v1}/${kind}`, "", { token: hazel, key: `${kind}1`, body: first });
      assert.equal((await asked("POST", `${v1}/${kind}`, "", { token: hazel, key: `${kind}1`, body: first })).body.id, kept.body.id);
      assert.equal((await asked("POST", `${v1}/${kind}`, "", { token: hazel, key: `${kind}1`, body: second })).status, 409);
      assert.equal((await asked("POST", `${v1}/${kind}`, "", { token: hazel, key: `${kind}2`, body: wrong })).status, 422);
      assert.equal((await asked("POST", `${v1}/${kind}`, "", { token: hazel, body: first })).status, 400);
      const changed = await asked("PUT", `${v1}/${kind}/{id}`, kept.body.id, { token: hazel, body: { ...second, based_on: 1 } });
      assert.ok(changed.body.care.lines.length >= 2);
      assert.equal((await asked("GET", `${v1}/${kind}/{id}`, kept.body.id, { token: hazel })).body.earlier.length, 1);
      assert.equal((await asked("GET", `${v1}/${kind}`, "", { token: hazel, query: "?limit=1" })).body.items.length, 1);
      assert.equal((await asked("GET", `${v1}/${kind}`, "", { token: hazel, query: "?month=1999-01" })).body.items.length, 0);
      assert.equal((await asked("GET", `${v1}/${kind}`, "", { token: hazel, query: "?month=x" })).status, 422);
      await asked("GET", `${v1}/${kind}/{id}`, nowhere, { token: hazel });
      const exported = await asked("GET", `${v1}/me/export`, "", { token: hazel });
      assert.equal(exported.body.private[kind.replace(/s$/, "")][0].length, 2);
      await asked("DELETE", `${v1}/${kind}/{id}`, kept.body.id, { token: hazel });
      await asked("DELETE", `${v1}/${kind}/{id}`, kept.body.id, { token: hazel });
    }
    await habit_shapes(asked, hazel);
    await dialogue_shapes(asked, hazel);
    await pace_shapes(asked, hazel);
    await asked("GET", `${v1}/plan`, "", { token: hazel });
    await asked("PUT", `${v1}/plan`, "", { token: hazel, body: {} });
    const plan = await asked("PUT", `${v1}/plan`, "", { token: hazel, body: { signs: "I sleep badly.", reasons: "The sea." } });
    assert.equal((await asked("PUT", `${v1}/plan`, "", { token: hazel, body: { signs: "I answer nobody.", based_on: plan.body.version } })).body.version, 2);
    assert.equal((await asked("GET", `${v1}/plan`, "", { token: hazel })).body.earlier.length, 1);
    const copy = await asked("GET", `${v1}/me/export`, "", { token: hazel });
    for (const query of ["?only=space", "?only=posts"]) await asked("GET", `${v1}/me/export`, "", { token: hazel, query });
    await asked("GET", `${v1}/me/export.csv`, "", { token: hazel });
    assert.equal((await asked("POST", `${v1}/me/import`, "", { token: hazel, body: copy.body })).body.private.plan.kept, 1);
    for (const wrong of [{}, { private: null }, { private: { plan: "x" } }]) assert.equal((await asked("POST", `${v1}/me/import`, "", { token: hazel, body: wrong })).status, 422);
    await asked("GET", `${v1}/me/blueprint`, "", { token: hazel });
    await asked("DELETE", `${v1}/plan`, "", { token: hazel });
    await story_shapes(asked, hazel);
    await share_shapes(asked, hazel);
    await notice_shapes(asked, hazel);
    for (const path of ["/healthz", "/readyz", "/metrics"]) await asked("GET", path, "");
    await asked("DELETE", `${v1}/posts/{id}`, started.body.id, { token: hazel });
    await asked("DELETE", `${v1}/circles/{id}/membership`, circle, { token: hazel });
    const code = await asked("POST", `${v1}/me/recovery-code`, "", { token: hazel, body: { passphrase } });
    await asked("POST", `${v1}/recoveries`, "", { body: { nickname: "Hazel", recovery_code: "no such code", new_passphrase: passphrase } });
    const back = (await asked("POST", `${v1}/recoveries`, "", { body: { nickname: "Hazel", recovery_code: code.body.recovery_code, new_passphrase: passphrase } })).body.token;
    await asked("PUT", `${v1}/me/passphrase`, "", { token: back, body: { passphrase: "not my passphrase", new_passphrase: passphrase } });
    await asked("PUT", `${v1}/me/passphrase`, "", { token: back, body: { passphrase, new_passphrase: "short" } });
    await asked("PUT", `${v1}/me/passphrase`, "", { token: back, body: { passphrase, new_passphrase: passphrase } });
    await asked("DELETE", `${v1}/me`, "", { token: back, body: { passphrase } });
  });
});

describe("errors", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());

  test("each has its own type, the same status inside and out, and never repeats what was sent", async () => {
    const { member, circle, thread, server } = here;
    const say = (method, path, options) => server.ask(method, path, options);
    const posts = `/api/v1/threads/${thread}/posts`;
    const canary = "canary-words";
    await server.reply(member, thread, words.calm, "used");
    const asks = {
      "bad-request 400": say("POST", posts, { token: member.token, key: "b1", body: `{"text":"${canary}"` }),
      "invalid 422": say("POST", posts, { token: member.token, key: "b2", body: { text: `${canary}\u0000` } }),
      "returned 422": say("POST", posts, { token: member.token, key: "b3", body: { text: words.contact } }),
      "sign-in-needed 401": say("POST", posts, { key: "b4", body: { text: canary } }),
      "wrong-credentials 401": say("POST", "/api/v1/sessions", { body: { nickname: "Maple", passphrase: canary } }),
      "not-found 404": say("GET", `/api/v1/threads/${nowhere}`),
      "wrong-method 405": say("PATCH", `/api/v1/circles/${circle}/threads`, { token: member.token, body: { text: canary } }),
      "conflict 409": say("PUT", `/api/v1/circles/${circle}/membership`, { token: here.outsider.token, body: { agreement_version: 7 } }),
      "key-reused 409": say("POST", posts, { token: member.token, key: "used", body: { text: canary } }),
      "too-large 413": say("POST", posts, { token: member.token, key: "b5", body: { text: canary.repeat(100_000) } }),
      "other-site 403": say("POST", posts, { key: "b6", body: { text: canary }, headers: { origin: "https://elsewhere.example", cookie: "a=b" } }),
    };
    for (const [expected, asking] of Object.entries(asks)) {
      const answer = await asking;
      assert.equal(`${answer.body.type?.replace("/problems/", "")} ${answer.status}`, expected, answer.text);
      assert.match(answer.headers.get("content-type"), /^application\/problem\+json/);
      assert.equal(answer.body.status, answer.status);
      assert.ok(answer.body.title && answer.body.detail);
      assert.ok(!answer.text.includes(canary) && !answer.text.includes("river.stone"));
    }
    assert.equal((await asks["wrong-method 405"]).headers.get("allow"), "GET, POST");
    assert.equal((await asks["sign-in-needed 401"]).headers.get("www-authenticate"), "Bearer");
  });

  test("a row changed outside of the program is told as damaged, and the rest of the page goes on", async () => {
    const sent = await here.server.reply(here.member, here.thread, words.calm);
    here.server.sql(`UPDATE post_version SET text_sealed = CAST(x'00' || substr(text_sealed, 2) AS BLOB) WHERE hex(post_id) = upper('${sent.body.id}')`);
    const alone = await here.server.ask("GET", `/api/v1/posts/${sent.body.id}`, { token: here.other.token });
    assert.deepEqual([alone.status, alone.body.type], [500, "/problems/damaged"]);
    await here.server.reply(here.member, here.thread, words.calm); // the kept copy of the page is made anew
    const page = await here.server.ask("GET", `/api/v1/threads/${here.thread}/posts`);
    assert.equal(page.status, 200);
    assert.ok(page.body.items.length >= 2 && !page.text.includes(sent.body.id));
  });

  test("cursors and limits that are none are refused", async () => {
    for (const path of ["/api/v1/circles", `/api/v1/circles/${here.circle}/threads`, `/api/v1/threads/${here.thread}/posts`]) {
      for (const query of ["cursor=x", "cursor=-1", "cursor=1e3", "cursor=%00", "cursor=99999999999999999999999", "limit=0", "limit=-1", "limit=x", "limit=1.5"]) {
        const answer = await here.server.ask("GET", `${path}?${query}`);
        assert.equal(answer.status, 422, `${path}?${query}`);
      }
      assert.equal((await here.server.ask("GET", `${path}?limit=100000`)).status, 200);
    }
    for (const path of ["/api/v1/review/items?", `/api/v1/search?circle=${here.circle}&q=rain&`]) {
      for (const query of ["cursor=x", "cursor=care.x", "cursor=1.0", "limit=0", "limit=abc"]) {
        const answer = await here.server.ask("GET", path + query, { token: here.lead.token });
        assert.equal(answer.status, 422, path + query);
      }
    }
  });
});

describe("lists of circles and threads", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());
  async function all(path, token) {
    const seen = [];
    let cursor = "";
    do {
      const page = await here.server.ask("GET", `${path}?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { token });
      assert.equal(page.status, 200, page.text);
      seen.push(...page.body.items.map((one) => one.id));
      cursor = page.body.next ?? "";
    } while (cursor);
    return seen;
  }

  test("circles that are hidden from somebody leave no gap and no end in their list", async () => {
    const open = [here.circle];
    for (let number = 0; number < 12; ++number) {
      const id = await here.server.circle(here.lead, { name: `Circle ${number}`, entry: number % 3 ? "invite" : "open" });
      if (number % 3 === 0) open.push(id);
    }
    assert.deepEqual((await all("/api/v1/circles")).sort(), open.sort());
    assert.equal((await all("/api/v1/circles", here.lead.token)).length, 13);
  });

  test("threads that were active in the same moment all have their place", async () => {
    const started = await Promise.all(Array.from({ length: 10 }, () => here.server.thread(here.member, here.circle, words.calm)));
    here.server.sql("UPDATE thread SET active_at = 1700000000000");
    const seen = await all(`/api/v1/circles/${here.circle}/threads`);
    assert.deepEqual(seen.sort(), [here.thread, ...started.map((one) => one.body.thread)].sort());
  });
});

describe("limits", () => {
  test("who asks too often gets 429 and is told when to come back; others are not touched", async () => {
    const server = await Server.start({ config: "[limits]\nreads_at_once = 1000\nwrites_at_once = 3\nwrites_per_second = 0.5\nsign_ins_at_once = 4\nsign_ins_per_second = 0.01\n" });
    const made = [await server.join("Maple"), await server.join("Wren")];
    const change = (who) => server.ask("PATCH", "/api/v1/me", { token: who.token, body: { country: "gb" } });
    const first = await Promise.all([1, 2, 3, 4, 5].map(() => change(made[0])));
    const slow = first.filter((one) => one.status === 429);
    assert.equal(slow.length, 2);
    assert.equal(slow[0].body.type, "/problems/slow-down");
    assert.equal(slow[0].headers.get("retry-after"), "2");
    assert.equal((await change(made[1])).status, 200);
    await until(async () => (await change(made[0])).status === 200, "the next write", 4000);
    const signing = [];
    for (let number = 0; number < 4; ++number) signing.push((await server.ask("POST", "/api/v1/sessions", { body: { nickname: "Nobody", passphrase: "wrong wrong wrong" } })).status);
    assert.deepEqual(signing, [401, 401, 429, 429]); // two were spent on joining
    await server.stop();
  });

  test("with reads spent, pages and the API say so", async () => {
    const server = await Server.start({ config: "[limits]\nreads_at_once = 5\nreads_per_second = 0.01\n" });
    const statuses = [];
    for (let number = 0; number < 7; ++number) statuses.push((await server.ask("GET", "/api/v1/circles")).status);
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429]);
    const page = await server.ask("GET", "/circles");
    assert.equal(page.status, 429);
    assert.ok(Number(page.headers.get("retry-after")) > 0);
    await server.stop();
  });

  test("a live client that asks without end is let go, and those who listen hear on", async () => {
    const here = await place();
    const listener = here.server.live(here.other.token);
    await listener.subscribe(`thread:${here.thread}`);
    const greedy = here.server.live(here.member.token);
    await greedy.opened;
    for (let number = 0; number < 400; ++number) greedy.socket.send('{"subscribe":"me","after":0}');
    assert.equal(await greedy.closed, 4429);
    const sent = await here.server.reply(here.member, here.thread, words.calm);
    await until(() => listener.posts.includes(sent.body.id), "the post", 2000);
    listener.cut();
    await here.server.stop();
  });
});

describe("assets", () => {
  let server;
  before(async () => (server = await Server.start()));
  after(() => server.stop());
  const raw = (path, headers) => fetch(server.url + path, { headers: { "accept-encoding": "identity", ...headers } });

  test("they are found by their hashed names, kept for ever, and packed for those who can unpack", async () => {
    const home = await (await raw("/")).text();
    const names = [...home.matchAll(/\/assets\/([\w.-]+)/g)].map((found) => found[1]);
    assert.ok(names.some((name) => name.endsWith(".css")) && names.some((name) => name.endsWith(".js")));
    for (const name of new Set(names)) {
      const plain = await raw(`/assets/${name}`);
      assert.equal(plain.status, 200);
      assert.equal(plain.headers.get("content-encoding"), null);
      assert.match(plain.headers.get("cache-control"), /immutable/);
      assert.match(plain.headers.get("vary"), /accept-encoding/i);
      const content = await plain.text();
      for (const encoding of ["br", "gzip"]) {
        const packed = await raw(`/assets/${name}`, { "accept-encoding": encoding });
        if (packed.headers.get("content-encoding") === null) continue; // too small to gain
        assert.equal(packed.headers.get("content-encoding"), encoding);
        assert.ok(Number(packed.headers.get("content-length")) < content.length);
        assert.equal(await packed.text(), content, `${name} unpacked`);
      }
      const known = await raw(`/assets/${name}`, { "if-none-match": plain.headers.get("etag") });
      assert.equal(known.status, 304);
      assert.equal(await known.text(), "");
      assert.equal((await raw(`/assets/${name}`, { "if-none-match": '"another"' })).status, 200);
    }
  });

  test("what is not an asset is not there", async () => {
    for (const name of ["manifest.json", "nothing.js", "..%2F..%2Fetc%2Fpasswd", "%00"]) assert.equal((await raw(`/assets/${name}`)).status, 404);
  });

  test("the document of the API and pages are not kept by strangers' caches longer than they should", async () => {
    assert.match((await raw("/")).headers.get("cache-control"), /no-store/);
    assert.match((await raw("/api/v1/circles")).headers.get("cache-control"), /no-store/);
  });
});
