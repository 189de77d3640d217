// The language that a reader gets: chosen at the foot of a page and kept in a cookie, else what their browser
// or program asks for, else English.
#pragma once
#include "server/net/http.hpp"

#include <string_view>

namespace holdfast::http {

inline constexpr std::string_view language_cookie = "language";

std::string_view chosen_language(net::request const& asked); // one of app::known_languages, or ""
std::string_view language_for(net::request const& asked);    // one of app::known_languages

} // namespace holdfast::http
