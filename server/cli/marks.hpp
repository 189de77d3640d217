// Reads a TOML table of marks, { hate = 1, insult = 0 }: 1 yes, 0 no, -2 unknown after all, "all" for each.
#pragma once
#include "moderation/toml.hpp"

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace holdfast::cli {

inline constexpr std::int8_t not_marked = -1;

template <class Names, std::size_t Count>
void read_marks(
    toml::node_view<toml::node const> table,
    Names const& named,
    std::array<std::int8_t, Count>& marks,
    std::string const& where
)
{
    marks.fill(not_marked);
    if (!table.is_table()) return;
    for (auto const& [key, node] : *table.as_table()) {
        auto const mark = static_cast<std::int8_t>(node.value_or(static_cast<int>(not_marked)));
        if (key.str() == "all") {
            marks.fill(mark);
            continue;
        }
        auto const which = named(key.str());
        if (!which) throw std::runtime_error(where + ": there is no \"" + std::string(key.str()) + "\"");
        marks[static_cast<std::size_t>(*which)] = mark;
    }
}

} // namespace holdfast::cli
