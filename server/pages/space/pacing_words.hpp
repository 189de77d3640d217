// What the pages call the settings of one's pace.
#pragma once
#include "server/pages/view.hpp"

#include <string>
#include <string_view>

namespace holdfast::pages {

view pauses_view(std::string const& chosen);       // by time, in minutes of reading
view heavy_pauses_view(std::string const& chosen); // by how many heavy posts were opened
view hours_view(std::string const& chosen);        // each half hour of a day
// What such a setting says, marked, for a page; `value` itself where it is the member's own.
std::string words_of_pace(std::string_view field, std::string_view value);

} // namespace holdfast::pages
