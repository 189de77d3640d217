// The value of an enumeration from its name in the contract: `names` in the order of the values.
#pragma once
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace holdfast::moderation {

template <class Enum, std::size_t Count>
constexpr std::optional<Enum> named(std::array<std::string_view, Count> const& names, std::string_view name)
{
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

} // namespace holdfast::moderation
