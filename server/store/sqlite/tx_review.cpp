#include "server/store/sqlite/labels.hpp"
#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

namespace {
#define ITEM                                                                                                 \
    "r.id, r.circle_id, r.lane, r.post_id, r.version, r.triage, r.revision, r.created_at, r.due_at, "        \
    "r.claimed_by, "                                                                                         \
    "r.claimed_until, r.author_safe_at, p.author_id, length(v.text_sealed), d.outcome, p.removed_at, "       \
    "r.labels, r.meant_for, r.for_lead, d.verdict "                                                          \
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
    auto const is_gone = !found.is_null(15) || found.text(19) == "remove";
    item.state = is_gone ? domain::post_state::removed : domain::state_after(outcome);
    item.labels = labels_from(found.text(16));
    item.meant_for = found.maybe<account_id>(17);
    item.for_lead = found.integer(18) != 0;
    return row;
}
} // namespace

std::vector<queued_row> tx::review_queue(
    circle_id const& circle, domain::lane lane, domain::place<review_item_id> const& after, std::size_t limit
)
{
    std::vector<queued_row> made;
    auto found = database_.query(
        "SELECT id, due_at FROM review_item WHERE circle_id = ? AND lane = ? AND state = 'waiting' "
        "AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?",
        circle,
        domain::name_of(lane),
        after.at,
        after.id,
        static_cast<std::int64_t>(limit)
    );
    while (found.next())
        made.push_back({found.as<review_item_id>(0), lane, found.time(1)});
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

std::optional<timestamp> tx::first_due_at(post_id const& post, int version)
{
    auto found = database_.query(
        "SELECT due_at FROM review_item WHERE post_id = ? AND version = ? ORDER BY created_at LIMIT 1",
        post,
        version
    );
    if (!found.next()) return std::nullopt;
    return found.time(0);
}

void tx::add_review_item(domain::review_item const& made)
{
    database_.change(
        "INSERT INTO review_item (id, circle_id, lane, post_id, version, triage, state, created_at, due_at, "
        "labels, meant_for, author_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, ?8, ?9, ?10, (SELECT "
        "author_id FROM post WHERE id = ?4))",
        made.id,
        made.circle,
        domain::name_of(made.lane),
        made.post,
        made.version,
        moderation::name_of(made.triage),
        made.created_at,
        made.due_at,
        text_of(made.labels),
        made.meant_for
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

void tx::release_review_item(review_item_id const& id, account_id const& by)
{
    database_.change(
        "UPDATE review_item SET claimed_by = NULL, claimed_until = NULL WHERE id = ? AND claimed_by = ? AND "
        "state = 'waiting'",
        id,
        by
    );
}

void tx::ask_a_lead(review_item_id const& id)
{
    database_.change("UPDATE review_item SET for_lead = 1 WHERE id = ?", id);
}

bool tx::close_review_item(
    review_item_id const& id,
    int revision,
    std::optional<domain::verdict> verdict,
    std::optional<account_id> by,
    timestamp at
)
{
    std::optional<std::string> name;
    if (verdict) name = std::string(domain::name_of(*verdict));
    auto const closed = database_.change(
        "UPDATE review_item SET state = ?, verdict = ?, decided_by = ?, decided_at = ?, revision = revision "
        "+ "
        "1 WHERE id = ? AND revision = ? AND state = 'waiting'",
        verdict ? "decided" : "withdrawn",
        name,
        by,
        at,
        id,
        revision
    );
    if (closed == 0) return false;
    using kind = domain::review_step::kind;
    note_step(id, verdict ? kind::decided : kind::withdrawn, by, at);
    return true;
}

void tx::add_review_step(
    review_item_id const& id, domain::review_step::kind what, account_id const& by, timestamp at
)
{
    using kind = domain::review_step::kind;
    auto const changes_it = what != kind::passed && what != kind::noted;
    if (changes_it) database_.change("UPDATE review_item SET revision = revision + 1 WHERE id = ?", id);
    note_step(id, what, by, at);
}

void tx::note_step(
    review_item_id const& id, domain::review_step::kind what, std::optional<account_id> by, timestamp at
)
{
    database_.change(
        "INSERT INTO review_step (item_id, number, revision, kind, by, at) SELECT id, 1 + (SELECT count(*) "
        "FROM "
        "review_step WHERE item_id = ?1), revision, ?2, ?3, ?4 FROM review_item WHERE id = ?1",
        id,
        domain::name_of(what),
        by,
        at
    );
}

std::vector<domain::review_step> tx::review_steps(review_item_id const& id)
{
    std::vector<domain::review_step> made;
    auto found = database_.query(
        "SELECT revision, kind, by, at FROM review_step WHERE item_id = ? ORDER BY number", id
    );
    while (found.next()) {
        using kind = domain::review_step::kind;
        made.push_back(
            {static_cast<int>(found.integer(0)),
             domain::step_named(found.text(1)).value_or(kind::noted),
             found.maybe<account_id>(2),
             found.time(3)}
        );
    }
    return made;
}

std::optional<domain::verdict> tx::review_verdict(review_item_id const& id)
{
    auto found = database_.query("SELECT verdict FROM review_item WHERE id = ? AND verdict IS NOT NULL", id);
    if (!found.next()) return std::nullopt;
    return domain::verdict_named(found.text(0));
}

bool tx::mark_author_safe(post_id const& post, timestamp at)
{
    auto any = care_.mark_cards_safe(post, at);
    for (auto const& waiting : review_items_waiting_for(post)) {
        if (waiting.item.lane != domain::lane::care) continue;
        database_.change("UPDATE review_item SET author_safe_at = ? WHERE id = ?", at, waiting.item.id);
        add_review_step(waiting.item.id, domain::review_step::kind::safe, waiting.author, at);
        any = true;
    }
    return any;
}

void tx::look_at_item(review_item_id const& id, account_id const& who, timestamp at)
{
    database_.change(
        "INSERT INTO review_look (item_id, account_id, at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = "
        "excluded.at",
        id,
        who,
        at
    );
}

std::vector<account_id> tx::looking_at_item(review_item_id const& id, timestamp since)
{
    std::vector<account_id> made;
    auto found =
        database_.query("SELECT account_id FROM review_look WHERE item_id = ? AND at >= ?", id, since);
    while (found.next())
        made.push_back(found.as<account_id>(0));
    return made;
}

} // namespace holdfast::store::sqlite
