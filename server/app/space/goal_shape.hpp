// What a goal is made of: SMART in plain questions, steps with milestones, and looks back. A part of
// private_shape of its own.
#pragma once
#include "server/app/space/private_shape.hpp"

#include <boost/json/value.hpp>

namespace holdfast::app {

std::span<field_rule const> goal_fields();

inline constexpr std::size_t steps_max = 50;      // of one goal
inline constexpr std::size_t done_days_max = 366; // of one step; older ones go
inline constexpr std::size_t tries_max = 50;      // the same
inline constexpr std::size_t reviews_max = 200;   // of a goal: four years of weeks; older ones go
bool is_goal_step(boost::json::value const& value);
bool are_reviews(boost::json::value const& value);

} // namespace holdfast::app
