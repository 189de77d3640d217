// Going through one's own writing: by month, and by words, in memory, for as long as the answer takes.
#pragma once
#include "server/app/space/pacing.hpp"
#include "server/app/space/space.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

struct browse {
    std::optional<std::chrono::year_month> month;
    std::string words; // "" for all
};

std::optional<std::chrono::year_month> month_from(std::string_view text); // "2026-05"
std::string text_of(std::chrono::year_month month);
// invalid names "month" or "q"; both may be empty.
result<browse> browse_of(std::string_view month, std::string_view words);

// The day that a text is about: its own when it has one, else when it was begun, by its writer's clock.
std::chrono::sys_days day_of(private_text const& text, own_clock const& clock);
std::chrono::sys_days day_of(private_text const& text); // of a kind that always has one
std::chrono::year_month month_of(private_text const& text, own_clock const& clock);
std::vector<private_text> matching(
    std::vector<private_text> const& all,
    domain::private_kind kind,
    browse const& wanted,
    own_clock const& clock
);

} // namespace holdfast::app
