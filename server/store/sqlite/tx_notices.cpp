#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

namespace {
news_row notice_from(rows const& found)
{
    news_row row;
    row.number = found.integer(0);
    row.id = found.as<notice_id>(1);
    row.account = found.as<account_id>(2);
    row.kind = domain::notice_kind_named(found.text(3)).value_or(domain::notice_kind::decision);
    row.about = found.as<about_id>(4);
    row.post = found.maybe<post_id>(5);
    row.at = found.time(6);
    if (!found.is_null(7)) row.seen_at = found.time(7);
    return row;
}

std::vector<account_id> all_accounts(rows found)
{
    std::vector<account_id> made;
    while (found.next())
        made.push_back(found.as<account_id>(0));
    return made;
}
} // namespace

std::vector<news_row>
tx::notices_of(account_id const& account, std::optional<std::int64_t> before, std::size_t limit)
{
    std::vector<news_row> made;
    auto found = database_.query(
        "SELECT number, id, account_id, kind, about, post_id, at, seen_at FROM notice WHERE account_id = ?1 "
        "AND "
        "(?2 IS NULL OR number < ?2) ORDER BY number DESC LIMIT ?3",
        account,
        before,
        static_cast<std::int64_t>(limit)
    );
    while (found.next())
        made.push_back(notice_from(found));
    return made;
}

std::optional<news_row> tx::notice(account_id const& account, notice_id const& id)
{
    auto found = database_.query(
        "SELECT number, id, account_id, kind, about, post_id, at, seen_at FROM notice WHERE id = ? AND "
        "account_id = ?",
        id,
        account
    );
    if (!found.next()) return std::nullopt;
    return notice_from(found);
}

std::size_t tx::unseen_notices(account_id const& account)
{
    auto found =
        database_.query("SELECT count(*) FROM notice WHERE account_id = ? AND seen_at IS NULL", account);
    return found.next() ? static_cast<std::size_t>(found.integer(0)) : 0;
}

std::optional<sealed_text> tx::notice_wish(account_id const& account)
{
    auto found = database_.query("SELECT wish_sealed FROM notice_wish WHERE account_id = ?", account);
    if (!found.next()) return std::nullopt;
    return found.sealed(0);
}

std::vector<letter_row> tx::letters_due(timestamp now, std::size_t limit)
{
    std::vector<letter_row> made;
    auto found = database_.query(
        "SELECT account_id, what, wanted, tries FROM notice_letter WHERE due_at <= ? ORDER BY due_at LIMIT ?",
        now,
        static_cast<std::int64_t>(limit)
    );
    while (found.next()) {
        auto const what = found.text(1) == "code" ? domain::letter_kind::code : domain::letter_kind::news;
        made.push_back(
            {found.as<account_id>(0),
             what,
             static_cast<int>(found.integer(2)),
             static_cast<int>(found.integer(3))}
        );
    }
    return made;
}

std::vector<account_id> tx::members_of(circle_id const& circle)
{
    return all_accounts(database_.query("SELECT account_id FROM membership WHERE circle_id = ?", circle));
}

bool tx::add_notice(news_row const& made, int seen_max)
{
    auto const added = database_.change(
        "INSERT INTO notice (id, account_id, kind, about, post_id, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT "
        "(account_id, kind, about) WHERE seen_at IS NULL DO NOTHING",
        made.id,
        made.account,
        domain::name_of(made.kind),
        made.about,
        made.post,
        made.at
    );
    if (added == 0) return false;
    database_.change(
        "DELETE FROM notice WHERE account_id = ?1 AND seen_at IS NOT NULL AND number <= (SELECT number FROM "
        "notice WHERE account_id = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)",
        made.account,
        seen_max
    );
    return true;
}

void tx::see_notice(account_id const& account, notice_id const& id, timestamp at)
{
    database_.change(
        "UPDATE notice SET seen_at = ? WHERE id = ? AND account_id = ? AND seen_at IS NULL", at, id, account
    );
}

void tx::see_all_notices(account_id const& account, timestamp at)
{
    database_.change("UPDATE notice SET seen_at = ? WHERE account_id = ? AND seen_at IS NULL", at, account);
}

std::vector<account_id> tx::remove_notices_about(about_id const& about)
{
    auto const whose = all_accounts(database_.query(
        "SELECT account_id FROM notice WHERE about = ?1 OR post_id = ?1 GROUP BY account_id", about
    ));
    if (!whose.empty()) database_.change("DELETE FROM notice WHERE about = ?1 OR post_id = ?1", about);
    return whose;
}

void tx::set_notice_wish(account_id const& account, sealed_text const& wish)
{
    // An earlier one may hold an address that was taken back: its bytes are to go from the log too.
    shredded_keys_ = shredded_keys_ || notice_wish(account).has_value();
    database_.change(
        "INSERT INTO notice_wish (account_id, wish_sealed) VALUES (?, ?) ON CONFLICT DO UPDATE SET "
        "wish_sealed = excluded.wish_sealed",
        account,
        wish
    );
}

void tx::want_letter(
    account_id const& account, domain::letter_kind what, timestamp due, std::chrono::milliseconds pause
)
{
    database_.change(
        "INSERT INTO notice_letter (account_id, what, due_at) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET "
        "wanted = wanted + 1, due_at = coalesce(due_at, max(?3, coalesce(sent_at, 0) + ?4))",
        account,
        domain::name_of(what),
        due,
        static_cast<std::int64_t>(pause.count())
    );
}

void tx::end_letter(letter_row const& letter, timestamp at, std::chrono::milliseconds pause)
{
    database_.change(
        "UPDATE notice_letter SET sent_at = ?4, tries = 0, due_at = CASE WHEN wanted = ?3 THEN NULL ELSE ?5 "
        "END WHERE account_id = ?1 AND what = ?2",
        letter.account,
        domain::name_of(letter.what),
        letter.wanted,
        at,
        at + pause
    );
}

void tx::put_letter_off(letter_row const& letter, timestamp until, int tries)
{
    database_.change(
        "UPDATE notice_letter SET due_at = ?, tries = ? WHERE account_id = ? AND what = ? AND due_at IS NOT "
        "NULL",
        until,
        tries,
        letter.account,
        domain::name_of(letter.what)
    );
}

void tx::drop_letters(account_id const& account)
{
    database_.change("UPDATE notice_letter SET due_at = NULL WHERE account_id = ?", account);
}

} // namespace holdfast::store::sqlite
