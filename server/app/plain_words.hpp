// Small joins for plain sentences.
#pragma once
#include "server/base/phrase.hpp"

#include <span>
#include <string>
#include <string_view>

namespace holdfast::app {

// "rain, music, sun", with the sign that the reader's language has between them
inline std::string listed(std::span<std::string const> words)
{
    std::string made;
    for (auto const& word : words)
        made = made.empty() ? word : say("{words}, {next}", {{"words", made}, {"next", word}});
    return made;
}

// "rain, music and sun"
inline std::string in_a_row(std::span<std::string const> words)
{
    if (words.size() < 2) return listed(words);
    auto const before = listed(words.first(words.size() - 1));
    return say("{words} and {last}", {{"words", before}, {"last", words.back()}});
}

inline std::string lower_first(std::string_view word)
{
    std::string made(word);
    if (!made.empty() && made.front() >= 'A' && made.front() <= 'Z')
        made.front() = static_cast<char>(made.front() - 'A' + 'a');
    return made;
}

} // namespace holdfast::app
