#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

namespace {
circle_policy_row circle_policy_from(rows const& found)
{
    circle_policy_row row;
    row.circle = found.as<circle_id>(0);
    row.id = found.text(1);
    row.hash = found.hash(2);
    row.text = found.sealed(3);
    row.set_by = found.as<account_id>(4);
    row.set_at = found.time(5);
    return row;
}
} // namespace

std::optional<policy_row> tx::policy(std::string_view id)
{
    auto found = database_.query("SELECT id, hash, text, first_used_at FROM policy_version WHERE id = ?", id);
    if (!found.next()) return std::nullopt;
    return policy_row{std::string(found.text(0)), found.hash(1), std::string(found.text(2)), found.time(3)};
}

std::vector<circle_policy_row> tx::circle_policies_in_use()
{
    std::vector<circle_policy_row> made;
    auto found = database_.query(
        "SELECT circle_id, id, hash, text_sealed, set_by, set_at FROM circle_policy WHERE in_use = 1"
    );
    while (found.next())
        made.push_back(circle_policy_from(found));
    return made;
}

std::optional<circle_policy_row> tx::circle_policy(circle_id const& circle, std::string_view id)
{
    auto found = database_.query(
        "SELECT circle_id, id, hash, text_sealed, set_by, set_at FROM circle_policy WHERE circle_id = ? AND "
        "id = ?",
        circle,
        id
    );
    if (!found.next()) return std::nullopt;
    return circle_policy_from(found);
}

void tx::keep_policy(policy_row const& used)
{
    database_.change(
        "INSERT INTO policy_version (id, hash, text, first_used_at) VALUES (?, ?, ?, ?)",
        used.id,
        used.hash,
        used.text,
        used.at
    );
}

void tx::use_circle_policy(circle_policy_row const& own)
{
    end_circle_policy(own.circle);
    database_.change(
        "INSERT INTO circle_policy (circle_id, id, hash, text_sealed, set_by, set_at, in_use) VALUES (?, ?, "
        "?, ?, ?, ?, 1) "
        "ON CONFLICT DO UPDATE SET in_use = 1, set_by = excluded.set_by, set_at = excluded.set_at",
        own.circle,
        own.id,
        own.hash,
        own.text,
        own.set_by,
        own.set_at
    );
}

void tx::end_circle_policy(circle_id const& circle)
{
    database_.change("UPDATE circle_policy SET in_use = 0 WHERE circle_id = ? AND in_use = 1", circle);
}

} // namespace holdfast::store::sqlite
