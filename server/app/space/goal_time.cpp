#include "server/app/space/goal_time.hpp"

#include "server/app/space/private_shape.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace holdfast::app {

namespace json = boost::json;

namespace {
constexpr std::array<std::string_view, 7> event_names{
    "begun", "changed", "done", "tried", "looked_back", "put_away", "taken_up"};

bool says_the_same(json::object const& one, json::object const& other)
{
    constexpr std::array<std::string_view, 7> words{
        "what", "measure", "possible", "value", "serves", "by", "domain"};
    return std::all_of(words.begin(), words.end(), [&](auto name) {
        return text_in(one, name) == text_in(other, name);
    });
}

// What changed from one version to the next; versions that say the same leave no trace.
void add_changes(
    std::vector<goal_moment>& to, std::vector<private_text> const& versions, own_clock const& clock
)
{
    for (std::size_t at = 1; at < versions.size(); ++at) {
        auto const& before = versions[at - 1].body;
        auto const& after = versions[at].body;
        auto const day = clock.day_of(versions[at].saved_at);
        auto const what = text_in(after, "what");
        if (!says_the_same(before, after)) to.push_back({day, goal_event::changed, what, {}, {}});
        auto const state = text_in(after, "state");
        if (state == text_in(before, "state")) continue;
        auto const turn = state == "archived" ? goal_event::put_away : goal_event::taken_up;
        to.push_back({day, turn, turn == goal_event::put_away ? text_in(after, "kept") : "", {}, {}});
    }
}

void add_steps(std::vector<goal_moment>& to, json::object const& goal)
{
    for (auto const& step : steps_of(goal)) {
        for (auto const& text : step.done) {
            if (auto const day = day_from(text)) to.push_back({*day, goal_event::done, step.text, {}, {}});
        }
        for (auto const& tried : step.tries) {
            if (auto const day = day_from(tried.day))
                to.push_back({*day, goal_event::tried, step.text, tried, {}});
        }
    }
}
} // namespace

bool is_turn_of_goal(json::object const& before, json::object const& after)
{
    return !says_the_same(before, after) || text_in(before, "state") != text_in(after, "state");
}

std::vector<goal_moment> over_time(std::vector<private_text> const& versions, own_clock const& clock)
{
    auto const& newest = versions.back();
    auto const begun_as = versions.front().version == 1 ? text_in(versions.front().body, "what") : "";
    std::vector<goal_moment> made{{clock.day_of(newest.created_at), goal_event::begun, begun_as, {}, {}}};
    add_changes(made, versions, clock);
    add_steps(made, newest.body);
    for (auto const& review : reviews_of(newest.body)) {
        if (auto const day = day_from(review.day))
            made.push_back({*day, goal_event::looked_back, "", {}, review});
    }
    std::reverse(made.begin(), made.end()); // of one day, too, the newest comes first
    std::stable_sort(made.begin(), made.end(), [](auto const& left, auto const& right) {
        return left.day > right.day;
    });
    return made;
}

json::array json_of(std::vector<goal_moment> const& moments)
{
    json::array all;
    for (auto const& moment : moments) {
        json::object one;
        one["day"] = text_of(moment.day);
        one["what"] = event_names.at(static_cast<std::size_t>(moment.what));
        if (!moment.about.empty()) one["about"] = moment.about;
        all.push_back(std::move(one));
    }
    return all;
}

} // namespace holdfast::app
