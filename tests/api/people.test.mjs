// Who is there: joining, signing in and out, sessions, leaving for good; and requests from other sites.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { files_in, passphrase, place, until, words } from "../harness.mjs";

describe("people", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());
  const signIn = (nickname, phrase) => here.server.ask("POST", "/api/v1/sessions", { body: { nickname, passphrase: phrase } });

  test("nothing of a passphrase is kept but what it locks: no word of it, no hash, and the host key is needed to try one", async () => {
    await here.server.join("Lapwing");
    const columns = here.server.sql("SELECT m.name AS kept, c.name AS field FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND (c.name LIKE '%passphrase%' OR c.name LIKE '%password%')");
    assert.deepEqual(columns, [{ kept: "member_key", field: "by_passphrase_sealed" }]);
    for (const { name, bytes } of files_in(here.server.data)) for (const word of [passphrase, "$argon2"]) assert.ok(!bytes.includes(word), name);
  });

  test("an unknown name and a wrong passphrase get the same answer, in the same time", async () => {
    const times = { known: [], unknown: [] };
    let answers = [];
    for (let round = 0; round < 6; ++round) {
      for (const [kind, nickname] of [["known", "Maple"], ["unknown", `Nobody${round}`]]) {
        const start = performance.now();
        answers.push(await signIn(nickname, "wrong wrong wrong"));
        times[kind].push(performance.now() - start);
      }
    }
    assert.equal(new Set(answers.map((one) => `${one.status} ${one.text}`)).size, 1);
    assert.equal(answers[0].status, 401);
    const median = (list) => [...list].sort((left, right) => left - right)[Math.floor(list.length / 2)];
    const ratio = median(times.known) / median(times.unknown);
    assert.ok(ratio > 0.5 && ratio < 2, `ratio ${ratio}`);
  });

  test("a name is taken in every spelling of it, and may not tell who somebody is", async () => {
    const join = (nickname) => here.server.ask("POST", "/api/v1/accounts", { body: { nickname, passphrase } });
    assert.equal((await join("mAPLE")).status, 409);
    assert.equal((await join("Ｍａｐｌｅ")).status, 409);
    assert.equal((await join("maple@example.org")).status, 422);
    assert.equal((await join("07700 900123")).status, 422);
    assert.equal((await join("x")).status, 422);
  });

  test("the pool for passphrases is bounded: more than it takes get 429, nobody waits for ever", async () => {
    const many = await Promise.all(Array.from({ length: 60 }, () => signIn("Maple", "wrong wrong wrong")));
    const statuses = new Set(many.map((one) => one.status));
    assert.deepEqual([...statuses].sort(), [401, 429]);
  });

  test("sessions are listed and ended; an ended session's live socket closes within a second", async () => {
    const second = (await signIn("Maple", passphrase)).body;
    const live = here.server.live(second.token);
    await live.subscribe("me");
    const listed = await here.server.ask("GET", "/api/v1/sessions", { token: here.member.token });
    assert.ok(listed.body.items.some((one) => one.id === second.session && !one.current));
    assert.equal((await here.server.ask("DELETE", `/api/v1/sessions/${second.session}`, { token: here.other.token })).status, 404);
    const start = Date.now();
    assert.equal((await here.server.ask("DELETE", `/api/v1/sessions/${second.session}`, { token: here.member.token })).status, 204);
    assert.equal(await live.closed, 4401);
    assert.ok(Date.now() - start < 1000);
    assert.equal((await here.server.ask("GET", "/api/v1/me", { token: second.token })).status, 401);
  });

  test("one session is read by its id, and all but the one that asks end in one request", async () => {
    const who = await here.server.join("Plover");
    const others = [(await signIn("Plover", passphrase)).body, (await signIn("Plover", passphrase)).body];
    const live = here.server.live(others[0].token);
    await live.subscribe("me");
    const read = (id, reader) => here.server.ask("GET", `/api/v1/sessions/${id}`, { token: reader.token });
    assert.deepEqual([(await read(who.session, who)).body.current, (await read(others[0].session, who)).body.current], [true, false]);
    assert.equal((await read(who.session, here.other)).status, 404);
    const end = () => here.server.ask("DELETE", "/api/v1/sessions", { token: who.token });
    for (const answer of [await end(), await end()]) assert.equal(answer.status, 204);
    assert.equal(await live.closed, 4401);
    const left = (await here.server.ask("GET", "/api/v1/sessions", { token: who.token })).body.items;
    assert.deepEqual(left.map((one) => one.id), [who.session]);
    for (const one of others) assert.equal((await here.server.ask("GET", "/api/v1/me", { token: one.token })).status, 401);
    assert.equal((await here.server.ask("GET", "/api/v1/me", { token: here.other.token })).status, 200, "nobody else's end");
  });

  test("a member who leaves a circle stops hearing it within a second", async () => {
    const closed = await here.server.circle(here.lead, { name: "Closed door", readable_by: "members" });
    await here.server.enter(here.other, closed);
    const live = here.server.live(here.other.token);
    await live.subscribe(`circle:${closed}`);
    await here.server.ask("DELETE", `/api/v1/circles/${closed}/membership`, { token: here.other.token });
    await until(() => live.told.some((one) => one.error && one.topic === `circle:${closed}`), "the end of the topic", 1000);
    const started = await here.server.thread(here.lead, closed, words.calm);
    assert.equal(started.status, 201);
    const marker = here.server.live(here.lead.token);
    await marker.subscribe(`circle:${closed}`, 0);
    await until(() => marker.posts.includes(started.body.id), "the post");
    assert.ok(!live.posts.includes(started.body.id));
    live.cut();
    marker.cut();
  });

  test("what comes from another site is not taken, and a socket not opened for it", async () => {
    const cookie = `__Host-holdfast=${here.member.token}`;
    const send = (headers) => here.server.ask("DELETE", `/api/v1/circles/${here.circle}/membership`, { headers: { cookie, ...headers } });
    assert.equal((await send({ origin: "https://elsewhere.example" })).status, 403);
    assert.equal((await send({ "sec-fetch-site": "cross-site" })).status, 403);
    assert.equal((await send({ "sec-fetch-site": "same-site" })).status, 403);
    assert.equal((await send({})).status, 403);
    const own = await here.server.ask("GET", "/api/v1/me", { headers: { cookie } });
    assert.equal(own.status, 200);
    for (const origin of ["https://elsewhere.example", "null"]) {
      const live = here.server.live(undefined, { headers: { cookie, origin } });
      await assert.rejects(live.opened, /403/);
    }
    const live = here.server.live(undefined, { headers: { cookie, origin: here.server.url } });
    await live.subscribe("me");
    live.cut();
  });

  test("applying to a circle: a facilitator reads it and answers", async () => {
    const apply = await here.server.circle(here.lead, { name: "Small circle", entry: "apply", readable_by: "members" });
    const ask = (body) => here.server.ask("PUT", `/api/v1/circles/${apply}/membership`, { token: here.outsider.token, body });
    assert.equal((await ask({ agreement_version: 1 })).status, 422);
    assert.equal((await ask({ agreement_version: 9, application: "I would like to listen." })).status, 409);
    const asked = await ask({ agreement_version: 1, application: "I would like to listen." });
    assert.deepEqual([asked.status, asked.body.state], [202, "waiting"]);
    const list = (token) => here.server.ask("GET", `/api/v1/circles/${apply}/applications`, { token });
    assert.equal((await list(here.other.token)).status, 404);
    const waiting = (await list(here.lead.token)).body.items;
    assert.equal(waiting[0].words, "I would like to listen.");
    const decide = (token) => here.server.ask("POST", `/api/v1/applications/${waiting[0].id}/decision`, { token, body: { decision: "accept" } });
    assert.equal((await decide(here.outsider.token)).status, 404);
    assert.equal((await decide(here.lead.token)).status, 204);
    const circle = await here.server.ask("GET", `/api/v1/circles/${apply}`, { token: here.outsider.token });
    assert.equal(circle.body.role, "member");
  });

  test("My space lists one's own posts, the newest first, in parts down to the first one", async () => {
    const writer = await here.server.join("Yarrow");
    await here.server.enter(writer, here.circle);
    const posts = [];
    for (let number = 0; number < 55; number += 1) posts.unshift((await here.server.reply(writer, here.thread, `${words.calm} ${number}`)).body.id);
    const part = async (query) => {
      const { text } = await here.server.ask("GET", `/me${query}`, { token: writer.token });
      return { ids: [...text.matchAll(/<li><a href="\/posts\/([0-9a-f]{32})"/g)].map((one) => one[1]), older: text.match(/href="\/me(\?before=[0-9a-f]{32})#posts">Older posts/)?.[1], newest: text.includes(">Newest posts</a>") };
    };
    const first = await part("");
    const second = await part(first.older);
    assert.deepEqual([first.ids, second.ids], [posts.slice(0, 50), posts.slice(50)]);
    assert.deepEqual([first.newest, second.newest, second.older], [false, true, undefined]);
  });

  test("deleting an account shreds its key: words and name are gone from pages, answers and every file", async () => {
    const leaving = await here.server.join("Fern of the valley");
    await here.server.enter(leaving, here.circle);
    const sent = await here.server.reply(leaving, here.thread, "A canary sentence about marmalade.");
    assert.equal(sent.status, 201);
    const key = here.server.sql(`SELECT hex(wrapped) AS wrapped FROM wrapped_key WHERE hex(owner) = upper('${leaving.id}')`)[0].wrapped;
    assert.equal((await here.server.ask("DELETE", "/api/v1/me", { token: leaving.token, body: { passphrase: "not my passphrase" } })).status, 401);
    assert.equal((await here.server.ask("DELETE", "/api/v1/me", { token: leaving.token, body: { passphrase } })).status, 204);
    assert.equal((await here.server.ask("GET", "/api/v1/me", { token: leaving.token })).status, 401);
    assert.equal((await here.server.ask("GET", `/api/v1/posts/${sent.body.id}`)).status, 404);
    const page = await here.server.ask("GET", `/threads/${here.thread}`);
    assert.ok(!page.text.includes("marmalade") && !page.text.includes("Fern of"));
    for (const { name, bytes } of files_in(here.server.data)) {
      for (const canary of ["marmalade", "Fern of the valley"]) assert.ok(!bytes.includes(canary), `${name} still holds ${canary}`);
    }
    // The log is emptied after the answer, and once more a second later if somebody was just reading.
    await until(() => files_in(here.server.data).every(({ bytes }) => !bytes.includes(Buffer.from(key, "hex"))), "no file holds the key");
    assert.equal((await signIn("Fern of the valley", passphrase)).status, 401);
  });

  test("no text, nickname or passphrase stands readable in the data folder", async () => {
    await here.server.reply(here.member, here.thread, "Another canary about elderflower.");
    for (const { name, bytes } of files_in(here.server.data)) {
      for (const canary of ["elderflower", "Maple", passphrase, "Open door", "walk before breakfast"]) assert.ok(!bytes.includes(canary), `${name} holds ${canary}`);
    }
    assert.ok(!here.server.log.includes("elderflower") && !here.server.log.includes("Maple") && !here.server.log.includes("127.0.0.1 "));
  });
});
