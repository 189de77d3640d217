#include "server/store/sqlite/tx.hpp"
#include "server/store/sqlite/visible.hpp"

namespace holdfast::store::sqlite {

namespace {
#define SHARE                                                                                                \
    "s.post_id, s.thread_id, s.circle_id, s.owner_id, s.audience, s.source_sealed, s.link_hash, "            \
    "s.openings, s.created_at, s.expires_at, s.withdrawn_at, s.what"

share_row share_from(rows const& found)
{
    share_row row;
    row.id = found.as<post_id>(0);
    row.thread = found.as<thread_id>(1);
    row.circle = found.as<circle_id>(2);
    row.owner = found.as<account_id>(3);
    // Of what it can't read it knows no readers.
    row.audience = domain::share_audience_named(found.text(4)).value_or(domain::share_audience::allies);
    row.source = found.sealed(5);
    if (!found.is_null(6)) row.link = found.hash(6);
    row.openings = static_cast<int>(found.integer(7));
    row.created_at = found.time(8);
    if (!found.is_null(9)) row.expires_at = found.time(9);
    if (!found.is_null(10)) row.withdrawn_at = found.time(10);
    row.what = domain::share_what_named(found.text(11)).value_or(domain::share_what::story);
    return row;
}

std::vector<share_row> all_shares(rows found)
{
    std::vector<share_row> made;
    while (found.next())
        made.push_back(share_from(found));
    return made;
}

std::optional<share_row> one_share(rows found)
{
    if (!found.next()) return std::nullopt;
    return share_from(found);
}
} // namespace

std::optional<share_row> tx::share(post_id const& id)
{
    return one_share(database_.query("SELECT " SHARE " FROM share s WHERE s.post_id = ?", id));
}

std::optional<share_row> tx::share_in(thread_id const& thread)
{
    return one_share(database_.query("SELECT " SHARE " FROM share s WHERE s.thread_id = ?", thread));
}

std::optional<share_row> tx::share_by_link(hash256 const& link)
{
    return one_share(database_.query("SELECT " SHARE " FROM share s WHERE s.link_hash = ?", link));
}

std::vector<share_row> tx::shares_of(account_id const& owner)
{
    return all_shares(
        database_.query("SELECT " SHARE " FROM share s WHERE s.owner_id = ? ORDER BY s.post_id DESC", owner)
    );
}

std::vector<share_row> tx::shares_for(account_id const& reader, domain::share_what what, timestamp now)
{
    return all_shares(database_.query(
        "SELECT " SHARE " FROM share s WHERE s.owner_id <> ?1 AND s.withdrawn_at IS NULL AND "
        "(s.expires_at IS NULL OR s.expires_at > ?2) AND "
        "EXISTS (SELECT 1 FROM membership m WHERE m.account_id = ?1 AND m.circle_id = s.circle_id) AND "
        "(s.audience = 'circle' OR (s.audience = 'allies' AND EXISTS (SELECT 1 FROM share_reader r WHERE "
        "r.post_id = s.post_id AND r.account_id = ?1))) AND s.what = ?3 AND "
        "EXISTS (SELECT 1 FROM let_through_post v WHERE v.id = s.post_id) ORDER BY s.post_id DESC",
        reader,
        now,
        domain::name_of(what)
    ));
}

std::vector<post_id> tx::shares_ended(timestamp now)
{
    std::vector<post_id> made;
    auto found = database_.query(
        "SELECT post_id FROM share WHERE expires_at <= ? AND withdrawn_at IS NULL AND what <> 'goal'", now
    );
    while (found.next())
        made.push_back(found.as<post_id>(0));
    return made;
}

std::vector<account_id> tx::share_readers(post_id const& id)
{
    std::vector<account_id> made;
    auto found = database_.query("SELECT account_id FROM share_reader WHERE post_id = ?", id);
    while (found.next())
        made.push_back(found.as<account_id>(0));
    return made;
}

std::optional<visible_post_row> tx::let_through_post(post_id const& id)
{
    auto found = database_.query("SELECT " VISIBLE " FROM let_through_post v WHERE v.id = ?", id);
    if (!found.next()) return std::nullopt;
    return visible_from(found);
}

std::vector<witness_row> tx::witness_notes(thread_id const& thread)
{
    std::vector<witness_row> made;
    auto found = database_.query(
        "SELECT " VISIBLE ", w.kind, w.pinned_at FROM let_through_post v JOIN witness_note w ON w.post_id = "
        "v.id WHERE v.thread_id = ? ORDER BY v.number",
        thread
    );
    while (found.next()) {
        auto const kind = domain::witness_kind_named(found.text(11));
        made.push_back(
            {visible_from(found), kind.value_or(domain::witness_kind::strength), !found.is_null(12)}
        );
    }
    return made;
}

void tx::add_share(share_row const& made, std::vector<account_id> const& readers)
{
    database_.change(
        "INSERT INTO share (post_id, thread_id, circle_id, owner_id, what, audience, source_sealed, "
        "link_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.id,
        made.thread,
        made.circle,
        made.owner,
        domain::name_of(made.what),
        domain::name_of(made.audience),
        made.source,
        made.link,
        made.created_at,
        made.expires_at
    );
    for (auto const& reader : readers)
        add_share_reader(made.id, reader);
}

void tx::add_share_reader(post_id const& id, account_id const& reader)
{
    database_.change("INSERT OR IGNORE INTO share_reader (post_id, account_id) VALUES (?, ?)", id, reader);
}

bool tx::withdraw_share(post_id const& id, timestamp at)
{
    return database_.change(
               "UPDATE share SET withdrawn_at = ? WHERE post_id = ? AND withdrawn_at IS NULL", at, id
           ) > 0;
}

void tx::count_opening(post_id const& id)
{
    database_.change("UPDATE share SET openings = openings + 1 WHERE post_id = ?", id);
}

void tx::add_witness(post_id const& post, domain::witness_kind kind)
{
    database_.change("INSERT INTO witness_note (post_id, kind) VALUES (?, ?)", post, domain::name_of(kind));
}

void tx::pin_witness(post_id const& post, std::optional<timestamp> at)
{
    database_.change("UPDATE witness_note SET pinned_at = ? WHERE post_id = ?", at, post);
}

} // namespace holdfast::store::sqlite
