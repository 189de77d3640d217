#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

namespace {
std::string owner_bytes(std::string_view owner_id_text)
{
    std::string raw(owner_id_text.size() / 2, '\0');
    bytes_of_hex(owner_id_text, std::as_writable_bytes(std::span(raw.data(), raw.size())));
    return raw;
}

char const* name_of(key_kind kind)
{
    return kind == key_kind::author ? "author" : "circle";
}
} // namespace

std::optional<account_row> tx::account(account_id const& id)
{
    auto found = database_.query(
        "SELECT nickname_sealed, is_lead, country, created_at, seen_week, erased_at "
        "FROM account WHERE id = ?",
        id
    );
    if (!found.next()) return std::nullopt;
    account_row row;
    row.id = id;
    row.nickname = found.sealed(0);
    row.is_lead = found.integer(1) != 0;
    row.country = found.text(2);
    row.created_at = found.time(3);
    row.seen_week = found.integer(4);
    row.erased = !found.is_null(5);
    return row;
}

std::optional<account_id> tx::account_named(hash256 const& nickname_hash)
{
    auto found = database_.query("SELECT id FROM account WHERE nickname_hash = ?", nickname_hash);
    if (!found.next()) return std::nullopt;
    return found.as<account_id>(0);
}

std::optional<std::string> tx::wrapped_key(key_kind kind, std::string_view owner_id_text)
{
    auto const owner = owner_bytes(owner_id_text);
    auto found = database_.query(
        "SELECT wrapped FROM wrapped_key WHERE kind = ? AND owner = ?", name_of(kind), blob{owner}
    );
    if (!found.next()) return std::nullopt;
    return std::string(found.bytes(0));
}

std::optional<session_row> tx::session_with_token(hash256 const& token_hash)
{
    auto found = database_.query(
        "SELECT id, account_id, created_at, expires_at FROM session WHERE token_hash = ?", token_hash
    );
    if (!found.next()) return std::nullopt;
    return session_row{found.as<session_id>(0), found.as<account_id>(1), found.time(2), found.time(3), {}};
}

std::vector<session_row> tx::sessions_of(account_id const& account)
{
    std::vector<session_row> made;
    auto found = database_.query(
        "SELECT id, created_at, expires_at FROM session WHERE account_id = ? ORDER BY created_at DESC",
        account
    );
    while (found.next())
        made.push_back({found.as<session_id>(0), account, found.time(1), found.time(2), {}});
    return made;
}

result<void> tx::add_account(account_row const& made, hash256 const& nickname_hash)
{
    if (account_named(nickname_hash)) return errc::conflict;
    database_.change(
        "INSERT INTO account (id, nickname_hash, nickname_sealed, is_lead, country, created_at, "
        "seen_week) VALUES (?, ?, ?, ?, ?, ?, ?)",
        made.id,
        nickname_hash,
        made.nickname,
        made.is_lead,
        made.country,
        made.created_at,
        made.seen_week
    );
    return result<void>();
}

void tx::set_country(account_id const& account, std::string_view country)
{
    database_.change("UPDATE account SET country = ? WHERE id = ?", country, account);
}

void tx::set_lead(account_id const& account, bool is_lead)
{
    database_.change("UPDATE account SET is_lead = ? WHERE id = ?", is_lead, account);
}

void tx::mark_seen(account_id const& account, std::int64_t week)
{
    database_.change("UPDATE account SET seen_week = ? WHERE id = ? AND seen_week < ?", week, account, week);
}

void tx::erase_account(account_id const& account, timestamp at)
{
    database_.change("DELETE FROM session WHERE account_id = ?", account);
    database_.change("DELETE FROM membership WHERE account_id = ?", account);
    database_.change("DELETE FROM duty WHERE account_id = ?", account);
    database_.change("DELETE FROM follow_up WHERE account_id = ?", account);
    database_.change("UPDATE concern SET words_sealed = x'' WHERE by_id = ?", account);
    database_.change(
        "UPDATE talk_message SET words_sealed = x'' WHERE talk_id IN (SELECT id FROM talk WHERE member_id = "
        "?)",
        account
    );
    database_.change(
        "UPDATE talk SET closed_at = ?2 WHERE member_id = ?1 AND closed_at IS NULL", account, at
    );
    database_.change(
        "UPDATE alarm SET next_at = NULL, ended_at = coalesce(ended_at, ?2) WHERE about_id = ?1", account, at
    );
    database_.change("UPDATE application SET words_sealed = x'' WHERE account_id = ?", account);
    database_.change(
        "UPDATE application SET state = 'withdrawn' WHERE account_id = ? AND state = 'waiting'", account
    );
    database_.change(
        "UPDATE post_version SET text_sealed = x'' WHERE post_id IN (SELECT id FROM post WHERE author_id = "
        "?)",
        account
    );
    database_.change(
        "UPDATE decision SET detail_sealed = x'' WHERE post_id IN (SELECT id FROM post WHERE author_id = ?)",
        account
    );
    database_.change("UPDATE report SET words_sealed = x'' WHERE reporter_id = ?", account);
    database_.change(
        "UPDATE report SET snapshot_sealed = x'' WHERE post_id IN (SELECT id FROM post WHERE author_id = ?)",
        account
    );
    database_.change(
        "UPDATE appeal_message SET words_sealed = x'' WHERE item_id IN (SELECT item_id FROM appeal WHERE "
        "author_id = ?)",
        account
    );
    database_.change("UPDATE circle_limit SET reason_sealed = x'' WHERE account_id = ?", account);
    database_.change("DELETE FROM desk_setting WHERE account_id = ?", account);
    database_.change("UPDATE review_note SET words_sealed = x'' WHERE account_id = ?", account);
    database_.change("DELETE FROM keyed_write WHERE account_id = ?", account);
    database_.change("DELETE FROM notice WHERE account_id = ?", account);
    database_.change("DELETE FROM notice_wish WHERE account_id = ?", account);
    database_.change("DELETE FROM notice_letter WHERE account_id = ?", account);
    database_.change("DELETE FROM share_reader WHERE account_id = ?", account);
    database_.change(
        "UPDATE share SET source_sealed = x'', withdrawn_at = coalesce(withdrawn_at, ?2) WHERE "
        "owner_id = ?1",
        account,
        at
    );
    database_.change("UPDATE partnership SET wishes_sealed = x'' WHERE member_id = ?", account);
    database_.change("DELETE FROM partner_refusal WHERE account_id = ?1 OR from_id = ?1", account);
    database_.change(
        "UPDATE post SET removed_at = ? WHERE author_id = ? AND removed_at IS NULL", at, account
    );
    database_.change(
        "UPDATE account SET nickname_hash = NULL, nickname_sealed = x'', country = '', "
        "is_lead = 0, erased_at = ? WHERE id = ?",
        at,
        account
    );
    database_.change("DELETE FROM wrapped_key WHERE kind = 'author' AND owner = ?", account);
    erase_private(account);
    shredded_keys_ = true;
}

void tx::add_wrapped_key(key_kind kind, std::string_view owner_id_text, std::string_view wrapped)
{
    auto const owner = owner_bytes(owner_id_text);
    database_.change(
        "INSERT INTO wrapped_key (kind, owner, wrapped) VALUES (?, ?, ?)",
        name_of(kind),
        blob{owner},
        blob{wrapped}
    );
}

void tx::add_session(session_row const& made, hash256 const& token_hash)
{
    auto const key = made.key.empty() ? std::optional<sealed_text>() : made.key;
    database_.change(
        "DELETE FROM session WHERE account_id = ? AND expires_at <= ?", made.account, made.created_at
    );
    database_.change(
        "INSERT INTO session (id, account_id, token_hash, created_at, expires_at, key_sealed) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        made.id,
        made.account,
        token_hash,
        made.created_at,
        made.expires_at,
        key
    );
}

bool tx::end_session(account_id const& account, session_id const& session)
{
    return database_.change("DELETE FROM session WHERE id = ? AND account_id = ?", session, account) > 0;
}

} // namespace holdfast::store::sqlite
