// The live protocol: what others post arrives in order; after a cut connection nothing is missing, nothing twice.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, until, words } from "../harness.mjs";

// Repeatable "randomness", so that a failure can be run again.
function dice(seed) {
  return () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
}

describe("live", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());

  test("for whoever put something aside a post comes without words, from the choice on, and is read marked", async () => {
    const { server, member, other } = here;
    const { thread } = (await server.thread(member, here.circle, words.calm)).body;
    const topic = `thread:${thread}`;
    const [mine, others] = [server.live(other.token), server.live(member.token)];
    for (const live of [mine, others]) await live.subscribe(topic);
    const told = async (live, id) => (await until(() => live.told.find((one) => one.data?.id === id), "the post")).data;
    const post = async () => (await server.reply(member, thread, words.calm)).body.id;
    const choose = (body) => server.ask("PUT", "/api/v1/pacing", { token: other.token, body });
    assert.equal((await told(mine, await post())).text, words.calm);
    await choose({ muted: ["Maple"] });
    const bare = await until(async () => {
      const data = await told(mine, await post());
      return data.text === undefined && data;
    }, "the choice to be heard");
    assert.deepEqual(Object.keys(bare).sort(), ["circle", "created_at", "id", "number", "thread", "version"]);
    assert.deepEqual((await server.ask("GET", `/api/v1/posts/${bare.id}`, { token: other.token })).body.aside, { until: null });
    assert.equal((await told(others, bare.id)).text, words.calm, "nobody else is told less");
    const again = server.live(other.token);
    await again.subscribe(topic, 0);
    assert.equal((await told(again, bare.id)).text, undefined, "also what came before");
    await choose({ pause_after: "20", based_on: 1 });
    await until(async () => (await told(mine, await post())).text, "the words to come back");
    for (const live of [mine, others, again]) live.cut();
  });

  test("cutting connections at random loses nothing and repeats nothing", async () => {
    const roll = dice(7);
    const topic = `thread:${here.thread}`;
    const sent = [];
    let sending = true;
    let cuts = 0;
    const writers = [here.member, here.other, here.facilitator].map(async (who, index) => {
      // However quick the writers are: until there were enough cuts.
      for (let number = 0; number < 60 || cuts <= 5; ++number) {
        const answer = await here.server.reply(who, here.thread, `${index} says ${number}.`);
        assert.equal(answer.status, 201);
        sent.push(answer.body.id);
      }
    });
    const reader = (async () => {
      let cursor = 0;
      const heard = [];
      for (;;) {
        const live = here.server.live(here.outsider.token);
        await live.subscribe(topic, cursor);
        const enough = Math.floor(roll() * 25);
        await until(() => live.told.length > enough || !sending, "events or the end").catch(() => {});
        const done = !sending;
        if (done) await until(() => heard.length + live.posts.length >= sent.length + 1, "the rest").catch(() => {});
        live.cut();
        await live.closed;
        heard.push(...live.posts);
        for (const one of live.told) cursor = Math.max(cursor, one.event ?? 0);
        cuts += 1;
        if (done) return heard;
      }
    })();
    await Promise.all(writers);
    sending = false;
    const heard = await reader;
    assert.ok(cuts > 5, `${cuts} cuts`);
    assert.equal(new Set(heard).size, heard.length, "nothing twice");
    assert.deepEqual(new Set(heard), new Set([here.opening, ...sent]), "nothing missing");
    const stored = [];
    let next = "";
    do {
      const page = await here.server.ask("GET", `/api/v1/threads/${here.thread}/posts?limit=100${next && `&cursor=${next}`}`);
      stored.push(...page.body.items.map((post) => post.id));
      next = page.body.next ?? "";
    } while (next);
    assert.deepEqual(heard, stored, "in the order of the thread: an old snapshot and the events since are a fresh snapshot");
  });

  test("events come in rising order and say what they are about", async () => {
    const live = here.server.live();
    const first = await live.subscribe(`circle:${here.circle}`);
    const started = await here.server.thread(here.member, here.circle, words.calm);
    await here.server.ask("PATCH", `/api/v1/posts/${started.body.id}`, { token: here.member.token, key: "live-edit", body: { title: "A title", text: "Changed." } });
    await here.server.ask("DELETE", `/api/v1/posts/${started.body.id}`, { token: here.member.token });
    await until(() => live.told.some((one) => one.type === "post.removed"), "the removal");
    const numbers = live.told.map((one) => one.event);
    assert.deepEqual(numbers, [...numbers].sort((left, right) => left - right));
    assert.ok(numbers[1] > first.event);
    live.cut();
  });

  test("a held text makes no event for the circle, one for the facilitators, and one when it is let through", async () => {
    const [circle, review, me] = [here.server.live(here.other.token), here.server.live(here.facilitator.token), here.server.live(here.member.token)];
    await circle.subscribe(`thread:${here.thread}`);
    await review.subscribe("review");
    await me.subscribe("me");
    const sent = await here.server.reply(here.member, here.thread, words.harm);
    await until(() => review.told.some((one) => one.type === "review.added"), "the item");
    assert.ok(!JSON.stringify(review.told).includes(words.harm));
    const lane = await here.server.ask("GET", "/api/v1/review/items", { token: here.facilitator.token });
    const item = lane.body.items.find((one) => one.post === sent.body.id);
    assert.deepEqual(circle.posts, []);
    await here.server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: here.facilitator.token, body: { decision: "publish", revision: item.revision } });
    await until(() => circle.posts.includes(sent.body.id), "the post");
    await until(() => me.told.some((one) => one.type === "me.decided" && one.data.post === sent.body.id), "the author's event");
    for (const one of [circle, review, me]) one.cut();
  });

  test("what is told to one person alone is in no thread's events, nor in what others resume", async () => {
    const { server, member, facilitator, other } = here;
    const { thread } = (await server.thread(member, here.circle, words.calm)).body;
    const held = (await server.reply(member, thread, words.harm)).body;
    const me = server.live(member.token);
    await me.subscribe("me");
    const followed = server.live(other.token);
    await followed.subscribe(`thread:${thread}`);
    const item = (await server.ask("GET", "/api/v1/review/items", { token: facilitator.token })).body.items.find((one) => one.post === held.id);
    await server.ask("POST", `/api/v1/review/items/${item.id}/decision`, { token: facilitator.token, body: { decision: "return", reason: "Your words are saved.", revision: item.revision } });
    await until(() => me.told.some((one) => one.type === "me.decided" && one.data.post === held.id), "the author's event");
    const seen = (await server.reply(member, thread, words.calm)).body.id;
    await until(() => followed.posts.includes(seen), "what came after");
    const resumed = server.live(other.token);
    await resumed.subscribe(`thread:${thread}`, 0);
    await until(() => resumed.posts.includes(seen), "what was missed");
    for (const live of [followed, resumed]) assert.ok(!JSON.stringify(live.told).includes(held.id), JSON.stringify(live.told));
    for (const live of [me, followed, resumed]) live.cut();
  });

  test("a circle that closes its doors is not heard outside any more, by visitors and members of other circles alike", async () => {
    const circle = await here.server.circle(here.lead, { name: "Glass house" });
    await here.server.enter(here.member, circle);
    const [visitor, outsider, member] = [here.server.live(), here.server.live(here.outsider.token), here.server.live(here.member.token)];
    const started = await here.server.thread(here.lead, circle, words.calm);
    for (const one of [visitor, outsider, member]) {
      await one.subscribe(`circle:${circle}`);
      await one.subscribe(`thread:${started.body.thread}`);
    }
    const changed = await here.server.ask("PATCH", `/api/v1/circles/${circle}`, { token: here.lead.token, body: { readable_by: "members" } });
    assert.equal(changed.status, 200);
    for (const one of [visitor, outsider]) await until(() => one.told.filter((each) => each.error).length === 2, "the end of both topics", 1000);
    const sent = await here.server.reply(here.member, started.body.thread, words.calm);
    await until(() => member.posts.includes(sent.body.id), "the post");
    for (const one of [visitor, outsider]) {
      await one.subscribe(`thread:${here.thread}`); // what comes after shows that nothing is still on its way
      assert.ok(!one.posts.includes(sent.body.id));
      assert.equal((await one.subscribe(`circle:${circle}`)).error.status, 404);
    }
    for (const one of [visitor, outsider, member]) one.cut();
  });

  test("review follows the circles that somebody looks after while they are connected: gained, lost, and made", async () => {
    const { server, lead, member } = here;
    const [watching, looking] = [await server.join("Heron"), server.live(lead.token)];
    const [kept, lost, gained] = [await server.circle(lead, { name: "Kept" }), await server.circle(lead, { name: "Lost" }), await server.circle(lead, { name: "Gained" })];
    for (const circle of [kept, lost, gained]) await server.enter(member, circle);
    for (const circle of [kept, lost]) await server.give("facilitator", watching, circle);
    const live = server.live(watching.token);
    await live.subscribe("review");
    await looking.subscribe("review");
    const held = async (circle) => {
      const sent = await server.thread(member, circle, words.harm);
      assert.equal(sent.status, 202, sent.text);
      await until(() => added(looking).includes(sent.body.id), "the lead's event");
      return sent.body.id;
    };
    const added = (one) => one.told.filter((each) => each.type === "review.added").map((each) => each.data.post);
    const resets = () => live.told.filter((one) => one.type === "reset").length;
    const before = [await held(kept), await held(lost)];
    await until(() => added(live).length === 2, "both");

    await server.give("member", watching, lost);
    await until(() => resets() === 1, "to be told that the circles are others");
    await held(lost);
    const after_loss = await held(kept);
    await until(() => added(live).includes(after_loss), "what is still theirs");
    assert.deepEqual(added(live), [...before, after_loss]);

    await server.give("facilitator", watching, gained);
    await until(() => resets() === 2, "to be told again");
    const new_ones = [await held(gained), await held(kept)];
    await until(() => added(live).length === 5, "what is theirs now");
    assert.deepEqual(added(live), [...before, after_loss, ...new_ones]);

    const made = await server.circle(lead, { name: "Made meanwhile" }); // a lead looks after every circle
    await server.enter(member, made);
    await held(made);
    for (const one of [live, looking]) {
      const numbers = one.told.map((each) => each.event);
      assert.deepEqual(numbers, [...numbers].sort((left, right) => left - right));
      one.cut();
    }
  });

  test("review resumes over all circles as one: in order, one end of the past, nothing lost and nothing twice", async () => {
    const { server, lead, member } = here;
    const watching = await server.join("Kestrel");
    const circles = [await server.circle(lead, { name: "First" }), await server.circle(lead, { name: "Second" })];
    for (const circle of circles) {
      await server.enter(member, circle);
      await server.give("facilitator", watching, circle);
    }
    const held = [];
    for (const circle of [0, 1, 1, 0, 1, 0]) held.push((await server.thread(member, circles[circle], words.harm)).body.id);
    const resumed = async (after) => {
      const live = server.live(watching.token);
      await live.subscribe("review", after);
      const marker = (await server.thread(member, circles[1], words.harm)).body.id; // nothing is on its way any more
      await until(() => live.told.some((one) => one.data?.post === marker), "the marker");
      live.cut();
      return live.told.filter((one) => one.data?.post !== marker);
    };
    const all = await resumed(0);
    const numbers = all.map((one) => one.event);
    assert.deepEqual(numbers, [...numbers].sort((left, right) => left - right));
    assert.equal(all.filter((one) => one.type === "subscribed").length, 1);
    assert.equal(all.at(-1).type, "subscribed");
    const posts = (told) => told.filter((one) => one.type === "review.added").map((one) => one.data.post);
    assert.deepEqual(posts(all), held);
    for (const [index, one] of all.slice(0, -1).entries()) { // dropped after any of them
      const rest = (await resumed(one.event)).filter((each) => each.event <= all.at(-1).event && each.type !== "subscribed");
      assert.deepEqual(rest, all.slice(index + 1, -1));
    }
  });

  test("taking down what nobody saw tells nobody", async () => {
    const live = here.server.live(here.other.token);
    await live.subscribe(`circle:${here.circle}`);
    await live.subscribe(`thread:${here.thread}`);
    const held = await here.server.reply(here.member, here.thread, `${words.harm} Truly.`);
    assert.equal((await here.server.ask("DELETE", `/api/v1/posts/${held.body.id}`, { token: here.member.token })).status, 204);
    const marker = await here.server.reply(here.member, here.thread, words.calm);
    await until(() => live.posts.includes(marker.body.id), "the marker");
    assert.ok(!JSON.stringify(live.told).includes(held.body.id));
    live.cut();
  });

  test("what is not for somebody can't be followed, and bad messages get an answer", async () => {
    const closed = await here.server.circle(here.lead, { name: "Closed door", readable_by: "members" });
    const live = here.server.live(here.outsider.token);
    for (const topic of [`circle:${closed}`, "circle:0", "thread:zz", "elsewhere"]) assert.equal((await live.subscribe(topic)).error.status, 404);
    for (const text of ["{", "[]", '{"subscribe":1}', '{"subscribe":"me","after":-1}', '{"unknown":"me"}']) {
      const before = live.told.length;
      live.socket.send(text);
      await until(() => live.told.length > before, "an answer");
      assert.equal(live.told.at(-1).error.status, 400);
    }
    const visitor = here.server.live();
    assert.equal((await visitor.subscribe("me")).error.status, 404);
    live.socket.send(Buffer.from([1, 2, 3]));
    assert.equal(await live.closed, 1003);
    visitor.cut();
  });
});
