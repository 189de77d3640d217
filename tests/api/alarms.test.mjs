// A cry for help rings with people until one of them says "I've got this"; the rota says with whom first.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { place, until, words } from "../harness.mjs";

const hours = (count) => new Date(Date.now() + count * 3600_000).toISOString();

describe("alarms", () => {
  let here;
  before(async () => (here = await place()));
  after(() => here.server.stop());
  const ask = (who, method, path, body) => here.server.ask(method, `/api/v1${path}`, { token: who.token, key: `alarm-${Math.random()}`, body });
  const rings = (live) => live.told.filter((one) => one.type === "me.alarm");

  test("nobody on duty: everybody who looks after the circle is asked, by live event and without a word of it", async () => {
    const people = { facilitator: here.server.live(here.facilitator.token), lead: here.server.live(here.lead.token), member: here.server.live(here.member.token), other: here.server.live(here.other.token) };
    for (const live of Object.values(people)) await live.subscribe("me");
    const sent = await here.server.reply(here.member, here.thread, words.crisis);
    assert.ok(sent.body.care);
    for (const who of ["facilitator", "lead"]) {
      const rung = await until(() => rings(people[who])[0], `${who} to be asked`, 5000);
      assert.deepEqual(rung.data, { post: sent.body.id, circle: here.circle });
    }
    for (const who of ["member", "other"]) assert.deepEqual(rings(people[who]), []);
    const list = await ask(here.facilitator, "GET", "/care/alarms");
    const alarm = list.body.items.find((one) => one.post === sent.body.id);
    assert.deepEqual([alarm.stage, alarm.taken], ["lead", false]);
    assert.ok(["red", "crisis"].includes(alarm.triage));
    assert.ok(!list.text.includes(words.crisis) && !list.text.includes("Maple"));
    for (const live of Object.values(people)) live.cut();
  });

  test("one has it, the other is told so; passing it on asks the next ones and frees it", async () => {
    const sent = await here.server.reply(here.member, here.thread, `${words.crisis} Again.`);
    const find = async (who) => (await ask(who, "GET", "/care/alarms")).body.items.find((one) => one.post === sent.body.id);
    const { id } = await find(here.facilitator);
    assert.equal((await ask(here.facilitator, "POST", `/care/alarms/${id}/take`)).body.taken_by_me, true);
    assert.equal((await ask(here.lead, "POST", `/care/alarms/${id}/take`)).status, 409);
    assert.equal((await find(here.lead)).taken, true);
    assert.equal((await ask(here.facilitator, "POST", `/care/alarms/${id}/pass`)).status, 204);
    assert.equal((await ask(here.lead, "POST", `/care/alarms/${id}/take`)).status, 200);
    assert.equal((await ask(here.facilitator, "POST", `/care/alarms/${id}/outside-help`)).status, 404);
    assert.equal((await ask(here.lead, "POST", `/care/alarms/${id}/outside-help`)).status, 204);
    assert.ok((await find(here.facilitator)).outside_help_at);
    const items = (await ask(here.lead, "GET", "/review/items?lane=care")).body.items;
    const item = items.find((one) => one.id === id);
    assert.equal((await ask(here.lead, "POST", `/review/items/${id}/decision`, { decision: "keep", revision: item.revision })).status, 204);
    assert.equal(await find(here.facilitator), undefined);
  });

  test("with somebody on duty only they are asked at first; their note waits for the next one", async () => {
    const second = await here.server.join("Hazel");
    await here.server.give("facilitator", second, here.circle);
    const made = await ask(second, "POST", `/circles/${here.circle}/duty`, { starts_at: hours(-1), ends_at: hours(8) });
    assert.equal(made.status, 201, made.text);
    const [duty] = made.body.items;
    assert.equal((await ask(second, "PUT", `/duty/${duty.id}/note`, { note: "Two people had a heavy evening. The kettle is on." })).status, 204);
    const rota = await ask(here.facilitator, "GET", `/circles/${here.circle}/duty`);
    assert.equal(rota.body.items[0].note, "Two people had a heavy evening. The kettle is on.");
    assert.equal(rota.body.items[0].mine, false);
    const [asked, others] = [here.server.live(second.token), here.server.live(here.facilitator.token)];
    for (const live of [asked, others]) await live.subscribe("me");
    await here.server.reply(here.other, here.thread, words.crisis);
    await until(() => rings(asked)[0], "the one on duty to be asked", 5000);
    assert.deepEqual(rings(others), []);
    assert.equal((await ask(here.facilitator, "DELETE", `/duty/${duty.id}`)).status, 404);
    assert.equal((await ask(second, "DELETE", `/duty/${duty.id}`)).status, 204);
    for (const live of [asked, others]) live.cut();
  });

  test("a time that can't be meant is told with its field", async () => {
    for (const [body, field] of [[{ starts_at: "tomorrow", ends_at: hours(1) }, "starts_at"], [{ starts_at: hours(2), ends_at: hours(1) }, "ends_at"], [{ starts_at: hours(0), ends_at: hours(1), place: 3 }, "place"], [{ starts_at: hours(0), ends_at: hours(1), nickname: "Wren" }, "nickname"]]) {
      const answer = await ask(here.facilitator, "POST", `/circles/${here.circle}/duty`, body);
      assert.equal(answer.status, 422, answer.text);
      assert.equal(answer.body.errors[0].field, field);
    }
  });
});
