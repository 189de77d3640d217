#include "server/app/space/moods.hpp"

#include "server/app/plain_words.hpp"
#include "server/app/space/browse.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/base/phrase.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::app {

namespace {
constexpr double noticeable = 0.5; // of one word: less is the noise of days
constexpr std::size_t few = 4;     // days under which nothing is compared
constexpr std::size_t most_named = 3;

double mean_of(std::vector<mood_day> const& days)
{
    double sum = 0;
    for (auto const& one : days)
        sum += one.level;
    return sum / static_cast<double>(days.size());
}

// The middle of each week that has a mood, before the end of a period.
std::map<std::chrono::sys_days, double>
weeks_until(std::vector<private_text> const& moods, std::chrono::sys_days end)
{
    std::map<std::chrono::sys_days, std::pair<double, int>> sums;
    for (auto const& one : moods) {
        if (day_of(one) >= end) continue;
        auto& [sum, count] = sums[monday_of(day_of(one))];
        sum += number_in(one.body, "level");
        ++count;
    }
    std::map<std::chrono::sys_days, double> made;
    for (auto const& [week, sum] : sums)
        made[week] = sum.first / sum.second;
    return made;
}

struct week_counts {
    int lighter = 0;
    int heavier = 0;
};

// In how many weeks of each kind something was noted.
week_counts count_weeks(
    std::map<std::chrono::sys_days, double> const& weeks,
    std::set<std::chrono::sys_days> const* noted,
    double lighter_from
)
{
    week_counts made;
    for (auto const& [week, level] : weeks) {
        if (noted != nullptr && !noted->contains(week)) continue;
        ++(level >= lighter_from ? made.lighter : made.heavier);
    }
    return made;
}

// What to say when it fell: what was there before, never what is missing.
std::string words_when_heavier(
    mood_span span, std::vector<std::string> const& lighter, std::vector<std::string> const& weeks
)
{
    auto made = span == mood_span::year ? say("A heavier year than the one before.")
                                        : say("A heavier month than the one before.");
    if (!lighter.empty())
        made += " " + say("These were there on lighter days before: {what}.", {{"what", in_a_row(lighter)}});
    if (!weeks.empty()) {
        made +=
            " " + say("In lighter weeks you noted more often: {what}. Perhaps one of them feels possible.",
                      {{"what", in_a_row(weeks)}});
    }
    if (lighter.empty() && weeks.empty()) made += " " + say("Be gentle with yourself.");
    return made;
}
} // namespace

std::chrono::sys_days monday_of(std::chrono::sys_days day)
{
    return day - (std::chrono::weekday(day) - std::chrono::Monday);
}

mood_period month_period(std::chrono::year_month month)
{
    std::chrono::sys_days const from(month / std::chrono::day(1));
    std::chrono::sys_days const to((month + std::chrono::months(1)) / std::chrono::day(1));
    return {from, to};
}

mood_period year_period(std::chrono::year year)
{
    std::chrono::sys_days const from(year / std::chrono::January / std::chrono::day(1));
    std::chrono::sys_days const to(
        (year + std::chrono::years(1)) / std::chrono::January / std::chrono::day(1)
    );
    return {from, to};
}

mood_period before(mood_period const& period)
{
    std::chrono::year_month_day const first(period.from);
    auto const is_year = period.to - period.from > std::chrono::days(31);
    if (is_year) return year_period(first.year() - std::chrono::years(1));
    return month_period(first.year() / first.month() - std::chrono::months(1));
}

std::vector<mood_day> days_in(std::vector<private_text> const& moods, mood_period const& period)
{
    std::map<std::chrono::sys_days, std::pair<double, int>> sums;
    for (auto const& one : moods) {
        auto const day = day_of(one);
        if (day < period.from || day >= period.to) continue;
        auto& [sum, count] = sums[day];
        sum += number_in(one.body, "level");
        ++count;
    }
    std::vector<mood_day> made;
    for (auto const& [day, sum] : sums)
        made.push_back({day, sum.first / sum.second});
    return made;
}

std::map<std::chrono::sys_days, std::set<std::string>>
noted_by_day(std::vector<noted_day> const& noted, mood_period const& period)
{
    std::map<std::chrono::sys_days, std::set<std::string>> made;
    for (auto const& one : noted) {
        if (one.day >= period.from && one.day < period.to) made[one.day].insert(one.what);
    }
    return made;
}

std::vector<private_text>
looking_back_on(std::vector<private_text> const& journal, mood_period const& period, own_clock const& clock)
{
    constexpr std::size_t most = 12;
    std::vector<private_text> made;
    for (auto const& one : journal) {
        auto const is_looking_back = text_in(one.body, "kind") == "reflection";
        auto const about = day_from(text_in(one.body, "month") + "-01").value_or(day_of(one, clock));
        if (!is_looking_back || about < period.from || about >= period.to) continue;
        made.push_back(one);
        if (made.size() == most) break;
    }
    return made;
}

namespace {
// From 1 to 5, of the day in the middle; there is at least one.
std::size_t usual_level(std::vector<mood_day> const& days)
{
    std::vector<double> levels;
    for (auto const& one : days)
        levels.push_back(one.level);
    auto const middle = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2);
    std::nth_element(levels.begin(), middle, levels.end());
    return static_cast<std::size_t>(std::clamp(static_cast<int>(*middle + 0.5), 1, 5));
}
} // namespace

std::string_view usual_word(std::vector<mood_day> const& days)
{
    return days.empty() ? std::string_view() : mood_words.at(usual_level(days) - 1);
}

std::vector<std::string> lighter_with(std::vector<private_text> const& moods, mood_period const& period)
{
    std::map<std::string, std::pair<std::string, int>> seen; // as it was typed last, and how often
    auto const note = [&seen](std::string const& word) {
        ++seen.try_emplace(lower_first(word), word, 0).first->second.second;
    };
    for (auto const& one : moods) {
        auto const day = day_of(one);
        if (number_in(one.body, "level") < 4 || day < period.from || day >= period.to) continue;
        auto const helped = text_in(one.body, "helped");
        if (!helped.empty()) note(helped);
        auto const* const tags = one.body.if_contains("tags");
        if (tags == nullptr || !tags->is_array()) continue;
        for (auto const& tag : tags->get_array()) {
            if (tag.is_string()) note(std::string(tag.get_string()));
        }
    }
    std::vector<std::pair<std::string, int>> ordered;
    for (auto const& [grouped, word] : seen)
        ordered.push_back(word);
    std::stable_sort(ordered.begin(), ordered.end(), [](auto const& left, auto const& right) {
        return left.second > right.second;
    });
    std::vector<std::string> made;
    for (auto const& [word, count] : ordered) {
        if (made.size() == most_named) break;
        made.push_back(word);
    }
    return made;
}

std::vector<std::string> more_in_lighter_weeks(
    std::vector<private_text> const& moods, std::vector<noted_day> const& noted, mood_period const& period
)
{
    auto const days = days_in(moods, period);
    if (days.empty()) return {};
    auto const lighter_from = mean_of(days) + noticeable;
    auto const weeks = weeks_until(moods, period.to);
    auto const all = count_weeks(weeks, nullptr, lighter_from);
    if (all.lighter == 0) return {};
    std::map<std::string, std::set<std::chrono::sys_days>> by_name;
    for (auto const& one : noted)
        by_name[one.what].insert(monday_of(one.day));
    std::vector<std::pair<double, std::string>> ordered;
    for (auto const& [name, noted_weeks] : by_name) {
        auto const found = count_weeks(weeks, &noted_weeks, lighter_from);
        auto const share = static_cast<double>(found.lighter) / all.lighter;
        auto const share_of_others = static_cast<double>(found.heavier) / std::max(all.heavier, 1);
        if (found.lighter >= 2 && share > share_of_others)
            ordered.emplace_back(share - share_of_others, name);
    }
    std::stable_sort(ordered.begin(), ordered.end(), [](auto const& left, auto const& right) {
        return left.first > right.first;
    });
    std::vector<std::string> made;
    for (auto const& one : ordered) {
        if (made.size() == most_named) break;
        made.push_back(one.second);
    }
    return made;
}

std::string sentence_about(
    std::vector<private_text> const& moods,
    mood_period const& period,
    mood_span span,
    std::vector<noted_day> const& noted
)
{
    auto const is_year = span == mood_span::year;
    auto const days = days_in(moods, period);
    if (days.empty()) {
        return is_year ? say("There is nothing here for this year. One word is enough to begin.")
                       : say("There is nothing here for this month. One word is enough to begin.");
    }
    auto const earlier = days_in(moods, before(period));
    std::string made;
    if (days.size() >= few && earlier.size() >= few) {
        auto const change = mean_of(days) - mean_of(earlier);
        if (change <= -noticeable) {
            mood_period const until_then{std::chrono::sys_days::min(), period.from};
            return words_when_heavier(
                span, lighter_with(moods, until_then), more_in_lighter_weeks(moods, noted, period)
            );
        }
        if (change >= noticeable)
            made = is_year ? say("A lighter year than the one before.")
                           : say("A lighter month than the one before.");
    }
    if (made.empty()) {
        auto const word = say(mood_words_inside.at(usual_level(days) - 1));
        made = is_year ? say("The word in the middle of this year is “{word}”.", {{"word", word}})
                       : say("The word in the middle of this month is “{word}”.", {{"word", word}});
    }
    auto const lighter = lighter_with(moods, period);
    if (!lighter.empty())
        made += " " + say("These went with lighter days: {what}.", {{"what", in_a_row(lighter)}});
    return made;
}

} // namespace holdfast::app
