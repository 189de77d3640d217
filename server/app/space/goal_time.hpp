// What happened with a goal over time: begun, steps done and tried, looks back, changes. Days without
// anything are not in it. Pure.
#pragma once
#include "server/app/space/goals.hpp"
#include "server/app/space/pacing.hpp"
#include "server/app/space/space.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::app {

enum class goal_event : std::uint8_t { begun, changed, done, tried, looked_back, put_away, taken_up };

struct goal_moment {
    std::chrono::sys_days day;
    goal_event what = goal_event::begun;
    std::string about; // the step, or the goal as it was then
    goal_try tried;
    goal_review review;
};

// Whether its words, or where it stands, are others from one version to the next.
bool is_turn_of_goal(boost::json::object const& before, boost::json::object const& after);
// Newest first. `versions` are those of one goal, oldest first, and not empty.
std::vector<goal_moment> over_time(std::vector<private_text> const& versions, own_clock const& clock);
boost::json::array json_of(std::vector<goal_moment> const& moments);

} // namespace holdfast::app
