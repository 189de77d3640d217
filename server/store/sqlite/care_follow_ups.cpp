#include "server/store/sqlite/care_tables.hpp"

namespace holdfast::store::sqlite {

namespace {
#define FOLLOW_UP "id, kind, circle_id, account_id, post_id, due_at, until_at, answer, helped FROM follow_up "

domain::follow_up follow_up_from(rows const& found)
{
    domain::follow_up made;
    made.id = found.as<follow_up_id>(0);
    made.kind = domain::follow_up_kind_named(found.text(1)).value_or(domain::follow_up_kind::author_day);
    made.circle = found.as<circle_id>(2);
    made.account = found.maybe<account_id>(3);
    made.post = found.maybe<post_id>(4);
    made.due_at = found.time(5);
    made.until = found.time(6);
    made.answer = domain::follow_up_answer_named(found.text(7)).value_or(domain::follow_up_answer::none);
    made.helped = domain::helped_named(found.text(8)).value_or(domain::helped::unsaid);
    return made;
}

std::vector<domain::follow_up> all_follow_ups(rows found)
{
    std::vector<domain::follow_up> made;
    while (found.next())
        made.push_back(follow_up_from(found));
    return made;
}

tally tally_from(rows found)
{
    tally made;
    while (found.next())
        made.emplace_back(std::string(found.text(0)), found.integer(1));
    return made;
}
} // namespace

bool care_tables::has_follow_up(
    domain::follow_up_kind kind, circle_id const& circle, std::optional<account_id> account, timestamp since
)
{
    // An author is asked once, in whichever circle it was.
    if (account) {
        return database_
            .query(
                "SELECT 1 FROM follow_up WHERE account_id = ? AND kind = ? AND made_at > ?",
                *account,
                domain::name_of(kind),
                since
            )
            .next();
    }
    return database_
        .query(
            "SELECT 1 FROM follow_up WHERE circle_id = ? AND kind = ? AND made_at > ?",
            circle,
            domain::name_of(kind),
            since
        )
        .next();
}

std::optional<domain::follow_up> care_tables::follow_up(follow_up_id const& id)
{
    auto found = database_.query("SELECT " FOLLOW_UP "WHERE id = ?", id);
    if (!found.next()) return std::nullopt;
    return follow_up_from(found);
}

std::vector<domain::follow_up> care_tables::follow_ups_for(account_id const& account, timestamp now)
{
    return all_follow_ups(database_.query(
        "SELECT " FOLLOW_UP
        "WHERE account_id = ?1 AND due_at <= ?2 AND until_at > ?2 AND answer = '' ORDER BY due_at",
        account,
        now
    ));
}

std::vector<domain::follow_up> care_tables::follow_ups_of(circle_id const& circle, timestamp now)
{
    return all_follow_ups(database_.query(
        "SELECT " FOLLOW_UP
        "WHERE circle_id = ?1 AND kind = 'circle' AND due_at <= ?2 AND until_at > ?2 ORDER BY "
        "due_at",
        circle,
        now
    ));
}

std::vector<domain::follow_up> care_tables::follow_ups_untold(timestamp now, std::size_t limit)
{
    return all_follow_ups(database_.query(
        "SELECT " FOLLOW_UP "WHERE told_at IS NULL AND due_at <= ? ORDER BY due_at LIMIT ?",
        now,
        static_cast<std::int64_t>(limit)
    ));
}

std::vector<domain::follow_up> care_tables::wishes_to_talk(std::size_t limit)
{
    return all_follow_ups(database_.query(
        "SELECT " FOLLOW_UP "WHERE kind = 'facilitator' AND answer = 'talk' ORDER BY due_at LIMIT ?",
        static_cast<std::int64_t>(limit)
    ));
}

void care_tables::add_follow_up(domain::follow_up const& made, timestamp at)
{
    database_.change(
        "INSERT INTO follow_up (id, kind, circle_id, account_id, post_id, made_at, due_at, until_at) VALUES "
        "(?, ?, "
        "?, ?, ?, ?, ?, ?)",
        made.id,
        domain::name_of(made.kind),
        made.circle,
        made.account,
        made.post,
        at,
        made.due_at,
        made.until
    );
}

void care_tables::mark_follow_up_told(follow_up_id const& id, timestamp at)
{
    database_.change("UPDATE follow_up SET told_at = ? WHERE id = ?", at, id);
}

void care_tables::answer_follow_up(
    follow_up_id const& id, domain::follow_up_answer answer, domain::helped helped, timestamp at
)
{
    database_.change(
        "UPDATE follow_up SET answer = ?, helped = ?, answered_at = ? WHERE id = ?",
        domain::name_of(answer),
        domain::name_of(helped),
        at,
        id
    );
}

std::vector<answer_time> care_tables::answer_times(timestamp since)
{
    auto found = database_.query(
        "SELECT triage, clock_ms, answered_at - created_at, ended_at IS NOT NULL FROM alarm WHERE created_at "
        ">= ?",
        since
    );
    std::vector<answer_time> made;
    while (found.next()) {
        answer_time one;
        one.triage = moderation::triage_named(found.text(0)).value_or(moderation::triage::crisis);
        one.clock = std::chrono::milliseconds(found.integer(1));
        if (!found.is_null(2)) one.answered_after = std::chrono::milliseconds(found.integer(2));
        one.over = found.integer(3) != 0;
        made.push_back(one);
    }
    return made;
}

tally care_tables::helped_since(timestamp since)
{
    return tally_from(database_.query(
        "SELECT helped, count(*) FROM follow_up WHERE kind LIKE 'author%' AND helped <> '' AND answered_at "
        ">= ? GROUP "
        "BY helped",
        since
    ));
}

tally care_tables::answers_since(timestamp since)
{
    return tally_from(database_.query(
        "SELECT answer, count(*) FROM follow_up WHERE kind LIKE 'author%' AND answer <> '' AND answered_at "
        ">= ? GROUP "
        "BY answer",
        since
    ));
}

tally care_tables::concerns_since(timestamp since)
{
    return tally_from(
        database_.query("SELECT state, count(*) FROM concern WHERE made_at >= ? GROUP BY state", since)
    );
}

} // namespace holdfast::store::sqlite
