#include "server/store/sqlite/tx.hpp"
#include "server/store/sqlite/visible.hpp"

namespace holdfast::store::sqlite {

namespace {
#define PARTNERSHIP                                                                                          \
    "SELECT p.post_id, s.thread_id, s.circle_id, p.member_id, p.partner_id, p.goal_hash, p.state, "          \
    "p.shows_goal, p.shows_steps, p.shows_tries, p.shows_hard_week, p.wishes_sealed, s.created_at, "         \
    "s.expires_at, p.answered_at, p.ended_at, p.ended_by FROM partnership p JOIN share s ON s.post_id = "    \
    "p.post_id "

std::optional<timestamp> maybe_time(rows const& found, int column)
{
    if (found.is_null(column)) return std::nullopt;
    return found.time(column);
}

partnership_row partnership_from(rows const& found)
{
    partnership_row row;
    row.id = found.as<post_id>(0);
    row.thread = found.as<thread_id>(1);
    row.circle = found.as<circle_id>(2);
    row.member = found.as<account_id>(3);
    row.partner = found.as<account_id>(4);
    row.goal = found.hash(5);
    // What it can't read shows nothing.
    row.state = domain::partner_state_named(found.text(6)).value_or(domain::partner_state::ended);
    row.grants.goal = found.integer(7) != 0;
    row.grants.steps = found.integer(8) != 0;
    row.grants.tries = found.integer(9) != 0;
    row.grants.hard_week = found.integer(10) != 0;
    row.wishes = found.sealed(11);
    row.asked_at = found.time(12);
    row.expires_at = maybe_time(found, 13);
    row.answered_at = maybe_time(found, 14);
    row.ended_at = maybe_time(found, 15);
    row.ended_by = found.maybe<account_id>(16);
    return row;
}

partner_text_row text_from(rows const& found, int column)
{
    partner_text_row row;
    // What it can't read counts as what is granted least.
    row.kind = domain::partner_words_named(found.text(column)).value_or(domain::partner_words::tries);
    row.settled_at = maybe_time(found, column + 1);
    return row;
}

#define SAID                                                                                                 \
    "SELECT " VISIBLE                                                                                        \
    ", t.kind, t.settled_at FROM let_through_post v JOIN partner_text t ON t.post_id = v.id "
#define SAID_TO_THE_OTHER                                                                                    \
    SAID "WHERE v.thread_id = ?1 AND t.copy_in IS NULL AND (?2 IS NULL OR v.author_id = ?2) "

std::vector<partner_said_row> all_said(rows found)
{
    std::vector<partner_said_row> made;
    while (found.next())
        made.push_back({visible_from(found), text_from(found, 11)});
    return made;
}
} // namespace

std::optional<partnership_row> tx::partnership(post_id const& id)
{
    auto found = database_.query(PARTNERSHIP "WHERE p.post_id = ?", id);
    if (!found.next()) return std::nullopt;
    return partnership_from(found);
}

std::vector<partnership_row> tx::partnerships_of(account_id const& account)
{
    std::vector<partnership_row> made;
    auto found = database_.query(
        PARTNERSHIP "WHERE p.member_id = ?1 OR p.partner_id = ?1 ORDER BY s.created_at DESC, s.post_id",
        account
    );
    while (found.next())
        made.push_back(partnership_from(found));
    return made;
}

std::vector<partnership_row> tx::partnerships_that_last()
{
    std::vector<partnership_row> made;
    auto found = database_.query(PARTNERSHIP "WHERE p.state = 'accepted'");
    while (found.next())
        made.push_back(partnership_from(found));
    return made;
}

std::vector<post_id> tx::questions_over(timestamp now, timestamp declined_before)
{
    std::vector<post_id> made;
    auto found = database_.query(
        "SELECT p.post_id FROM partnership p JOIN share s ON s.post_id = p.post_id JOIN post q ON q.id = "
        "p.post_id WHERE q.removed_at IS NULL AND ((p.state IN ('asked', 'unheard') AND s.expires_at <= ?1) "
        "OR (p.state = 'ended' AND p.answered_at IS NULL) OR (p.state = 'not_now' AND p.ended_at <= ?2))",
        now,
        declined_before
    );
    while (found.next())
        made.push_back(found.as<post_id>(0));
    return made;
}

bool tx::refuses_asks(account_id const& account, account_id const& from)
{
    auto found =
        database_.query("SELECT 1 FROM partner_refusal WHERE account_id = ? AND from_id = ?", account, from);
    return found.next();
}

std::optional<partner_text_row> tx::partner_text(post_id const& post)
{
    auto found = database_.query("SELECT kind, settled_at FROM partner_text WHERE post_id = ?", post);
    if (!found.next()) return std::nullopt;
    return text_from(found, 0);
}

std::vector<partner_said_row> tx::partner_copies(thread_id const& thread)
{
    return all_said(database_.query(SAID "WHERE t.copy_in = ?", thread));
}

std::vector<partner_said_row> tx::partner_said_before(
    thread_id const& thread, std::optional<account_id> const& author, int number, std::size_t limit
)
{
    return all_said(database_.query(
        SAID_TO_THE_OTHER "AND v.number < ?3 ORDER BY v.number DESC LIMIT ?4",
        thread,
        author,
        number,
        static_cast<std::int64_t>(limit)
    ));
}

std::vector<partner_said_row> tx::partner_said_after(
    thread_id const& thread, std::optional<account_id> const& author, int number, std::size_t limit
)
{
    return all_said(database_.query(
        SAID_TO_THE_OTHER "AND v.number > ?3 ORDER BY v.number LIMIT ?4",
        thread,
        author,
        number,
        static_cast<std::int64_t>(limit)
    ));
}

std::optional<post_id> tx::partner_copy(thread_id const& thread, domain::partner_words kind)
{
    auto found = database_.query(
        "SELECT p.id FROM partner_text t JOIN post p ON p.id = t.post_id WHERE t.copy_in = ? AND t.kind = ? "
        "AND p.removed_at IS NULL",
        thread,
        domain::name_of(kind)
    );
    if (!found.next()) return std::nullopt;
    return found.as<post_id>(0);
}

int tx::partner_texts_since(thread_id const& thread, account_id const& author, timestamp since)
{
    auto found = database_.query(
        "SELECT count(*) FROM post p JOIN partner_text t ON t.post_id = p.id WHERE p.thread_id = ? AND "
        "p.author_id = ? AND p.created_at >= ? AND t.copy_in IS NULL",
        thread,
        author,
        since
    );
    return found.next() ? static_cast<int>(found.integer(0)) : 0;
}

bool tx::add_partnership(partnership_row const& made)
{
    return database_.change(
               "INSERT OR IGNORE INTO partnership (post_id, member_id, partner_id, goal_hash, state, "
               "shows_goal, shows_steps, shows_tries, shows_hard_week, wishes_sealed) VALUES (?, ?, ?, ?, ?, "
               "?, ?, ?, ?, ?)",
               made.id,
               made.member,
               made.partner,
               made.goal,
               domain::name_of(made.state),
               made.grants.goal,
               made.grants.steps,
               made.grants.tries,
               made.grants.hard_week,
               made.wishes
           ) > 0;
}

void tx::set_partnership(partnership_row const& changed)
{
    database_.change(
        "UPDATE partnership SET state = ?2, shows_goal = ?3, shows_steps = ?4, shows_tries = ?5, "
        "shows_hard_week = ?6, wishes_sealed = ?7, answered_at = ?8, ended_at = ?9, ended_by = ?10 WHERE "
        "post_id = ?1",
        changed.id,
        domain::name_of(changed.state),
        changed.grants.goal,
        changed.grants.steps,
        changed.grants.tries,
        changed.grants.hard_week,
        changed.wishes,
        changed.answered_at,
        changed.ended_at,
        changed.ended_by
    );
}

void tx::add_partner_text(post_id const& post, domain::partner_words kind)
{
    database_.change(
        "INSERT INTO partner_text (post_id, kind, copy_in) "
        "SELECT id, ?2, CASE WHEN ?3 THEN thread_id END FROM post WHERE id = ?1",
        post,
        domain::name_of(kind),
        domain::is_copied(kind)
    );
}

bool tx::settle_proposal(post_id const& post, timestamp at)
{
    return database_.change(
               "UPDATE partner_text SET settled_at = ? WHERE post_id = ? AND settled_at IS NULL", at, post
           ) > 0;
}

void tx::refuse_asks(account_id const& account, account_id const& from)
{
    database_.change(
        "INSERT OR IGNORE INTO partner_refusal (account_id, from_id) VALUES (?, ?)", account, from
    );
}

void tx::set_share_end(post_id const& id, std::optional<timestamp> at)
{
    database_.change("UPDATE share SET expires_at = ? WHERE post_id = ?", at, id);
}

} // namespace holdfast::store::sqlite
