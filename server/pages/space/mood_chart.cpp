#include "server/pages/space/mood_chart.hpp"

#include "server/base/utf8.hpp"
#include "server/pages/parts.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

namespace holdfast::pages {

namespace {
// The chart's own units: narrow enough that its words can be read on a small phone.
namespace chart {
constexpr double left = 84;
constexpr double right = 292;
constexpr double top = 16;
constexpr double step = 36; // from word to word
constexpr double y_of(double level)
{
    return top + (5 - level) * step;
}
} // namespace chart

std::string number(double value)
{
    char text[32];
    auto const length = std::snprintf(text, sizeof text, "%.1f", value);
    return {text, static_cast<std::size_t>(length)};
}

view levels_view()
{
    view made(view::type::list);
    for (int level = 5; level >= 1; --level) {
        view one;
        one.set("word", say(app::mood_words[static_cast<std::size_t>(level - 1)]));
        one.set("y", number(chart::y_of(level)));
        one.set("text_y", number(chart::y_of(level) + 4));
        made.push_back(one);
    }
    return made;
}

double x_of(app::mood_period const& period, std::chrono::sys_days day)
{
    auto const all = static_cast<double>((period.to - period.from).count());
    return chart::left + 8 +
           (chart::right - chart::left - 16) * static_cast<double>((day - period.from).count()) / (all - 1);
}

// One path of dots: small on the wire, one thing for a screen reader to pass over.
std::string dots_of(std::vector<app::mood_day> const& days, app::mood_period const& period)
{
    std::string made;
    for (auto const& one : days)
        made += "M" + number(x_of(period, one.day)) + " " + number(chart::y_of(one.level)) + "h.1";
    return made;
}

view marks_view(app::mood_period const& period)
{
    auto const is_year = period.to - period.from > std::chrono::days(31);
    view made(view::type::list);
    for (auto day = period.from; day < period.to; day += std::chrono::days(1)) {
        std::chrono::year_month_day const date(day);
        auto const number_of_day = static_cast<unsigned>(date.day());
        auto const begins_quarter =
            static_cast<unsigned>(date.month()) % 3 == 1; // there is room for its name
        auto const is_mark =
            is_year ? begins_quarter && number_of_day == 15 : number_of_day == 1 || number_of_day % 5 == 0;
        if (!is_mark) continue;
        view one;
        one.set("x", number(x_of(period, day)));
        one.set("word", is_year ? short_words_for(date.month()) : std::to_string(number_of_day));
        made.push_back(one);
    }
    return made;
}
} // namespace

void put_chart(view& made, std::vector<app::mood_day> const& days, app::mood_period const& period)
{
    made.set("chart_levels", levels_view());
    made.set("dots", dots_of(days, period));
    made.set("marks", marks_view(period));
    made.set("chart_left", number(chart::left));
    made.set("chart_right", number(chart::right));
}

namespace {
namespace beside {
constexpr std::size_t lines_max = 8;
constexpr double line = 18;
} // namespace beside

// As much of a name as there is room for beside the dots.
std::string short_name(std::string const& name)
{
    constexpr std::size_t letters_max = 9;
    std::size_t letters = 0;
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (begins_code_point(name, at) && letters++ == letters_max) return name.substr(0, at) + "…";
    }
    return name;
}
} // namespace

void put_beside(view& made, std::vector<app::noted_day> const& noted, app::mood_period const& period)
{
    std::map<std::string, std::set<std::chrono::sys_days>> by_name;
    for (auto const& one : noted) {
        if (one.day >= period.from && one.day < period.to) by_name[one.what].insert(one.day);
    }
    std::vector<std::pair<std::string, std::set<std::chrono::sys_days>>> ordered(
        by_name.begin(), by_name.end()
    );
    std::stable_sort(ordered.begin(), ordered.end(), [](auto const& left, auto const& right) {
        return left.second.size() > right.second.size();
    });
    view lines(view::type::list);
    for (std::size_t at = 0; at < std::min(ordered.size(), beside::lines_max); ++at) {
        auto const y = beside::line * (static_cast<double>(at) + 0.8);
        std::string dots;
        for (auto const& day : ordered[at].second)
            dots += "M" + number(x_of(period, day)) + " " + number(y) + "h.1";
        view one;
        one.set("word", short_name(ordered[at].first));
        one.set("whole_word", ordered[at].first);
        one.set("y", number(y));
        one.set("text_y", number(y + 4));
        one.set("dots", dots);
        lines.push_back(one);
    }
    made.set("any_beside", !lines.list_value().empty());
    made.set("beside_height", number(beside::line * static_cast<double>(lines.list_value().size()) + 10));
    made.set("beside_lines", lines);
}

} // namespace holdfast::pages
