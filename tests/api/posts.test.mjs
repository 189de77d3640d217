// What a member can rely on when they write: every text is screened, nothing is lost, nothing comes twice.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, until, words } from "../harness.mjs";

test("what its reader put aside is marked in lists, for them alone, until they choose otherwise", async () => {
  const here = await place();
  const { server, member, other, thread } = here;
  const sent = await server.reply(member, thread, words.calm);
  const choose = (body) => server.ask("PUT", "/api/v1/pacing", { token: other.token, body });
  const seen = async (who, path) => (await server.ask("GET", `/api/v1${path}`, { token: who.token })).body;
  const in_thread = async (who) => (await seen(who, `/threads/${thread}/posts?limit=100`)).items.find((one) => one.id === sent.body.id);
  await in_thread(member); // kept for everybody who reads
  assert.equal((await in_thread(other)).aside, undefined);
  await choose({ muted: ["Maple"] });
  const hidden = await in_thread(other);
  assert.deepEqual([hidden.aside, hidden.text], [{ until: null }, words.calm]);
  assert.deepEqual((await seen(other, `/posts/${sent.body.id}`)).aside, { until: null });
  const searched = async () => (await seen(other, `/search?circle=${here.circle}&q=window`)).items.find((one) => one.id === sent.body.id);
  assert.deepEqual((await until(searched, "the index")).aside, { until: null });
  assert.deepEqual((await seen(other, `/threads/${thread}`)).aside, (await seen(other, `/circles/${here.circle}/threads`)).items[0].aside);
  for (const who of [member, here.facilitator]) assert.equal((await in_thread(who)).aside, undefined, "nobody else is told");
  await choose({ pause_after: "20", based_on: 1 });
  assert.equal((await in_thread(other)).aside, undefined);
  await server.stop();
});

describe("the life of a post", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());
  const read = async (who) => (await here.server.ask("GET", `/api/v1/threads/${here.thread}/posts?limit=100`, { token: who?.token })).body.items;

  test("a calm text is visible at once, for everybody who may read", async () => {
    const sent = await here.server.reply(here.member, here.thread, words.calm);
    assert.equal(sent.status, 201);
    assert.equal(sent.body.state, "visible");
    assert.equal(sent.body.care, undefined);
    for (const who of [here.member, here.other, here.outsider, undefined]) {
      assert.ok((await read(who)).some((post) => post.id === sent.body.id && post.text === words.calm));
    }
  });

  test("a harmful text is held: only its author and the facilitators see it, and when it is due", async () => {
    const sent = await here.server.reply(here.member, here.thread, words.harm);
    assert.equal(sent.status, 202);
    assert.equal(sent.body.state, "held");
    assert.ok(Date.parse(sent.body.due_at) > Date.now());
    for (const who of [here.other, here.outsider, undefined]) {
      assert.equal((await here.server.ask("GET", `/api/v1/posts/${sent.body.id}`, { token: who?.token })).status, 404);
      assert.ok(!(await read(who)).some((post) => post.id === sent.body.id));
    }
    const mine = await here.server.ask("GET", `/api/v1/posts/${sent.body.id}`, { token: here.member.token });
    assert.equal(mine.body.text, words.harm);
    assert.equal(mine.body.state, "held");
  });

  test("contact details come back with a kind reason, and the words are kept", async () => {
    const sent = await here.server.reply(here.member, here.thread, words.contact);
    assert.equal(sent.status, 422);
    assert.equal(sent.body.type, "/problems/returned");
    assert.equal(sent.body.state, "returned");
    assert.ok(sent.body.decision.findings.length > 0);
    const mine = await here.server.ask("GET", `/api/v1/posts/${sent.body.id}`, { token: here.member.token });
    assert.equal(mine.body.text, words.contact);
    const changed = await here.server.ask("PATCH", `/api/v1/posts/${sent.body.id}`, { token: here.member.token, key: "changed-1", body: { text: words.calm } });
    assert.equal(changed.status, 201);
    assert.ok((await read()).some((post) => post.id === sent.body.id && post.text === words.calm));
  });

  test("crisis language brings care at once and lands in the care lane, never back at its author", async () => {
    const sent = await here.server.reply(here.member, here.thread, words.crisis);
    assert.ok([201, 202].includes(sent.status));
    assert.notEqual(sent.body.state, "returned");
    assert.ok(sent.body.care.lines.length >= 2 && sent.body.care.lines.length <= 3);
    const lane = await here.server.ask("GET", "/api/v1/review/items?lane=care", { token: here.facilitator.token });
    const item = lane.body.items.find((one) => one.post === sent.body.id);
    assert.ok(item);
    const back = await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.facilitator.token, body: { decision: "return", revision: item.revision, reason: "Please change it." } });
    assert.equal(back.status, 422);
    const safe = await here.server.ask("POST", `/api/v1/posts/${sent.body.id}/safe`, { token: here.member.token });
    assert.equal(safe.status, 204);
    const again = await here.server.ask("GET", "/api/v1/review/items?lane=care", { token: here.facilitator.token });
    assert.ok(again.body.items.find((one) => one.post === sent.body.id).author_safe);
  });

  test("an edit is a new version; the one that stands keeps standing until the new one is let through", async () => {
    const sent = await here.server.reply(here.member, here.thread, words.calm);
    const edited = await here.server.ask("PATCH", `/api/v1/posts/${sent.body.id}`, { token: here.member.token, key: "edit-1", body: { text: words.harm } });
    assert.equal(edited.status, 202);
    assert.equal(edited.body.version, 2);
    assert.equal((await read()).find((post) => post.id === sent.body.id).text, words.calm);
    const lane = await here.server.ask("GET", "/api/v1/review/items?lane=harm", { token: here.facilitator.token });
    const item = lane.body.items.find((one) => one.post === sent.body.id);
    const done = await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.facilitator.token, body: { decision: "publish", revision: item.revision } });
    assert.equal(done.status, 204);
    assert.equal((await read()).find((post) => post.id === sent.body.id).text, words.harm);
  });

  test("a facilitator gives a text back with a reason that its author reads", async () => {
    const sent = await here.server.reply(here.member, here.thread, words.harm);
    const lane = await here.server.ask("GET", "/api/v1/review/items?lane=harm", { token: here.facilitator.token });
    const item = lane.body.items.find((one) => one.post === sent.body.id);
    const opened = await here.server.ask("GET", `/api/v1/review/items/${item.id}`, { token: here.facilitator.token });
    assert.equal(opened.body.text, words.harm);
    const decision = (body) => here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.facilitator.token, body });
    assert.equal((await decision({ decision: "return", revision: item.revision })).status, 422);
    assert.equal((await decision({ decision: "return", revision: item.revision + 5, reason: "Could you say it without the names?" })).status, 409);
    assert.equal((await decision({ decision: "return", revision: item.revision, reason: "Could you say it without the names?" })).status, 204);
    const mine = await here.server.ask("GET", `/api/v1/posts/${sent.body.id}`, { token: here.member.token });
    assert.equal(mine.body.state, "returned");
    assert.equal(mine.body.reason, "Could you say it without the names?");
    assert.equal(mine.body.text, words.harm);
  });

  test("taking a post down removes its words for everybody", async () => {
    const sent = await here.server.reply(here.member, here.thread, words.calm);
    const path = `/api/v1/posts/${sent.body.id}`;
    assert.equal((await here.server.ask("DELETE", path, { token: here.other.token })).status, 404);
    assert.equal((await here.server.ask("DELETE", path, { token: here.member.token })).status, 204);
    assert.equal((await here.server.ask("GET", path, { token: here.other.token })).status, 404);
    const mine = await here.server.ask("GET", path, { token: here.member.token });
    assert.deepEqual([mine.body.state, mine.body.text], ["removed", ""]);
  });

  test("the same key gives the same answer once, also when sent at the same time; another text gets 409", async () => {
    const key = "same-key";
    const sent = await Promise.all([1, 2, 3, 4].map(() => here.server.reply(here.member, here.thread, words.calm, key)));
    assert.deepEqual([...new Set(sent.map((one) => one.status))], [201]);
    assert.equal(new Set(sent.map((one) => one.body.id)).size, 1);
    assert.equal((await here.server.reply(here.member, here.thread, "Something else.", key)).status, 409);
    assert.equal((await read()).filter((post) => post.id === sent[0].body.id).length, 1);
    const held = [await here.server.reply(here.member, here.thread, words.crisis, "crisis-key"), await here.server.reply(here.member, here.thread, words.crisis, "crisis-key")];
    assert.deepEqual(held[0].body, held[1].body);
  });

  test("a retry gets the answer that the first try got, also when the text was decided on or taken down since, or its author left", async () => {
    const { server, facilitator } = here;
    const leaving = await server.join("Swallow");
    await server.enter(leaving, here.circle);
    const started = await server.thread(leaving, here.circle, words.calm, { key: "again-thread" });
    const { thread } = started.body;
    const tries = {
      thread: () => server.thread(leaving, here.circle, words.calm, { key: "again-thread" }),
      reply: () => server.reply(leaving, thread, words.harm, "again-held"),
      edit: () => server.ask("PATCH", `/api/v1/posts/${started.body.id}`, { token: leaving.token, key: "again-edit", body: { title: "A title", text: "Changed." } }),
    };
    const first = { thread: started, reply: await tries.reply(), edit: await tries.edit() };
    assert.deepEqual([first.thread.status, first.reply.status, first.edit.status], [201, 202, 201]);
    assert.ok(first.reply.body.due_at);
    const item = (await server.ask("GET", "/api/v1/review/items", { token: facilitator.token })).body.items.find((one) => one.post === first.reply.body.id);
    assert.equal((await server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: facilitator.token, body: { decision: "publish", revision: item.revision } })).status, 204);
    const same = async () => {
      for (const [name, again] of Object.entries(tries)) {
        const { status, body } = await again();
        assert.deepEqual({ status, body }, { status: first[name].status, body: first[name].body }, name);
      }
    };
    await same();
    assert.equal((await server.ask("DELETE", `/api/v1/posts/${started.body.id}`, { token: leaving.token })).status, 204);
    await same();
    assert.equal((await server.ask("DELETE", `/api/v1/circles/${here.circle}/membership`, { token: leaving.token })).status, 204);
    await same();
    assert.equal((await server.reply(leaving, thread, "Something else.", "again-held")).status, 409);
    assert.equal((await server.reply(leaving, thread, words.calm, "another-key")).status, 404);
    assert.equal((await server.reply(here.outsider, thread, words.harm, "again-held")).status, 404, "the key of somebody else says nothing");
  });

  test("what waits is listed in parts, by the API and on the page: care first, each item once, also beside one's own", async () => {
    const { server, lead, member, facilitator } = here;
    const circle = await server.circle(lead, { name: "Long list" });
    for (const who of [member, facilitator]) await server.enter(who, circle);
    await server.give("facilitator", facilitator, circle);
    const hold = async (who, text) => (await server.thread(who, circle, text)).body.id;
    const waiting = [];
    for (let number = 0; number < 52; ++number) waiting.push(await hold(member, words.harm));
    for (let number = 0; number < 3; ++number) await hold(facilitator, words.harm); // not for themselves
    const cries = [await hold(member, words.crisis), await hold(member, words.crisis)];
    const ask = async (query) => (await server.ask("GET", `/api/v1/review/items?circle=${circle}&${query}`, { token: facilitator.token })).body;
    for (const limit of [1, 7, 50]) {
      const seen = [];
      let next = "";
      do {
        const part = await ask(`limit=${limit}${next && `&cursor=${encodeURIComponent(next)}`}`);
        assert.ok(part.items.length <= limit);
        seen.push(...part.items.map((one) => one.post));
        next = part.next;
      } while (next);
      assert.deepEqual(seen, [...cries, ...waiting], `in parts of ${limit}`);
    }
    const posts = [];
    let path = `/review?circle=${circle}`;
    do {
      const page = (await server.ask("GET", path, { token: facilitator.token })).text;
      posts.push(...page.matchAll(/href="\/review\/([0-9a-f]{32})"/g));
      path = /href="(\/review\?[^"]*)">What is due next/.exec(page)?.[1].replaceAll("&amp;", "&");
    } while (path);
    assert.equal(posts.length, 54);
    assert.equal(new Set(posts.map((one) => one[1])).size, 54);
  });

  test("odd bits of text are screened as quickly as any other", async () => {
    for (const text of ["a+1", "+", "x@", "@", "a+1@b.", "www.", "C+3 and D+4", "07+", "+1+1+1"]) {
      const sent = await here.server.reply(here.member, here.thread, text);
      assert.ok([201, 202, 422].includes(sent.status), `${text}: ${sent.status}`);
    }
  });

  test("lists page by cursor without gaps or repeats", async () => {
    const started = await here.server.thread(here.member, here.circle, words.calm);
    const sent = [started.body.id];
    for (let number = 0; number < 12; ++number) sent.push((await here.server.reply(here.other, started.body.thread, `Number ${number}.`)).body.id);
    const seen = [];
    let cursor = "";
    do {
      const page = await here.server.ask("GET", `/api/v1/threads/${started.body.thread}/posts?limit=5${cursor ? `&cursor=${cursor}` : ""}`);
      seen.push(...page.body.items.map((post) => post.id));
      cursor = page.body.next;
    } while (cursor);
    assert.deepEqual(seen, sent);
  });

  test("search finds words by their stem, only what is visible, and leads to help for words of crisis", async () => {
    const sent = await here.server.reply(here.member, here.thread, "My marigolds are flowering again.");
    const held = await here.server.reply(here.member, here.thread, `Marigolds. ${words.harm}`);
    assert.equal(held.status, 202);
    const find = (q) => here.server.ask("GET", `/api/v1/search?circle=${here.circle}&q=${encodeURIComponent(q)}`, { token: here.other.token });
    const found = await until(async () => {
      const got = await find("marigold flower");
      return got.body.items.length > 0 && got;
    }, "the index");
    assert.deepEqual(found.body.items.map((post) => post.id), [sent.body.id]);
    assert.equal(found.body.care, undefined);
    assert.ok((await find("I want to die")).body.care.lines.length >= 2);
  });

  test("what is wrong with a request is said by field, in one shape, without repeating it", async () => {
    const secret = "unrepeatable-words";
    const asks = [
      here.server.ask("POST", `/api/v1/threads/${here.thread}/posts`, { token: here.member.token, key: "e1", body: { text: "", [secret]: 1 } }),
      here.server.ask("POST", `/api/v1/threads/${here.thread}/posts`, { token: here.member.token, key: "e2", body: { text: `${secret}\u0000` } }),
      here.server.ask("POST", `/api/v1/threads/${here.thread}/posts`, { token: here.member.token, key: "e3", body: `{"text": "${secret}"` }),
      here.server.ask("POST", `/api/v1/threads/${here.thread}/posts`, { token: here.member.token, body: { text: secret } }),
      here.server.ask("POST", `/api/v1/threads/${here.thread}/posts`, { token: here.member.token, key: "e4", body: { text: secret.repeat(5000) } }),
      here.server.ask("POST", "/api/v1/accounts", { body: { nickname: `${secret}@example.org`, passphrase: "short" } }),
      here.server.ask("GET", "/api/v1/nothing/here"),
      here.server.ask("PATCH", "/api/v1/circles", { token: here.member.token, body: {} }),
      here.server.ask("GET", "/api/v1/me"),
    ];
    for (const answer of await Promise.all(asks)) {
      assert.ok(answer.status >= 400 && answer.status < 500, answer.text);
      assert.match(answer.headers.get("content-type"), /application\/problem\+json/);
      for (const member of ["type", "title", "status", "detail"]) assert.ok(member in answer.body, member);
      assert.equal(answer.body.status, answer.status);
      assert.ok(!answer.text.replace('"unrepeatable-words"', "").includes(`${secret}@`) && !answer.text.includes(secret.repeat(2)));
    }
  });
});
