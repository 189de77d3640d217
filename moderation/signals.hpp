// All that is known of a text before anything is decided: how it reads, what the rules found, what the heads
// say. The screen and the trainer look through the same eyes here.
#pragma once
#include "moderation/learned/model.hpp"
#include "moderation/reading/view.hpp"
#include "moderation/rules/evidence.hpp"
#include "moderation/types.hpp"

#include <span>
#include <string_view>

namespace holdfast::moderation {

struct signals {
    view seen;
    std::vector<token> words; // of `seen`
    evidence found;           // with contact details and links
    std::array<float, detail_inputs> details{};
};

signals read_signals(
    lexicon const& phrases, std::string_view text, text_kind kind, std::span<std::string_view const> before
);

input_values inputs_from(signals const& known, head_scores const& scores, meaning const& place);
input_values inputs_from(signals const& known, model const& learned, head_scores const& scores);

// The phrases that this build ships.
lexicon shipped_lexicon();

} // namespace holdfast::moderation
