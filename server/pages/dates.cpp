// Days and months in words. A language puts them in its own order.
#include "server/pages/parts.hpp"

#include <array>

namespace holdfast::pages {

namespace {
// said
constexpr std::array<std::string_view, 12> months{
    "January {year}",
    "February {year}",
    "March {year}",
    "April {year}",
    "May {year}",
    "June {year}",
    "July {year}",
    "August {year}",
    "September {year}",
    "October {year}",
    "November {year}",
    "December {year}"};
// said all
constexpr std::array<std::string_view, 12> days{
    "{day} January {year}",
    "{day} February {year}",
    "{day} March {year}",
    "{day} April {year}",
    "{day} May {year}",
    "{day} June {year}",
    "{day} July {year}",
    "{day} August {year}",
    "{day} September {year}",
    "{day} October {year}",
    "{day} November {year}",
    "{day} December {year}"};
// said all
constexpr std::array<std::string_view, 12> short_days{
    "{day} Jan",
    "{day} Feb",
    "{day} Mar",
    "{day} Apr",
    "{day} May",
    "{day} Jun",
    "{day} Jul",
    "{day} Aug",
    "{day} Sep",
    "{day} Oct",
    "{day} Nov",
    "{day} Dec"};

// said all
constexpr std::array<std::string_view, 12> short_months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string_view of_month(std::array<std::string_view, 12> const& names, std::chrono::month month)
{
    return names.at(static_cast<unsigned>(month) - 1);
}

std::string in_figures(std::chrono::day day)
{
    return std::to_string(static_cast<unsigned>(day));
}

std::string in_figures(std::chrono::year year)
{
    return std::to_string(static_cast<int>(year));
}
} // namespace

std::string words_for(std::chrono::year_month month)
{
    return say(of_month(months, month.month()), {{"year", in_figures(month.year())}});
}

std::string words_for(std::chrono::sys_days day)
{
    std::chrono::year_month_day const date(day);
    return say(
        of_month(days, date.month()), {{"day", in_figures(date.day())}, {"year", in_figures(date.year())}}
    );
}

std::string short_words_for(std::chrono::sys_days day)
{
    std::chrono::year_month_day const date(day);
    return say(of_month(short_days, date.month()), {{"day", in_figures(date.day())}});
}

std::string short_words_for(std::chrono::month month)
{
    return say(of_month(short_months, month));
}

std::string words_for(timestamp at)
{
    return say(
        "{day}, {time} UTC",
        {{"day", words_for(std::chrono::floor<std::chrono::days>(at))}, {"time", iso8601(at).substr(11, 5)}}
    );
}

std::string words_for(timestamp at, app::own_clock const& clock)
{
    if (!clock.is_known()) return words_for(at);
    auto const there = clock.shown(at);
    return say(
        "{day}, {time}", {{"day", words_for(clock.day_of(at))}, {"time", iso8601(there).substr(11, 5)}}
    );
}

void put_time(view& to, std::string const& name, timestamp at)
{
    put_time(to, name, at, app::own_clock());
}

void put_time(view& to, std::string const& name, timestamp at, app::own_clock const& clock)
{
    to.set(name, words_for(at, clock));
    to.set(name + "_iso", iso8601(at));
}

} // namespace holdfast::pages
