// The policy desk: which rules decide, how often each is right, what another state of a rule would change,
// and changing it. What lets more through needs two leads. Facilitators see it, leads change it.
#pragma once
#include "server/app/desk/policy_replay.hpp"
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/policy_change.hpp"
#include "server/store/policy_tx.hpp"

#include <string>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class policies;
class screener;
class texts;

struct rule_view {
    moderation::policy_rule rule;     // as it decides
    moderation::rule_state in_file{}; // without the desk's changes
    store::rule_counts counts;        // of its last 500 texts in 90 days
};

struct rule_change_view {
    domain::rule_change change;
    std::string asked_by, settled_by; // nicknames, "" for one who left and for nobody
    bool is_mine = false;
};

struct policy_version_view {
    std::string id;
    timestamp first_used_at;
};

struct policy_desk_view {
    std::string id; // of the policy that decides
    int hold_from_risk = 4;
    moderation::language_rule language;
    std::vector<rule_view> rules;
    std::vector<rule_change_view> waiting;     // for a second lead
    std::vector<rule_change_view> settled;     // newest first, at most 20
    std::vector<policy_version_view> versions; // newest first, at most 50
};

class policy_desk {
  public:
    policy_desk(
        store::database& database, texts& vault, screener& screen, app::policies& policies, clock const& time
    )
        : database_(database), vault_(vault), screen_(screen), policies_(policies), time_(time)
    {
    }

    // not_found for who looks after no circle.
    task<result<policy_desk_view>> view(domain::principal_ptr who);
    // The text of a version, by the id that decisions name.
    task<result<std::string>> text_of(domain::principal_ptr who, std::string id);

    // Leads only, else not_found. invalid: no such rule or state.
    // Of the last 5,000 texts: what would have become of them with this rule in that state.
    task<result<replayed>> replay(domain::principal_ptr who, std::string rule, std::string state);
    // conflict: it is so already, or a change of that rule waits.
    task<result<domain::rule_change>> ask(domain::principal_ptr who, std::string rule, std::string state);
    // Agreeing needs another lead than the one who asked, else conflict; taking back doesn't.
    task<result<void>> settle(domain::principal_ptr who, rule_change_id change, bool agrees);

  private:
    store::database& database_;
    texts& vault_;
    screener& screen_;
    app::policies& policies_;
    clock const& time_;
};

} // namespace holdfast::app
