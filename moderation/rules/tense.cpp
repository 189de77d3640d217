#include "moderation/rules/tense.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace holdfast::moderation {

tense tense_at(std::vector<token> const& tokens, std::size_t place)
{
    constexpr std::array<std::string_view, 13> of_now{
        "want", "wish", "am", "feel", "keep", "can", "do", "need", "will", "think", "hope", "plan", "hate"};
    constexpr std::size_t reach = 6; // words, so that work stays linear
    auto const is_passed = [](token const& one) {
        return one.traits.has(trait::filler) || one.traits.has(trait::negator);
    };
    auto at = tokens[place].text == "i" ? place + 1 : place;
    auto const end = std::min(tokens.size(), at + reach);
    while (at < end && is_passed(tokens[at]))
        ++at;
    if (at == end || tokens[at].sentence != tokens[place].sentence) return tense::untold;
    auto const word = tokens[at].text;
    auto const next = at + 1 < tokens.size() ? tokens[at + 1].text : std::string_view();
    if (std::find(of_now.begin(), of_now.end(), word) != of_now.end()) return tense::present;
    if (word == "would" && next == "rather") return tense::present;
    if (word != "have") return tense::untold;
    return next == "just" ? tense::present : tense::perfect;
}

} // namespace holdfast::moderation
