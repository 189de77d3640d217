#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

std::optional<member_key_row> tx::member_key(account_id const& account)
{
    auto found = database_.query(
        "SELECT salt, by_passphrase_sealed, by_code_sealed FROM member_key WHERE account_id = ?", account
    );
    if (!found.next()) return std::nullopt;
    return member_key_row{account, std::string(found.bytes(0)), found.sealed(1), found.sealed(2)};
}

std::optional<sealed_text> tx::session_key(account_id const& account, session_id const& session)
{
    auto found = database_.query(
        "SELECT key_sealed FROM session WHERE id = ? AND account_id = ? AND key_sealed IS NOT NULL",
        session,
        account
    );
    if (!found.next()) return std::nullopt;
    return found.sealed(0);
}

std::vector<private_row> tx::private_records(account_id const& account, domain::private_kind kind)
{
    std::vector<private_row> made;
    auto found = database_.query(
        "SELECT r.id, v.version, v.body_sealed FROM private_record r "
        "JOIN private_version v ON v.record_id = r.id AND v.version = "
        "(SELECT max(version) FROM private_version WHERE record_id = r.id) "
        "WHERE r.account_id = ? AND r.kind = ?",
        account,
        domain::name_of(kind)
    );
    while (found.next())
        made.push_back({found.as<private_id>(0), static_cast<int>(found.integer(1)), found.sealed(2)});
    return made;
}

std::vector<private_row>
tx::private_versions(account_id const& account, domain::private_kind kind, private_id const& id)
{
    std::vector<private_row> made;
    auto found = database_.query(
        "SELECT v.version, v.body_sealed FROM private_record r JOIN private_version v ON v.record_id = r.id "
        "WHERE r.id = ? AND r.account_id = ? AND r.kind = ? ORDER BY v.version",
        id,
        account,
        domain::name_of(kind)
    );
    while (found.next())
        made.push_back({id, static_cast<int>(found.integer(0)), found.sealed(1)});
    return made;
}

std::size_t tx::private_count(account_id const& account, domain::private_kind kind)
{
    auto found = database_.query(
        "SELECT count(*) FROM private_record WHERE account_id = ? AND kind = ?",
        account,
        domain::name_of(kind)
    );
    return found.next() ? static_cast<std::size_t>(found.integer(0)) : 0;
}

std::size_t tx::private_bytes(account_id const& account)
{
    auto found = database_.query("SELECT bytes FROM private_room WHERE account_id = ?", account);
    return found.next() ? static_cast<std::size_t>(found.integer(0)) : 0;
}

void tx::set_member_key(member_key_row const& key)
{
    // An earlier wrapping opens for an earlier passphrase: its bytes are to go from the log too.
    shredded_keys_ = shredded_keys_ || member_key(key.account).has_value();
    auto const by_code = key.by_code.empty() ? std::optional<sealed_text>() : key.by_code;
    database_.change(
        "INSERT INTO member_key (account_id, salt, by_passphrase_sealed, by_code_sealed) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (account_id) DO UPDATE SET salt = excluded.salt, "
        "by_passphrase_sealed = excluded.by_passphrase_sealed, by_code_sealed = excluded.by_code_sealed",
        key.account,
        blob{key.salt},
        key.by_passphrase,
        by_code
    );
}

void tx::add_private_version(account_id const& account, domain::private_kind kind, private_row const& made)
{
    database_.change(
        "INSERT INTO private_record (id, account_id, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        made.id,
        account,
        domain::name_of(kind)
    );
    database_.change(
        "INSERT INTO private_version (record_id, version, body_sealed) VALUES (?, ?, ?)",
        made.id,
        made.version,
        made.body
    );
}

void tx::remove_private_version(private_id const& id, int version)
{
    database_.change("DELETE FROM private_version WHERE record_id = ? AND version = ?", id, version);
}

bool tx::remove_private(account_id const& account, domain::private_kind kind, private_id const& id)
{
    database_.change(
        "DELETE FROM private_version WHERE record_id = (SELECT id FROM private_record WHERE id = ? AND "
        "account_id = ? AND kind = ?)",
        id,
        account,
        domain::name_of(kind)
    );
    auto const removed = database_.change(
        "DELETE FROM private_record WHERE id = ? AND account_id = ? AND kind = ?",
        id,
        account,
        domain::name_of(kind)
    );
    if (removed == 0) return false;
    database_.change(
        "INSERT INTO private_gone (account_id, id) VALUES (?, ?) ON CONFLICT DO NOTHING", account, id
    );
    shredded_keys_ = true; // gone from the log too, not only from the table
    return true;
}

bool tx::private_is_gone(account_id const& account, private_id const& id)
{
    return database_.query("SELECT 1 FROM private_gone WHERE account_id = ? AND id = ?", account, id).next();
}

void tx::erase_private(account_id const& account)
{
    database_.change("DELETE FROM member_key WHERE account_id = ?", account);
    database_.change(
        "DELETE FROM private_version WHERE record_id IN (SELECT id FROM private_record WHERE account_id = ?)",
        account
    );
    database_.change("DELETE FROM private_record WHERE account_id = ?", account);
    database_.change("DELETE FROM private_room WHERE account_id = ?", account);
    database_.change("DELETE FROM private_gone WHERE account_id = ?", account);
    shredded_keys_ = true;
}

} // namespace holdfast::store::sqlite
