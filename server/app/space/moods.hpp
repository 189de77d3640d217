// How days were, from what a member noted: for a chart, a table and one plain sentence. Nothing here grades a
// person, counts a day against them, or asks why one is missing.
#pragma once
#include "server/app/space/pacing.hpp"
#include "server/app/space/space.hpp"

#include <array>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

// said
inline constexpr std::array<std::string_view, 5> mood_words{
    "Very low", "Low", "In between", "Good", "Very good"};
// said all
inline constexpr std::array<std::string_view, 5> mood_words_inside{// of a sentence
                                                                   "very low",
                                                                   "low",
                                                                   "in between",
                                                                   "good",
                                                                   "very good"};

struct mood_day {
    std::chrono::sys_days day;
    double level = 0; // the middle of that day's notes, 1 to 5
};

struct mood_period {
    std::chrono::sys_days from; // the first day
    std::chrono::sys_days to;   // the day after the last
    friend bool operator==(mood_period const&, mood_period const&) = default;
};
std::chrono::sys_days monday_of(std::chrono::sys_days day); // of its week
mood_period month_period(std::chrono::year_month month);
mood_period year_period(std::chrono::year year);
mood_period before(mood_period const& period); // the month or the year before it

// Each day that has a note, in order; days without one are simply not there.
std::vector<mood_day> days_in(std::vector<private_text> const& moods, mood_period const& period);
// "In between": the word in the middle of these days; "" without any.
std::string_view usual_word(std::vector<mood_day> const& days);
// What was noted beside the lighter days of a period (tags and what helped), most often first; at most three.
std::vector<std::string> lighter_with(std::vector<private_text> const& moods, mood_period const& period);
// What was noted beside moods: a habit, or a tool that became one.
struct noted_day {
    std::string what;
    std::chrono::sys_days day;
};
// What was noted on each day of a period, each once.
std::map<std::chrono::sys_days, std::set<std::string>>
noted_by_day(std::vector<noted_day> const& noted, mood_period const& period);
// Entries of the journal that look back on the period, newest first; at most twelve.
std::vector<private_text>
looking_back_on(std::vector<private_text> const& journal, mood_period const& period, own_clock const& clock);
// What was noted in more of the lighter weeks until now than of the others; at most three.
std::vector<std::string> more_in_lighter_weeks(
    std::vector<private_text> const& moods, std::vector<noted_day> const& noted, mood_period const& period
);
enum class mood_span : std::uint8_t { month, year };
// One plain, kind sentence or two about the period.
std::string sentence_about(
    std::vector<private_text> const& moods,
    mood_period const& period,
    mood_span span,
    std::vector<noted_day> const& noted = {}
);

} // namespace holdfast::app
