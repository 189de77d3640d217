// Looking at a story over time: whether its writer wants to be asked about it again, what changed between two
// versions, and what continues in goals and steps. Pure, over stories as their writer sees them today.
#pragma once
#include "server/app/space/pacing.hpp"
#include "server/app/space/space.hpp"
#include "server/app/text_diff.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

// Whether its writer wanted to be asked by now if they would tell it the same way today.
bool is_due_for_a_look(private_text const& story, timestamp now);

// The version of a number as somebody typed it; none when none of that number is kept.
private_text const* version_of(std::vector<private_text> const& versions, std::string_view number);
// The one that its writer had before them; none for the first, and when it is not kept any more.
private_text const* version_before(std::vector<private_text> const& versions, private_text const& shown);

struct section_change {
    std::string_view field;
    std::vector<diff_piece> pieces;
};
// Of the sections that changed, in the order in which a copy has them.
std::vector<section_change> changes_between(private_text const& before, private_text const& after);
boost::json::array json_of(std::vector<section_change> const& changes);

enum class story_event : std::uint8_t { begun, told_anew, grew, tried };
struct story_moment {
    std::chrono::sys_days day;
    story_event what = story_event::begun;
    std::string about; // how the story begins, the goal that grew from it, or the step that was tried
    private_id id;     // of the story, or of the goal
};
struct goal_going_on {
    private_id id;
    std::string what;
    std::string step; // the next open one, "" when there is none
    bool any_done = false;
};
struct what_continues {
    std::vector<story_moment> moments; // oldest first
    std::vector<goal_going_on> going_on;
};
// Of goals, those alone that a story names.
what_continues continues_from(
    std::vector<private_text> const& stories, std::vector<private_text> const& goals, own_clock const& clock
);
boost::json::object json_of(what_continues const& found);

} // namespace holdfast::app
