#include "server/app/text_diff.hpp"

#include <dtl/dtl.hpp>

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>

namespace holdfast::app {

namespace {
constexpr std::size_t words_max = 600; // that differ, of each: two unlike texts of this length take about 5 ms

// A word with the white space after it.
std::vector<std::string> words_of(std::string_view text)
{
    auto const is_space = [](char one) { return one == ' ' || one == '\n' || one == '\r' || one == '\t'; };
    std::vector<std::string> made;
    std::size_t begin = 0;
    for (std::size_t at = 1; at <= text.size(); ++at) {
        auto const ends = at == text.size() || (is_space(text[at - 1]) && !is_space(text[at]));
        if (!ends) continue;
        made.emplace_back(text.substr(begin, at - begin));
        begin = at;
    }
    return made;
}

// Words as numbers, the same for both texts: comparing them is most of the work.
std::vector<int> numbers_of(
    std::vector<std::string> const& words, std::unordered_map<std::string_view, int>& known
)
{
    std::vector<int> made;
    made.reserve(words.size());
    for (auto const& word : words)
        made.push_back(known.try_emplace(word, static_cast<int>(known.size())).first->second);
    return made;
}

void add(std::vector<diff_piece>& to, diff_piece::kind what, std::string_view text)
{
    if (text.empty()) return;
    if (to.empty() || to.back().what != what) to.push_back({what, ""});
    to.back().text += text;
}

using words_range = std::span<std::string const>;

void add_all(std::vector<diff_piece>& to, diff_piece::kind what, words_range words)
{
    for (auto const& word : words)
        add(to, what, word);
}

void add_changes(std::vector<diff_piece>& to, std::span<int const> before, std::span<int const> after,
                 words_range old_words, words_range new_words)
{
    using kind = diff_piece::kind;
    if (before.size() > words_max || after.size() > words_max) {
        add_all(to, kind::gone, old_words);
        add_all(to, kind::added, new_words);
        return;
    }
    std::vector<int> const from(before.begin(), before.end());
    std::vector<int> const into(after.begin(), after.end());
    dtl::Diff<int, std::vector<int>> found(from, into);
    found.compose();
    // Between two words that stayed, first what went, then what came.
    std::string gone;
    std::string added;
    auto const tell = [&] {
        add(to, kind::gone, std::exchange(gone, {}));
        add(to, kind::added, std::exchange(added, {}));
    };
    for (auto const& [word, about] : found.getSes().getSequence()) { // dtl counts from 1
        if (about.type == dtl::SES_DELETE) {
            gone += old_words[static_cast<std::size_t>(about.beforeIdx - 1)];
        } else if (about.type == dtl::SES_ADD) {
            added += new_words[static_cast<std::size_t>(about.afterIdx - 1)];
        } else {
            tell();
            add(to, kind::same, new_words[static_cast<std::size_t>(about.afterIdx - 1)]);
        }
    }
    tell();
}
} // namespace

std::vector<diff_piece> diff_of(std::string_view before, std::string_view after)
{
    using kind = diff_piece::kind;
    auto const old_words = words_of(before);
    auto const new_words = words_of(after);
    std::unordered_map<std::string_view, int> known;
    auto const from = numbers_of(old_words, known);
    auto const into = numbers_of(new_words, known);
    auto const shorter = std::min(from.size(), into.size());
    std::size_t begin = 0;
    while (begin < shorter && from[begin] == into[begin])
        ++begin;
    std::size_t end = 0; // from the end
    while (end < shorter - begin && from[from.size() - 1 - end] == into[into.size() - 1 - end])
        ++end;
    auto const middle = [&](auto const& all) {
        return std::span(all).subspan(begin, all.size() - begin - end);
    };
    std::vector<diff_piece> made;
    add_all(made, kind::same, words_range(new_words).first(begin));
    add_changes(made, middle(from), middle(into), middle(old_words), middle(new_words));
    add_all(made, kind::same, words_range(new_words).last(end));
    return made;
}

} // namespace holdfast::app
