#include "server/store/sqlite/care_tables.hpp"

namespace holdfast::store::sqlite {

namespace {
#define ALARM                                                                                                \
    "a.id, a.circle_id, a.about_id, (SELECT r.post_id FROM review_item r WHERE r.id = a.id), a.triage, "     \
    "a.clock_ms, a.stage, a.stage_at, a.next_at, a.sounded, a.created_at, a.taken_by, a.taken_at, "          \
    "a.answered_at, a.ended_at, a.outside_help_by, a.outside_help_at FROM alarm a "

std::optional<timestamp> maybe_time(rows const& found, int column)
{
    if (found.is_null(column)) return std::nullopt;
    return found.time(column);
}

domain::alarm alarm_from(rows const& found)
{
    domain::alarm made;
    made.id = found.as<alarm_id>(0);
    made.circle = found.as<circle_id>(1);
    made.about = found.as<account_id>(2);
    made.post = found.maybe<post_id>(3);
    made.triage = moderation::triage_named(found.text(4)).value_or(moderation::triage::crisis);
    made.clock = std::chrono::milliseconds(found.integer(5));
    made.stage = static_cast<domain::alarm_stage>(found.integer(6));
    made.stage_at = found.time(7);
    made.next_at = maybe_time(found, 8);
    made.sounded = static_cast<int>(found.integer(9));
    made.created_at = found.time(10);
    made.taken_by = found.maybe<account_id>(11);
    made.taken_at = maybe_time(found, 12);
    made.answered_at = maybe_time(found, 13);
    made.ended_at = maybe_time(found, 14);
    made.outside_help_by = found.maybe<account_id>(15);
    made.outside_help_at = maybe_time(found, 16);
    return made;
}

std::vector<domain::alarm> all_alarms(rows found)
{
    std::vector<domain::alarm> made;
    while (found.next())
        made.push_back(alarm_from(found));
    return made;
}

duty_row duty_from(rows const& found)
{
    return {
        found.as<duty_id>(0),
        found.as<circle_id>(1),
        found.as<account_id>(2),
        static_cast<int>(found.integer(3)),
        found.time(4),
        found.time(5),
        found.sealed(6)};
}

std::vector<account_id> all_accounts(rows found)
{
    std::vector<account_id> made;
    while (found.next())
        made.push_back(found.as<account_id>(0));
    return made;
}
} // namespace

std::optional<domain::alarm> care_tables::alarm(alarm_id const& id)
{
    auto found = database_.query("SELECT " ALARM "WHERE a.id = ?", id);
    if (!found.next()) return std::nullopt;
    return alarm_from(found);
}

std::vector<domain::alarm> care_tables::alarms_due(timestamp now, std::size_t limit)
{
    return all_alarms(database_.query(
        "SELECT " ALARM "WHERE a.next_at <= ? ORDER BY a.next_at LIMIT ?",
        now,
        static_cast<std::int64_t>(limit)
    ));
}

std::vector<domain::alarm> care_tables::alarms_open(std::optional<circle_id> circle, std::size_t limit)
{
    auto const most = static_cast<std::int64_t>(limit);
    if (!circle) {
        return all_alarms(
            database_.query("SELECT " ALARM "WHERE a.ended_at IS NULL ORDER BY a.created_at LIMIT ?", most)
        );
    }
    return all_alarms(database_.query(
        "SELECT " ALARM "WHERE a.circle_id = ? AND a.ended_at IS NULL ORDER BY a.created_at LIMIT ?",
        *circle,
        most
    ));
}

std::optional<domain::alarm> care_tables::newest_alarm_of(post_id const& post)
{
    auto found = database_.query(
        "SELECT " ALARM
        "JOIN review_item i ON i.id = a.id WHERE i.post_id = ? ORDER BY a.created_at DESC LIMIT 1",
        post
    );
    if (!found.next()) return std::nullopt;
    return alarm_from(found);
}

domain::roster care_tables::roster_of(circle_id const& circle, timestamp now)
{
    // Who left the circle's care since is on duty no more, whatever the rota still says.
    auto const on_duty = [&](int place) {
        return all_accounts(database_.query(
            "SELECT DISTINCT d.account_id FROM duty d JOIN account c ON c.id = d.account_id "
            "WHERE d.circle_id = ?1 AND d.place = ?2 AND d.starts_at <= ?3 AND d.ends_at > ?3 AND (c.is_lead "
            "= 1 "
            "OR EXISTS (SELECT 1 FROM membership m WHERE m.circle_id = ?1 AND m.account_id = d.account_id "
            "AND "
            "m.role = 'facilitator'))",
            circle,
            place,
            now
        ));
    };
    domain::roster made;
    made.first = on_duty(1);
    made.second = on_duty(2);
    made.facilitators = all_accounts(database_.query(
        "SELECT account_id FROM membership WHERE circle_id = ? AND role = 'facilitator'", circle
    ));
    made.leads =
        all_accounts(database_.query("SELECT id FROM account WHERE is_lead = 1 AND erased_at IS NULL"));
    return made;
}

std::optional<timestamp> care_tables::next_duty(circle_id const& circle, timestamp after)
{
    auto found = database_.query(
        "SELECT min(starts_at) FROM duty WHERE circle_id = ? AND starts_at > ?", circle, after
    );
    if (!found.next()) return std::nullopt;
    return maybe_time(found, 0);
}

std::optional<duty_row> care_tables::duty(duty_id const& id)
{
    auto found = database_.query(
        "SELECT id, circle_id, account_id, place, starts_at, ends_at, note_sealed FROM duty WHERE id = ?", id
    );
    if (!found.next()) return std::nullopt;
    return duty_from(found);
}

std::vector<duty_row> care_tables::duties_with_note(account_id const& account)
{
    auto found = database_.query(
        "SELECT id, circle_id, account_id, place, starts_at, ends_at, note_sealed FROM duty WHERE account_id "
        "= ? AND length(note_sealed) > 0 ORDER BY starts_at",
        account
    );
    std::vector<duty_row> made;
    while (found.next())
        made.push_back(duty_from(found));
    return made;
}

std::vector<duty_row> care_tables::duties(circle_id const& circle, timestamp from, std::size_t limit)
{
    auto found = database_.query(
        "SELECT id, circle_id, account_id, place, starts_at, ends_at, note_sealed FROM duty WHERE circle_id "
        "= ? "
        "AND ends_at > ? ORDER BY starts_at, place, id LIMIT ?",
        circle,
        from,
        static_cast<std::int64_t>(limit)
    );
    std::vector<duty_row> made;
    while (found.next())
        made.push_back(duty_from(found));
    return made;
}

std::vector<notice_row> care_tables::notices_due(timestamp now, std::size_t limit)
{
    auto found = database_.query(
        "SELECT n.number, n.alarm_id, a.circle_id, a.triage, n.stage, n.channel, n.made_at, n.tries "
        "FROM alarm_notice n JOIN alarm a ON a.id = n.alarm_id WHERE n.next_at <= ? AND a.taken_by IS NULL "
        "AND "
        "a.ended_at IS NULL ORDER BY n.next_at LIMIT ?", // once somebody has it, nobody else needs to hear
        now,
        static_cast<std::int64_t>(limit)
    );
    std::vector<notice_row> made;
    while (found.next()) {
        made.push_back(
            {found.integer(0),
             found.as<alarm_id>(1),
             found.as<circle_id>(2),
             moderation::triage_named(found.text(3)).value_or(moderation::triage::crisis),
             static_cast<domain::alarm_stage>(found.integer(4)),
             std::string(found.text(5)),
             found.time(6),
             static_cast<int>(found.integer(7))}
        );
    }
    return made;
}

void care_tables::set_alarm(domain::alarm const& changed)
{
    database_.change(
        "UPDATE alarm SET stage = ?, stage_at = ?, next_at = ?, sounded = ?, taken_by = ?, taken_at = ?, "
        "answered_at = ?, ended_at = ?, outside_help_by = ?, outside_help_at = ? WHERE id = ?",
        static_cast<int>(changed.stage),
        changed.stage_at,
        changed.next_at,
        changed.sounded,
        changed.taken_by,
        changed.taken_at,
        changed.answered_at,
        changed.ended_at,
        changed.outside_help_by,
        changed.outside_help_at,
        changed.id
    );
}

void care_tables::add_duty(duty_row const& made)
{
    database_.change(
        "INSERT INTO duty (id, circle_id, account_id, place, starts_at, ends_at, note_sealed) VALUES (?, ?, "
        "?, ?, "
        "?, ?, ?)",
        made.id,
        made.circle,
        made.account,
        made.place,
        made.starts_at,
        made.ends_at,
        made.note
    );
}

void care_tables::end_duty(duty_id const& id)
{
    database_.change("DELETE FROM duty WHERE id = ?", id);
}

void care_tables::set_duty_note(duty_id const& id, sealed_text const& note)
{
    database_.change("UPDATE duty SET note_sealed = ? WHERE id = ?", note, id);
}

void care_tables::add_notice(domain::alarm const& of, std::string_view channel, timestamp at)
{
    database_.change(
        "INSERT INTO alarm_notice (alarm_id, channel, stage, made_at, next_at) VALUES (?, ?, ?, ?, "
        "?)",
        of.id,
        channel,
        static_cast<int>(of.stage),
        at,
        at
    );
}

void care_tables::put_notice_off(std::int64_t number, timestamp until)
{
    database_.change(
        "UPDATE alarm_notice SET tries = tries + 1, next_at = ? WHERE number = ?", until, number
    );
}

void care_tables::end_notice(std::int64_t number)
{
    database_.change("DELETE FROM alarm_notice WHERE number = ?", number);
    database_.change(
        "DELETE FROM alarm_notice WHERE alarm_id IN (SELECT id FROM alarm WHERE ended_at IS NOT NULL)"
    );
}

} // namespace holdfast::store::sqlite
