#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

namespace {
#define ITEM                                                                                                 \
    "r.id, r.circle_id, r.lane, r.post_id, r.version, r.triage, r.revision, r.created_at, r.due_at, "        \
    "r.claimed_by, "                                                                                         \
    "r.claimed_until, r.author_safe_at, p.author_id, length(v.text_sealed), d.outcome, p.removed_at "        \
    "FROM review_item r JOIN post p ON p.id = r.post_id "                                                    \
    "JOIN post_version v ON v.post_id = r.post_id AND v.version = r.version "                                \
    "LEFT JOIN decision d ON d.post_id = v.post_id AND d.version = v.version AND d.number = "                \
    "v.decision_number "

review_item_row item_from(rows const& found)
{
    constexpr std::size_t seal_bytes = 40; // nonce and tag
    review_item_row row;
    auto& item = row.item;
    item.id = found.as<review_item_id>(0);
    item.circle = found.as<circle_id>(1);
    item.lane = domain::lane_named(found.text(2)).value_or(domain::lane::care);
    item.post = found.as<post_id>(3);
    item.version = static_cast<int>(found.integer(4));
    item.triage = moderation::triage_named(found.text(5)).value_or(moderation::triage::crisis);
    item.revision = static_cast<int>(found.integer(6));
    item.created_at = found.time(7);
    item.due_at = found.time(8);
    item.claimed_by = found.maybe<account_id>(9);
    if (!found.is_null(10)) item.claimed_until = found.time(10);
    item.author_safe = !found.is_null(11);
    row.author = found.as<account_id>(12);
    auto const sealed_bytes = static_cast<std::size_t>(found.integer(13));
    item.text_bytes = sealed_bytes > seal_bytes ? sealed_bytes - seal_bytes : 0;
    auto const outcome = moderation::outcome_named(found.text(14)).value_or(moderation::outcome::hold);
    item.state = found.is_null(15) ? domain::state_after(outcome) : domain::post_state::removed;
    return row;
}
} // namespace

std::vector<review_item_row>
tx::review_items(circle_id const& circle, std::optional<domain::lane> lane, std::size_t limit)
{
    std::vector<review_item_row> made;
    std::optional<std::string> lane_name;
    if (lane) lane_name = std::string(domain::name_of(*lane));
    auto found = database_.query(
        "SELECT " ITEM "WHERE r.circle_id = ?1 AND r.state = 'waiting' AND (?2 IS NULL OR r.lane = ?2) "
        "ORDER BY r.lane <> 'care', r.due_at LIMIT ?3",
        circle,
        lane_name,
        static_cast<std::int64_t>(limit)
    );
    while (found.next())
        made.push_back(item_from(found));
    return made;
}

std::optional<review_item_row> tx::review_item(review_item_id const& id)
{
    auto found = database_.query("SELECT " ITEM "WHERE r.id = ?", id);
    if (!found.next()) return std::nullopt;
    return item_from(found);
}

bool tx::review_item_waits(review_item_id const& id)
{
    return database_.query("SELECT 1 FROM review_item WHERE id = ? AND state = 'waiting'", id).next();
}

std::vector<review_item_row> tx::review_items_waiting_for(post_id const& post)
{
    std::vector<review_item_row> made;
    auto found =
        database_.query("SELECT " ITEM "WHERE r.post_id = ? AND r.state = 'waiting' ORDER BY r.due_at", post);
    while (found.next())
        made.push_back(item_from(found));
    return made;
}

void tx::add_review_item(domain::review_item const& made)
{
    database_.change(
        "INSERT INTO review_item (id, circle_id, lane, post_id, version, triage, state, created_at, due_at) "
        "VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?)",
        made.id,
        made.circle,
        domain::name_of(made.lane),
        made.post,
        made.version,
        moderation::name_of(made.triage),
        made.created_at,
        made.due_at
    );
}

bool tx::claim_review_item(review_item_id const& id, account_id const& by, timestamp now, timestamp until)
{
    return database_.change(
               "UPDATE review_item SET claimed_by = ?1, claimed_until = ?2 WHERE id = ?3 AND state = "
               "'waiting' "
               "AND (claimed_by IS NULL OR claimed_by = ?1 OR claimed_until <= ?4)",
               by,
               until,
               id,
               now
           ) > 0;
}

bool tx::close_review_item(
    review_item_id const& id, int revision, std::string_view state, std::optional<account_id> by, timestamp at
)
{
    return database_.change(
               "UPDATE review_item SET state = ?, decided_by = ?, decided_at = ?, revision = revision + 1 "
               "WHERE id = ? AND revision = ? AND state = 'waiting'",
               state,
               by,
               at,
               id,
               revision
           ) > 0;
}

bool tx::mark_author_safe(post_id const& post, timestamp at)
{
    return database_.change(
               "UPDATE review_item SET author_safe_at = ?, revision = revision + 1 "
               "WHERE post_id = ? AND state = 'waiting' AND lane = 'care'",
               at,
               post
           ) > 0;
}

} // namespace holdfast::store::sqlite
