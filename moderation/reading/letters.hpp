// What each Unicode letter looks like to a reader, as plain ASCII where there is such a letter (ICU: NFKC
// case folding, then the confusables skeleton). Made once, at the first use; only for the blocks of Unicode
// that hold look-alikes of Latin letters, because the whole of it takes ICU five times as long.
#pragma once
#include <cstdint>
#include <string_view>

namespace holdfast::moderation {

enum class letter_kind : std::uint8_t { word, joiner, hidden, space, emoji, other };

struct letter {
    char32_t code = 0;      // as written; 0xFFFD for bytes that are no UTF-8
    std::uint8_t bytes = 1; // it took in the original
};

letter next_letter_beyond_ascii(std::string_view text);
inline letter next_letter(std::string_view text) // text is not empty
{
    auto const lead = static_cast<unsigned char>(text.front());
    return lead < 0x80 ? letter{lead, 1} : next_letter_beyond_ascii(text);
}

struct look {
    letter_kind kind = letter_kind::other;
    char plain = 0;         // 'a'…'z', '0'…'9' or '\'' where it looks like one; 0: another script
    bool disguised = false; // it looks like ASCII but isn't, and no accent or width explains it
};
constexpr look look_of_ascii(char32_t code)
{
    if (code >= 'a' && code <= 'z') return {letter_kind::word, static_cast<char>(code), false};
    if (code >= 'A' && code <= 'Z') return {letter_kind::word, static_cast<char>(code + 32), false};
    if (code >= '0' && code <= '9') return {letter_kind::word, static_cast<char>(code), false};
    if (code == ' ' || (code >= '\t' && code <= '\r')) return {letter_kind::space, 0, false};
    if (code == '\'') return {letter_kind::joiner, '\'', false};
    return {letter_kind::other, 0, false};
}
look look_of_beyond_ascii(char32_t code);
inline look look_of(char32_t code)
{
    return code < 0x80 ? look_of_ascii(code) : look_of_beyond_ascii(code);
}

} // namespace holdfast::moderation
