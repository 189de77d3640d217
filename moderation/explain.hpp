// No score without a reason: names the head that raised a score above what the rules say, the words that
// weighed most in the sentence that it minds most, and why, in words that an author and a facilitator can
// read.
#pragma once
#include "moderation/learned/stack.hpp"
#include "moderation/signals.hpp"

namespace holdfast::moderation {

inline constexpr double worth_a_reason = 0.2; // lower scores lead nowhere

void explain(
    model const& learned,
    signals const& known,
    head_scores const& scores,
    input_values const& inputs,
    decision& made
);

// In that sentence, the fewest neighbouring words that hold most of what speaks for the head.
text_span loudest_words(heads const& from, head which, signals const& known, std::uint32_t sentence);

} // namespace holdfast::moderation
