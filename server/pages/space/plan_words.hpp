// A safety plan as pages show it: its steps with what they are asked by, line by line, numbers as links.
#pragma once
#include "server/pages/view.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <string>

namespace holdfast::pages {

// "Rowan, 020 7946 0000": a number becomes a link that can be pressed.
enum class line_numbers : std::uint8_t { are_words, are_links };
view lines_view(std::string const& text, line_numbers in_it);
enum class with_empty : std::uint8_t { no, yes };
view plan_steps_view(boost::json::object const& body, with_empty empty);

} // namespace holdfast::pages
