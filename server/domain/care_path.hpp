// Crisis is not a violation. What can happen to somebody's cry for help, as a table: every act that the
// product knows stands in it, and no state of it has a way to one that blames. Pure.
#pragma once
#include "server/domain/review.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace holdfast::domain {

enum class care_state : std::uint8_t {
    waiting,     // in the care lane; it rings
    taken,       // somebody has it
    talking,     // a private conversation is open
    let_through, // the circle reads it
    kept,        // between the author and the facilitators
    gone,        // its author left for good
};
inline constexpr std::size_t care_state_count = 6;

enum class care_act : std::uint8_t {
    take,
    pass_on,
    talk,
    close_talk,
    say_safe,
    let_through,
    fold,
    keep,
    write_again,
    take_down, // by its author: the words go, the care stays
    leave_for_good,
    record_outside_help,
    // What exists for harm, and never here:
    give_back,
    refuse,
    strike,
    restrict_author,
};
inline constexpr std::size_t care_act_count = 16;

std::string_view name_of(care_state value);
std::string_view name_of(care_act value);
bool blames(care_act what);

// What comes of an act; none: there is no such way.
std::optional<care_state> after(care_state now, care_act what);
// What a facilitator's decision is, on this path.
care_act act_of(verdict what);

} // namespace holdfast::domain
