#include "server/app/story/story_look.hpp"

#include "server/app/share_copy.hpp"
#include "server/app/space/goals.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/story/story_text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace holdfast::app {

namespace json = boost::json;

namespace {
constexpr std::array<std::string_view, 4> event_names{"begun", "told_anew", "grew", "tried"};
constexpr std::array<std::string_view, 3> piece_names{"same", "gone", "added"};

// The goals that a story leads to: of its next step, and of each strength.
std::set<std::string> goals_named(private_text const& story)
{
    std::set<std::string> made{text_in(story.body, "next_goal")};
    if (auto const* all = story.body.if_contains("strengths"); all != nullptr && all->is_array()) {
        for (auto const& one : all->get_array()) {
            if (one.is_object()) made.insert(text_in(one.get_object(), "goal"));
        }
    }
    made.erase("");
    return made;
}

void add_story(std::vector<story_moment>& to, private_text const& story, own_clock const& clock)
{
    auto const about = text_in(story.body, "intend");
    auto const begun = clock.day_of(story.created_at);
    auto const told = clock.day_of(story.saved_at);
    to.push_back({begun, story_event::begun, about, story.id});
    if (told != begun) to.push_back({told, story_event::told_anew, about, story.id});
}

void add_goal(what_continues& to, private_text const& goal, own_clock const& clock)
{
    auto const what = text_in(goal.body, "what");
    auto const steps = steps_of(goal.body);
    to.moments.push_back({clock.day_of(goal.created_at), story_event::grew, what, goal.id});
    for (auto const& step : steps) {
        for (auto const& tried : step.tries) {
            if (auto const day = day_from(tried.day))
                to.moments.push_back({*day, story_event::tried, step.text, goal.id});
        }
    }
    if (text_in(goal.body, "state") != "active") return;
    goal_going_on one{goal.id, what, "", false};
    for (auto const& step : steps) {
        if (step.state == "done") one.any_done = true;
        if (step.state == "open" && one.step.empty()) one.step = step.text;
    }
    to.going_on.push_back(std::move(one));
}
} // namespace

bool is_due_for_a_look(private_text const& story, timestamp now)
{
    auto const wanted = text_in(story.body, "again");
    if (wanted == "never") return false;
    auto const days = wanted == "month" ? 30 : wanted == "year" ? 365 : 90;
    return now - story.saved_at >= std::chrono::days(days);
}

private_text const* version_of(std::vector<private_text> const& versions, std::string_view number)
{
    auto const found = std::find_if(versions.begin(), versions.end(), [&](auto const& one) {
        return std::to_string(one.version) == number;
    });
    return found == versions.end() ? nullptr : &*found;
}

private_text const* version_before(std::vector<private_text> const& versions, private_text const& shown)
{
    auto const is_earlier = shown.based_on < shown.version;
    return is_earlier ? version_of(versions, std::to_string(shown.based_on)) : nullptr;
}

std::vector<section_change> changes_between(private_text const& before, private_text const& after)
{
    std::vector<section_change> made;
    for (auto const& section : share_sections(domain::share_what::story)) {
        auto const old_text = section_text(before.body, section.field);
        auto const new_text = section_text(after.body, section.field);
        if (old_text != new_text) made.push_back({section.field, diff_of(old_text, new_text)});
    }
    return made;
}

json::array json_of(std::vector<section_change> const& changes)
{
    json::array all;
    for (auto const& change : changes) {
        json::array pieces;
        for (auto const& piece : change.pieces)
            pieces.push_back(
                {{"what", piece_names.at(static_cast<std::size_t>(piece.what))}, {"text", piece.text}}
            );
        all.push_back({{"section", change.field}, {"pieces", std::move(pieces)}});
    }
    return all;
}

what_continues continues_from(
    std::vector<private_text> const& stories, std::vector<private_text> const& goals, own_clock const& clock
)
{
    what_continues made;
    std::set<std::string> named;
    for (auto const& story : stories) {
        add_story(made.moments, story, clock);
        named.merge(goals_named(story));
    }
    for (auto const& goal : goals) {
        if (named.contains(goal.id.text())) add_goal(made, goal, clock);
    }
    std::stable_sort(made.moments.begin(), made.moments.end(), [](auto const& left, auto const& right) {
        return left.day < right.day;
    });
    return made;
}

json::object json_of(what_continues const& found)
{
    json::array moments;
    for (auto const& one : found.moments) {
        auto const of_story = one.what == story_event::begun || one.what == story_event::told_anew;
        moments.push_back(
            {{"day", text_of(one.day)},
             {"what", event_names.at(static_cast<std::size_t>(one.what))},
             {"about", one.about},
             {of_story ? "story" : "goal", one.id.text()}}
        );
    }
    json::array going_on;
    for (auto const& one : found.going_on) {
        json::object goal{{"goal", one.id.text()}, {"what", one.what}, {"any_done", one.any_done}};
        if (!one.step.empty()) goal["step"] = one.step;
        going_on.push_back(std::move(goal));
    }
    return {{"moments", std::move(moments)}, {"going_on", std::move(going_on)}};
}

} // namespace holdfast::app
