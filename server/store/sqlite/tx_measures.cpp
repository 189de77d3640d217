// Strikes, limits and locks; a facilitator's day; those who welcome.
#include "server/store/sqlite/labels.hpp"
#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

namespace {
#define LIMIT                                                                                                \
    "id, circle_id, account_id, item_id, kind, minutes, reason_sealed, by, begins_at, ends_at FROM "         \
    "circle_limit WHERE ended_at IS NULL "

std::vector<limit_row> all_limits(rows found)
{
    std::vector<limit_row> made;
    while (found.next()) {
        limit_row row;
        row.id = found.as<limit_id>(0);
        row.circle = found.as<circle_id>(1);
        row.account = found.maybe<account_id>(2);
        row.item = found.maybe<review_item_id>(3);
        row.kind = domain::limit_named(found.text(4)).value_or(domain::limit_kind::hold_all);
        row.minutes = static_cast<int>(found.integer(5));
        row.reason = found.sealed(6);
        row.by = found.as<account_id>(7);
        row.begins_at = found.time(8);
        row.ends_at = found.time(9);
        made.push_back(std::move(row));
    }
    return made;
}
} // namespace

std::vector<limit_row> tx::limits_holding(circle_id const& circle, account_id const& account, timestamp now)
{
    return all_limits(database_.query(
        "SELECT " LIMIT "AND circle_id = ? AND ends_at > ? AND (account_id IS NULL OR account_id = ?)",
        circle,
        now,
        account
    ));
}

std::vector<limit_row> tx::limits_in(circle_id const& circle, timestamp now, std::size_t limit)
{
    return all_limits(database_.query(
        "SELECT " LIMIT "AND circle_id = ? AND ends_at > ? ORDER BY ends_at LIMIT ?",
        circle,
        now,
        static_cast<std::int64_t>(limit)
    ));
}

std::vector<limit_row> tx::limits_of(account_id const& account, timestamp now)
{
    return all_limits(database_.query("SELECT " LIMIT "AND account_id = ? AND ends_at > ?", account, now));
}

std::vector<limit_row> tx::locks_holding(timestamp now)
{
    return all_limits(database_.query("SELECT " LIMIT "AND kind = 'lock' AND ends_at > ?", now));
}

std::optional<limit_row> tx::limit(limit_id const& id, timestamp now)
{
    auto found = all_limits(database_.query("SELECT " LIMIT "AND id = ? AND ends_at > ?", id, now));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<strike_row> tx::strikes_of(account_id const& account, timestamp now)
{
    std::vector<strike_row> made;
    auto found = database_.query(
        "SELECT s.item_id, s.circle_id, s.account_id, r.post_id, s.weight, s.by, s.at, s.expires_at FROM "
        "strike s "
        "JOIN review_item r ON r.id = s.item_id WHERE s.account_id = ? AND s.expires_at > ? AND s.voided_at "
        "IS "
        "NULL ORDER BY s.expires_at",
        account,
        now
    );
    while (found.next()) {
        made.push_back(
            {found.as<review_item_id>(0),
             found.as<circle_id>(1),
             found.as<account_id>(2),
             found.as<post_id>(3),
             static_cast<int>(found.integer(4)),
             found.as<account_id>(5),
             found.time(6),
             found.time(7)}
        );
    }
    return made;
}

std::optional<timestamp> tx::last_post_at(circle_id const& circle, account_id const& account)
{
    auto found = database_.query(
        "SELECT max(created_at) FROM post WHERE author_id = ? AND circle_id = ?", account, circle
    );
    if (!found.next() || found.is_null(0)) return std::nullopt;
    return found.time(0);
}

bool tx::is_newcomer(circle_id const& circle, account_id const& account, int posts)
{
    {
        auto settled = database_.query(
            "SELECT settled_at FROM membership WHERE circle_id = ? AND account_id = ?", circle, account
        );
        if (!settled.next() || !settled.is_null(0)) return false; // a lead, or somebody known
    }
    auto found = database_.query(
        "SELECT count(*) FROM (SELECT 1 FROM post WHERE author_id = ? AND circle_id = ? AND shown_version IS "
        "NOT "
        "NULL LIMIT ?)",
        account,
        circle,
        posts
    );
    return !found.next() || found.integer(0) < posts;
}

void tx::settle(circle_id const& circle, account_id const& account, timestamp at)
{
    database_.change(
        "UPDATE membership SET settled_at = ? WHERE circle_id = ? AND account_id = ? AND settled_at IS NULL",
        at,
        circle,
        account
    );
}

void tx::add_limit(limit_row const& made)
{
    database_.change(
        "INSERT INTO circle_limit (id, circle_id, account_id, item_id, kind, minutes, reason_sealed, by, "
        "begins_at, "
        "ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.id,
        made.circle,
        made.account,
        made.item,
        domain::name_of(made.kind),
        made.minutes,
        made.reason,
        made.by,
        made.begins_at,
        made.ends_at
    );
}

void tx::end_limit(limit_id const& id, timestamp at)
{
    database_.change("UPDATE circle_limit SET ended_at = ? WHERE id = ? AND ended_at IS NULL", at, id);
}

void tx::add_strike(strike_row const& made)
{
    database_.change(
        "INSERT INTO strike (item_id, circle_id, account_id, weight, by, at, expires_at) VALUES (?, ?, ?, ?, "
        "?, ?, ?)",
        made.item,
        made.circle,
        made.account,
        made.weight,
        made.by,
        made.at,
        made.expires_at
    );
}

void tx::undo_measures(post_id const& post, int version, timestamp at)
{
    database_.change(
        "UPDATE strike SET voided_at = ? WHERE voided_at IS NULL AND item_id IN (SELECT id FROM review_item "
        "WHERE "
        "post_id = ? AND version = ?)",
        at,
        post,
        version
    );
    database_.change(
        "UPDATE circle_limit SET ended_at = ? WHERE ended_at IS NULL AND item_id IN (SELECT id FROM "
        "review_item "
        "WHERE post_id = ? AND version = ?)",
        at,
        post,
        version
    );
}

exposure_today tx::exposure(account_id const& account, std::int64_t day)
{
    auto found = database_.query(
        "SELECT total(weight), max(at) FROM exposure WHERE account_id = ? AND day = ?", account, day
    );
    exposure_today made;
    if (!found.next()) return made;
    made.weight = static_cast<int>(found.real(0));
    if (!found.is_null(1)) made.last_at = found.time(1);
    return made;
}

void tx::add_exposure(
    account_id const& account, std::int64_t day, review_item_id const& item, int weight, timestamp at
)
{
    database_.change(
        "INSERT INTO exposure (account_id, day, item_id, weight, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO "
        "NOTHING",
        account,
        day,
        item,
        weight,
        at
    );
}

store::desk_setting tx::desk_setting(account_id const& account)
{
    auto found =
        database_.query("SELECT opt_outs, paused_until FROM desk_setting WHERE account_id = ?", account);
    store::desk_setting made;
    if (!found.next()) return made;
    made.opt_outs = labels_from(found.text(0));
    if (!found.is_null(1)) made.paused_until = found.time(1);
    return made;
}

void tx::set_desk_setting(account_id const& account, store::desk_setting const& wanted)
{
    database_.change(
        "INSERT INTO desk_setting (account_id, opt_outs, paused_until) VALUES (?, ?, ?) ON CONFLICT DO "
        "UPDATE SET "
        "opt_outs = excluded.opt_outs, paused_until = excluded.paused_until",
        account,
        text_of(wanted.opt_outs),
        wanted.paused_until
    );
}

bool tx::welcomes(circle_id const& circle, account_id const& account)
{
    return database_
        .query(
            "SELECT 1 FROM membership WHERE circle_id = ? AND account_id = ? AND welcomes = 1",
            circle,
            account
        )
        .next();
}

bool tx::set_welcomes(circle_id const& circle, account_id const& account, bool does)
{
    return database_.change(
               "UPDATE membership SET welcomes = ? WHERE circle_id = ? AND account_id = ?",
               does,
               circle,
               account
           ) > 0;
}

std::vector<thread_id>
tx::unanswered(circle_id const& circle, timestamp from, timestamp until, std::size_t limit)
{
    std::vector<thread_id> made;
    auto found = database_.query(
        "SELECT t.id FROM visible_thread t WHERE t.circle_id = ? AND t.active_at >= ? AND t.active_at < ? "
        "AND NOT "
        "EXISTS (SELECT 1 FROM visible_post v WHERE v.thread_id = t.id AND v.number > 1) ORDER BY "
        "t.active_at LIMIT ?",
        circle,
        from,
        until,
        static_cast<std::int64_t>(limit)
    );
    while (found.next())
        made.push_back(found.as<thread_id>(0));
    return made;
}

} // namespace holdfast::store::sqlite
