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

domain::rule_change change_from(rows const& found)
{
    domain::rule_change made;
    made.id = found.as<rule_change_id>(0);
    made.policy = found.text(1);
    made.rule = found.text(2);
    made.before = moderation::rule_state_named(found.text(3)).value_or(moderation::rule_state::live);
    made.after = moderation::rule_state_named(found.text(4)).value_or(moderation::rule_state::live);
    made.loosens = found.integer(5) != 0;
    made.stage = domain::change_stage_named(found.text(6)).value_or(domain::change_stage::withdrawn);
    made.asked_by = found.as<account_id>(7);
    made.asked_at = found.time(8);
    made.settled_by = found.maybe<account_id>(9);
    if (made.settled_by) made.settled_at = found.time(10);
    return made;
}
} // namespace

std::optional<policy_row> tx::policy(std::string_view id)
{
    auto found = database_.query("SELECT id, hash, text, first_used_at FROM policy_version WHERE id = ?", id);
    if (!found.next()) return std::nullopt;
    return policy_row{std::string(found.text(0)), found.hash(1), std::string(found.text(2)), found.time(3)};
}

std::optional<circle_policy_row> tx::circle_policy_in_use(circle_id const& circle)
{
    auto found = database_.query(
        "SELECT circle_id, id, hash, text_sealed, set_by, set_at FROM circle_policy WHERE circle_id = ? AND "
        "in_use = 1",
        circle
    );
    if (!found.next()) return std::nullopt;
    return circle_policy_from(found);
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

std::vector<policy_row> tx::policies(std::size_t limit)
{
    std::vector<policy_row> made;
    auto found = database_.query(
        "SELECT id, hash, text, first_used_at FROM policy_version ORDER BY first_used_at DESC, id DESC LIMIT "
        "?",
        static_cast<std::int64_t>(limit)
    );
    while (found.next()) {
        made.push_back({std::string(found.text(0)), found.hash(1), std::string(found.text(2)), found.time(3)}
        );
    }
    return made;
}

std::optional<policy_wish_row> tx::policy_wish(circle_id const& circle)
{
    auto found = database_.query(
        "SELECT circle_id, id, hash, text_sealed, asked_by, asked_at FROM circle_policy_wish WHERE circle_id "
        "= ?",
        circle
    );
    if (!found.next()) return std::nullopt;
    policy_wish_row made{circle_policy_from(found)};
    made.ends = made.wanted.id.empty();
    return made;
}

void tx::set_policy_wish(policy_wish_row const& wish)
{
    auto const& wanted = wish.wanted;
    database_.change(
        "INSERT OR REPLACE INTO circle_policy_wish (circle_id, id, hash, text_sealed, asked_by, asked_at) "
        "VALUES "
        "(?, ?, ?, ?, ?, ?)",
        wanted.circle,
        wanted.id,
        wanted.hash,
        wanted.text,
        wanted.set_by,
        wanted.set_at
    );
}

void tx::end_policy_wish(circle_id const& circle)
{
    database_.change("DELETE FROM circle_policy_wish WHERE circle_id = ?", circle);
}

std::vector<domain::rule_change> tx::rule_changes(std::string_view policy)
{
    std::vector<domain::rule_change> made;
    auto found = database_.query(
        "SELECT id, policy, rule, before, after, loosens, stage, asked_by, asked_at, settled_by, settled_at "
        "FROM "
        "rule_change WHERE policy = ? ORDER BY asked_at, rowid",
        policy
    );
    while (found.next())
        made.push_back(change_from(found));
    return made;
}

void tx::add_rule_change(domain::rule_change const& made)
{
    database_.change(
        "INSERT INTO rule_change (id, policy, rule, before, after, loosens, stage, asked_by, asked_at, "
        "settled_by, "
        "settled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.id,
        made.policy,
        made.rule,
        moderation::name_of(made.before),
        moderation::name_of(made.after),
        made.loosens,
        name_of(made.stage),
        made.asked_by,
        made.asked_at,
        made.settled_by,
        made.settled_at
    );
}

bool tx::settle_rule_change(
    rule_change_id const& id, domain::change_stage stage, account_id const& by, timestamp at
)
{
    return database_.change(
               "UPDATE rule_change SET stage = ?, settled_by = ?, settled_at = ? WHERE id = ? AND stage = "
               "'waits'",
               name_of(stage),
               by,
               at,
               id
           ) > 0;
}

void tx::add_rule_hit(rule_hit_row const& hit)
{
    database_.change(
        "INSERT OR IGNORE INTO rule_hit (rule, at, post_id, version, shadow) VALUES (?, ?, ?, ?, ?)",
        hit.rule,
        hit.at,
        hit.post,
        hit.version,
        hit.shadow
    );
}

// A person's is the last decision on a version, where there is more than the screen's.
rule_counts tx::rule_counts_since(std::string_view rule, timestamp since, std::size_t limit)
{
    auto found = database_.query(
        "SELECT total(NOT h.shadow), total(h.shadow), total(d.decided_by IS NOT NULL), "
        "total(d.decided_by IS NOT NULL AND d.outcome IN ('publish', 'fold')) FROM "
        "(SELECT post_id, version, shadow FROM rule_hit WHERE rule = ? AND at >= ? ORDER BY at DESC LIMIT ?) "
        "h "
        "JOIN post_version v ON v.post_id = h.post_id AND v.version = h.version "
        "JOIN decision d ON d.post_id = h.post_id AND d.version = h.version AND d.number = v.decision_number",
        rule,
        since,
        static_cast<std::int64_t>(limit)
    );
    if (!found.next()) return {};
    auto const at = [&](int column) { return static_cast<int>(found.real(column)); };
    return {at(0), at(1), at(2), at(3)};
}

} // namespace holdfast::store::sqlite
