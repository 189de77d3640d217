// Where one thing that is said ends and the next begins. People in distress write without full stops: "I have
// nobody and I want to die". A "not", a film or a laugh takes nothing from what another statement says.
#pragma once
#include "moderation/reading/spelling.hpp"

#include <cstdint>
#include <vector>

namespace holdfast::moderation {

// For each token the number of its statement: from 0 on, each one more than the last; none spans two
// sentences.
std::vector<std::uint32_t> statements_in(std::vector<token> const& tokens);

} // namespace holdfast::moderation
