// The language of the lexicon's patterns, taken apart.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

struct pattern_part {
    std::string choices; // "a|b (c|d)"
    bool optional = false;
    std::uint8_t gap = 0;
};

using word_row = std::vector<std::string>;
using classes = std::map<std::string, std::string, std::less<>>; // name → "a|b|c d"

// Replaces each "<name>" by "(its choices)". Throws std::runtime_error for a name that isn't known.
std::string with_classes(std::string_view pattern, classes const& known);
std::vector<pattern_part> parts_of(std::string_view pattern);
// Every row of words that "a|b (c|d)" stands for.
std::vector<word_row> rows_of(std::string_view choices);

} // namespace holdfast::moderation
