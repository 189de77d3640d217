// Where a text may be cut, so that no code point comes apart.
#pragma once
#include <cstddef>
#include <string_view>

namespace holdfast {

constexpr bool begins_code_point(std::string_view text, std::size_t at)
{
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// The first border at `at` or before it.
constexpr std::size_t border_before(std::string_view text, std::size_t at)
{
    while (at > 0 && !begins_code_point(text, at))
        --at;
    return at;
}

// The first border at `at` or behind it; at most the text's end.
constexpr std::size_t border_behind(std::string_view text, std::size_t at)
{
    while (!begins_code_point(text, at))
        ++at;
    return at < text.size() ? at : text.size();
}

} // namespace holdfast
