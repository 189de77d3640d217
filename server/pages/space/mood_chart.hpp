// The chart of moods: SVG made on the server, in one colour, with words on its side. Days without a note are
// gaps, not zeros.
#pragma once
#include "server/app/space/moods.hpp"
#include "server/pages/view.hpp"

#include <vector>

namespace holdfast::pages {

// Fills in what templates/space/moods.html draws: the words, the dots, and the days or months under them.
void put_chart(view& made, std::vector<app::mood_day> const& days, app::mood_period const& period);

// What was noted on the same days: a line of dots for each name, on the same axis. The rest has a place in
// the table.
void put_beside(view& made, std::vector<app::noted_day> const& noted, app::mood_period const& period);

} // namespace holdfast::pages
