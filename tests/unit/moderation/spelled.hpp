// The words of a text as the heads see them, for tests. Each text stays alive until the program ends.
#pragma once
#include "moderation/signals.hpp"

#include <deque>
#include <string>

namespace holdfast::moderation {

inline std::vector<token> const& spelled(std::string text)
{
    struct kept {
        std::string text;
        view seen;
        std::vector<token> words;
    };
    static lexicon const phrases = shipped_lexicon();
    static std::deque<kept> all;
    auto& made = all.emplace_back();
    made.text = std::move(text);
    made.seen = read_text(made.text);
    made.words = phrases.spell(made.seen);
    return made.words;
}

} // namespace holdfast::moderation
