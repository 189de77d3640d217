// A space of one's own: the kinds of private writing, and one record of any kind as its member reads it.
#pragma once
#include "moderation/named.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace holdfast::domain {

enum class private_kind : std::uint8_t {
    journal,
    mood,
    plan,
    card,
    goal,
    story,
    habit,
    habit_note,
    value,
    experiment,
    pacing,
    waiting
};
inline constexpr std::array<std::string_view, 12> private_kind_names{
    "journal",
    "mood",
    "plan",
    "card",
    "goal",
    "story",
    "habit",
    "habit_note",
    "value",
    "experiment",
    "pacing",
    "waiting"};

constexpr std::string_view name_of(private_kind kind)
{
    return private_kind_names[static_cast<std::size_t>(kind)];
}

constexpr std::optional<private_kind> private_kind_named(std::string_view name)
{
    return moderation::named<private_kind>(private_kind_names, name);
}

// Of some kinds a member has only one.
constexpr bool is_single(private_kind kind)
{
    return kind == private_kind::plan || kind == private_kind::pacing;
}

} // namespace holdfast::domain
