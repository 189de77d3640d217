// Changes of the rules that decide: made by people at the desk, kept for good.
#pragma once
#include "moderation/policy/policy.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"

#include <optional>
#include <string>

namespace holdfast::domain {

enum class change_stage : std::uint8_t { waits, in_use, withdrawn };

// A rule of the host's policy in another state. What lets more through waits until a second lead agrees.
struct rule_change {
    rule_change_id id;
    std::string policy; // the id of the host's file that it belongs to; another file starts anew
    std::string rule;
    moderation::rule_state before{};
    moderation::rule_state after{};
    bool loosens = false;
    change_stage stage = change_stage::waits;
    account_id asked_by;
    timestamp asked_at;
    std::optional<account_id> settled_by{};
    std::optional<timestamp> settled_at{};
};

} // namespace holdfast::domain
