// Policy: versioned data that says which evidence leads to which outcome. The format is documented in
// schema/policy.md; the shipped default is moderation/policies/default.toml.
#pragma once
#include "moderation/types.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace holdfast::moderation {

enum class rule_state : std::uint8_t { live, shadow, off };

// When evidence reaches a threshold, an outcome follows. Thresholds are on calibrated scores, 0 … 1.
struct policy_rule {
    std::string name;
    moderation::label about{};
    double threshold = 1;
    moderation::outcome outcome = outcome::hold;
    rule_state state = rule_state::live;
    std::string reason; // shown to the author: what to change, and why
};

struct policy {
    std::string name;
    int version = 0;
    int hold_from_risk = 4; // from this risk on a facilitator reads first; care, never a fault
    std::vector<policy_rule> rules;
    std::string id() const { return name + "/" + std::to_string(version); }
};

struct policy_error {
    int line = 0; // 1-based; 0 when the file as a whole is meant
    std::string cause;
};

// Reads the TOML policy format. `origin` names the source in causes (a file name).
std::variant<policy, policy_error> parse_policy(std::string_view toml, std::string_view origin);

// The policy compiled into this build.
policy shipped_policy();

} // namespace holdfast::moderation
