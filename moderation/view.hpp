// A text as the screen reads it: words in a comparable form, each with its place in the original. Case,
// width, look-alike letters, zero-width and combining marks, stretched letters, leet digits and spaced-out
// words are undone; that they had to be undone is itself a signal. Linear in the text, any bytes.
#pragma once
#include "moderation/types.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

struct word {
    std::string text;       // comparable form, ASCII letters and digits where it can be
    text_span where;        // in the original
    std::uint32_t sentence = 0;
    bool quoted = false;    // inside quotation marks, a quoted line or code
    bool disguised = false; // had to be undone: look-alikes, hidden marks, leet, spaced-out letters
};

struct view {
    std::vector<word> words;
    std::vector<text_span> sentences;
    std::vector<bool> is_question; // by sentence
    int disguises = 0;             // words that were disguised
    std::size_t broken_bytes = 0;  // bytes that are not UTF-8
};

// At most `words_max` words are read; the rest of a longer text is not.
inline constexpr std::size_t words_max = 40'000;
view read_text(std::string_view text);

} // namespace holdfast::moderation
