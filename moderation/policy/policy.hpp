// Policy: versioned data that says which evidence leads to which outcome. The format is documented in
// schema/policy.md; the shipped default is moderation/policies/default.toml.
#pragma once
#include "moderation/types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace holdfast::moderation {

enum class rule_state : std::uint8_t { live, shadow, off };
std::string_view name_of(rule_state value);
std::optional<rule_state> rule_state_named(std::string_view name);

// When evidence reaches a threshold, an outcome follows. Thresholds are on calibrated scores, 0 … 1.
struct policy_rule {
    std::string name;
    moderation::label about{};
    double threshold = 1;              // with a budget: set by screen::resolved()
    std::optional<double> false_holds; // a budget instead: the share of ordinary texts that may reach it
    moderation::outcome outcome = outcome::hold;
    rule_state state = rule_state::live;
    std::string why;    // for who reads the policy
    std::string reason; // shown to the author: what to change, and why
    int line = 0;       // where it stands in its file
};

// What follows when somebody writes in a language that the screen does not know: a person reads it first. In
// shadow or off, such a text counts as read.
struct language_rule {
    rule_state state = rule_state::live;
    std::string reason = "Our automatic check reads English only, so a person reads this first.";
    std::string why = {};
    int line = 0; // 0: the file doesn't say
};

struct policy {
    std::string name;
    int version = 0;
    int revision = 0;       // counts the changes that people made at the desk since that version
    int hold_from_risk = 4; // from this risk on a facilitator reads first; care, never a fault
    int care_line = 0;
    language_rule language;
    std::vector<policy_rule> rules;
    std::string text;   // as it was read: kept beside the decisions that name it
    std::string circle; // the id of the circle's own policy that lies on top, "" without one

    // "default/1", or "default/1.2" after two changes at the desk.
    std::string own_id() const
    {
        auto const made = name + "/" + std::to_string(version);
        return revision == 0 ? made : made + "." + std::to_string(revision);
    }
    // What a decision names: "default/1", or "default/1+evenings/3" in a circle with a policy of its own.
    std::string id() const { return circle.empty() ? own_id() : own_id() + "+" + circle; }
};

struct policy_error {
    int line = 0; // 1-based; 0 when the file as a whole is meant
    std::string cause;
};

// A circle's own policy holds only what is stricter than its host's: [care] and [[rule]] may be missing.
enum class policy_scope : std::uint8_t { host, circle };

// Reads the TOML policy format. `origin` names the source in causes (a file name).
std::variant<policy, policy_error>
parse_policy(std::string_view toml, std::string_view origin, policy_scope scope = policy_scope::host);

// Where a circle's policy would let more through than its host's; none when it only tightens. Both resolved.
std::optional<policy_error> looser_than(policy const& host, policy const& circles);
// The stricter of both in everything, whatever they say: what decides in that circle. Both resolved.
policy laid_over(policy const& host, policy const& circles);

// Would `then` let anything through that `now` doesn't? Both resolved and as they decide somewhere.
bool lets_more_through(policy const& now, policy const& then);

// The policy compiled into this build.
policy shipped_policy();

} // namespace holdfast::moderation
