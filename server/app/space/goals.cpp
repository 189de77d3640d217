#include "server/app/space/goals.hpp"

#include "server/app/space/private_shape.hpp"

#include <boost/json.hpp>

namespace holdfast::app {

namespace json = boost::json;

namespace {
json::object with_steps(json::object goal, std::vector<goal_step> const& steps)
{
    set_steps(goal, steps);
    return goal;
}

bool is_blank(std::string const& text)
{
    return text.find_first_not_of(" \t\n") == std::string::npos;
}
} // namespace

std::vector<goal_step> steps_of(json::object const& goal)
{
    std::vector<goal_step> made;
    auto const* const steps = goal.if_contains("steps");
    if (steps == nullptr || !steps->is_array()) return made;
    for (auto const& value : steps->get_array()) {
        if (!value.is_object()) continue;
        auto const& object = value.get_object();
        goal_step one{text_in(object, "text"), text_in(object, "state"), {}};
        auto const* const tries = object.if_contains("tries");
        if (tries != nullptr && tries->is_array()) {
            for (auto const& tried : tries->get_array()) {
                if (!tried.is_object()) continue;
                auto const& words = tried.get_object();
                one.tries.push_back({text_in(words, "day"), text_in(words, "what"), text_in(words, "next")});
            }
        }
        made.push_back(std::move(one));
    }
    return made;
}

void set_steps(json::object& goal, std::vector<goal_step> const& steps)
{
    json::array all;
    for (auto const& step : steps) {
        json::object one;
        one["text"] = step.text;
        one["state"] = step.state;
        json::array tries;
        for (auto const& tried : step.tries) {
            json::object words;
            words["day"] = tried.day;
            words["what"] = tried.what;
            words["next"] = tried.next;
            tries.push_back(std::move(words));
        }
        if (!tries.empty()) one["tries"] = std::move(tries);
        all.push_back(std::move(one));
    }
    if (all.empty()) {
        goal.erase("steps");
    } else {
        goal["steps"] = std::move(all);
    }
}

result<json::object> with_step(json::object goal, std::string const& text)
{
    if (is_blank(text)) return invalid_field("step", "Please write the step in a few words.");
    auto steps = steps_of(goal);
    steps.push_back({text, "open", {}});
    return with_steps(std::move(goal), steps);
}

result<json::object> with_step_state(json::object goal, std::size_t step, std::string const& state)
{
    auto steps = steps_of(goal);
    if (step >= steps.size()) return errc::not_found;
    steps[step].state = state;
    return with_steps(std::move(goal), steps);
}

result<json::object>
with_try(json::object goal, std::size_t step, goal_try const& tried, std::string const& text_next)
{
    auto steps = steps_of(goal);
    if (step >= steps.size()) return errc::not_found;
    if (is_blank(text_next)) return invalid_field("text", "Please write the step as you will try it next.");
    steps[step].tries.push_back(tried);
    steps[step].text = text_next;
    steps[step].state = "open";
    return with_steps(std::move(goal), steps);
}

result<json::object>
with_split(json::object goal, std::size_t step, std::string const& first, std::string const& second)
{
    auto steps = steps_of(goal);
    if (step >= steps.size()) return errc::not_found;
    if (is_blank(first) || is_blank(second))
        return invalid_field("first", "Please write both smaller steps in a few words.");
    steps[step].text = first;
    steps[step].state = "open";
    steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(step) + 1, goal_step{second, "open", {}});
    return with_steps(std::move(goal), steps);
}

} // namespace holdfast::app
