// A check outside that a host may add: it can only raise, never lower; a slow or broken one changes nothing;
// and members are told.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { place, Server, words } from "../harness.mjs";

/** A service with the shape of /v1/moderations: answers what `answer` says and keeps what it was asked. */
async function service(answer) {
  const asked = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      asked.push({ headers: request.headers, url: request.url, body: JSON.parse(body) });
      answer(response);
    });
  });
  await new Promise((go) => server.listen(0, "127.0.0.1", go));
  return { asked, url: `http://127.0.0.1:${server.address().port}/v1/moderations`, stop: () => (server.closeAllConnections(), server.close()) };
}
const scores = (category_scores) => (response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ results: [{ flagged: true, category_scores }] }));
};
const config = (url, more = "") => `[limits]\nenabled = false\n[outside_check]\nname = "Second Look Ltd"\nurl = "${url}"\n${more}`;

describe("without one configured", () => {
  test("nothing is said about it", async () => {
    const here = await place();
    assert.equal((await here.server.ask("GET", `/api/v1/circles/${here.circle}`)).body.outside_check, undefined);
    for (const path of ["/about", "/join", `/circles/${here.circle}`]) assert.ok(!(await here.server.ask("GET", path)).text.includes("Who else reads posts"));
    await here.server.stop();
  });
});

describe("a check outside", () => {
  let here, outside;
  let answer = scores({});
  before(async () => {
    outside = await service((response) => answer(response));
    here = await place({ config: config(outside.url, 'model = "omni"\ntimeout_ms = 400\n') });
  });
  after(async () => {
    await here.server.stop();
    outside.stop();
  });
  const reply = (text) => here.server.reply(here.member, here.thread, text);

  test("gets the text of a post and nothing else", async () => {
    answer = scores({});
    outside.asked.length = 0;
    assert.equal((await reply(words.calm)).status, 201);
    assert.equal(outside.asked.length, 1);
    assert.deepEqual(outside.asked[0].body, { input: words.calm, model: "omni" });
    assert.ok(!JSON.stringify(outside.asked[0]).includes(here.member.nickname));
  });

  test("raises: a text that passed here is held, with a reason, and its author may read why", async () => {
    answer = scores({ harassment: 0.97 });
    const sent = await reply(words.calm);
    assert.equal(sent.status, 202);
    assert.ok(sent.body.decision.labels.includes("harassment"));
    assert.ok(sent.body.decision.findings.some((one) => one.reason.includes("Second Look Ltd")));
  });

  test("brings care sooner when it is worried about the author, and never a return", async () => {
    answer = scores({ "self-harm/intent": 0.9 });
    const sent = await reply(words.calm);
    assert.ok(sent.body.care.lines.length > 0);
    assert.notEqual(sent.body.state, "returned");
    const lane = await here.server.ask("GET", "/api/v1/review/items?lane=care", { token: here.facilitator.token });
    assert.ok(lane.body.items.some((one) => one.post === sent.body.id));
  });

  test("never lowers: what is held here stays held, whatever it says", async () => {
    answer = scores({ harassment: 0, hate: 0, threat: 0, "self-harm": 0, "self-harm/intent": 0 });
    assert.equal((await reply(words.harm)).status, 202);
    assert.equal((await reply(words.crisis)).status, 202);
    assert.equal((await reply(words.contact)).status, 422);
  });

  test("is not asked about what is a crisis already: nothing could be raised", async () => {
    outside.asked.length = 0;
    const sent = await reply(words.crisis);
    assert.equal(sent.status, 202);
    assert.equal(outside.asked.length, 0);
  });

  test("changes nothing when it fails, lies about its shape or takes too long", async () => {
    const ways = [
      (response) => { response.statusCode = 500; response.end("{}"); },
      (response) => response.end("not json"),
      (response) => response.end(JSON.stringify({ results: [] })),
      (response) => response.end(JSON.stringify({ results: [{ category_scores: { harassment: "high", hate: null } }] })),
      (response) => response.end(" ".repeat(1024 * 1024)),
      (response) => { response.statusCode = 302; response.setHeader("location", outside.url); response.end(); },
      (response) => response.destroy(),
      () => {}, // never answers
    ];
    for (const way of ways) {
      answer = way;
      const start = Date.now();
      assert.equal((await reply(words.calm)).status, 201, String(way));
      assert.ok(Date.now() - start < 5000);
      assert.equal((await reply(words.harm)).status, 202, String(way));
    }
    answer = scores({});
    assert.match((await here.server.ask("GET", "/metrics")).text, /holdfast_outside_checks_total\{answered="no"\} \d/);
  });

  test("is told to members where they join and agree, and to programs", async () => {
    for (const path of ["/about", "/join", `/circles/${here.circle}`]) assert.match((await here.server.ask("GET", path)).text, /also sent to <bdi>Second Look Ltd<\/bdi>/, path);
    assert.equal((await here.server.ask("GET", `/api/v1/circles/${here.circle}`)).body.outside_check, "Second Look Ltd");
  });
});

describe("a configuration that would send texts in the open, or without telling", () => {
  for (const [what, lines, cause] of [
    ["plain HTTP to another machine", 'name = "X"\nurl = "http://check.example.org/v1/moderations"', /https/],
    ["a file", 'name = "X"\nurl = "file:///etc/passwd"', /https/],
    ["a service without a name", 'url = "https://check.example.org/v1/moderations"', /name, which members are told/],
    ["a label that is none", 'name = "X"\nurl = "https://check.example.org/"\nlabels = ["rudeness"]', /no label "rudeness"/],
  ]) {
    test(`is refused: ${what}`, async () => {
      await assert.rejects(Server.start({ config: `[outside_check]\n${lines}\n` }), cause);
    });
  }
});
