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

// The finding of a text in a language that the screen does not know; a policy says what follows.
inline constexpr std::string_view unread_language = "screen.language";

// Some of the text was read by nobody: the screen failed, was too slow, or does not know its language. It may
// be a cry for help, so it waits for a person as one (at least amber), and blames nobody.
bool is_unread(decision const& made);
// The same, and nothing in what was read speaks of risk or danger.
bool is_only_unread(decision const& made);
bool is_only_in_another_language(decision const& made);                            // the screen worked
void leave_unread(decision& made, std::string_view rule, std::string_view reason); // "screen.timeout", why

// Sets triage (somebody in danger from another person is at least amber), labels, outcome and the rules' own
// findings ("policy.NAME") from the scores and the risk.
void rule_on(decision& made, policy const& rules);

// What somebody else's scorer thinks of the same text.
struct second_opinion {
    std::array<double, label_count> scores{}; // 0 … 1
    int risk = 0;                             // 0 … 6
    std::string by;                           // who, for the reason
};

// The same text was heard in two ways: the higher risk, the higher scores, all labels and the stricter
// outcome of both count. What only the other one found is kept, about the whole text: its spans are of other
// words.
void take_stricter(decision& made, decision const& other, std::size_t text_bytes, policy const& rules);

// Lets a second opinion raise scores, risk and outcome; nothing ever gets lower by it.
void raise(decision& made, second_opinion const& other, std::size_t text_bytes, policy const& rules);

} // namespace holdfast::moderation
