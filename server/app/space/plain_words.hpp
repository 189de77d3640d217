// Small joins for plain sentences about what somebody noted.
#pragma once
#include "server/base/phrase.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

// "rain, music and sun"
inline std::string in_a_row(std::vector<std::string> const& words)
{
    std::string made;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (at > 0 && at + 1 == words.size())
            return say("{words} and {last}", {{"words", made}, {"last", words[at]}});
        if (at > 0) made += ", ";
        made += words[at];
    }
    return made;
}

inline std::string lower_first(std::string_view word)
{
    std::string made(word);
    if (!made.empty() && made.front() >= 'A' && made.front() <= 'Z')
        made.front() = static_cast<char>(made.front() - 'A' + 'a');
    return made;
}

} // namespace holdfast::app
