// The languages that words of ours are shown in: files of web/locales, from the English words to the others.
#pragma once
#include "server/base/phrase.hpp"

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace holdfast::app {

struct known_language {
    std::string_view code;
    std::string_view name; // in itself
};
inline constexpr std::array<known_language, 3> known_languages{
    {{"en", "English"}, {"de", "Deutsch"}, {"ar", "العربية"}}};
std::string_view known_code(std::string_view wanted); // one of known_languages, or ""

using language_files = std::span<std::pair<std::string_view, std::string_view> const>; // name, content

class language {
  public:
    language(std::string_view code, language_files files); // of known_languages; throws on a broken file

    std::string_view code() const { return code_; }
    // Text with each phrase of ours in this language; a phrase that it doesn't have stays English.
    std::string text_of(std::string_view said) const;
    std::string words_for(phrase const& wanted) const;

  private:
    struct hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::string_view code_;
    std::unordered_map<std::string, std::string, hash, std::equal_to<>> words_; // by the English ones
};

class languages {
  public:
    explicit languages(language_files files);
    language const& in(std::string_view code) const; // English when there is none

  private:
    std::vector<language> all_;
};

} // namespace holdfast::app
