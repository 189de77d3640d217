// From scores and risk to an outcome: the one place where a policy's rules are applied.
#pragma once
#include "moderation/policy/policy.hpp"
#include "moderation/types.hpp"

#include <array>
#include <string_view>

namespace holdfast::moderation {

triage triage_of(int risk);

// The name of the policy's rule that this finding is of; "" when a part of the screen found it.
std::string_view rule_that_acted(finding const& found);

// Sets triage (somebody in danger from another person is at least amber), labels, outcome and the rules' own
// findings ("policy.NAME") from the scores and the risk.
void rule_on(decision& made, policy const& rules);

// What somebody else's scorer thinks of the same text.
struct second_opinion {
    std::array<double, label_count> scores{}; // 0 … 1
    int risk = 0;                             // 0 … 6
    std::string by;                           // who, for the reason
};

// Lets a second opinion raise scores, risk and outcome; nothing ever gets lower by it.
void raise(decision& made, second_opinion const& other, std::size_t text_bytes, policy const& rules);

} // namespace holdfast::moderation
