// A safety plan for people one trusts, and cue cards for a circle: a copy each, screened, and gone when it is taken back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { files_in, place, until, words } from "../harness.mjs";

const v1 = "/api/v1";
let here;
let keys = 0;
before(async () => (here = await place()));
after(() => here.server.stop());
const ask = (who, method, path, body) => here.server.ask(method, v1 + path, { token: who?.token, key: `share-${(keys += 1)}`, body });

const plan = { signs: "I answer nobody.", alone: "A walk by the canary3marmalade.", ask: "Rowan, 020 7946 0000", reasons: "The dog." };
async function shared_plan(more = {}) {
  await ask(here.member, "PUT", "/plan", plan);
  return ask(here.member, "POST", "/plan/shares", { circle: here.circle, allies: ["Wren"], sections: ["signs", "alone"], ...more });
}
async function shared_card(text = words.calm) {
  const card = await ask(here.member, "POST", "/cards", { title: "At night", text });
  return { card: card.body.id, sent: await ask(here.member, "POST", `/cards/${card.body.id}/shares`, { circle: here.circle }) };
}
const nowhere_else = async (who, { id, thread }) => {
  assert.notEqual((await ask(who, "GET", `/threads/${thread}/posts`)).status, 200);
  assert.ok(!(await ask(who, "GET", `/circles/${here.circle}/threads`)).text.includes(thread));
  for (const word of ["walk", "window"]) assert.ok(!(await ask(who, "GET", `/search?circle=${here.circle}&q=${word}`)).text.includes(id));
  assert.ok(!(await ask(who, "GET", "/shared-stories")).text.includes(id));
};

test("a plan is read by whom it was shared with, the chosen parts of it, and by nobody else anywhere", async () => {
  const sent = await shared_plan();
  assert.equal(sent.status, 201, sent.text);
  const { id } = sent.body;
  const seen = await ask(here.other, "GET", `/shared-plans/${id}`);
  assert.deepEqual(seen.body.parts.map((one) => one.text), [plan.signs, plan.alone]);
  assert.ok((await ask(here.other, "GET", "/shared-plans")).text.includes(id));
  const told = await until(async () => (await ask(here.other, "GET", "/notifications")).body.items.find((one) => one.kind === "plan"), "the ally to hear of it");
  assert.deepEqual([told.sentence, told.path], ["Somebody shared a safety plan with you.", `/plans/${id}`]);
  for (const who of [here.facilitator, here.lead, here.outsider, undefined]) {
    assert.notEqual((await ask(who, "GET", `/shared-plans/${id}`)).status, 200);
    assert.notEqual((await ask(who, "GET", `/posts/${id}`)).status, 200);
    assert.ok(!(await ask(who, "GET", "/shared-plans")).text.includes(id));
    await nowhere_else(who, sent.body);
  }
  await nowhere_else(here.other, sent.body);
  for (const path of ["shared-stories", "shared-cards", "partners"]) assert.equal((await ask(here.other, "GET", `/${path}/${id}`)).status, 404);
  assert.equal((await ask(here.other, "POST", `/posts/${id}/witness`, { kind: "strength", text: words.calm })).status, 404);
});

test("a plan can be shared until a day: its writer reads it beside the copy, and past it nobody reads the copy", async () => {
  for (const days of [91, -1, "7"]) {
    const answer = await shared_plan({ days });
    assert.deepEqual([answer.status, answer.body.errors?.[0].field], [422, "days"]);
  }
  const { id } = (await shared_plan({ days: 7 })).body;
  const [mine] = (await ask(here.member, "GET", "/plan-shares")).body.items;
  const in_days = (Date.parse(mine.expires_at) - Date.now()) / 86400_000;
  assert.ok(mine.id === id && in_days > 6.9 && in_days <= 7);
  assert.equal((await ask(here.other, "GET", `/shared-plans/${id}`)).body.expires_at, mine.expires_at);
  const form = new URLSearchParams({ circle: here.circle, allies: "Wren", section_alone: "on", ends: "30", key: "by-form" });
  const page = (path, body) => here.server.ask(body ? "POST" : "GET", path, { token: here.member.token, body, headers: body && { "content-type": "application/x-www-form-urlencoded" } });
  assert.equal((await page("/me/plan/share", String(form))).status, 303);
  const shown = (await page("/me/plan/share")).text;
  assert.match(shown, new RegExp(`, until <time datetime="${mine.expires_at.slice(0, 10)}`));
  assert.equal((await page("/me/plan/share", String(new URLSearchParams({ ...Object.fromEntries(form), ends: "400", key: "by-form-2" })))).status, 422);
  here.server.sql(`UPDATE share SET expires_at = 1 WHERE post_id = x'${id}'`);
  assert.equal((await ask(here.other, "GET", `/shared-plans/${id}`)).status, 404);
  assert.ok(!(await ask(here.other, "GET", "/shared-plans")).text.includes(id));
  assert.equal((await ask(here.member, "GET", "/plan-shares")).body.items.find((one) => one.id === id).open, false);
});

test("parts with numbers are given back, a cry for help is met with care; a plan goes to people one names alone", async () => {
  const numbers = await shared_plan({ sections: ["ask"] });
  assert.equal(numbers.status, 422, numbers.text);
  await ask(here.member, "PUT", "/plan", { signs: words.crisis });
  const cry = await ask(here.member, "POST", "/plan/shares", { circle: here.circle, allies: ["Wren"], sections: ["signs"] });
  assert.equal(cry.status, 202, cry.text);
  assert.ok(cry.body.care.lines.length >= 1);
  for (const one of [numbers, cry]) assert.equal((await ask(here.other, "GET", `/shared-plans/${one.body.id}`)).status, 404);
  for (const wrong of [{ allies: [] }, { allies: ["Stone"] }, { sections: [] }]) assert.equal((await shared_plan(wrong)).status, 422, JSON.stringify(wrong));
  assert.equal((await ask(here.other, "POST", "/plan/shares", { circle: here.circle, allies: ["Maple"], sections: ["signs"] })).status, 404, "no plan");
});

test("a retry of a share and of a note gets the first answer, also when an ally or its author left since", async () => {
  const { server, circle } = here;
  const [from, ally] = [await server.join("Curlew"), await server.join("Dunlin")];
  for (const one of [from, ally]) await server.enter(one, circle);
  const send = (who, path, key, body) => server.ask("POST", v1 + path, { token: who.token, key, body });
  const story = (await ask(from, "POST", "/stories", { intend: "To have it said.", did: words.calm })).body.id;
  const share = (more = {}) => send(from, `/stories/${story}/shares`, "again-share", { circle, audience: "allies", allies: ["Dunlin"], sections: ["did"], ...more });
  const first = await share();
  assert.equal(first.status, 201, first.text);
  const note = (text = "You said it aloud.") => send(ally, `/posts/${first.body.id}/witness`, "again-note", { kind: "strength", text });
  const noted = await note();
  assert.equal(noted.status, 201, noted.text);
  const same = async () => {
    for (const [again, before] of [[await share(), first], [await note(), noted]]) assert.deepEqual([again.status, again.body], [before.status, before.body]);
  };
  await same();
  await ask(from, "PUT", `/stories/${story}`, { intend: "To have it said.", did: "Something new.", based_on: 1 });
  await same();
  for (const one of [ally, from]) {
    assert.equal((await ask(one, "DELETE", `/circles/${circle}/membership`)).status, 204);
    await same();
  }
  assert.deepEqual([(await share({ allies: ["Wren"] })).status, (await note("Something else.")).status], [409, 409], "a key stands for one request");
  // A key that was used says nothing about what its owner may not see: it isn't there, or it isn't theirs.
  const elsewhere = (await shared_plan()).body.id;
  const nowhere = "0123456789abcdef0123456789abcdef";
  for (const key of ["again-note", "never-used"]) {
    const answers = await Promise.all([elsewhere, nowhere].map((id) => send(ally, `/posts/${id}/witness`, key, { kind: "strength", text: "At least it was quick." })));
    assert.deepEqual(new Set(answers.map((one) => `${one.status} ${one.text}`)).size, 1, key);
  }
  const circles = await Promise.all([(await server.circle(here.lead, { name: "Elsewhere" })), nowhere].map((one) => share({ circle: one })));
  assert.deepEqual([circles[0].status, circles[0].text], [circles[1].status, circles[1].text]);
  assert.equal((await ask(from, "POST", `/stories/${story}/shares`, { circle, audience: "allies", allies: ["Wren"], sections: ["did"] })).status, 404);
  assert.equal((await ask(ally, "POST", `/posts/${first.body.id}/witness`, { kind: "strength", text: words.calm })).status, 404);
});

test("a card is for the circle's tools; a reader takes it over with one press, once", async () => {
  const { card, sent } = await shared_card();
  assert.equal(sent.status, 201, sent.text);
  const { id } = sent.body;
  assert.equal((await ask(here.other, "GET", `/shared-cards/${id}`)).body.text, words.calm);
  for (const who of [here.other, here.facilitator]) assert.ok((await ask(who, "GET", "/shared-cards")).text.includes(id));
  for (const who of [here.outsider, undefined]) {
    assert.notEqual((await ask(who, "GET", `/shared-cards/${id}`)).status, 200);
    assert.notEqual((await ask(who, "POST", `/shared-cards/${id}/card`)).status, 201);
    await nowhere_else(who, sent.body);
  }
  await nowhere_else(here.other, sent.body);
  const taken = await ask(here.other, "POST", `/shared-cards/${id}/card`);
  assert.equal(taken.status, 201, taken.text);
  assert.deepEqual([taken.body.title, taken.body.text], ["At night", words.calm]);
  assert.equal((await ask(here.other, "POST", `/shared-cards/${id}/card`)).body.id, taken.body.id);
  assert.equal((await ask(here.other, "GET", "/cards")).body.items.length, 1);
  assert.equal((await ask(here.member, "DELETE", `/cards/${card}`)).status, 204, "the card, with what is shared of it");
  assert.equal((await ask(here.facilitator, "GET", `/shared-cards/${id}`)).status, 404);
  assert.equal((await ask(here.other, "GET", `/cards/${taken.body.id}`)).body.text, words.calm, "what was taken over stays");
  const held = await shared_card(words.harm);
  assert.equal(held.sent.status, 202);
  assert.equal((await ask(here.other, "GET", `/shared-cards/${held.sent.body.id}`)).status, 404);
  assert.equal((await ask(here.member, "POST", `/cards/${held.card}/shares`, { circle: "0".repeat(32) })).status, 404);
});

test("the circle's live feed hears of neither; taking one back reaches its readers within 5 seconds and empties the copy", async () => {
  const feed = here.server.live(here.facilitator.token);
  await feed.subscribe(`circle:${here.circle}`);
  for (const [made, path] of [[await shared_plan(), "shared-plans"], [(await shared_card()).sent, "shared-cards"]]) {
    const { id } = made.body;
    const live = here.server.live(here.other.token);
    const topic = `share:${id}`;
    const followed = await live.subscribe(topic);
    assert.equal(followed.type, "subscribed", JSON.stringify(followed));
    const begun = Date.now();
    assert.equal((await ask(here.member, "DELETE", `/shares/${id}`)).status, 204);
    await until(() => live.told.find((one) => one.type === "share.withdrawn"), "the withdrawal", 5000);
    assert.ok(Date.now() - begun < 5000);
    assert.equal((await ask(here.other, "GET", `/${path}/${id}`)).status, 404);
    assert.ok((await live.subscribe(topic, followed.event)).error);
    assert.equal(here.server.sql(`SELECT max(length(text_sealed)) AS n FROM post_version WHERE post_id = x'${id}'`)[0].n, 0);
    live.cut();
  }
  await here.server.reply(here.member, here.thread, words.calm);
  await until(() => feed.told.some((one) => one.type === "post.published"), "the circle's next event");
  assert.ok(feed.told.filter((one) => one.type && one.type !== "subscribed").every((one) => one.type === "post.published"));
  feed.cut();
});

test("an account that is erased takes its shares off open pages, and no file holds a word of them", async () => {
  const hazel = await here.server.join("Hazel");
  await here.server.enter(hazel, here.circle);
  await ask(hazel, "PUT", "/plan", plan);
  const sent = await ask(hazel, "POST", "/plan/shares", { circle: here.circle, allies: ["Wren"], sections: ["alone"] });
  for (const { name, bytes } of files_in(here.server.data)) assert.ok(!bytes.includes("marmalade"), name);
  const live = here.server.live(here.other.token);
  await live.subscribe(`share:${sent.body.id}`);
  assert.ok((await ask(hazel, "DELETE", "/me", { passphrase: "seven quiet lanterns" })).status < 300);
  await until(() => live.told.find((one) => one.type === "share.withdrawn"), "the withdrawal", 5000);
  live.cut();
  assert.equal((await ask(here.other, "GET", `/shared-plans/${sent.body.id}`)).status, 404);
});

describe("many shares", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());
  const ask = (who, method, path, body) => here.server.ask(method, v1 + path, { token: who.token, key: `many-${(keys += 1)}`, body });
  const page = async (who, path) => {
    const { status, text } = await here.server.ask("GET", path, { token: who.token });
    assert.equal(status, 200, path);
    assert.ok(text.length < 60 * 1024, `${path}: ${text.length}`);
    return text;
  };
  const story_in = async (circle, number) => {
    const { id } = (await ask(here.member, "POST", "/stories", { intend: `Story ${number}.`, did: words.calm })).body;
    const sent = await ask(here.member, "POST", `/stories/${id}/shares`, { audience: "circle", circle, sections: ["did"], title: `Story number ${number}. ${"It rained. ".repeat(12)}` });
    assert.equal(sent.status, 201, sent.text);
    return sent.body.id;
  };
  const all_parts = async (who, path, found) => {
    const parts = [];
    for (let next = path; next; ) {
      const text = await page(who, next);
      parts.push([...text.matchAll(found)].map((one) => Number(one[1])));
      const older = text.match(/href="(\?[^"]*)">Older ones/)?.[1];
      next = older && path + older;
    }
    return parts;
  };
  const down_from = (count) => Array.from({ length: count }, (_, at) => count - at);

  test("are all there, in parts: through the API by a cursor, also when its share is gone, and on a page", async () => {
    await ask(here.member, "PUT", "/plan", plan);
    await ask(here.member, "POST", "/plan/shares", { circle: here.circle, allies: ["Wren"], sections: ["signs"] });
    const ids = [];
    for (let number = 1; number <= 60; number += 1) ids.unshift(await story_in(here.circle, number));
    const parts = await all_parts(here.other, "/stories", /Story number (\d+)\./g);
    assert.deepEqual([parts.map((one) => one.length), parts.flat()], [[49, 11], down_from(60)]);
    assert.ok((await page(here.other, "/stories")).includes("A safety plan of"));
    for (const [who, path] of [[here.other, "shared-stories"], [here.member, "story-shares"]]) {
      const found = [];
      for (let next = ""; next !== null; ) {
        const { status, body } = await ask(who, "GET", `/${path}?limit=25${next && `&cursor=${next}`}`);
        assert.equal(status, 200);
        found.push(...body.items.map((one) => one.id));
        next = body.next;
      }
      assert.deepEqual(found, ids, path);
      assert.equal((await ask(who, "GET", `/${path}?cursor=nonsense`)).status, 422);
    }
    const { next } = (await ask(here.other, "GET", "/shared-stories?limit=10")).body;
    await ask(here.member, "DELETE", `/story-shares/${next}`);
    assert.equal((await ask(here.other, "GET", `/shared-stories?limit=1&cursor=${next}`)).body.items[0].id, ids[10]);
  });

  test("of a circle that somebody is paused in, and what waits to be read, push nothing out", async () => {
    const { server, lead, member, other } = here;
    const before_it = (await ask(other, "GET", "/shared-stories?limit=5")).body;
    const circle = await server.circle(lead, { name: "Glass house", readable_by: "members" });
    for (const who of [member, other]) await server.enter(who, circle);
    const started = await server.thread(other, circle, words.calm);
    const sent = await server.reply(other, started.body.thread, words.harm);
    for (let number = 61; number <= 70; number += 1) await story_in(circle, number);
    assert.equal((await ask(other, "GET", "/shared-stories?limit=10")).body.items.filter((one) => one.circle === circle).length, 10);
    const item = (await ask(lead, "GET", "/review/items")).body.items.find((one) => one.post === sent.body.id);
    const done = await ask(lead, "POST", `/review/items/${item.id}/decision`, { decision: "remove", revision: item.revision, reason: "Your words are saved.", limit: "pause", limit_hours: 1 });
    assert.equal(done.status, 204, done.text);
    for (let times = 0; times < 6; times += 1) {
      const { id } = (await ask(member, "POST", "/stories", { intend: "Held.", did: words.harm })).body;
      assert.equal((await ask(member, "POST", `/stories/${id}/shares`, { audience: "circle", circle: here.circle, sections: ["did"] })).status, 202);
    }
    assert.deepEqual((await ask(other, "GET", "/shared-stories?limit=5")).body.items, before_it.items);
  });

  test("of cards stand twenty to a page, and long ones are cut", async () => {
    for (let number = 1; number <= 45; number += 1) {
      const card = await ask(here.member, "POST", "/cards", { title: `Card number ${number}.`, text: `${words.calm} `.repeat(50) });
      assert.equal((await ask(here.member, "POST", `/cards/${card.body.id}/shares`, { circle: here.circle })).status, 201);
    }
    const parts = await all_parts(here.other, "/shared-cards", /Card number (\d+)\./g);
    assert.deepEqual([parts.map((one) => one.length), parts.flat()], [[20, 20, 5], down_from(45)]);
  });

  test("of one card stand twenty to a page for their writer", async () => {
    const card = await ask(here.member, "POST", "/cards", { title: "At night", text: words.calm });
    for (let times = 0; times < 25; times += 1) await ask(here.member, "POST", `/cards/${card.body.id}/shares`, { circle: here.circle });
    const copies = (text) => text.split("/withdraw").length - 1;
    assert.equal(copies(await page(here.member, `/me/cards/${card.body.id}/share`)), 20);
    assert.equal(copies(await page(here.member, `/me/cards/${card.body.id}/share?page=2`)), 5);
  });
});
