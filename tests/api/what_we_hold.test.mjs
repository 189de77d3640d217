// `holdfast what-we-hold` tells all that stands readable about a person, whichever table it is in, and no sealed byte.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { company_of_a_circle, everything, work_for_a_circle } from "../everything.mjs";
import { holdfast, place } from "../harness.mjs";

// Every column that says which account a row is about, and under which name the command tells the row.
const told_as = {
  "session.account_id": "sessions", "member_key.account_id": "own_keys", "keyed_write.account_id": "keyed_writes", "event.account_id": "events",
  "wrapped_key.owner": "keys", "audit.actor": "audit_by", "audit_concern.account_id": "audit_about",
  "membership.account_id": "circles", "circle.created_by": "circles_made", "application.account_id": "applications", "application.decided_by": "applications_answered",
  "circle_policy.set_by": "policies_set", "circle_policy_wish.asked_by": "policies_asked_for", "rule_change.asked_by": "rule_changes", "rule_change.settled_by": "rule_changes_answered",
  "post.author_id": "posts", "post_version.author_id": "versions", "private_record.account_id": "private_pieces", "private_gone.account_id": "private_deleted",
  "notice.account_id": "notices", "notice_wish.account_id": "notice_wishes", "notice_letter.account_id": "letters",
  "share.owner_id": "shared", "share_reader.account_id": "shared_with_them", "partnership.member_id": "partners", "partnership.partner_id": "partners",
  "partnership.ended_by": "partnerships_ended", "partner_refusal.account_id": "partners_refused", "partner_refusal.from_id": "refused_as_partner_by",
  "care_card.account_id": "care_cards", "alarm.about_id": "alarms_about", "alarm.taken_by": "alarms_taken", "alarm.outside_help_by": "outside_help_called",
  "talk.member_id": "private_talks", "talk.opened_by": "talks_opened", "talk.closed_by": "talks_closed", "talk_message.writer_id": "talk_messages",
  "follow_up.account_id": "follow_ups", "concern.by_id": "concerns_told", "concern.about_id": "concerns_about", "concern.answered_by": "concerns_answered", "duty.account_id": "duties",
  "report.reporter_id": "reports", "reporter.account_id": "reports_counted", "review_item.author_id": "review_items", "strike.account_id": "strikes", "circle_limit.account_id": "limits",
  "review_note.account_id": "notes_about", "appeal.author_id": "appeals", "appeal_message.by": "appeal_messages",
  "desk_setting.account_id": "desk_settings", "exposure.account_id": "desk_days", "review_step.by": "desk_steps", "review_item.claimed_by": "items_claimed", "review_item.decided_by": "items_decided",
  "review_item.meant_for": "items_meant_for", "review_look.account_id": "items_looked_at", "decision.decided_by": "decisions_made", "strike.by": "strikes_given", "circle_limit.by": "limits_set", "review_note.by": "notes_written",
};
const as_a_number = ["private_room.account_id"]; // private_bytes
// Bytes without a reference that name something else than an account, or nothing.
const no_account = ["appeal.post_id", "audit.circle_id", "event.circle_id", "event.thread_id", "event.post_id", "notice.about", "notice.post_id", "thread.opening_post_id", "member_key.salt", "wrapped_key.wrapped"];

test("every row of every table that refers to a person is told, and none of what is sealed", async () => {
  const here = await place({ config: "[limits]\nenabled = false\n[mail]\nurl = \"smtp://127.0.0.1:1\"\nfrom = \"news@example.org\"\n" });
  const { server } = here;
  await everything(here);
  await company_of_a_circle(here);
  const { hazel, sorrel } = await work_for_a_circle(here);
  const own = (method, path, body) => server.ask(method, `/api/v1${path}`, { token: here.member.token, key: "to-delete", body });
  const { body: card } = await own("POST", "/cards", { title: "Tea", text: "Put the kettle on." });
  assert.equal((await own("DELETE", `/cards/${card.id}`)).status, 204);

  const columns = (sql) => server.sql(`SELECT t.name || '.' || c."from" AS name ${sql}`).map((row) => row.name).sort();
  const referring = columns(`FROM sqlite_schema t, pragma_foreign_key_list(t.name) c WHERE t.type = 'table' AND c."table" = 'account'`);
  const unbound = server.sql(`SELECT t.name || '.' || c.name AS name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'post_search%' AND c.type = 'BLOB' AND c.name <> 'id'
    AND c.name NOT LIKE '%\\_sealed' ESCAPE '\\' AND c.name NOT LIKE '%hash' AND c.name NOT IN (SELECT "from" FROM pragma_foreign_key_list(t.name))`).map((row) => row.name);
  assert.deepEqual([...new Set([...referring, ...unbound])].sort(), [...Object.keys(told_as), ...as_a_number, ...no_account].sort());

  const seen = new Set();
  for (const who of [here.lead, here.facilitator, here.member, here.other, here.outsider, hazel, sorrel]) {
    const told = spawnSync(holdfast, ["what-we-hold", who.nickname, "--config", server.config, "--data", server.data], { encoding: "utf8" });
    assert.equal(told.status, 0, told.stderr);
    const facts = JSON.parse(told.stdout);
    assert.equal(facts.id, who.id);
    const wanted = {};
    for (const [name, key] of Object.entries(told_as)) {
      const [table, column] = name.split(".");
      const [{ n }] = server.sql(`SELECT count(*) AS n FROM ${table} WHERE ${column} = x'${who.id}'`);
      wanted[key] = (wanted[key] ?? 0) + n;
      if (n > 0) seen.add(name);
    }
    for (const [key, n] of Object.entries(wanted)) assert.equal(facts[key].reduce((sum, row) => sum + (row.count ?? 1), 0), n, `${who.nickname}: ${key}`);
    const text = JSON.stringify(facts);
    for (const one of [here.lead, here.facilitator, here.member, here.other, here.outsider, hazel, sorrel]) {
      if (one.id === who.id) continue;
      const rest = JSON.stringify({ ...facts, partners: undefined });
      assert.ok(!rest.includes(one.id), `${who.nickname}: other people are left out, but for partners`);
    }
    for (const word of ["pathetic", "Something of mine", "late at night", "mail.example.org", who.nickname]) assert.ok(!text.includes(word), `${who.nickname}: ${word}`);
    if (who === here.member) {
      for (const key of ["threads", "decisions", "rules_noticed", "post_events", "reports_about", "partner_words"]) assert.ok(facts[key].length > 0, key);
      assert.ok(facts.private.journal > 0 && facts.private_bytes > 0 && facts.recovery_code === true);
      assert.match(facts.strikes[0].at, /^\d{4}-\d\d-\d\dT.*Z$/);
      assert.ok(facts.posts.every((post) => /^[0-9a-f]{32}$/.test(post.circle)));
    }
  }
  assert.deepEqual(Object.keys(told_as).filter((name) => !seen.has(name)), [], "each of them was there for somebody");
  await server.stop();
});
