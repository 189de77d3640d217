// Habits: what somebody would like to keep up, noted with one press a day, and how it went over weeks. There
// is no row of days to break here: a day without a note is not there, and "not today" is a note like any
// other.
#pragma once
#include "server/app/languages.hpp"
#include "server/app/space/moods.hpp"
#include "server/app/space/space.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

// A general tool that can become a habit; a cue card can too, by its id.
struct tool_name {
    std::string_view name; // as in its address
    std::string_view words;
};
// said
inline constexpr std::array<tool_name, 6> tools_for_habits{
    tool_name{"grounding", "Five, four, three, two, one"},
    tool_name{"breathing", "Breathing"},
    tool_name{"senses", "One sense at a time"},
    tool_name{"imagery", "A place in your mind"},
    tool_name{"writing", "A few lines"},
    tool_name{"quiet", "A quiet minute"}};

enum class habit_mark : std::uint8_t { did, bit, not_today };

struct habit_day {
    std::chrono::sys_days day;
    habit_mark mark = habit_mark::did;
    std::optional<double> number; // in the habit's unit

    bool was_there() const { return mark != habit_mark::not_today; }
};

struct habit_week {
    std::chrono::sys_days from; // a Monday
    std::vector<habit_day> days;
};
inline constexpr int habit_weeks_shown = 12;

// The notes of one habit, by day.
std::vector<habit_day> days_of_habit(private_id const& habit, std::vector<private_text> const& notes);
// The last weeks up to the one of `today`, oldest first; a week without a note is there, and empty.
std::vector<habit_week> weeks_of(std::vector<habit_day> const& days, std::chrono::sys_days today);
// The number in the middle, in halves; none when there is none.
std::optional<double> usual_number(std::vector<habit_day> const& days);
std::string text_of_number(double number); // "7.5", "8"
// How it went in these weeks, in one plain sentence or two; `unit` may be "".
std::string sentence_about_habit(std::vector<habit_week> const& weeks, std::string_view unit);

// Each day on which a habit was there, by its name: for what is shown beside moods.
std::vector<noted_day>
days_with_habits(std::vector<private_text> const& habits, std::vector<private_text> const& notes);

// Notes a day of a habit; a day has one note, the newest. not_found when the habit isn't theirs.
task<result<private_text>>
note_habit(space& in, member_session who, private_id habit, boost::json::object given);
// A habit that comes of a tool or of a cue card; pressed again it is the same one, taken up again if need be.
// not_found: there is no such tool or card.
task<result<private_text>>
habit_from(space& in, member_session who, std::string tool_or_card, language const& spoken);
// With all its days.
task<result<void>> remove_habit(space& in, member_session who, private_id habit);

} // namespace holdfast::app
