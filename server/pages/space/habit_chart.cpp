#include "server/pages/space/habit_chart.hpp"
#include "server/app/plain_words.hpp"
#include "server/pages/parts.hpp"

#include <array>
#include <cstdio>

namespace holdfast::pages {

namespace {
// The chart's own units: a column a week, a line for each day of the week.
namespace weeks_chart {
constexpr double left = 56;
constexpr double top = 14;
constexpr double column = 20;
constexpr double line = 16;
} // namespace weeks_chart

// said all
constexpr std::array<std::string_view, 7> weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::string whole_number(double value)
{
    char text[32];
    auto const length = std::snprintf(text, sizeof text, "%.0f", value);
    return {text, static_cast<std::size_t>(length)};
}

std::size_t weekday_of(app::habit_week const& week, app::habit_day const& day)
{
    return static_cast<std::size_t>((day.day - week.from).count());
}

std::string dots_of(std::vector<app::habit_week> const& weeks, app::habit_mark mark)
{
    std::string made;
    for (std::size_t at = 0; at < weeks.size(); ++at) {
        for (auto const& day : weeks[at].days) {
            if (day.mark != mark) continue;
            auto const x = weeks_chart::left + weeks_chart::column * static_cast<double>(at);
            auto const y =
                weeks_chart::top + weeks_chart::line * static_cast<double>(weekday_of(weeks[at], day));
            made += "M" + whole_number(x) + " " + whole_number(y) + "h.1";
        }
    }
    return made;
}

view lines_view()
{
    view made(view::type::list);
    for (std::size_t at = 0; at < weekdays.size(); ++at) {
        view one;
        auto const y = weeks_chart::top + weeks_chart::line * static_cast<double>(at);
        one.set("word", say(weekdays[at]));
        one.set("y", whole_number(y));
        one.set("text_y", whole_number(y + 4));
        made.push_back(one);
    }
    return made;
}

view marks_view(std::vector<app::habit_week> const& weeks)
{
    constexpr std::size_t each = 4;
    view made(view::type::list);
    for (std::size_t at = 0; at < weeks.size(); at += each) {
        view one;
        one.set("x", whole_number(weeks_chart::left + weeks_chart::column * static_cast<double>(at)));
        one.set("word", short_words_for(weeks[at].from));
        made.push_back(one);
    }
    return made;
}

std::string days_in_words(app::habit_week const& week, app::habit_mark mark)
{
    std::vector<std::string> made;
    for (auto const& day : week.days) {
        if (day.mark != mark) continue;
        auto& words = made.emplace_back(say(weekdays.at(weekday_of(week, day))));
        if (day.number) words += " (" + app::text_of_number(*day.number) + ")";
    }
    return app::listed(made);
}

view weeks_table(std::vector<app::habit_week> const& weeks)
{
    view made(view::type::list);
    for (auto week = weeks.rbegin(); week != weeks.rend(); ++week) {
        auto const did = days_in_words(*week, app::habit_mark::did);
        auto const bit = days_in_words(*week, app::habit_mark::bit);
        if (did.empty() && bit.empty()) continue;
        view one;
        one.set("from", words_for(week->from));
        one.set("did", did);
        one.set("bit", bit);
        made.push_back(one);
    }
    return made;
}
} // namespace

void put_weeks(view& made, std::vector<app::habit_week> const& weeks, std::string const& unit)
{
    made.set("sentence", app::sentence_about_habit(weeks, unit));
    made.set("dots_did", dots_of(weeks, app::habit_mark::did));
    made.set("dots_bit", dots_of(weeks, app::habit_mark::bit));
    made.set("chart_lines", lines_view());
    made.set("marks", marks_view(weeks));
    auto const table = weeks_table(weeks);
    made.set("any_weeks", !table.list_value().empty());
    made.set("weeks", table);
}

} // namespace holdfast::pages
