// Every plain column about one account, for `holdfast what-we-hold`. tests/api/what_we_hold.test.mjs walks
// the schema and fails for a column that refers to an account and isn't told here.
#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

namespace {
struct source {
    std::string_view name;
    char const* query; // by the account alone; of sealed columns it takes the length
};

constexpr source sources[] = {
    // Who they are here
    {"sessions",
     "SELECT id, created_at, expires_at, length(key_sealed) AS sealed_bytes FROM session WHERE account_id = "
     "?"},
    {"keys",
     "SELECT kind, length(wrapped) AS sealed_bytes FROM wrapped_key WHERE kind = 'author' AND owner = ?"},
    {"own_keys",
     "SELECT length(by_passphrase_sealed) AS by_passphrase_bytes, length(by_code_sealed) AS by_code_bytes "
     "FROM "
     "member_key WHERE account_id = ?"},
    {"keyed_writes", "SELECT idempotency_key FROM keyed_write WHERE account_id = ?"},
    {"events", "SELECT type, circle_id AS circle, at FROM event WHERE account_id = ?"},
    {"audit_by", "SELECT number, at, action, circle_id AS circle FROM audit WHERE actor = ?"},
    {"audit_about",
     "SELECT a.number, a.at, a.action, a.circle_id AS circle, a.object FROM audit_concern c JOIN audit a ON "
     "a.number = c.number WHERE c.account_id = ?"},
    // Circles
    {"circles",
     "SELECT circle_id AS circle, role, agreement_version, joined_at, settled_at, welcomes FROM membership "
     "WHERE account_id = ?"},
    {"circles_made", "SELECT id AS circle, created_at, idempotency_key FROM circle WHERE created_by = ?"},
    {"applications",
     "SELECT circle_id AS circle, state, agreement_version, folded, created_at, decided_at, "
     "length(words_sealed) AS sealed_bytes FROM application WHERE account_id = ?"},
    {"applications_answered",
     "SELECT circle_id AS circle, state, decided_at FROM application WHERE decided_by = ?"},
    {"policies_set",
     "SELECT circle_id AS circle, id AS policy, in_use, set_at FROM circle_policy WHERE set_by = ?"},
    {"policies_asked_for",
     "SELECT circle_id AS circle, id AS policy, asked_at FROM circle_policy_wish WHERE asked_by = ?"},
    {"rule_changes",
     "SELECT policy, rule, before, after, stage, asked_at FROM rule_change WHERE asked_by = ?"},
    {"rule_changes_answered",
     "SELECT policy, rule, before, after, stage, settled_at FROM rule_change WHERE settled_by = ?"},
    // What they wrote, and what was made of it
    {"threads",
     "SELECT t.id AS thread, t.circle_id AS circle, t.last_number, t.created_at, t.active_at FROM thread t "
     "JOIN "
     "post p ON p.id = t.opening_post_id WHERE p.author_id = ?"},
    {"posts",
     "SELECT id, thread_id AS thread, circle_id AS circle, number, shown_version, created_at, removed_at "
     "FROM "
     "post WHERE author_id = ?"},
    {"versions",
     "SELECT post_id AS post, version, created_at, idempotency_key, length(text_sealed) AS sealed_bytes FROM "
     "post_version WHERE author_id = ?"},
    {"decisions",
     "SELECT d.post_id AS post, d.version, d.number, d.outcome, d.risk, d.risk_score, d.triage, d.labels, "
     "d.policy, d.verdict, iif(d.decided_by IS NULL, 'the screen', 'a person') AS by, d.created_at, "
     "length(d.detail_sealed) AS sealed_bytes FROM decision d JOIN post p ON p.id = d.post_id WHERE "
     "p.author_id "
     "= ?"},
    {"rules_noticed",
     "SELECT h.post_id AS post, h.version, h.rule, h.shadow, h.at FROM rule_hit h JOIN post p ON p.id = "
     "h.post_id "
     "WHERE p.author_id = ?"},
    {"post_events",
     "SELECT e.post_id AS post, e.type, e.at FROM event e JOIN post p ON p.id = e.post_id WHERE p.author_id "
     "= ?"},
    {"witness_notes",
     "SELECT w.post_id AS post, w.kind, w.pinned_at FROM witness_note w JOIN post p ON p.id = w.post_id "
     "WHERE "
     "p.author_id = ?"},
    {"private_pieces", // in the order in which they were put in
     "SELECT r.kind, count(v.version) AS versions, sum(length(v.body_sealed)) AS sealed_bytes FROM "
     "private_record "
     "r JOIN private_version v ON v.record_id = r.id WHERE r.account_id = ? GROUP BY r.id ORDER BY "
     "min(v.rowid)"},
    {"private_deleted",
     "SELECT count(*) AS count FROM private_gone WHERE account_id = ? GROUP BY account_id"},
    {"notices", "SELECT kind, about, post_id AS post, at, seen_at FROM notice WHERE account_id = ?"},
    {"notice_wishes", "SELECT length(wish_sealed) AS sealed_bytes FROM notice_wish WHERE account_id = ?"},
    {"letters", "SELECT what, wanted, due_at, sent_at, tries FROM notice_letter WHERE account_id = ?"},
    // What they share, and who keeps them company
    {"shared",
     "SELECT s.post_id AS post, s.circle_id AS circle, s.what, s.audience AS \"with\", (SELECT count(*) FROM "
     "share_reader r WHERE r.post_id = s.post_id) AS readers, s.openings, s.created_at, s.expires_at, "
     "s.withdrawn_at, length(s.source_sealed) AS sealed_bytes FROM share s WHERE s.owner_id = ?"},
    {"shared_with_them",
     "SELECT s.post_id AS post, s.what, s.withdrawn_at FROM share_reader r JOIN share s ON s.post_id = "
     "r.post_id "
     "WHERE r.account_id = ?"},
    {"partners",
     "SELECT post_id AS post, 'member' AS \"as\", partner_id AS other, state, shows_goal, shows_steps, "
     "shows_tries, shows_hard_week, answered_at, ended_at, length(wishes_sealed) AS sealed_bytes FROM "
     "partnership WHERE member_id = ?"},
    {"partners",
     "SELECT post_id AS post, 'partner' AS \"as\", member_id AS other, state, shows_goal, shows_steps, "
     "shows_tries, shows_hard_week, answered_at, ended_at FROM partnership WHERE partner_id = ?"},
    {"partnerships_ended", "SELECT post_id AS post, ended_at FROM partnership WHERE ended_by = ?"},
    {"partner_words",
     "SELECT t.post_id AS post, t.kind, t.settled_at FROM partner_text t JOIN post p ON p.id = t.post_id "
     "WHERE "
     "p.author_id = ?"},
    {"partners_refused",
     "SELECT count(*) AS count FROM partner_refusal WHERE account_id = ? HAVING count(*) > 0"},
    {"refused_as_partner_by",
     "SELECT count(*) AS count FROM partner_refusal WHERE from_id = ? HAVING count(*) > 0"},
    // Care
    {"care_cards",
     "SELECT post_id AS post, version, triage, whole, at, safe_at FROM care_card WHERE account_id = ?"},
    {"alarms_about",
     "SELECT circle_id AS circle, triage, stage, stage_at, next_at, sounded, created_at, taken_at, "
     "answered_at, "
     "ended_at, outside_help_at FROM alarm WHERE about_id = ?"},
    {"alarms_told_outside",
     "SELECT n.channel, n.stage, n.made_at, n.next_at, n.tries FROM alarm_notice n JOIN alarm a ON a.id = "
     "n.alarm_id WHERE a.about_id = ?"},
    {"alarms_taken", "SELECT circle_id AS circle, triage, taken_at FROM alarm WHERE taken_by = ?"},
    {"outside_help_called",
     "SELECT circle_id AS circle, outside_help_at FROM alarm WHERE outside_help_by = ?"},
    {"private_talks",
     "SELECT id, circle_id AS circle, post_id AS post, opened_at, closed_at, last_number AS messages FROM "
     "talk "
     "WHERE member_id = ?"},
    {"talks_opened", "SELECT id, circle_id AS circle, opened_at FROM talk WHERE opened_by = ?"},
    {"talks_closed", "SELECT id, circle_id AS circle, closed_at FROM talk WHERE closed_by = ?"},
    {"talk_messages",
     "SELECT talk_id AS talk, number, from_member, folded, at, idempotency_key, length(words_sealed) AS "
     "sealed_bytes FROM talk_message WHERE writer_id = ?"},
    {"follow_ups",
     "SELECT kind, circle_id AS circle, post_id AS post, made_at, due_at, until_at, told_at, answer, helped, "
     "answered_at FROM follow_up WHERE account_id = ?"},
    {"concerns_told",
     "SELECT circle_id AS circle, triage, folded, state, made_at, answered_at, idempotency_key, "
     "length(words_sealed) AS sealed_bytes FROM concern WHERE by_id = ?"},
    {"concerns_about",
     "SELECT circle_id AS circle, post_id AS post, triage, state, made_at, answered_at FROM concern WHERE "
     "about_id "
     "= ?"},
    {"concerns_answered",
     "SELECT circle_id AS circle, state, answered_at FROM concern WHERE answered_by = ?"},
    {"duties",
     "SELECT circle_id AS circle, place, starts_at, ends_at, length(note_sealed) AS sealed_bytes FROM duty "
     "WHERE "
     "account_id = ?"},
    // Reports, decisions of people, and what followed
    {"reports",
     "SELECT post_id AS post, version, circle_id AS circle, category, folded, weight, created_at, "
     "made_a_change, "
     "length(words_sealed) AS sealed_bytes FROM report WHERE reporter_id = ?"},
    {"reports_about",
     "SELECT r.post_id AS post, r.version, r.category, r.weight, r.created_at, r.made_a_change, "
     "length(r.snapshot_sealed) AS sealed_bytes FROM report r JOIN post p ON p.id = r.post_id WHERE "
     "p.author_id = "
     "?"},
    {"reports_counted", "SELECT changed, unchanged FROM reporter WHERE account_id = ?"},
    {"review_items",
     "SELECT circle_id AS circle, lane, post_id AS post, version, triage, state, revision, labels, verdict, "
     "for_lead, created_at, due_at, claimed_until, author_safe_at, decided_at FROM review_item WHERE "
     "author_id = "
     "?"},
    {"strikes",
     "SELECT circle_id AS circle, weight, at, expires_at, voided_at FROM strike WHERE account_id = ?"},
    {"limits",
     "SELECT circle_id AS circle, kind, minutes, begins_at, ends_at, ended_at, length(reason_sealed) AS "
     "sealed_bytes FROM circle_limit WHERE account_id = ?"},
    {"notes_about",
     "SELECT circle_id AS circle, folded, at, length(words_sealed) AS sealed_bytes FROM review_note WHERE "
     "account_id = ?"},
    {"appeals", "SELECT post_id AS post, version, at, closed_at, upheld FROM appeal WHERE author_id = ?"},
    {"appeal_messages",
     "SELECT number, folded, at, length(words_sealed) AS sealed_bytes FROM appeal_message WHERE by = ?"},
    // Work at the desk
    {"desk_settings", "SELECT opt_outs, paused_until FROM desk_setting WHERE account_id = ?"},
    {"desk_days",
     "SELECT date(day * 86400, 'unixepoch') AS day, weight, at FROM exposure WHERE account_id = ?"},
    {"desk_steps", "SELECT kind, revision, at FROM review_step WHERE by = ?"},
    {"items_claimed",
     "SELECT circle_id AS circle, lane, state, claimed_until FROM review_item WHERE claimed_by = ?"},
    {"items_decided",
     "SELECT circle_id AS circle, lane, verdict, decided_at FROM review_item WHERE decided_by = ?"},
    {"items_meant_for",
     "SELECT circle_id AS circle, lane, state, due_at FROM review_item WHERE meant_for = ?"},
    {"items_looked_at", "SELECT at FROM review_look WHERE account_id = ?"},
    {"decisions_made", "SELECT outcome, verdict, created_at FROM decision WHERE decided_by = ?"},
    {"strikes_given",
     "SELECT circle_id AS circle, weight, at, expires_at, voided_at FROM strike WHERE by = ?"},
    {"limits_set",
     "SELECT circle_id AS circle, kind, minutes, begins_at, ends_at, ended_at FROM circle_limit WHERE by = "
     "?"},
    {"notes_written", "SELECT circle_id AS circle, at FROM review_note WHERE by = ?"},
};

bool is_a_time(std::string_view column)
{
    return column == "at" || column.ends_with("_at") || column.ends_with("_until");
}

std::optional<readable_value> value_in(rows const& found, int column)
{
    switch (found.kind(column)) {
    case value_kind::integer:
        if (is_a_time(found.name(column))) return found.time(column);
        return found.integer(column);
    case value_kind::real:
        return found.real(column);
    case value_kind::text:
        return std::string(found.text(column));
    case value_kind::bytes: // an id
        return hex_of(std::as_bytes(std::span(found.bytes(column))));
    case value_kind::null:
        break;
    }
    return std::nullopt;
}

readable_row row_from(rows const& found)
{
    readable_row made;
    for (int column = 0; column < found.columns(); ++column) {
        auto value = value_in(found, column);
        if (value) made.emplace_back(found.name(column), std::move(*value));
    }
    return made;
}
} // namespace

std::vector<readable_facts> tx::facts_about(account_id const& account)
{
    std::vector<readable_facts> made;
    for (auto const& one : sources) {
        readable_facts facts{one.name, {}};
        auto found = database_.query(one.query, account);
        while (found.next())
            facts.rows.push_back(row_from(found));
        made.push_back(std::move(facts));
    }
    return made;
}

} // namespace holdfast::store::sqlite
