// Changes of the rules that decide: made by people at the desk, kept for good.
#pragma once
#include "moderation/named.hpp"
#include "moderation/policy/policy.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::domain {

enum class change_stage : std::uint8_t { waits, in_use, withdrawn };
inline constexpr std::array<std::string_view, 3> change_stage_names{"waits", "in_use", "withdrawn"};

constexpr std::string_view name_of(change_stage stage)
{
    return change_stage_names[static_cast<std::size_t>(stage)];
}

constexpr std::optional<change_stage> change_stage_named(std::string_view name)
{
    return moderation::named<change_stage>(change_stage_names, name);
}

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
