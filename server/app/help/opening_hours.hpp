// When a help line is open, in its own time zone. Pure but for ICU's table of zones.
#pragma once
#include "server/base/clock.hpp"
#include "server/domain/care.hpp"

#include <optional>
#include <string>
#include <vector>

namespace holdfast::app {

// A line without times is open day and night.
bool is_open(domain::help_line const& line, timestamp now);
// "mon-fri" or "sat" → bits, Monday first. 0: not a day.
unsigned days_named(std::string_view names);
// "07:30" → 450, "24:00" → 1440. -1: not a time of day.
int minute_named(std::string_view time);
bool is_zone(std::string const& name);
// What clocks show there, as if it were UTC; none when that can't be known.
std::optional<timestamp> local_time(std::string const& zone, timestamp now);

} // namespace holdfast::app
