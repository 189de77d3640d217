#include "server/app/text_diff.hpp"

#include <dtl/dtl.hpp>

namespace holdfast::app {

namespace {
constexpr std::size_t words_max = 1500; // of each: two unlike texts of this length take about 10 ms

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

void add(std::vector<diff_piece>& to, diff_piece::kind what, std::string_view text)
{
    if (text.empty()) return;
    if (to.empty() || to.back().what != what) to.push_back({what, ""});
    to.back().text += text;
}
} // namespace

std::vector<diff_piece> diff_of(std::string_view before, std::string_view after)
{
    using kind = diff_piece::kind;
    std::vector<diff_piece> made;
    auto const old_words = words_of(before);
    auto const new_words = words_of(after);
    if (old_words.size() > words_max || new_words.size() > words_max) {
        if (before == after) {
            add(made, kind::same, after);
        } else {
            add(made, kind::gone, before);
            add(made, kind::added, after);
        }
        return made;
    }
    dtl::Diff<std::string, std::vector<std::string>> found(old_words, new_words);
    found.compose();
    for (auto const& [word, about] : found.getSes().getSequence()) {
        auto const what = about.type == dtl::SES_COMMON ? kind::same
                          : about.type == dtl::SES_ADD  ? kind::added
                                                        : kind::gone;
        add(made, what, word);
    }
    return made;
}

} // namespace holdfast::app
