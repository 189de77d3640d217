// A space of one's own: sealed to its member. Nobody else can open it, with every file in hand.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { files_in, holdfast, passphrase, place, Server, slowed, words } from "../harness.mjs";
import { every_kind, is_only } from "../private_kinds.mjs";

// One canary in each private field. A field that is not in here makes the test below fail.
let planted = 0;
const canary = () => `canary${(planted += 1)}marmalade`;
const kinds = every_kind(canary);
const no_text = ["kind", "day", "level", "domain", "state", "again", "month", "voice", "turns", "entry", "before", "after", "then", "pause_after", "pause_after_heavy", "late_from", "late_to", "clock", "zone", "late_posts", "no_self_harm", "no_violence", "no_sex", "no_abuse", "no_hard_words", "thread", "circle", "how", "review", "review_later"];

describe("what is sealed to its member", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());

  test("no canary from any private field is in the database, its log, a backup, the server's log or beside the key", async () => {
    const { server, member } = here;
    const { body: api } = await server.ask("GET", "/api/v1/openapi.json");
    for (const { path, schema, body } of Object.values(kinds)) {
      const first = body();
      assert.deepEqual(Object.keys(first).sort(), Object.keys(api.components.schemas[schema].properties).sort(), `every field of ${schema} is tried`);
      const kept = is_only(path) ? await server.ask("PUT", `/api/v1/${path}`, { token: member.token, body: first }) : await server.ask("POST", `/api/v1/${path}`, { token: member.token, key: path, body: first });
      assert.ok(kept.status < 300, kept.text);
      for (const [field, value] of Object.entries(first)) if (!no_text.includes(field)) assert.ok(JSON.stringify(value).includes("canary"), `${path}.${field}`);
      const one = is_only(path) ? `/api/v1/${path}` : `/api/v1/${path}/${kept.body.id}`;
      const again = await server.ask("PUT", one, { token: member.token, body: { ...body(), based_on: 1 } });
      assert.equal(again.status, 200, again.text);
      if (path === "stories") {
        const passage = again.body.felt;
        const away = await server.ask("POST", `${one}/put-away`, { token: member.token, body: { words: passage, until: "2999-01-01", based_on: 2 } });
        assert.ok(away.status === 200 && !away.text.includes(passage), away.text);
      }
      if (path === "journal") assert.equal((await server.ask("GET", `/api/v1/journal?q=${canary()}`, { token: member.token })).status, 200);
    }
    assert.ok(planted > 5);
    const backup = join(mkdtempSync(join(tmpdir(), "holdfast-backup-")), "copy.db");
    const copied = spawnSync(holdfast, ["backup", backup, "--config", server.config, "--data", server.data], { encoding: "utf8" });
    assert.equal(copied.status, 0, copied.stderr);
    const session = server.sql(`SELECT lower(hex(id)) AS id FROM session WHERE hex(account_id) = upper('${member.id}')`)[0].id;
    assert.equal((await server.ask("DELETE", `/api/v1/sessions/${session}`, { token: member.token })).status, 204);
    const told = spawnSync(holdfast, ["what-we-hold", "Maple", "--config", server.config, "--data", server.data], { encoding: "utf8" });
    assert.equal(JSON.parse(told.stdout).private.journal, 1);
    const everything = [...files_in(server.folder), { name: backup, bytes: readFileSync(backup) }];
    const names = everything.map((one) => one.name);
    assert.ok(names.some((name) => name.endsWith("-wal")) && names.some((name) => /key/.test(name)), String(names));
    const found = [];
    for (const { name, bytes } of everything) {
      for (const needle of ["marmalade", passphrase, member.code, member.code.replaceAll("-", ""), member.token]) if (bytes.includes(needle)) found.push(`${name}: ${needle}`);
    }
    for (const needle of ["marmalade", passphrase, member.code, member.token]) if ((server.log + told.stdout).includes(needle)) found.push(`the log: ${needle}`);
    assert.deepEqual(found, []);
    const back = await server.ask("POST", "/api/v1/sessions", { body: { nickname: "Maple", passphrase } });
    const mine = await server.ask("GET", "/api/v1/me/export", { token: back.body.token });
    const seen = new Set(mine.text.match(/canary\d+/g));
    assert.equal(seen.size, planted - 1, "all but the one that was only looked for can be read by its member");
  });

  test("a crisis in private writing brings care to its author and is told to nobody", async () => {
    const { server, other, facilitator, lead } = here;
    const state = () => server.sql("SELECT (SELECT count(*) FROM audit) AS audit, (SELECT count(*) FROM event) AS event, (SELECT count(*) FROM review_item) AS item")[0];
    const screened = async () => (await server.ask("GET", "/metrics")).text.split("\n").filter((line) => /screen/.test(line) && !line.startsWith("#")).join();
    const before = [state(), await screened()];
    const live = server.live(lead.token);
    await live.subscribe("review");
    const kept = await server.ask("POST", "/api/v1/journal", { token: other.token, key: "heavy", body: { kind: "writing", text: words.crisis } });
    assert.equal(kept.status, 201);
    assert.ok(kept.body.care.lines.length >= 2);
    assert.deepEqual([state(), await screened()], before);
    for (const who of [facilitator, lead]) assert.ok(!(await server.ask("GET", "/api/v1/review/items", { token: who.token })).text.includes(other.id));
    assert.ok(live.told.every((one) => one.type === "subscribed"));
    live.cut();
    assert.equal(server.sql("SELECT count(*) AS n FROM audit WHERE object LIKE '%" + kept.body.id + "%'")[0].n, 0);
  });

  test("another member, a facilitator and a lead find nothing where somebody's writing is", async () => {
    const { server, other, facilitator, lead, outsider } = here;
    for (const { path, body } of Object.values(kinds).filter((one) => !is_only(one.path))) {
      const { id } = (await server.ask("POST", `/api/v1/${path}`, { token: other.token, key: `mine-${path}`, body: body() })).body;
      for (const who of [facilitator, lead, outsider]) {
        assert.equal((await server.ask("GET", `/api/v1/${path}/${id}`, { token: who.token })).status, 404);
        assert.equal((await server.ask("PUT", `/api/v1/${path}/${id}`, { token: who.token, body: { ...body(), based_on: 1 } })).status, 404);
        assert.equal((await server.ask("DELETE", `/api/v1/${path}/${id}`, { token: who.token })).status, 404);
        assert.ok(!(await server.ask("GET", `/api/v1/${path}`, { token: who.token })).text.includes(id));
      }
    }
  });

  test("a list goes on after a record that was deleted since, and a deleted record is not brought back by a retry", async () => {
    const who = await here.server.join("Finch");
    const ask = (method, path, more = {}) => here.server.ask(method, `/api/v1/${path}`, { token: who.token, ...more });
    for (const [path, made] of [["cards", (n) => ({ title: `Card ${n}`, text: "Breathe." })], ["stories", (n) => ({ intend: `To be heard, ${n}.` })]]) {
      const add = (number) => ask("POST", path, { key: `${path}-${number}`, body: made(number) });
      for (let number = 1; number <= 3; ++number) assert.equal((await add(number)).status, 201);
      const [newest, middle, oldest] = (await ask("GET", path)).body.items.map((one) => one.id);
      const begin = (await ask("GET", `${path}?limit=1`)).body;
      assert.deepEqual(begin.items.map((one) => one.id), [newest]);
      assert.equal((await ask("DELETE", `${path}/${newest}`)).status, 204);
      const on = (await ask("GET", `${path}?limit=1&cursor=${encodeURIComponent(begin.next)}`)).body;
      assert.deepEqual(on.items.map((one) => one.id), [middle]);
      const last = (await ask("GET", `${path}?cursor=${encodeURIComponent(on.next)}`)).body;
      assert.deepEqual([last.items.map((one) => one.id), last.next], [[oldest], null]);
      for (const wrong of ["x", newest, "1.x", "-1." + newest]) assert.equal((await ask("GET", `${path}?cursor=${wrong}`)).status, 422);
      const again = await add(3);
      assert.deepEqual([again.status, again.body.type], [409, "/problems/key-reused"]);
      assert.deepEqual((await ask("GET", path)).body.items.map((one) => one.id), [middle, oldest]);
    }
  });

  test("the space opens again after a restart, with the same session", async () => {
    const { server, other } = here;
    const before = await server.ask("GET", "/api/v1/journal", { token: other.token });
    await server.kill();
    here.server = await Server.start({ folder: server.folder });
    const again = await here.server.ask("GET", "/api/v1/journal", { token: other.token });
    assert.equal(again.status, 200);
    assert.deepEqual(again.body, before.body);
  });
});

test("a full space keeps what is there, says how to make room, and gives back what was typed; other people are not held up", async () => {
  const { server, member, other } = await place();
  const ask = (who, method, path, body, key) => server.ask(method, `/api/v1${path}`, { token: who.token, key, body });
  const page = (path, form) => server.ask(form ? "POST" : "GET", path, { token: member.token, body: form && String(new URLSearchParams(form)), headers: form && { "content-type": "application/x-www-form-urlencoded" } });
  const entry = { kind: "writing", text: "The kettle sang." };
  const first = (await ask(member, "POST", "/journal", entry, "first")).body;
  const copy = (await ask(other, "POST", "/journal", entry, "first")) && (await ask(other, "GET", "/me/export")).body;
  const full = 16 * 1024 * 1024;
  server.sql(`UPDATE private_room SET bytes = ${full} WHERE account_id = x'${member.id}'`);
  const refused = [
    ["POST", "/journal", { kind: "writing", text: "More." }, "more"], ["PUT", `/journal/${first.id}`, { kind: "writing", text: "Changed.", based_on: 1 }], ["PUT", "/plan", { signs: "I sleep badly." }],
    ["POST", "/habits/from-tool", { from: "breathing" }], ["POST", "/stories", { intend: "To have it said." }, "story"], ["POST", "/me/import", copy],
  ];
  for (const request of refused) {
    const { status, body, text } = await ask(member, ...request);
    assert.deepEqual([status, body.type, body.title], [422, "/problems/no-room", "There is no more room in your space"], `${request[1]}: ${text}`);
    assert.match(body.detail, /keep a copy of everything first/);
  }
  assert.deepEqual((await ask(member, "GET", `/journal/${first.id}`)).body, { ...first, earlier: [], others: [] });
  const again = await page("/me/journal", { kind: "writing", text: "A line that must not be lost.", key: "by-form" });
  assert.equal(again.status, 422);
  for (const words_of_it of ["There is no more room in your space.", "Your words are still here.", 'href="/me/copy" target="_blank"', "A line that must not be lost."]) assert.ok(again.text.includes(words_of_it), words_of_it);
  const boundary = "edge-of-a-part";
  const file = [`--${boundary}`, 'content-disposition: form-data; name="file"; filename="copy.json"', "content-type: application/json", "", JSON.stringify(copy), `--${boundary}--`, ""].join("\r\n");
  const by_file = await server.ask("POST", "/me/copy", { token: member.token, body: file, headers: { "content-type": `multipart/form-data; boundary=${boundary}` } });
  assert.equal(by_file.status, 422);
  assert.match(by_file.text, /There is not enough room for all of it/);
  assert.equal((await ask(other, "POST", "/journal", { kind: "writing", text: "More." }, "more")).status, 201);
  const held = spawnSync(holdfast, ["what-we-hold", "Maple", "--config", server.config, "--data", server.data], { encoding: "utf8" });
  assert.equal(JSON.parse(held.stdout).private_bytes, full);
  assert.equal((await ask(member, "DELETE", `/journal/${first.id}`)).status, 204);
  assert.equal((await ask(member, "POST", "/journal", { kind: "writing", text: "More." }, "more")).status, 201, "what was deleted makes room");
  await server.stop();
});

test("a day is the member's own, where they say where their clock is, and else goes by UTC", async () => {
  const { server, member } = await place();
  const shown = async (path) => (await server.ask("GET", path, { token: member.token })).text;
  const day_in = (hours) => new Date(Date.now() + hours * 3600_000).toISOString().slice(0, 10);
  const choose = async (zone, based_on) => assert.equal((await server.ask("PUT", "/api/v1/pacing", { token: member.token, body: { zone, based_on } })).status, 200);
  const nowhere = await server.ask("PUT", "/api/v1/pacing", { token: member.token, body: { zone: "Europe/Nowhere" } });
  assert.equal(nowhere.status, 422);
  assert.equal(nowhere.body.errors[0].field, "zone");
  const told = (zone) => ({ token: member.token, key: `story-${zone}`, body: { intend: "To have it said.", did: "I walked home.", happened: "It was loud. I slept." } });
  await server.ask("POST", "/api/v1/habits", { token: member.token, key: "walk", body: { name: "A walk", kind: "own", state: "active" } });
  for (const [hours, zone, based_on] of [[0], [14, "GMT+14:00", 0], [-12, "GMT-12:00", 1]]) {
    if (zone) await choose(zone, based_on);
    for (const path of ["/me/moods", "/me/habits"]) {
      const [before, page, after] = [day_in(hours), await shown(path), day_in(hours)];
      assert.ok(page.includes(`value="${before}"`) || page.includes(`value="${after}"`), `${path} in ${zone ?? "UTC"}`);
    }
    const story = (await server.ask("POST", "/api/v1/stories", told(zone))).body.id;
    const put_away = async (until) => (await server.ask("POST", `/api/v1/stories/${story}/put-away`, { token: member.token, body: { words: "I slept.", until, based_on: 1 } })).status;
    assert.equal(await put_away(day_in(hours)), 422, "today is not still to come");
    assert.equal(await put_away(day_in(hours + 24)), 200);
    const weeks = (await server.ask("GET", "/api/v1/habit-weeks", { token: member.token })).body.items[0].weeks;
    const [year, month, day] = day_in(hours).split("-").map(Number);
    const monday = new Date(Date.UTC(year, month - 1, day));
    monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
    assert.equal(weeks.at(-1).from, monday.toISOString().slice(0, 10));
  }
  await server.stop();
});

describe("a year of moods and five habits", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());

  test("opens in under 100 ms on the server, under 60 KB over the wire", async () => {
    const { server, member } = here;
    const own = { token: member.token };
    const habits = await Promise.all(["Sleep", "Food", "Movement", "Routine", "Tea by the window"].map(async (name, at) => (await server.ask("POST", "/api/v1/habits", { ...own, key: `h${at}`, body: { name, kind: "own", unit: "hours", state: "active" } })).body.id));
    const write = async (number) => {
      const day = new Date(Date.UTC(2025, 0, 1 + number)).toISOString().slice(0, 10);
      const mood = { day, level: 1 + (number * 7) % 5, tags: ["rain", "walking"], note: "A sentence about this day, as people write it." };
      const note = (at) => ({ day, did: ["did", "bit", "not_today"][(number + at) % 3], number: 7.5 });
      const kept = await Promise.all([server.ask("POST", "/api/v1/moods", { ...own, key: `m${number}`, body: mood }), ...habits.map((habit, at) => server.ask("PUT", `/api/v1/habits/${habit}/notes`, { ...own, body: note(at) }))]);
      assert.ok(kept.every((one) => one.status < 300), String(kept.map((one) => one.status)));
    };
    const days = Array.from({ length: 365 }, (_, number) => number);
    while (days.length > 0) await Promise.all(days.splice(0, 10).map(write));
    for (const path of ["/me/habits?day=2025-12-31", `/me/habits/${habits[0]}`, "/me/moods?year=2025"]) {
      const before = server.processor_ms();
      let page;
      for (let round = 0; round < 15; ++round) page = await server.ask("GET", path, own);
      const took = (server.processor_ms() - before) / 15;
      assert.equal(page.status, 200);
      if (path.includes("moods")) assert.equal(page.text.match(/<path class="dots" d="([^"]*)"/)[1].split("M").length - 1, 365);
      console.log(`a year, ${path.replace(/[0-9a-f]{32}/, "ID")}: ${took.toFixed(1)} ms of a processor, ${page.text.length} bytes`);
      if (path.includes("moods")) assert.equal(page.text.match(/<th scope="row"><a href="\/me\/moods\?month=/g).length, 12);
      assert.ok(page.text.length < 60 * 1024);
      assert.ok(took < 100 * slowed, `${path}: ${took} ms`);
    }
  });

  test("the table says what the charts say: of a year its months, of a month its days, with what else was there; no day is counted", async () => {
    const { server, member } = here;
    const own = { token: member.token };
    const page = async (query) => (await server.ask("GET", `/me/moods?${query}`, own)).text;
    const cells = (html) => [...html.matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/g)].map(([, head, rest]) => [head, ...rest.split("</td>")].map((one) => one.replace(/<[^>]*>/g, "")).slice(0, -1));
    const year = await page("year=2025");
    assert.match(year, /with a dot for each day\. The table below has the word in the middle of each month/);
    assert.deepEqual(cells(year)[4], ["May 2025", "In between", "Food, Movement, Routine, Sleep, Tea by the window"]);
    const walk = (await server.ask("POST", "/api/v1/habits", { ...own, key: "walk", body: { name: "A walk", kind: "own", state: "active" } })).body.id;
    await server.ask("PUT", `/api/v1/habits/${walk}/notes`, { ...own, body: { day: "2026-02-02", did: "did" } });
    await server.ask("POST", "/api/v1/moods", { ...own, key: "feb", body: { day: "2026-02-01", level: 4 } });
    const february = await page("month=2026-02");
    assert.match(february, /Moods, February 2026\. The table below says the same/);
    assert.deepEqual(cells(february), [["1 February 2026", "Good", ""], ["2 February 2026", "", "Also: A walk"]]);
    assert.doesNotMatch(year + february, /Days noted/);
  });
});

describe("long lists", () => {
  let here;
  before(async () => (here = await place({ config: "[limits]\nenabled = false\n" })));
  after(() => here.server.stop());

  const lists = {
    cards: (number) => ({ title: `Card number ${number}.`, text: "Breathe, and then the kettle. ".repeat(100) }),
    experiments: (number) => ({ what: `Try number ${number}.`, day: "2026-05-01", before: 2, after: 4, noticed: "Air." }),
    goals: (number) => ({ what: `Goal number ${number}.`, state: "active", by: "autumn" }),
    journal: (number) => ({ kind: "writing", text: `Entry number ${number}. ${"Rain on the roof & tea. ".repeat(20)}` }),
  };
  for (const [path, body] of Object.entries(lists)) {
    test(`in ${path} are shown in parts of under 60 KB, and every one of it is in just one`, async () => {
      const { server, member } = here;
      const own = { token: member.token };
      for (let number = 1; number <= 120; number += 10) await Promise.all(Array.from({ length: 10 }, (_, at) => server.ask("POST", `/api/v1/${path}`, { ...own, key: `${path}-${number + at}`, body: body(number + at) })));
      const searched = ["goals", "journal"].includes(path); // with words that stand in no address
      const part = (page) => (searched ? server.ask("POST", `/me/${path}/search`, { ...own, headers: { "content-type": "application/x-www-form-urlencoded" }, body: `q=number&page=${page}` }) : server.ask("GET", `/me/${path}?page=${page}`, own));
      const found = [];
      for (let page = 1; page; ) {
        const { text } = await part(page);
        assert.ok(text.length < 60 * 1024, `${path} ${page}: ${text.length}`);
        found.push(...[...text.matchAll(/ number (\d+)\./g)].map((one) => Number(one[1])));
        assert.equal(/>Newer ones</.test(text), page > 1);
        assert.ok(!/[?&;]q=/.test(text));
        const older = text.match(searched ? /name="page" value="(\d+)">Older ones/ : /href="\?page=(\d+)">Older ones/);
        page = older && Number(older[1]);
      }
      assert.deepEqual(found.sort((a, b) => a - b), Array.from({ length: 120 }, (_, at) => at + 1));
      assert.equal((await server.ask("GET", `/me/${path}?page=999999999999`, own)).status, 200, "past the end is the end");
    });
  }

  test("of the earlier versions of an entry the words of one are shown at a time", async () => {
    const { server, member } = here;
    const own = { token: member.token };
    const { id } = (await server.ask("POST", "/api/v1/journal", { ...own, key: "long", body: { kind: "writing", text: "Version one." } })).body;
    for (let version = 1; version <= 20; version += 1) await server.ask("PUT", `/api/v1/journal/${id}`, { ...own, body: { kind: "writing", text: `Words of ${version + 1}. ${"Slow water. ".repeat(400)}`, based_on: version } });
    const { text } = await server.ask("GET", `/me/journal/${id}`, own);
    assert.ok(text.length < 20 * 1024 && !text.includes("Words of 20."), String(text.length));
    assert.ok((await server.ask("GET", `/me/journal/${id}?version=20`, own)).text.includes("Words of 20."));
    assert.ok((await server.ask("GET", `/me/journal/${id}?version=1`, own)).text.includes("Version one."));
  });
});

describe("no page of one's own space is over 60 KB as it is sent, however much somebody wrote, and all of it is within reach", () => {
  let here;
  before(async () => (here = await place({ config: "[limits]\nenabled = false\n" })));
  after(() => here.server.stop());

  const member = async (nickname) => ({ token: (await here.server.join(nickname)).token });
  const add = async (own, path, bodies) => {
    const made = [];
    for (let from = 0; from < bodies.length; from += 15) made.push(...(await Promise.all(bodies.slice(from, from + 15).map((body, at) => here.server.ask("POST", `/api/v1/${path}`, { ...own, key: `${path}-${from + at}`, body })))));
    for (const one of made) assert.equal(one.status, 201, one.text);
    return made.map((one) => one.body.id);
  };
  const many = (count, of) => Array.from({ length: count }, (_, at) => of(at));
  const read = async (own, path) => {
    const { status, text } = await here.server.ask("GET", path, own);
    assert.equal(status, 200, path);
    const bytes = Buffer.byteLength(text);
    assert.ok(bytes < 60_000, `${path}: ${bytes} bytes`);
    return text;
  };
  // The parts of a list, from the first one on by the link to the next.
  const parts = async (own, path, next = "Older ones") => {
    const made = [];
    for (let at = path; at; ) {
      made.push(await read(own, at));
      const link = new RegExp(`href="\\?([^"#]*)[^"]*">${next}<`).exec(made.at(-1))?.[1];
      at = link && `${path.split("?")[0]}?${link.replaceAll("&amp;", "&")}`;
    }
    return made;
  };
  const numbers = (texts, of) => texts.flatMap((text) => [...text.matchAll(of)].map((one) => Number(one[1])));
  const upwards = (all) => [...new Set(all)].sort((a, b) => a - b);
  const send = (own, path, fields) => here.server.ask("POST", path, { ...own, body: new URLSearchParams(fields).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } });

  for (const count of [8, 20, 30, 50]) {
    test(`a goal with ${count} open steps`, async () => {
      const own = await member(`Steps ${count}`);
      const [id] = await add(own, "goals", [{ what: "Walk again", state: "active", steps: many(count, (at) => ({ text: `${at} ${"م".repeat(290)}`, state: "open", milestone: at % 2 ? "The park" : "" })) }]);
      const found = await parts(own, `/me/goals/${id}`, "More steps");
      assert.deepEqual(upwards(numbers(found, /<h[34] id="step-(\d+)"/g)), many(count, (at) => at));
      const last = await read(own, `/me/goals/${id}?step=${count - 1}`);
      for (const field of ["what", "next", "text", "first", "second", "belongs"]) assert.ok(last.includes(`id="${field}-${count - 1}"`), field);
      assert.ok(last.includes(`<details open><summary aria-describedby="step-${count - 1}">`));
      const failed = await send(own, `/me/goals/${id}`, { do: "try", number: count - 1, what: "Rain.", text: "", based_on: 1 });
      assert.ok(failed.status === 422 && failed.text.includes(`id="text-${count - 1}"`) && failed.text.includes("Rain."), "the form that did not work is there again");
    });
  }

  test("a goal with a step that was tried 50 times", async () => {
    const own = await member("Tried");
    const tries = many(50, (at) => ({ day: "2026-05-01", what: `Try ${at}. ${"It rained. ".repeat(200)}`, next: "A coat. ".repeat(200) }));
    const [id] = await add(own, "goals", [{ what: "Walk again", state: "active", steps: [{ text: "To the gate", state: "open", tries }] }]);
    assert.deepEqual(numbers([(await read(own, `/me/goals/${id}`)).split('id="over-time"')[0]], /Try (\d+)\./g), [47, 48, 49], "the newest are beside the step");
    assert.deepEqual(upwards(numbers(await parts(own, `/me/goals/${id}?time=1`), /Try (\d+)\./g)), many(50, (at) => at));
  });

  test("a blueprint of stories told at length, and of much else", async () => {
    const own = await member("Blueprint");
    const told = (at) => ({ intend: `Story ${at}. ${"Why. ".repeat(1000)}`, did: "I waited. ".repeat(600), means: "I am here. ".repeat(540), strengths: many(12, (number) => ({ name: `Strength ${number} of ${at}`, shows: "x".repeat(300) })), next: "y".repeat(300) });
    await add(own, "stories", many(8, told));
    await add(own, "goals", many(60, (at) => ({ what: `Goal ${at}. ${"z".repeat(250)}`, state: at % 2 ? "active" : "archived", kept: "I know the street. ".repeat(200), steps: many(50, () => ({ text: "s".repeat(300), state: at % 2 ? "open" : "done" })) })));
    await add(own, "cards", many(60, (at) => ({ title: `Card ${at}. ${"c".repeat(200)}`, text: "Breathe." })));
    await read(own, "/me/blueprint");
    for (const [list, of, count] of [["past", /Story (\d+)\./g, 8], ["skills", /Card (\d+)\./g, 60], ["goals", /aria-label="Open the goal: Goal (\d+)\./g, 30], ["put_away", /aria-label="Open the goal: Goal (\d+)\./g, 30]]) {
      assert.equal(upwards(numbers(await parts(own, `/me/blueprint?of=${list}`), of)).length, count, list);
    }
    assert.ok((await read(own, "/me/blueprint")).includes('href="?of=past"'));
  });

  test("what may be kept on the device, with 60 cards and a plan", async () => {
    const own = await member("Offline");
    await here.server.ask("PUT", "/api/v1/plan", { ...own, body: { alone: "Water the tomatoes. ".repeat(100) } });
    await add(own, "cards", many(60, (at) => ({ title: `Card ${at}.`, text: "Breathe, and then the kettle.\n".repeat(60) })));
    const found = await parts(own, "/me/offline");
    assert.deepEqual(numbers(found, /<h3 dir="auto">Card (\d+)\./g).sort((a, b) => a - b), many(60, (at) => at));
    assert.deepEqual(found.map((text) => text.includes('data-part="plan"')), found.map((_, at) => at === 0));
    assert.ok(found.every((text, at) => text.includes(`data-number="${at + 1}" data-parts="${found.length}"`)), "the script learns how many there are");
  });

  for (const [name, letters] of [["in Latin letters", "The rain went on. "], ["in Arabic letters", "مشيت في المطر. "]]) {
    test(`a story ${name} with five long parts, and the version of another device beside it`, async () => {
      const own = await member(`Story ${name}`);
      const long = ["intend", "happened", "felt", "did", "means"];
      const told = (which) => ({ ...Object.fromEntries(long.map((field) => [field, `${field} ${which}. ${letters.repeat(6000)}`.slice(0, 6000).trim()])), next: "Ring her.", again: "season" });
      const [id] = await add(own, "stories", [told("first")]);
      for (const which of ["phone", "laptop"]) assert.equal((await here.server.ask("PUT", `/api/v1/stories/${id}`, { ...own, body: { ...told(which), based_on: 1 } })).status, 200);
      const text = await read(own, `/me/stories/${id}`);
      assert.ok(text.includes("in two places at once") && text.includes(`/me/stories/${id}/other?number=2`));
      const other = (await parts(own, `/me/stories/${id}/other?number=2`)).join("");
      for (const field of long) assert.ok(other.includes(told("phone")[field]), field);
      for (const field of long) assert.ok((await read(own, `/me/stories/${id}?open=${field}`)).includes(told("laptop")[field]), `${field} can be opened`);
      const closed = [...text.matchAll(/name="kept_(\w+)"/g)].map((one) => one[1]);
      assert.ok(closed.length > 0);
      const typed = Object.fromEntries([...long.filter((field) => !closed.includes(field)).map((field) => [field, told("laptop")[field]]), ...closed.map((field) => [`kept_${field}`, "yes"]), ["next", "Ring her."], ["again", "season"]]);
      const opened = await send(own, `/me/stories/${id}`, { ...typed, based_on: 3, open: closed[0] });
      assert.equal(opened.headers.get("location"), `/me/stories/${id}?open=${closed[0]}#${closed[0]}`, "nothing was changed, so no version is made");
      assert.equal((await here.server.ask("GET", `/api/v1/stories/${id}`, own)).body.version, 3);
      const saved = await send(own, `/me/stories/${id}`, { ...typed, next: "Ring her again.", based_on: 3, open: closed[0] });
      assert.equal(saved.headers.get("location"), `/me/stories/${id}?saved=1&open=${closed[0]}#${closed[0]}`);
      const now = (await here.server.ask("GET", `/api/v1/stories/${id}`, own)).body;
      for (const field of long) assert.equal(now[field], told("laptop")[field], `${field} was closed or shown, and is as it was`);
      assert.equal(now.next, "Ring her again.");
      const refused = await send(own, `/me/stories/${id}`, { ...typed, next: "x".repeat(301), based_on: 4 });
      assert.equal(refused.status, 422);
      assert.deepEqual([...refused.text.matchAll(/name="kept_(\w+)"/g)].map((one) => one[1]), closed, "what was typed is shown again, and no more than that");
    });
  }

  test("a story with six strengths beside 65 goals that go on and 65 that were put away", async () => {
    const own = await member("Strengths");
    const ids = await add(own, "goals", many(130, (at) => ({ what: `Goal ${at}. ${"g".repeat(100)}`, state: at % 2 ? "active" : "archived" })));
    const [id] = await add(own, "stories", [{ intend: "To have it said.", strengths: many(6, (at) => ({ name: `Strength ${at}`, shows: "I waited.", goal: ids[at] })) }]);
    const text = await read(own, `/me/stories/${id}`);
    for (let at = 0; at < 6; at += 1) assert.ok(text.includes(`<option value="${ids[at]}" selected>`), `the goal of strength ${at}`);
    assert.ok(text.includes('name="open" value="strength_goal_2"'));
    const select = /<select id="strength_goal_2".*?<\/select>/s.exec(await read(own, `/me/stories/${id}?open=strength_goal_2`))[0];
    const offered = [...select.matchAll(/<option value="(\w+)"/g)].map((one) => ids.indexOf(one[1]));
    assert.equal(offered.length, 61);
    assert.ok(offered.every((at) => at % 2 === 1 || at === 2), "of those that were put away the chosen one alone");
  });

  test("a dialogue of 36,000 letters", async () => {
    const own = await member("Dialogue");
    const words = "You:\nI was out.\n\n".repeat(2000);
    const [id] = await add(own, "journal", [{ kind: "dialogue", text: words, voice: "kind_friend", turns: 1 }]);
    const text = await read(own, `/me/journal/${id}`);
    assert.equal(text.split("I was out.").length, 2001, "it stands there once");
    const changing = await read(own, `/me/journal/${id}?change=1`);
    assert.ok(text.includes("?change=1#text") && /<textarea id="text"[^>]*>\s*You:/.test(changing));
    assert.equal(changing.split("I was out.").length, 2001);
    const failed = await send(own, `/me/journal/${id}`, { kind: "dialogue", text: " ", based_on: 1 });
    assert.ok(failed.status === 422 && failed.text.includes('<textarea id="text"'));
  });

  test("circles and the list of what waits, with 130 texts that waited for the morning", async () => {
    const own = await member("Waiting");
    await add(own, "waiting", many(130, (at) => ({ thread: here.thread, text: `Text ${at}. ${"Rain & tea. ".repeat(20)}`, key: `late-${at}`, how: "wait", until: "2026-01-01T06:00:00.000Z" })));
    const circles = await read(own, "/circles");
    assert.equal(numbers([circles], /Text (\d+)\./g).length, 3);
    assert.ok(circles.includes('<a href="/me/waiting">All words that wait</a>'));
    assert.deepEqual(numbers(await parts(own, "/me/waiting"), /Text (\d+)\./g).sort((a, b) => a - b), many(130, (at) => at));
  });

  test("the lists of stories and habits, and what continues, with very many of each", async () => {
    const own = await member("Lists");
    const goals = await add(own, "goals", many(40, (at) => ({ what: `Goal ${at}. ${"Rain & tea. ".repeat(20)}`, state: "active", steps: [{ text: "&".repeat(300), state: "open", tries: [{ day: "2026-05-01", what: "Rain.", next: "A coat." }] }] })));
    await add(own, "stories", many(150, (at) => ({ intend: `Story ${at}. ${"Rain & tea. ".repeat(20)}`, strengths: [{ name: "Patience", goal: goals[at % 40] }] })));
    assert.deepEqual(numbers(await parts(own, "/me/stories"), /Story (\d+)\./g).sort((a, b) => a - b), many(150, (at) => at));
    assert.deepEqual(upwards(numbers(await parts(own, "/me/stories/timeline"), /Story (\d+)\./g)), many(150, (at) => at));
    const habits = await add(own, "habits", many(50, (at) => ({ name: `Habit ${at}. ${"h".repeat(250)}`, kind: "own", unit: "glasses", state: at < 45 ? "active" : "archived" })));
    const found = await parts(own, "/me/habits?day=2026-05-03");
    assert.deepEqual(upwards(numbers(found, /Habit (\d+)\./g)), many(50, (at) => at));
    const second = found.findIndex((text) => text.includes(`id="habit-${habits[44]}"`));
    const action = new RegExp(`action="(/me/habits/${habits[44]}/notes[^"]*)"`).exec(found[second])[1];
    const noted = await send(own, action, { day: "2026-05-03", did: "did" });
    assert.ok(second > 0 && noted.headers.get("location") === `/me/habits?page=${second + 1}&day=2026-05-03#habit-${habits[44]}`, "a press leads back to the same part");
  });
});

describe("what the pages of one's own space ask and show", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());

  test("an empty line before a verse stays through each save of its form", async () => {
    const own = { token: (await here.server.join("Sage")).token };
    const verse = "\n\nSlow water.\n  Then none.";
    const { id } = (await here.server.ask("POST", "/api/v1/journal", { ...own, key: "verse", body: { kind: "verse", text: verse } })).body;
    for (const version of [1, 2]) {
      const { text } = await here.server.ask("GET", `/me/journal/${id}`, own);
      const [, inside] = /<textarea id="text"[^>]*>([^<]*)<\/textarea>/.exec(text);
      const typed = inside.replace(/^\n/, "").replaceAll("\n", "\r\n"); // as a browser reads a form, and sends it
      await here.server.ask("POST", `/me/journal/${id}`, { ...own, body: new URLSearchParams({ kind: "verse", text: typed, based_on: version }).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } });
      const now = (await here.server.ask("GET", `/api/v1/journal/${id}`, own)).body;
      assert.deepEqual([now.version, now.text], [version + 1, verse]);
    }
  });

  test("the journal's questions, a dialogue in turns, and what stood beside moods come by API as they do by page", async () => {
    const { server } = here;
    const own = { token: (await server.join("Dandelion")).token };
    const german = { ...own, headers: { "accept-language": "de" } };
    const v1 = "/api/v1";
    const { body: today } = await server.ask("GET", `${v1}/journal-questions`, german);
    for (const [kind, question] of Object.entries(today.questions)) assert.ok((await server.ask("GET", `/me/journal/new?kind=${kind}`, german)).text.includes(question), `${kind}: ${question}`);
    const another = (await server.ask("GET", `${v1}/journal-questions?further=1`, german)).body;
    assert.notEqual(another.questions.verse, today.questions.verse);

    const voice = today.dialogues.find((one) => one.voice === "kind_friend");
    const { body: begun } = await server.ask("POST", `${v1}/dialogues`, { ...german, key: "talk", body: { voice: voice.voice, turn: "The day was long." } });
    assert.deepEqual(begun.next, { speaker: voice.speaker, question: voice.turns[1].question });
    const { body: answered } = await server.ask("POST", `${v1}/journal/${begun.id}/turns`, { ...german, body: { turn: "I hear you.", based_on: begun.version } });
    assert.ok(answered.text.endsWith(`\n\n${voice.speaker}:\nI hear you.`), answered.text);
    assert.ok((await server.ask("GET", `/me/journal/${begun.id}`, german)).text.includes(voice.turns[2].question), "the page asks on from there");
    const { body: letter } = await server.ask("POST", `${v1}/journal`, { ...own, key: "letter", body: { kind: "reflection", month: "2026-05", text: "It was green." } });
    assert.equal((await server.ask("POST", `${v1}/journal/${letter.id}/turns`, { ...own, body: { turn: "More.", based_on: 1 } })).status, 422, "what is no dialogue has no turns");

    const { body: walk } = await server.ask("POST", `${v1}/habits`, { ...own, key: "habit", body: { kind: "movement", name: "A walk", state: "active" } });
    await server.ask("PUT", `${v1}/habits/${walk.id}/notes`, { ...own, body: { day: "2026-05-03", did: "did" } });
    const { body: month } = await server.ask("GET", `${v1}/mood-times?month=2026-05`, own);
    assert.deepEqual(month.beside, [{ day: "2026-05-03", habits: ["A walk"], wrote: false }]);
    assert.deepEqual(month.looked_back, [letter.id]);
  });

  test("a month with many moods comes in parts, with the beginning of each, and none is out of reach", async () => {
    const { server } = here;
    const own = { token: (await server.join("Burdock")).token };
    for (let from = 0; from < 60; from += 15) {
      await Promise.all(Array.from({ length: 15 }, (_, at) => server.ask("POST", "/api/v1/moods", { ...own, key: `mood-${from + at}`, body: { day: `2026-05-${String(1 + ((from + at) % 30)).padStart(2, "0")}`, level: 3, note: `note${from + at}. ${"long words ".repeat(300)}` } })));
    }
    const first = (await server.ask("GET", "/me/moods?month=2026-05", own)).text;
    assert.ok(first.length < 60_000, `${first.length} bytes`);
    const second = (await server.ask("GET", "/me/moods?page=2&month=2026-05", own)).text;
    assert.ok(second.includes("<details open><summary>As a table"), "the table is open where one pages through it");
    for (let number = 0; number < 60; ++number) assert.ok(first.includes(`note${number}.`) !== second.includes(`note${number}.`), `note${number} stands in one of the parts`);
  });

  test("one's own care offers the safety plan to who has one, and no empty form to who has none", async () => {
    const { server } = here;
    const own = { token: (await server.join("Yarrow")).token };
    const { id } = (await server.ask("POST", "/api/v1/journal", { ...own, key: "heavy", body: { kind: "writing", text: words.crisis } })).body;
    const care = async () => /<section class="card care".*?<\/section>/s.exec((await server.ask("GET", `/me/journal/${id}?saved=1`, own)).text)[0];
    assert.ok(!(await care()).includes("/me/plan"));
    await server.ask("PUT", "/api/v1/plan", { ...own, body: { alone: "A walk." } });
    assert.ok((await care()).includes('href="/me/plan"'));
  });

  test("the months under a year of moods are in the reader's language", async () => {
    const { server } = here;
    const own = { token: (await server.join("Teasel")).token };
    await server.ask("POST", "/api/v1/moods", { ...own, key: "mood", body: { day: "2026-05-03", level: 3 } });
    const under = async (language) => [.../<svg.*?<\/svg>/s.exec((await server.ask("GET", "/me/moods?year=2026", { ...own, headers: { "accept-language": language } })).text)[0].matchAll(/y="190"[^>]*>([^<]+)</g)].map((one) => one[1]);
    assert.deepEqual(await under("en"), ["Jan", "Apr", "Jul", "Oct"]);
    assert.deepEqual(await under("ar"), ["يناير", "أبريل", "يوليو", "أكتوبر"]);
  });

  test("words of a list are kept apart by the comma of any keyboard, and shown with that of the reader's language", async () => {
    const { server } = here;
    const own = { token: (await server.join("Saffron")).token };
    await server.ask("POST", "/me/moods", { ...own, headers: { "content-type": "application/x-www-form-urlencoded" }, body: `level=3&day=2026-05-03&tags=${encodeURIComponent("مطر، شمس, wind")}&key=k` });
    const { body } = await server.ask("GET", "/api/v1/moods", own);
    assert.deepEqual(body.items[0].tags, ["مطر", "شمس", "wind"]);
    assert.ok((await server.ask("GET", "/me/moods?month=2026-05", { ...own, headers: { "accept-language": "ar" } })).text.includes("مطر، شمس، wind"));
    assert.ok((await server.ask("GET", "/me/moods?month=2026-05", own)).text.includes("مطر, شمس, wind"));
  });

  test("words that call for help bring care also when the press that brings them puts them away", async () => {
    const { server } = here;
    const own = { token: (await server.join("Larkspur")).token };
    const { body: story } = await server.ask("POST", "/api/v1/stories", { ...own, key: "s", body: { intend: words.calm } });
    const form = new URLSearchParams({ intend: words.calm, felt: words.crisis, words: words.crisis, until: "2999-01-01", based_on: "1" });
    const pressed = await server.ask("POST", `/me/stories/${story.id}/put-away`, { ...own, headers: { "content-type": "application/x-www-form-urlencoded" }, body: String(form) });
    assert.equal(pressed.status, 303, pressed.text);
    const shown = (await server.ask("GET", pressed.headers.get("location"), own)).text;
    assert.ok(shown.includes("Only you can see what you wrote") || shown.includes('href="tel:'), "help lines");
    assert.ok(!shown.includes(words.crisis), "and the passage stays out of sight");
    assert.ok(!(await server.ask("GET", `/me/stories/${story.id}?saved=1`, own)).text.includes('href="tel:'), "another save doesn't bring it up again");
    const { body: other } = await server.ask("POST", "/api/v1/stories", { ...own, key: "t", body: { intend: words.calm, felt: words.crisis } });
    const away = await server.ask("POST", `/api/v1/stories/${other.id}/put-away`, { ...own, body: { words: words.crisis, until: "2999-01-01", based_on: 1 } });
    assert.ok(away.body.care.lines.length > 0 && !JSON.stringify(away.body).includes(words.crisis), away.text);
  });

  test("a value leads to a goal of its own, with its words in the form and in no address", async () => {
    const { server } = here;
    const own = { token: (await server.join("Celandine")).token };
    await server.ask("POST", "/api/v1/values", { ...own, key: "v", body: { very: ["Kindness", "Rivers"], chosen: [{ name: "Kindness", matters: 4, room: 2 }, { name: "Rivers", matters: 5, room: 1, step: "Sit by the weir." }] } });
    const page = (await server.ask("GET", "/me/values", own)).text;
    const links = [...page.matchAll(/href="(\/me\/goals\/new[^"]*)"/g)].map((one) => one[1].replaceAll("&amp;", "&"));
    assert.equal(links.length, 2);
    assert.ok(!links[1].includes("Rivers") && !links[1].includes("weir"), links[1]);
    const form = (await server.ask("GET", links[1], own)).text;
    assert.ok(form.includes("Sit by the weir.") && /<option[^>]*selected[^>]*>Rivers/.test(form), form);
    assert.equal((await server.ask("GET", "/me/goals/new?value=none&at=99", own)).status, 200);
  });
});
