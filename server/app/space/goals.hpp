// A goal's steps: attempt, reflect, adjust, retry. What did not work this time is noted beside the step, with
// what to change, and nothing is reset or counted. Plain functions over a goal's body; each gives the next.
#pragma once
#include "server/base/result.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace holdfast::app {

struct goal_try {
    std::string day;
    std::string what; // what got in the way
    std::string next; // what to do differently
};

struct goal_step {
    std::string text;
    std::string state; // open, done, let_go
    std::vector<goal_try> tries;
};

std::vector<goal_step> steps_of(boost::json::object const& goal);
void set_steps(boost::json::object& goal, std::vector<goal_step> const& steps);

// invalid names "step", "what" or "text"; not_found: there is no such step.
result<boost::json::object> with_step(boost::json::object goal, std::string const& text);
result<boost::json::object>
with_step_state(boost::json::object goal, std::size_t step, std::string const& state);
// It did not work this time: what got in the way, what to change, and the step as it is tried next.
result<boost::json::object>
with_try(boost::json::object goal, std::size_t step, goal_try const& tried, std::string const& text_next);
// "Too big?": two smaller ones in its place.
result<boost::json::object>
with_split(boost::json::object goal, std::size_t step, std::string const& first, std::string const& second);

} // namespace holdfast::app
