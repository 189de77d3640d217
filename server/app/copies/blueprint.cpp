#include "server/app/copies/blueprint.hpp"

#include "server/app/partner/partners.hpp"
#include "server/app/services.hpp"
#include "server/app/space/goals.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/values.hpp"
#include "server/app/story/story_writing.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::app {

namespace json = boost::json;

namespace {
constexpr std::size_t steps_max = 5;   // of one goal, on one page
constexpr std::size_t helped_max = 12; // more is a list of days

std::string lower_case(std::string_view word)
{
    std::string made;
    for (auto const letter : word)
        made += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    return made;
}

void add_once(std::vector<std::string>& to, std::string const& word)
{
    auto const is_there = std::any_of(to.begin(), to.end(), [&](auto const& one) {
        return lower_case(one) == lower_case(word);
    });
    if (!word.empty() && !is_there) to.push_back(word);
}

std::vector<json::value> list_in(json::object const& body, std::string_view name)
{
    auto const* const found = body.if_contains(name);
    if (found == nullptr || !found->is_array()) return {};
    return {found->get_array().begin(), found->get_array().end()};
}

void add_strength(std::vector<blueprint::strength>& to, json::object const& shown)
{
    auto const name = text_in(shown, "name");
    auto found = std::find_if(to.begin(), to.end(), [&](auto const& one) {
        return lower_case(one.name) == lower_case(name);
    });
    if (found == to.end()) found = to.insert(to.end(), {name, {}});
    add_once(found->shows, text_in(shown, "shows"));
}

void add_story(blueprint& to, private_text const& story, std::vector<private_text> const& goals)
{
    to.past.push_back(
        {story.id, text_in(story.body, "intend"), text_in(story.body, "did"), text_in(story.body, "means")}
    );
    for (auto const& one : list_in(story.body, "strengths"))
        if (one.is_object()) add_strength(to.strengths, one.get_object());
    for (auto const& one : list_in(story.body, "values"))
        if (one.is_string()) add_once(to.values, std::string(one.get_string()));
    auto const next = text_in(story.body, "next");
    auto const is_goal = std::any_of(goals.begin(), goals.end(), [&](auto const& goal) {
        return goal.id.text() == text_in(story.body, "next_goal");
    });
    if (!next.empty() && !is_goal) to.next.push_back({story.id, next});
}

void add_goal(blueprint& to, private_text const& goal)
{
    auto const is_put_away = text_in(goal.body, "state") == "archived";
    blueprint::own_goal made;
    made.id = goal.id;
    made.what = text_in(goal.body, "what");
    made.by = text_in(goal.body, "by");
    made.kept = text_in(goal.body, "kept");
    made.domain = text_in(goal.body, "domain");
    for (auto const& step : steps_of(goal.body)) {
        if (made.steps.size() < steps_max && step.state == (is_put_away ? "done" : "open"))
            made.steps.push_back(step.text);
    }
    add_once(to.values, text_in(goal.body, "value"));
    (is_put_away ? to.put_away : to.goals).push_back(std::move(made));
}

json::array texts_of(std::vector<std::string> const& texts)
{
    json::array made;
    for (auto const& one : texts)
        made.push_back(json::string(one));
    return made;
}

json::array goals_of(std::vector<blueprint::own_goal> const& goals)
{
    json::array made;
    for (auto const& one : goals) {
        json::object goal;
        goal["goal"] = one.id.text();
        goal["what"] = one.what;
        goal["by"] = one.by;
        goal["kept"] = one.kept;
        goal["with"] = one.with;
        goal["domain"] = one.domain;
        goal["steps"] = texts_of(one.steps);
        made.push_back(std::move(goal));
    }
    return made;
}
} // namespace

blueprint blueprint_of(blueprint_sources const& from)
{
    blueprint made;
    for (auto const& name : values_chosen(from.values))
        add_once(made.values, name);
    for (auto const& story : from.stories)
        add_story(made, story, from.goals);
    for (auto const& goal : from.goals)
        add_goal(made, goal);
    for (auto const& card : from.cards)
        add_once(made.skills, text_in(card.body, "title"));
    for (auto const& mood : from.moods) {
        if (made.helped.size() < helped_max) add_once(made.helped, text_in(mood.body, "helped"));
    }
    return made;
}

task<result<blueprint>> blueprint_for(services const& from, member_session who)
{
    using domain::private_kind;
    auto stories = co_await from.story_writing.all(who);
    if (!stories) co_return stories.error();
    auto goals = co_await from.space.all(who, private_kind::goal);
    if (!goals) co_return goals.error();
    auto cards = co_await from.space.all(who, private_kind::card);
    if (!cards) co_return cards.error();
    auto moods = co_await from.space.all(who, private_kind::mood);
    if (!moods) co_return moods.error();
    auto values = co_await from.space.all(who, private_kind::value);
    if (!values) co_return values.error();
    blueprint_sources const found{
        std::move(*stories), std::move(*goals), std::move(*cards), std::move(*moods), std::move(*values)};
    auto made = blueprint_of(found);
    auto const company = co_await from.partners.all(who);
    if (!company) co_return company.error();
    for (auto& goal : made.goals) {
        for (auto const& one : *company) {
            if (one.goal == goal.id && one.state == domain::partner_state::accepted) goal.with = one.nickname;
        }
    }
    co_return made;
}

json::object json_of(blueprint const& made)
{
    json::object all;
    json::array past;
    for (auto const& one : made.past) {
        json::object story;
        story["story"] = one.id.text();
        story["intend"] = one.intend;
        story["did"] = one.did;
        story["means"] = one.means;
        past.push_back(std::move(story));
    }
    json::array strengths;
    for (auto const& one : made.strengths) {
        json::object strength;
        strength["name"] = one.name;
        strength["shows"] = texts_of(one.shows);
        strengths.push_back(std::move(strength));
    }
    json::array next;
    for (auto const& one : made.next) {
        json::object step;
        step["story"] = one.story.text();
        step["words"] = one.words;
        next.push_back(std::move(step));
    }
    all["past"] = std::move(past);
    all["put_away"] = goals_of(made.put_away);
    all["strengths"] = std::move(strengths);
    all["skills"] = texts_of(made.skills);
    all["helped"] = texts_of(made.helped);
    all["values"] = texts_of(made.values);
    all["next"] = std::move(next);
    all["goals"] = goals_of(made.goals);
    return all;
}

} // namespace holdfast::app
