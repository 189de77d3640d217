#include "server/store/sqlite/labels.hpp"
#include "server/store/sqlite/tx.hpp"
#include "server/store/sqlite/visible.hpp"

#include <limits>

// How many posts are seen in a thread named t.
#define COUNTED                                                                                              \
    "(SELECT count(*) FROM post p WHERE p.thread_id = t.id AND p.counts = 1 AND p.removed_at IS NULL)"

namespace holdfast::store::sqlite {

namespace {
std::vector<visible_post_row> all_visible(rows& found)
{
    std::vector<visible_post_row> made;
    while (found.next())
        made.push_back(visible_from(found));
    return made;
}

version_row version_from(rows const& found)
{
    version_row row;
    row.post = found.as<post_id>(0);
    row.version = static_cast<int>(found.integer(1));
    row.author = found.as<account_id>(2);
    row.text = found.sealed(3);
    row.idempotency_key = found.text(4);
    row.body_hash = found.hash(5);
    row.created_at = found.time(6);
    return row;
}

decision_row decision_from(rows const& found)
{
    decision_row row;
    row.post = found.as<post_id>(0);
    row.version = static_cast<int>(found.integer(1));
    row.number = static_cast<int>(found.integer(2));
    row.outcome = moderation::outcome_named(found.text(3)).value_or(moderation::outcome::hold);
    row.risk = static_cast<int>(found.integer(4));
    row.risk_score = found.real(5);
    row.triage = moderation::triage_named(found.text(6)).value_or(moderation::triage::crisis);
    row.labels = labels_from(found.text(7));
    row.detail = found.sealed(8);
    row.policy = found.text(9);
    row.micros = found.integer(10);
    row.decided_by = found.maybe<account_id>(11);
    row.created_at = found.time(12);
    row.verdict = domain::verdict_named(found.text(13));
    return row;
}
} // namespace

std::vector<visible_thread_row>
tx::threads_of(circle_id const& circle, std::optional<domain::thread_place> before, std::size_t limit)
{
    std::vector<visible_thread_row> made;
    auto const from = before.value_or(domain::thread_place{timestamp::max(), thread_id()});
    {
        auto found = database_.query(
            "SELECT id, opening_post_id, created_at, active_at, " COUNTED " FROM visible_thread t "
            "WHERE circle_id = ? AND (active_at, id) < (?, ?) ORDER BY active_at DESC, id DESC LIMIT ?",
            circle,
            from.at,
            from.id,
            static_cast<std::int64_t>(limit)
        );
        while (found.next()) {
            visible_thread_row row;
            row.id = found.as<thread_id>(0);
            row.circle = circle;
            row.opening_post = found.as<post_id>(1);
            row.created_at = found.time(2);
            row.active_at = found.time(3);
            row.visible_posts = static_cast<int>(found.integer(4));
            made.push_back(std::move(row));
        }
    }
    for (auto& row : made)
        row.opening = visible_post(row.opening_post);
    return made;
}

std::optional<visible_thread_row> tx::thread(thread_id const& id)
{
    visible_thread_row row;
    {
        auto found = database_.query(
            "SELECT circle_id, opening_post_id, created_at, active_at, " COUNTED
            " FROM visible_thread t WHERE id = ?",
            id
        );
        if (!found.next()) return std::nullopt;
        row.id = id;
        row.circle = found.as<circle_id>(0);
        row.opening_post = found.as<post_id>(1);
        row.created_at = found.time(2);
        row.active_at = found.time(3);
        row.visible_posts = static_cast<int>(found.integer(4));
    }
    row.opening = visible_post(row.opening_post);
    return row;
}

bool tx::thread_is_visible(thread_id const& id)
{
    return database_.query("SELECT 1 FROM visible_thread WHERE id = ?", id).next();
}

std::optional<visible_post_row> tx::visible_opening(thread_id const& id)
{
    auto found = database_.query(
        "SELECT " VISIBLE
        " FROM visible_post v WHERE v.id = (SELECT opening_post_id FROM thread WHERE id = ?)",
        id
    );
    if (!found.next()) return std::nullopt;
    return visible_from(found);
}

std::vector<visible_post_row> tx::posts_after(thread_id const& id, int number, std::size_t limit)
{
    auto found = database_.query(
        "SELECT " VISIBLE
        " FROM visible_post v WHERE v.thread_id = ? AND v.number > ? ORDER BY v.number LIMIT ?",
        id,
        number,
        static_cast<std::int64_t>(limit)
    );
    return all_visible(found);
}

std::vector<visible_post_row> tx::posts_before(thread_id const& id, int number, std::size_t limit)
{
    auto found = database_.query(
        "SELECT " VISIBLE
        " FROM visible_post v WHERE v.thread_id = ? AND v.number < ? ORDER BY v.number DESC LIMIT ?",
        id,
        number,
        static_cast<std::int64_t>(limit)
    );
    auto made = all_visible(found);
    return {std::make_move_iterator(made.rbegin()), std::make_move_iterator(made.rend())};
}

std::optional<visible_post_row> tx::visible_post(post_id const& id)
{
    auto found = database_.query("SELECT " VISIBLE " FROM visible_post v WHERE v.id = ?", id);
    if (!found.next()) return std::nullopt;
    return visible_from(found);
}

std::vector<earlier_text_row>
tx::texts_before(thread_id const& id, int number, account_id const& reader, std::size_t limit)
{
    auto found = database_.query(
        "SELECT p.id, p.author_id, p.number, v.version, v.text_sealed FROM post p JOIN post_version v ON "
        "v.post_id = p.id "
        "WHERE p.thread_id = ? AND p.number < ? AND p.removed_at IS NULL AND v.version = CASE WHEN "
        "p.author_id = ? "
        "THEN (SELECT max(version) FROM post_version WHERE post_id = p.id) "
        "ELSE (SELECT version FROM let_through_post WHERE id = p.id) END ORDER BY p.number DESC LIMIT ?",
        id,
        number,
        reader,
        static_cast<std::int64_t>(limit)
    );
    std::vector<earlier_text_row> made;
    while (found.next()) {
        made.push_back(
            {found.as<post_id>(0),
             found.as<account_id>(1),
             static_cast<int>(found.integer(2)),
             static_cast<int>(found.integer(3)),
             found.sealed(4)}
        );
    }
    return {std::make_move_iterator(made.rbegin()), std::make_move_iterator(made.rend())};
}

std::optional<post_row> tx::post(post_id const& id)
{
    auto found = database_.query(
        "SELECT thread_id, circle_id, author_id, number, created_at, removed_at, "
        "(SELECT version FROM let_through_post v WHERE v.id = p.id) FROM post p WHERE id = ?",
        id
    );
    if (!found.next()) return std::nullopt;
    post_row row;
    row.id = id;
    row.thread = found.as<thread_id>(0);
    row.circle = found.as<circle_id>(1);
    row.author = found.as<account_id>(2);
    row.number = static_cast<int>(found.integer(3));
    row.created_at = found.time(4);
    row.removed = !found.is_null(5);
    if (!found.is_null(6)) row.visible_version = static_cast<int>(found.integer(6));
    return row;
}

std::optional<post_with_newest> tx::post_with_newest_version(post_id const& id)
{
    auto const row = post(id);
    if (!row) return std::nullopt;
    post_with_newest made;
    made.post = *row;
    {
        auto found = database_.query(
            "SELECT post_id, version, author_id, text_sealed, idempotency_key, body_hash, created_at "
            "FROM post_version WHERE post_id = ? ORDER BY version DESC LIMIT 1",
            id
        );
        if (!found.next()) return std::nullopt;
        made.version = version_from(found);
    }
    made.decisions = decisions_on(id, made.version.version);
    auto found = database_.query(
        "SELECT CASE WHEN state = 'waiting' THEN due_at END, author_safe_at FROM review_item WHERE post_id = "
        "? AND version = ? "
        "ORDER BY state <> 'waiting', due_at LIMIT 1",
        id,
        made.version.version
    );
    if (found.next()) {
        if (!found.is_null(0)) made.due_at = found.time(0);
        made.author_safe = !found.is_null(1);
    }
    return made;
}

namespace {
std::vector<post_id> all_ids(rows found)
{
    std::vector<post_id> made;
    while (found.next())
        made.push_back(found.as<post_id>(0));
    return made;
}

std::vector<post_with_newest> with_newest(tx& of, std::vector<post_id> const& ids)
{
    std::vector<post_with_newest> made;
    for (auto const& id : ids) {
        if (auto row = of.post_with_newest_version(id)) made.push_back(std::move(*row));
    }
    return made;
}
} // namespace

std::vector<post_with_newest>
tx::posts_by(account_id const& author, std::optional<post_id> after, std::size_t limit)
{
    auto const ids = all_ids(database_.query(
        "SELECT id FROM post WHERE author_id = ? AND id > ? ORDER BY id LIMIT ?",
        author,
        after.value_or(post_id()),
        static_cast<std::int64_t>(limit)
    ));
    return with_newest(*this, ids);
}

std::vector<post_with_newest>
tx::posts_by_before(account_id const& author, std::optional<post_id> before, std::size_t limit)
{
    post_id::bytes after_all;
    after_all.fill(std::byte{0xFF});
    auto const ids = all_ids(database_.query(
        "SELECT id FROM post WHERE author_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
        author,
        before.value_or(post_id(after_all)),
        static_cast<std::int64_t>(limit)
    ));
    return with_newest(*this, ids);
}

std::optional<version_row> tx::version_made_with(account_id const& author, std::string_view idempotency_key)
{
    auto found = database_.query(
        "SELECT post_id, version, author_id, text_sealed, idempotency_key, body_hash, created_at "
        "FROM post_version WHERE author_id = ? AND idempotency_key = ?",
        author,
        idempotency_key
    );
    if (!found.next()) return std::nullopt;
    return version_from(found);
}

std::optional<version_row> tx::version(post_id const& post, int version)
{
    auto found = database_.query(
        "SELECT post_id, version, author_id, text_sealed, idempotency_key, body_hash, created_at "
        "FROM post_version WHERE post_id = ? AND version = ?",
        post,
        version
    );
    if (!found.next()) return std::nullopt;
    return version_from(found);
}

std::vector<numbered_version> tx::versions_before_row(std::optional<std::int64_t> row, std::size_t limit)
{
    std::vector<numbered_version> made;
    auto found = database_.query(
        "SELECT v.post_id, v.version, v.author_id, x'', v.idempotency_key, v.body_hash, v.created_at, "
        "v.rowid, p.circle_id FROM post_version v JOIN post p ON p.id = v.post_id "
        "WHERE v.rowid < ? ORDER BY v.rowid DESC LIMIT ?",
        row.value_or(std::numeric_limits<std::int64_t>::max()),
        static_cast<std::int64_t>(limit)
    );
    while (found.next())
        made.push_back({found.integer(7), found.as<circle_id>(8), version_from(found)});
    return made;
}

std::vector<numbered_version> tx::versions_after_row(std::int64_t row, std::size_t limit)
{
    std::vector<numbered_version> made;
    auto found = database_.query(
        "SELECT v.post_id, v.version, v.author_id, v.text_sealed, v.idempotency_key, v.body_hash, "
        "v.created_at, v.rowid, "
        "p.circle_id FROM post_version v JOIN post p ON p.id = v.post_id "
        "WHERE v.rowid > ? AND length(v.text_sealed) > 0 ORDER BY v.rowid LIMIT ?",
        row,
        static_cast<std::int64_t>(limit)
    );
    while (found.next())
        made.push_back({found.integer(7), found.as<circle_id>(8), version_from(found)});
    return made;
}

std::vector<decision_row> tx::decisions_on(post_id const& post, int version)
{
    std::vector<decision_row> made;
    auto found = database_.query(
        "SELECT post_id, version, number, outcome, risk, risk_score, triage, labels, detail_sealed, policy, "
        "micros, "
        "decided_by, created_at, verdict FROM decision WHERE post_id = ? AND version = ? ORDER BY number",
        post,
        version
    );
    while (found.next())
        made.push_back(decision_from(found));
    return made;
}

void tx::add_thread(thread_id const& id, circle_id const& circle, post_id const& opening, timestamp at)
{
    database_.change(
        "INSERT INTO thread (id, circle_id, opening_post_id, created_at, active_at) VALUES (?, ?, ?, ?, ?)",
        id,
        circle,
        opening,
        at,
        at
    );
}

int tx::add_post(post_row const& made)
{
    std::int64_t number = 0;
    {
        auto numbered = database_.query(
            "UPDATE thread SET last_number = last_number + 1, active_at = max(active_at, ?) WHERE id = ? "
            "RETURNING last_number",
            made.visible_version ? made.created_at : timestamp(),
            made.thread
        );
        if (numbered.next()) number = numbered.integer(0);
        numbered.next();
    }
    // The version that its first decision will show is named at once; without that decision it means nothing.
    database_.change(
        "INSERT INTO post (id, thread_id, circle_id, author_id, number, shown_version, created_at) VALUES "
        "(?, "
        "?, ?, ?, ?, ?, ?)",
        made.id,
        made.thread,
        made.circle,
        made.author,
        number,
        made.visible_version,
        made.created_at
    );
    return static_cast<int>(number);
}

void tx::add_version(version_row const& made)
{
    // It names its first decision at once: the key to it holds until the end of the transaction, and fails
    // that when none came. To set it later would write the text a second time.
    database_.change(
        "INSERT INTO post_version (post_id, version, author_id, text_sealed, idempotency_key, body_hash, "
        "created_at, decision_number) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
        made.post,
        made.version,
        made.author,
        made.text,
        made.idempotency_key,
        made.body_hash,
        made.created_at
    );
}

void tx::add_decision(decision_row const& made)
{
    std::optional<std::string> verdict;
    if (made.verdict) verdict = std::string(domain::name_of(*made.verdict));
    database_.change(
        "INSERT INTO decision (post_id, version, number, outcome, risk, risk_score, triage, labels, "
        "detail_sealed, "
        "policy, micros, decided_by, created_at, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.post,
        made.version,
        made.number,
        moderation::name_of(made.outcome),
        made.risk,
        made.risk_score,
        moderation::name_of(made.triage),
        text_of(made.labels),
        made.detail,
        made.policy,
        made.micros,
        made.decided_by,
        made.created_at,
        verdict
    );
}

void tx::touch_thread(thread_id const& id, timestamp active_at)
{
    database_.change(
        "UPDATE thread SET active_at = ? WHERE id = ? AND active_at < ?", active_at, id, active_at
    );
}

bool tx::remove_post(post_id const& post, timestamp at)
{
    if (database_.change("UPDATE post SET removed_at = ? WHERE id = ? AND removed_at IS NULL", at, post) ==
        0) {
        return false;
    }
    database_.change("UPDATE post_version SET text_sealed = x'' WHERE post_id = ?", post);
    return true;
}

} // namespace holdfast::store::sqlite
