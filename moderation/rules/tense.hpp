// When what somebody says of themselves is so: now, or at a time that is told elsewhere.
#pragma once
#include "moderation/reading/spelling.hpp"

#include <cstdint>
#include <vector>

namespace holdfast::moderation {

enum class tense : std::uint8_t {
    untold,  // "I took", "I would think", "to end it": also where no verb that we know stands there
    present, // "I want", "I am", "I can't", "I have just"
    perfect, // "I have"
};
// By the first verb at `place`, or behind the "I" that stands there. `place` is one of the tokens.
tense tense_at(std::vector<token> const& tokens, std::size_t place);

} // namespace holdfast::moderation
