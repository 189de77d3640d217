// What the records of daily practice are made of: habits and their days, values, and small
// experiments. A part of private_shape of its own.
#pragma once
#include "server/app/space/private_shape.hpp"

#include <boost/json/value.hpp>

namespace holdfast::app {

std::span<field_rule const> habit_fields();
std::span<field_rule const> habit_note_fields(); // one habit on one day

std::span<field_rule const> value_fields(); // one sorting of cards
std::span<field_rule const> experiment_fields();
std::span<field_rule const> pacing_fields();
std::span<field_rule const> waiting_fields(); // a post that its author has not shared yet

bool is_clock(std::string_view text);

inline constexpr std::size_t values_chosen_max = 5;
bool are_chosen(boost::json::value const& value);
bool is_measure(boost::json::value const& value); // a number from 0 to 1000

} // namespace holdfast::app
