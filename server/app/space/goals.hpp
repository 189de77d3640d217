// A goal's steps: attempt, reflect, adjust, retry. What did not work this time, or slipped since, is noted
// beside the step, with what to change; nothing is reset or counted. Looks back come on a rhythm of one's own
// choosing. Plain functions over a goal's body; each gives the next.
#pragma once
#include "server/base/result.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
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
    std::string milestone;         // that it belongs to: its steps are a checklist
    std::vector<std::string> done; // the days on which it was done; they stay when it is open again
};

struct goal_review {
    std::string day;
    std::string celebrate;
    std::string reframe;
    std::string recalibrate;
};

std::vector<goal_step> steps_of(boost::json::object const& goal);
void set_steps(boost::json::object& goal, std::vector<goal_step> const& steps);
std::vector<goal_review> reviews_of(boost::json::object const& goal); // oldest first

// Where a step of `seen` stands in `newest`; nothing when it was changed there meanwhile.
std::optional<std::size_t>
step_now(boost::json::object const& newest, boost::json::object const& seen, std::size_t step);

// invalid names "step", "milestone", "lines", "what" or "text"; not_found: there is no such step.
result<boost::json::object>
with_step(boost::json::object goal, std::string const& text, std::string const& milestone = "");
// A milestone with its checklist: a step for each line.
result<boost::json::object>
with_checklist(boost::json::object goal, std::string const& milestone, std::string const& lines);
result<boost::json::object>
with_milestone(boost::json::object goal, std::size_t step, std::string const& milestone);
// A day is kept with "done"; pressed by mistake, and opened on the same day, it is not.
result<boost::json::object> with_step_state(
    boost::json::object goal, std::size_t step, std::string const& state, std::chrono::sys_days today
);
// It did not work this time, or it slipped since: what got in the way, what to change, and the step as it is
// tried next.
result<boost::json::object>
with_try(boost::json::object goal, std::size_t step, goal_try const& tried, std::string const& text_next);
// "Too big?": two smaller ones in its place.
result<boost::json::object>
with_split(boost::json::object goal, std::size_t step, std::string const& first, std::string const& second);
// invalid names "celebrate": one of the three is needed.
result<boost::json::object> with_review(boost::json::object goal, goal_review const& review);

// The day from which its owner wants to look back: none for a goal that is put away, or without a rhythm.
std::optional<std::chrono::sys_days>
next_review(boost::json::object const& goal, std::chrono::sys_days begun);
// Not asked before a week from today.
boost::json::object with_review_later(boost::json::object goal, std::chrono::sys_days today);
// A rhythm that was chosen today begins today, also for a goal that is old.
void begin_rhythm(boost::json::object& goal, boost::json::object const& before, std::chrono::sys_days today);

} // namespace holdfast::app
