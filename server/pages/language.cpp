#include "server/pages/language.hpp"

#include "embedded/web.hpp"
#include "server/http/answers.hpp"

#include <boost/json/parse.hpp>
#include <kainjow/mustache.hpp>

#include <algorithm>

namespace holdfast::pages {

namespace {
std::string_view known_code(std::string_view wanted)
{
    auto const* const found =
        std::find_if(known_languages.begin(), known_languages.end(), [&](auto const& one) {
            return one.code == wanted;
        });
    return found == known_languages.end() ? std::string_view() : found->code;
}

// The first one that we have, in the order in which the browser names them: "de-AT,de;q=0.9,en;q=0.8".
std::string_view first_known(std::string_view accepted)
{
    while (!accepted.empty()) {
        auto const one = accepted.substr(0, accepted.find(','));
        accepted.remove_prefix(std::min(one.size() + 1, accepted.size()));
        auto const from = std::min(one.find_first_not_of(' '), one.size());
        auto const code = one.substr(from, one.find_first_of("-; ", from) - from);
        if (auto const known = known_code(code); !known.empty()) return known;
    }
    return {};
}

// CLDR's plural forms for whole numbers, of the languages that we have.
std::string_view plural_of(std::string_view code, std::int64_t count)
{
    if (code != "ar") return count == 1 ? "_one" : "_other";
    if (count == 0) return "_zero";
    if (count == 1) return "_one";
    if (count == 2) return "_two";
    auto const rest = count % 100;
    if (rest >= 3 && rest <= 10) return "_few";
    return rest >= 11 ? "_many" : "_other";
}

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

std::string_view chosen_language(http::context const& asked)
{
    return known_code(http::cookie_of(*asked.request, language_cookie));
}

std::string_view language_for(http::context const& asked)
{
    auto const chosen = chosen_language(asked);
    if (!chosen.empty()) return chosen;
    auto const accepted = first_known(asked.request->header("accept-language"));
    return accepted.empty() ? known_languages.front().code : accepted;
}

language::language(std::string_view code) : code_(code)
{
    auto const name = "locales/" + std::string(code) + ".json";
    for (auto const& [file, content] : embedded::web()) {
        if (file != name) continue;
        auto const read = boost::json::parse(boost::json::string_view(content.data(), content.size()));
        for (auto const& [english, words] : read.as_object())
            words_.emplace(std::string(english), std::string(words.as_string()));
    }
}

std::string language::words_for(phrase const& wanted) const
{
    if (!wanted.is_counted) {
        auto const found = words_.find(wanted.english);
        return found == words_.end() ? std::string(wanted.english) : found->second;
    }
    auto const found = words_.find(std::string(wanted.english) + std::string(plural_of(code_, wanted.count)));
    if (found != words_.end()) return found->second;
    return std::string(wanted.count == 1 ? wanted.one : wanted.english);
}

// What is filled into a template was escaped with its mark around it.
std::string language::put_into(std::string html) const
{
    if (!has_phrases(html)) return html;
    return spoken(html, [this](phrase const& wanted) {
        auto plain = wanted;
        auto const english = unescaped(wanted.english);
        auto const one = unescaped(wanted.one);
        plain.english = english;
        plain.one = one;
        return kainjow::mustache::html_escape(words_for(plain));
    });
}

std::string language::text_of(std::string_view said) const
{
    return spoken(said, [this](phrase const& wanted) { return words_for(wanted); });
}

} // namespace holdfast::pages
