#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

namespace {
circle_row circle_from(rows const& found)
{
    circle_row row;
    row.id = found.as<circle_id>(0);
    row.texts = found.sealed(1);
    row.entry = domain::entry_mode_named(found.text(2)).value_or(domain::entry_mode::invite);
    row.readable_by = domain::readable_by_named(found.text(3)).value_or(domain::readable_by::members);
    row.agreement_version = static_cast<int>(found.integer(4));
    row.created_by = found.as<account_id>(5);
    row.created_at = found.time(6);
    return row;
}

application_row application_from(rows const& found)
{
    application_row row;
    row.id = found.as<application_id>(0);
    row.circle = found.as<circle_id>(1);
    row.account = found.as<account_id>(2);
    row.words = found.sealed(3);
    row.agreement_version = static_cast<int>(found.integer(4));
    row.folded = found.integer(5) != 0;
    row.created_at = found.time(6);
    return row;
}
} // namespace

std::vector<circle_row> tx::circles(std::optional<circle_id> after, std::size_t limit)
{
    std::vector<circle_row> made;
    auto const from = after.value_or(circle_id());
    auto found = database_.query(
        "SELECT id, texts_sealed, entry, readable_by, agreement_version, created_by, created_at "
        "FROM circle WHERE id > ? ORDER BY id LIMIT ?",
        from,
        static_cast<std::int64_t>(limit)
    );
    while (found.next())
        made.push_back(circle_from(found));
    return made;
}

std::optional<circle_row> tx::circle(circle_id const& id)
{
    auto found = database_.query(
        "SELECT id, texts_sealed, entry, readable_by, agreement_version, created_by, created_at "
        "FROM circle WHERE id = ?",
        id
    );
    if (!found.next()) return std::nullopt;
    return circle_from(found);
}

std::optional<circle_row>
tx::circle_made_with(account_id const& by, std::string_view idempotency_key, hash256& body_hash_out)
{
    auto found = database_.query(
        "SELECT id, texts_sealed, entry, readable_by, agreement_version, created_by, created_at, body_hash "
        "FROM circle WHERE created_by = ? AND idempotency_key = ?",
        by,
        idempotency_key
    );
    if (!found.next()) return std::nullopt;
    body_hash_out = found.hash(7);
    return circle_from(found);
}

std::vector<membership_row> tx::memberships_of(account_id const& account)
{
    std::vector<membership_row> made;
    auto found = database_.query(
        "SELECT circle_id, role, agreement_version, joined_at FROM membership WHERE account_id = ?", account
    );
    while (found.next()) {
        auto const role = found.text(1) == "facilitator" ? domain::role::facilitator : domain::role::member;
        made.push_back(
            {found.as<circle_id>(0), account, role, static_cast<int>(found.integer(2)), found.time(3)}
        );
    }
    return made;
}

std::vector<account_id> tx::facilitators_of(circle_id const& circle)
{
    std::vector<account_id> made;
    auto found = database_.query(
        "SELECT account_id FROM membership WHERE circle_id = ? AND role = 'facilitator'", circle
    );
    while (found.next())
        made.push_back(found.as<account_id>(0));
    return made;
}

std::vector<application_row> tx::applications_waiting(circle_id const& circle, std::size_t limit)
{
    std::vector<application_row> made;
    auto found = database_.query(
        "SELECT id, circle_id, account_id, words_sealed, agreement_version, folded, created_at FROM "
        "application "
        "WHERE circle_id = ? AND state = 'waiting' ORDER BY created_at LIMIT ?",
        circle,
        static_cast<std::int64_t>(limit)
    );
    while (found.next())
        made.push_back(application_from(found));
    return made;
}

std::optional<application_row> tx::application(application_id const& id)
{
    auto found = database_.query(
        "SELECT id, circle_id, account_id, words_sealed, agreement_version, folded, created_at FROM "
        "application "
        "WHERE id = ? AND state = 'waiting'",
        id
    );
    if (!found.next()) return std::nullopt;
    return application_from(found);
}

std::vector<application_row> tx::applications_by(account_id const& account)
{
    std::vector<application_row> made;
    auto found = database_.query(
        "SELECT id, circle_id, account_id, words_sealed, agreement_version, folded, created_at FROM "
        "application WHERE account_id = ? ORDER BY created_at",
        account
    );
    while (found.next())
        made.push_back(application_from(found));
    return made;
}

std::optional<application_row> tx::application_of(circle_id const& circle, account_id const& account)
{
    auto found = database_.query(
        "SELECT id, circle_id, account_id, words_sealed, agreement_version, folded, created_at FROM "
        "application "
        "WHERE circle_id = ? AND account_id = ? AND state = 'waiting'",
        circle,
        account
    );
    if (!found.next()) return std::nullopt;
    return application_from(found);
}

bool tx::last_application_declined(circle_id const& circle, account_id const& account)
{
    auto found = database_.query(
        "SELECT state = 'declined' FROM application WHERE circle_id = ? AND account_id = ? "
        "ORDER BY created_at DESC, rowid DESC LIMIT 1",
        circle,
        account
    );
    return found.next() && found.integer(0) != 0;
}

void tx::add_circle(circle_row const& made, std::string_view idempotency_key, hash256 const& body_hash)
{
    database_.change(
        "INSERT INTO circle (id, texts_sealed, entry, readable_by, agreement_version, created_by, "
        "idempotency_key, "
        "body_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.id,
        made.texts,
        domain::name_of(made.entry),
        domain::name_of(made.readable_by),
        made.agreement_version,
        made.created_by,
        idempotency_key,
        body_hash,
        made.created_at
    );
}

void tx::set_circle(circle_row const& changed)
{
    database_.change(
        "UPDATE circle SET texts_sealed = ?, entry = ?, readable_by = ?, agreement_version = ? WHERE id = ?",
        changed.texts,
        domain::name_of(changed.entry),
        domain::name_of(changed.readable_by),
        changed.agreement_version,
        changed.id
    );
}

void tx::add_membership(membership_row const& member)
{
    database_.change(
        "INSERT INTO membership (circle_id, account_id, role, agreement_version, joined_at) VALUES (?, ?, ?, "
        "?, ?) "
        "ON CONFLICT DO UPDATE SET agreement_version = excluded.agreement_version",
        member.circle,
        member.account,
        domain::name_of(member.role),
        member.agreement_version,
        member.joined_at
    );
}

void tx::set_membership(membership_row const& member)
{
    database_.change(
        "INSERT INTO membership (circle_id, account_id, role, agreement_version, joined_at) VALUES (?, ?, ?, "
        "?, ?) "
        "ON CONFLICT DO UPDATE SET role = excluded.role, agreement_version = excluded.agreement_version",
        member.circle,
        member.account,
        domain::name_of(member.role),
        member.agreement_version,
        member.joined_at
    );
}

bool tx::end_membership(circle_id const& circle, account_id const& account)
{
    return database_.change(
               "DELETE FROM membership WHERE circle_id = ? AND account_id = ?", circle, account
           ) > 0;
}

result<void> tx::add_application(application_row const& made)
{
    if (application_of(made.circle, made.account)) return errc::conflict;
    database_.change(
        "INSERT INTO application (id, circle_id, account_id, words_sealed, agreement_version, folded, state, "
        "created_at) VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?)",
        made.id,
        made.circle,
        made.account,
        made.words,
        made.agreement_version,
        made.folded,
        made.created_at
    );
    return result<void>();
}

void tx::decide_application(
    application_id const& id, std::string_view state, std::optional<account_id> by, timestamp at
)
{
    database_.change(
        "UPDATE application SET state = ?, decided_by = ?, decided_at = ? WHERE id = ? AND state = 'waiting'",
        state,
        by,
        at,
        id
    );
}

} // namespace holdfast::store::sqlite
