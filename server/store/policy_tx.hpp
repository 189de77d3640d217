// What the rules that decide ask of the store: their texts, people's changes of them, and how often each
// acted.
#pragma once
#include "server/domain/policy_change.hpp"
#include "server/store/rows.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::store {

struct policy_wish_row {
    circle_policy_row wanted; // no id and no text: none of one's own any more
    bool ends = false;
};

// Of the last texts that a rule noticed.
struct rule_counts {
    int noticed = 0;     // while it was live
    int would = 0;       // while it only watched
    int decided = 0;     // of both, by a person
    int let_through = 0; // of those, as they were
};

struct rule_hit_row {
    std::string_view rule;
    post_id post;
    int version = 1;
    bool shadow = false;
    timestamp at;
};

class policy_reads {
  public:
    virtual ~policy_reads() = default;

    virtual std::optional<policy_row> policy(std::string_view id) = 0;
    virtual std::vector<policy_row> policies(std::size_t limit) = 0;     // the host's, last used first
    virtual std::vector<circle_policy_row> circle_policies_in_use() = 0; // of all circles, for the start
    virtual std::optional<circle_policy_row> circle_policy_in_use(circle_id const& circle) = 0;
    virtual std::optional<circle_policy_row> circle_policy(circle_id const& circle, std::string_view id) = 0;
    virtual std::optional<policy_wish_row> policy_wish(circle_id const& circle) = 0;
    // Of one version of the host's file, in the order in which they were asked.
    virtual std::vector<domain::rule_change> rule_changes(std::string_view policy) = 0;
    // Of the last `limit` texts since then.
    virtual rule_counts rule_counts_since(std::string_view rule, timestamp since, std::size_t limit) = 0;
};

class policy_writes {
  public:
    virtual ~policy_writes() = default;

    virtual void keep_policy(policy_row const& used) = 0;             // a new id
    virtual void use_circle_policy(circle_policy_row const& own) = 0; // keeps it, in place of the one in use
    virtual void end_circle_policy(circle_id const& circle) = 0;
    virtual void set_policy_wish(policy_wish_row const& wish) = 0; // in place of the one before
    virtual void end_policy_wish(circle_id const& circle) = 0;
    virtual void add_rule_change(domain::rule_change const& made) = 0;
    // false: it was settled before.
    virtual bool settle_rule_change(
        rule_change_id const& id, domain::change_stage stage, account_id const& by, timestamp at
    ) = 0;
    virtual void add_rule_hit(rule_hit_row const& hit) = 0; // once for each rule and version
};

} // namespace holdfast::store
