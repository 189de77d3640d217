#include "server/http/asked_language.hpp"

#include "server/app/languages.hpp"
#include "server/http/answers.hpp"

#include <algorithm>

namespace holdfast::http {

namespace {
// The first one that we have, in the order in which the browser names them: "de-AT,de;q=0.9,en;q=0.8".
std::string_view first_known(std::string_view accepted)
{
    while (!accepted.empty()) {
        auto const one = accepted.substr(0, accepted.find(','));
        accepted.remove_prefix(std::min(one.size() + 1, accepted.size()));
        auto const from = std::min(one.find_first_not_of(' '), one.size());
        auto const code = one.substr(from, one.find_first_of("-; ", from) - from);
        if (auto const known = app::known_code(code); !known.empty()) return known;
    }
    return {};
}
} // namespace

std::string_view chosen_language(net::request const& asked)
{
    return app::known_code(cookie_of(asked, language_cookie));
}

std::string_view language_for(net::request const& asked)
{
    auto const chosen = chosen_language(asked);
    if (!chosen.empty()) return chosen;
    auto const accepted = first_known(asked.header("accept-language"));
    return accepted.empty() ? app::known_languages.front().code : accepted;
}

} // namespace holdfast::http
