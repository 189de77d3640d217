// A text as the screen reads it: words in a comparable form, each with its place in the original, in
// sentences and clauses; quotes, quoted lines, code, lists and links told apart. Case, width, look-alike
// letters, zero-width and combining marks are undone here; leet, stretched and spaced-out words need a
// vocabulary and are undone in spelling.hpp. One pass, linear in the text, any bytes.
#pragma once
#include "moderation/types.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

struct word {
    std::string_view text; // a-z and 0-9 where it can be, lower case, without apostrophes
    text_span where;       // in the original
    std::uint32_t sentence = 0;
    std::uint32_t clause = 0; // counted over the whole text; commas, brackets and dashes begin a new one
    bool quoted = false;      // inside quotation marks, a quoted line or code
    bool disguised = false;   // look-alike letters or hidden marks had to be undone
    bool glued = false;       // only signs stand between it and the word before: k!ll, self-harm
    bool shouted = false;     // two or more letters, all capitals
    bool emoji = false;
    bool apostrophe = false; // i'll, not ill
};

struct sentence {
    text_span where;
    bool question = false;
    bool listed = false; // a line that begins like a list's
};

struct view {
    view() = default;
    view(view&&) = default; // words point into `letters`: to be moved, not copied
    view& operator=(view&&) = default;
    view(view const&) = delete;
    view& operator=(view const&) = delete;
    ~view() = default;

    std::vector<word> words;
    std::vector<sentence> sentences;
    std::vector<char> letters;    // of all words
    std::string_view original;    // must outlive the view
    std::size_t broken_bytes = 0; // bytes that are not UTF-8
    std::size_t unread_from = 0;  // where reading stopped; the text's length when all was read
};

// At most `words_max` words are read; the rest of a longer text is not.
inline constexpr std::size_t words_max = 40'000;
view read_text(std::string_view text);

} // namespace holdfast::moderation
