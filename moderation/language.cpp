#include "moderation/language.hpp"

#include "moderation/reading/letters.hpp"
#include <algorithm>
#include <vector>

namespace holdfast::moderation {

namespace {
constexpr std::size_t few_words = 4;          // fewer say too little about their language, unless …
constexpr std::size_t fewest_words = 2;       // … hardly one is known, and some are another language's
constexpr std::size_t row_size = 8;           // a clause of another language inside an English text
constexpr std::size_t row_unknown_min = 6;    // of such a row
constexpr std::size_t other_letters_max = 12; // of another script: a word or two; more is a sentence

enum class seen_as : std::uint8_t { nothing, known, unknown, name, other_script };

bool is_number(std::string_view word)
{
    if (!word.empty() && word.front() > '9') return false; // nearly all words
    return std::all_of(word.begin(), word.end(), [](char one) { return one >= '0' && one <= '9'; });
}

// Letters of other scripts than Latin in the word as it was written. Signs and Latin letters drawn in another
// way, which stand in blocks of their own, are none.
std::size_t other_letters(view const& text, token const& one)
{
    auto const from = text.words[one.first_word].where.begin;
    auto left = text.original.substr(from, text.words[one.last_word].where.end - from);
    std::size_t made = 0;
    while (!left.empty()) {
        auto const next = next_letter(left);
        left.remove_prefix(next.bytes);
        auto const code = next.code;
        auto const latin = (code >= 0x1D00 && code < 0x2DE0) || (code >= 0xA700 && code < 0xA800);
        if (code >= 0x370 && code < 0xD800 && !latin) ++made;
    }
    return made;
}

bool begins_like_a_name(view const& text, word const& first)
{
    auto const at = first.where.begin;
    auto const byte = [&](std::size_t index) {
        return index < text.original.size() ? static_cast<unsigned char>(text.original[index]) : 0U;
    };
    auto const accented = (byte(at) == 0xC3 && byte(at + 1) <= 0x9E) || byte(at) == 0xC4 || byte(at) == 0xC5;
    auto const capital = (byte(at) >= 'A' && byte(at) <= 'Z') || accented; // É, Ö; Č, Ş, Ł
    return capital && !first.shouted;
}

seen_as look_at(view const& text, token const& one, meanings const& known)
{
    if (one.emoji || one.text == "link" || is_number(one.text)) return seen_as::nothing;
    if (one.traits.has(trait::foreign)) return seen_as::unknown;
    if (!one.traits.empty() || known.knows(one)) return seen_as::known;
    if (other_letters(text, one) > 0) return seen_as::other_script;
    return begins_like_a_name(text, text.words[one.first_word]) ? seen_as::name : seen_as::unknown;
}

text_span between(view const& text, token const& first, token const& last)
{
    return {text.words[first.first_word].where.begin, text.words[last.last_word].where.end};
}

// Of all words that tell something, or of a row of them.
std::optional<text_span> row_not_known(
    view const& text, std::span<token const> words, std::vector<seen_as> const& seen, bool names_count
)
{
    std::vector<std::size_t> telling;
    telling.reserve(words.size());
    std::size_t unknown = 0;
    std::size_t strange = 0; // of the last of them, as many as make a row
    auto const is_unknown = [&](std::size_t at) { return seen[at] != seen_as::known; };
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (seen[at] == seen_as::nothing || (seen[at] == seen_as::name && !names_count)) continue;
        telling.push_back(at);
        unknown += is_unknown(at) ? 1 : 0;
        strange += is_unknown(at) ? 1 : 0;
        if (telling.size() > row_size) strange -= is_unknown(telling[telling.size() - 1 - row_size]) ? 1 : 0;
        if (telling.size() < row_size || strange < row_unknown_min) continue;
        return between(text, words[telling[telling.size() - row_size]], words[at]);
    }
    auto const listed = std::count_if(telling.begin(), telling.end(), [&](std::size_t at) {
        return words[at].traits.has(trait::foreign);
    });
    auto const all = telling.size();
    auto const most_not = all >= few_words && unknown * 2 >= all;
    auto const hardly_one =
        all >= fewest_words && unknown * 3 >= all * 2 && (listed >= 2 || (listed == 1 && unknown == all));
    if (!most_not && !hardly_one) return std::nullopt;
    return between(text, words[telling.front()], words[telling.back()]);
}
} // namespace

std::optional<text_span> part_not_read(view const& text, std::span<token const> words, meanings const& known)
{
    std::vector<seen_as> seen;
    seen.reserve(words.size());
    std::size_t others = 0, ours = 0, names = 0, telling = 0;
    std::optional<std::size_t> first_other;
    std::size_t last_other = 0;
    for (std::size_t at = 0; at < words.size(); ++at) {
        auto const what = look_at(text, words[at], known);
        seen.push_back(what);
        names += what == seen_as::name ? 1 : 0;
        telling += what == seen_as::known || what == seen_as::unknown ? 1 : 0;
        if (what != seen_as::other_script) {
            ours += what == seen_as::nothing ? 0 : words[at].text.size();
            continue;
        }
        others += other_letters(text, words[at]);
        if (!first_other) first_other = at;
        last_other = at;
    }
    if (first_other && (others > other_letters_max || others > ours))
        return between(text, words[*first_other], words[last_other]);
    return row_not_known(text, words, seen, names > telling); // Every Word In Capitals Is No Name
}

} // namespace holdfast::moderation
