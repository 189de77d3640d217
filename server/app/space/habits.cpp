#include "server/app/space/habits.hpp"

#include "server/app/plain_words.hpp"
#include "server/app/space/browse.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/base/phrase.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

namespace holdfast::app {

namespace json = boost::json;
using domain::private_kind;

namespace {
// said
constexpr std::array<std::string_view, 7> weekday_names{
    "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"};
constexpr int enough_of_a_weekday = 3; // times before a day of the week is named

habit_mark mark_of(json::object const& body)
{
    auto const did = text_in(body, "did");
    if (did == "did") return habit_mark::did;
    return did == "bit" ? habit_mark::bit : habit_mark::not_today;
}

// In words and not in numbers: how many of these weeks had it.
std::string share_in_words(std::size_t with, std::size_t all)
{
    if (with == all)
        return all == 1 ? say("It was there this week.")
                        : say("It was there in each week since the first note here.");
    if (with * 3 >= all * 2) return say("It was there in most weeks since the first note here.");
    if (with * 3 >= all) return say("It was there in some weeks since the first note here.");
    return say("It was there in a few weeks since the first note here.");
}

// The days of the week on which it was there most often; at most two, and none when they are all alike.
std::vector<std::string> best_weekdays(std::vector<habit_week> const& weeks)
{
    std::array<int, 7> times{};
    for (auto const& week : weeks) {
        for (auto const& day : week.days) {
            if (day.was_there()) ++times.at(static_cast<std::size_t>((day.day - week.from).count()));
        }
    }
    auto const most = *std::max_element(times.begin(), times.end());
    std::vector<std::string> made;
    for (std::size_t at = 0; at < times.size(); ++at) {
        if (times[at] == most) made.push_back(say(weekday_names[at]));
    }
    if (most < enough_of_a_weekday || made.size() > 2) return {};
    return made;
}

bool was_there_in(habit_week const& week)
{
    return std::any_of(week.days.begin(), week.days.end(), [](auto const& day) { return day.was_there(); });
}

// A habit as it begins, from a general tool.
// Its name is the member's own word from then on.
std::optional<json::object> habit_of_tool(std::string_view name, language const& spoken)
{
    for (auto const& tool : tools_for_habits) {
        if (tool.name != name) continue;
        json::object made;
        made["name"] = spoken.text_of(say(tool.words));
        made["kind"] = "own";
        made["state"] = "active";
        made["from"] = tool.name;
        return made;
    }
    return std::nullopt;
}

json::object habit_of_card(private_text const& card)
{
    json::object made;
    made["name"] = text_in(card.body, "title");
    made["kind"] = "own";
    made["state"] = "active";
    made["from"] = card.id.text();
    return made;
}

task<result<json::object>>
habit_of(space& in, member_session who, std::string tool_or_card, language const& spoken)
{
    if (auto made = habit_of_tool(tool_or_card, spoken)) co_return *made;
    auto const card = private_id::parse(tool_or_card);
    if (!card) co_return errc::not_found;
    auto const versions = co_await in.versions(who, private_kind::card, *card);
    if (!versions) co_return versions.error();
    co_return habit_of_card(versions->back());
}
} // namespace

std::vector<habit_day> days_of_habit(private_id const& habit, std::vector<private_text> const& notes)
{
    auto const wanted = habit.text();
    std::map<std::chrono::sys_days, habit_day> by_day;
    for (auto const& one : notes) {
        if (text_in(one.body, "habit") != wanted) continue;
        by_day[day_of(one)] = {day_of(one), mark_of(one.body), measure_in(one.body, "number")};
    }
    std::vector<habit_day> made;
    for (auto const& [day, noted] : by_day)
        made.push_back(noted);
    return made;
}

std::vector<habit_week> weeks_of(std::vector<habit_day> const& days, std::chrono::sys_days today)
{
    auto const last = monday_of(today);
    std::vector<habit_week> made;
    for (int back = habit_weeks_shown - 1; back >= 0; --back) {
        habit_week week{last - std::chrono::weeks(back), {}};
        for (auto const& day : days) {
            if (monday_of(day.day) == week.from) week.days.push_back(day);
        }
        made.push_back(std::move(week));
    }
    return made;
}

std::optional<double> usual_number(std::vector<habit_day> const& days)
{
    std::vector<double> numbers;
    for (auto const& day : days) {
        if (day.number) numbers.push_back(*day.number);
    }
    if (numbers.empty()) return std::nullopt;
    auto const middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    return std::round(*middle * 2) / 2;
}

std::string text_of_number(double number)
{
    std::array<char, 32> text{};
    auto const length = std::snprintf(text.data(), text.size(), "%.10g", std::round(number * 100) / 100);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string sentence_about_habit(std::vector<habit_week> const& weeks, std::string_view unit)
{
    auto const first =
        std::find_if(weeks.begin(), weeks.end(), [](auto const& week) { return !week.days.empty(); });
    if (first == weeks.end()) return say("Nothing is noted in these weeks. One press is enough to begin.");
    auto const with = static_cast<std::size_t>(std::count_if(first, weeks.end(), was_there_in));
    if (with == 0) return say("You noted that it was not the time for it. That is good to know, too.");
    auto made = share_in_words(with, static_cast<std::size_t>(weeks.end() - first));
    auto const best = best_weekdays(weeks);
    if (!best.empty()) made += " " + say("It went best on {days}.", {{"days", in_a_row(best)}});
    std::vector<habit_day> all;
    for (auto const& week : weeks)
        all.insert(all.end(), week.days.begin(), week.days.end());
    if (auto const usual = usual_number(all)) {
        auto const number = text_of_number(*usual);
        made += " ";
        made += unit.empty() ? say("Often it was about {number}.", {{"number", number}})
                             : say("Often it was about {number} {unit}.",
                                   {{"number", number}, {"unit", std::string(unit)}});
    }
    return made;
}

std::vector<noted_day>
days_with_habits(std::vector<private_text> const& habits, std::vector<private_text> const& notes)
{
    std::map<std::string, std::string> names;
    for (auto const& habit : habits)
        names[habit.id.text()] = text_in(habit.body, "name");
    std::vector<noted_day> made;
    for (auto const& one : notes) {
        auto const found = names.find(text_in(one.body, "habit"));
        if (found == names.end() || mark_of(one.body) == habit_mark::not_today) continue;
        made.push_back({found->second, day_of(one)});
    }
    return made;
}

task<result<private_text>> note_habit(space& in, member_session who, private_id habit, json::object given)
{
    given["habit"] = habit.text();
    auto const body = shaped(private_kind::habit_note, given);
    auto const there = co_await in.versions(who, private_kind::habit, habit);
    if (!there) co_return there.error();
    if (!body) co_return body.error();
    auto const key = habit.text() + " " + text_in(*body, "day");
    auto made = co_await in.put(who, private_kind::habit_note, key, *body);
    co_return made;
}

task<result<private_text>>
habit_from(space& in, member_session who, std::string tool_or_card, language const& spoken)
{
    auto const body = co_await habit_of(in, who, tool_or_card, spoken);
    if (!body) co_return body.error();
    auto const all = co_await in.all(who, private_kind::habit);
    if (!all) co_return all.error();
    for (auto const& one : *all) {
        if (text_in(one.body, "from") != tool_or_card) continue;
        if (text_in(one.body, "state") == "active") co_return one;
        auto again = one.body;
        again["state"] = "active";
        auto const id = one.id;
        auto const version = one.version;
        auto changed = co_await in.change(who, private_kind::habit, id, version, again);
        co_return changed;
    }
    auto const key = "from " + tool_or_card;
    auto made = co_await in.put(who, private_kind::habit, key, *body);
    co_return made;
}

task<result<void>> remove_habit(space& in, member_session who, private_id habit)
{
    auto const there = co_await in.versions(who, private_kind::habit, habit);
    if (!there) co_return there.error();
    auto const name = habit.text();
    auto const days = co_await in.remove_where(who, private_kind::habit_note, "habit", name);
    if (!days) co_return days.error();
    auto const done = co_await in.remove(who, private_kind::habit, habit);
    co_return done;
}

} // namespace holdfast::app
