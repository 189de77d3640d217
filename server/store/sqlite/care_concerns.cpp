#include "server/store/sqlite/care_tables.hpp"

namespace holdfast::store::sqlite {

namespace {
#define CONCERN                                                                                              \
    "id, circle_id, by_id, about_id, post_id, triage, clock_ms, words_sealed, folded, state, "               \
    "idempotency_key, body_hash, made_at FROM concern "

std::optional<concern_row> concern_from(rows& found)
{
    if (!found.next()) return std::nullopt;
    concern_row row;
    auto& made = row.concern;
    made.id = found.as<concern_id>(0);
    made.circle = found.as<circle_id>(1);
    made.by = found.as<account_id>(2);
    made.about = found.as<account_id>(3);
    made.post = found.maybe<post_id>(4);
    made.triage = moderation::triage_named(found.text(5)).value_or(moderation::triage::crisis);
    row.clock = std::chrono::milliseconds(found.integer(6));
    row.words = found.sealed(7);
    made.folded = found.integer(8) != 0;
    made.state = domain::concern_state_named(found.text(9)).value_or(domain::concern_state::waiting);
    row.idempotency_key = found.text(10);
    row.body_hash = found.hash(11);
    made.made_at = found.time(12);
    return row;
}
} // namespace

std::optional<concern_row> care_tables::concern(concern_id const& id)
{
    auto found = database_.query("SELECT " CONCERN "WHERE id = ?", id);
    return concern_from(found);
}

std::optional<concern_row>
care_tables::concern_made_with(account_id const& by, std::string_view idempotency_key)
{
    auto found =
        database_.query("SELECT " CONCERN "WHERE by_id = ? AND idempotency_key = ?", by, idempotency_key);
    return concern_from(found);
}

std::vector<domain::concern>
care_tables::concerns_by(account_id const& by, circle_id const& circle, std::size_t limit)
{
    auto found = database_.query(
        "SELECT " CONCERN
        "WHERE by_id = ? AND about_id <> by_id AND circle_id = ? ORDER BY made_at DESC LIMIT ?",
        by,
        circle,
        static_cast<std::int64_t>(limit)
    );
    std::vector<domain::concern> made;
    while (auto row = concern_from(found))
        made.push_back(std::move(row->concern));
    return made;
}

std::vector<concern_row> care_tables::concern_rows_by(account_id const& by)
{
    auto found =
        database_.query("SELECT " CONCERN "WHERE by_id = ? AND about_id <> by_id ORDER BY made_at", by);
    std::vector<concern_row> made;
    while (auto row = concern_from(found))
        made.push_back(std::move(*row));
    return made;
}

domain::concern_record care_tables::concerns_of(account_id const& by, timestamp lately_since)
{
    auto found = database_.query(
        "SELECT count(*) FILTER (WHERE state = 'real'), count(*) FILTER (WHERE state = 'not_needed'), "
        "count(*) FILTER (WHERE made_at > ?2) FROM concern WHERE by_id = ?1 AND about_id <> by_id",
        by,
        lately_since
    );
    domain::concern_record made;
    if (!found.next()) return made;
    made.real = static_cast<int>(found.integer(0));
    made.not_needed = static_cast<int>(found.integer(1));
    made.lately = static_cast<int>(found.integer(2));
    return made;
}

void care_tables::add_concern(concern_row const& made)
{
    auto const& one = made.concern;
    database_.change(
        "INSERT INTO concern (id, circle_id, by_id, about_id, post_id, triage, clock_ms, words_sealed, "
        "folded, "
        "idempotency_key, body_hash, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        one.id,
        one.circle,
        one.by,
        one.about,
        one.post,
        moderation::name_of(one.triage),
        static_cast<std::int64_t>(made.clock.count()),
        made.words,
        one.folded,
        made.idempotency_key,
        made.body_hash,
        one.made_at
    );
}

void care_tables::answer_concern(
    concern_id const& id, domain::concern_state what, account_id const& by, timestamp at
)
{
    database_.change(
        "UPDATE concern SET state = ?, answered_by = ?, answered_at = ? WHERE id = ?",
        domain::name_of(what),
        by,
        at,
        id
    );
}

} // namespace holdfast::store::sqlite
