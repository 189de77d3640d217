#include "moderation/pattern.hpp"

#include <algorithm>
#include <stdexcept>

namespace holdfast::moderation {

namespace {
constexpr std::size_t rows_max = 2000;

[[noreturn]] void fail(std::string_view cause, std::string_view pattern)
{
    throw std::runtime_error(std::string(cause) + " in: " + std::string(pattern));
}

std::size_t closing(std::string_view pattern)
{
    int depth = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '(' || pattern[at] == '[') ++depth;
        if ((pattern[at] == ')' || pattern[at] == ']') && --depth == 0) return at;
    }
    fail("a bracket is not closed", pattern);
}

// Splits "a|b (c|d)" at its outer bars.
std::vector<std::string_view> choices_in(std::string_view inside)
{
    std::vector<std::string_view> made;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < inside.size(); ++at) {
        if (inside[at] == '(' || inside[at] == '[') ++depth;
        if (inside[at] == ')' || inside[at] == ']') --depth;
        if (inside[at] != '|' || depth != 0) continue;
        made.push_back(inside.substr(begin, at - begin));
        begin = at + 1;
    }
    made.push_back(inside.substr(begin));
    return made;
}

std::vector<word_row> joined(std::vector<word_row> const& left, std::vector<word_row> const& right, std::string_view pattern)
{
    std::vector<word_row> made;
    if (left.size() * right.size() > rows_max) fail("too many ways to read it", pattern);
    for (auto const& one : left) {
        for (auto const& other : right) {
            made.push_back(one);
            made.back().insert(made.back().end(), other.begin(), other.end());
        }
    }
    return made;
}
} // namespace

std::string with_classes(std::string_view pattern, classes const& known)
{
    std::string made;
    while (!pattern.empty()) {
        auto const open = std::min(pattern.find('<'), pattern.size());
        made += pattern.substr(0, open);
        pattern.remove_prefix(open);
        if (pattern.empty()) break;
        auto const close = pattern.find('>');
        if (close == std::string_view::npos) fail("'<' is not closed", pattern);
        auto const found = known.find(pattern.substr(1, close - 1));
        if (found == known.end()) fail("there is no such class", pattern.substr(0, close + 1));
        made += '(' + with_classes(found->second, known) + ')';
        pattern.remove_prefix(close + 1);
    }
    return made;
}

std::vector<pattern_part> parts_of(std::string_view pattern)
{
    std::vector<pattern_part> made;
    std::uint8_t gap = 0;
    auto const whole = pattern;
    while (!pattern.empty()) {
        if (pattern.front() == ' ') {
            pattern.remove_prefix(1);
            continue;
        }
        if (pattern.starts_with("..")) {
            if (pattern.size() < 3 || pattern[2] < '1' || pattern[2] > '8') fail("a gap is ..1 to ..8", whole);
            gap = static_cast<std::uint8_t>(pattern[2] - '0');
            pattern.remove_prefix(3);
            continue;
        }
        pattern_part one;
        one.gap = gap;
        gap = 0;
        if (pattern.front() == '(' || pattern.front() == '[') {
            auto const close = closing(pattern);
            one.optional = pattern.front() == '[';
            one.choices = pattern.substr(1, close - 1);
            pattern.remove_prefix(close + 1);
        } else {
            auto const end = std::min(pattern.find(' '), pattern.size());
            one.choices = pattern.substr(0, end);
            pattern.remove_prefix(end);
        }
        made.push_back(std::move(one));
    }
    if (std::all_of(made.begin(), made.end(), [](auto const& one) { return one.optional; })) fail("nothing must be there", whole);
    return made;
}

std::vector<word_row> rows_of(std::string_view choices)
{
    std::vector<word_row> made;
    for (auto const choice : choices_in(choices)) {
        std::vector<word_row> rows{{}};
        auto rest = choice;
        while (!rest.empty()) {
            if (rest.front() == ' ') {
                rest.remove_prefix(1);
            } else if (rest.front() == '(' || rest.front() == '[') {
                auto const close = closing(rest);
                auto inner = rows_of(rest.substr(1, close - 1));
                if (rest.front() == '[') inner.push_back({});
                rows = joined(rows, inner, choices);
                rest.remove_prefix(close + 1);
            } else {
                auto const end = std::min(rest.find_first_of(" (["), rest.size());
                rows = joined(rows, {{std::string(rest.substr(0, end))}}, choices);
                rest.remove_prefix(end);
            }
        }
        for (auto& row : rows) {
            if (!row.empty()) made.push_back(std::move(row));
        }
    }
    return made;
}

} // namespace holdfast::moderation
