// The language that a reader gets: chosen at the foot of a page and kept in a cookie, else what their browser
// asks for, else English. Words come from web/locales, one file a language, from the English to the other.
#pragma once
#include "server/base/phrase.hpp"
#include "server/http/router.hpp"

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace holdfast::pages {

struct known_language {
    std::string_view code;
    std::string_view name; // in itself
};
inline constexpr std::array<known_language, 3> known_languages{
    {{"en", "English"}, {"de", "Deutsch"}, {"ar", "العربية"}}};
inline constexpr std::string_view language_cookie = "language";

std::string_view chosen_language(http::context const& asked); // one of known_languages, or ""
std::string_view language_for(http::context const& asked);    // one of known_languages

class language {
  public:
    explicit language(std::string_view code); // of known_languages; throws when its file is broken

    std::string_view code() const { return code_; }
    // HTML, or text that was escaped for it, with each phrase of ours in this language; a phrase that it
    // doesn't have stays English.
    std::string put_into(std::string html) const;
    std::string text_of(std::string_view said) const; // the same for text that is no HTML

  private:
    std::string words_for(phrase const& wanted) const;
    struct hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::string_view code_;
    std::unordered_map<std::string, std::string, hash, std::equal_to<>> words_; // by the English ones
};

} // namespace holdfast::pages
