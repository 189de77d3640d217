// The picture of a habit: its last weeks, day by day. SVG made on the server, in one colour; a day that isn't
// there is empty paper, and so is one on which it was not the time for it.
#pragma once
#include "server/app/space/habits.hpp"
#include "server/pages/view.hpp"

#include <string>
#include <vector>

namespace holdfast::pages {

// Fills in what templates/space/habit_weeks.html draws and says: the dots, the table and the sentence.
void put_weeks(view& made, std::vector<app::habit_week> const& weeks, std::string const& unit);

} // namespace holdfast::pages
