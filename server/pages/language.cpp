#include "server/pages/language.hpp"

#include <kainjow/mustache.hpp>

#include <algorithm>

namespace holdfast::pages {

namespace {
std::string unescaped(std::string_view html)
{
    constexpr std::array<std::pair<std::string_view, char>, 5> signs{
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
    std::string made;
    while (!html.empty()) {
        auto const* const sign = std::find_if(signs.begin(), signs.end(), [&](auto const& one) {
            return html.starts_with(one.first);
        });
        made += sign == signs.end() ? html.front() : sign->second;
        html.remove_prefix(sign == signs.end() ? 1 : sign->first.size());
    }
    return made;
}
} // namespace

// What is filled into a template was escaped with its mark around it.
std::string put_into(language const& spoken, std::string html)
{
    if (!has_phrases(html)) return html;
    return holdfast::spoken(html, [&spoken](phrase const& wanted) {
        auto plain = wanted;
        auto const english = unescaped(wanted.english);
        auto const one = unescaped(wanted.one);
        plain.english = english;
        plain.one = one;
        return kainjow::mustache::html_escape(spoken.words_for(plain));
    });
}

} // namespace holdfast::pages
