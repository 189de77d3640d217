// Words of ours in a page, in the reader's language.
#pragma once
#include "server/app/languages.hpp"

#include <string>

namespace holdfast::pages {

using app::known_languages;
using app::language;

// HTML, or text that was escaped for it, with each phrase of ours in this language.
std::string put_into(language const& spoken, std::string html);

} // namespace holdfast::pages
