// Evidence: what the phrases of a text mean where they stand. Rules know negation, time, whose story it is,
// quotes, fiction, idiom, help and grief; their output is graded, never a bare keyword.
#pragma once
#include "moderation/features.hpp"
#include "moderation/reading/view.hpp"
#include "moderation/rules/lexicon.hpp"
#include "moderation/rules/passage.hpp"
#include "moderation/types.hpp"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

struct evidence {
    double risk = 0;                          // 0 … 6, before calibration
    std::array<double, label_count> scores{}; // 0 … 1
    feature_vector features{};                // for what is learned on top: see features.hpp
    std::vector<finding> findings;
    bool hinges_on_context = false; // what it answers may change this
    bool nudge = false;             // may minimise or romanticise: a hint before sending, never a hold
};

// `before` are the texts this one answers, oldest first; a short answer is read together with them.
evidence weigh(passage const& read, std::span<std::string_view const> before);
evidence weigh(lexicon const& phrases, view const& text, std::span<std::string_view const> before);

} // namespace holdfast::moderation
