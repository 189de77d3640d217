#include "server/app/space/goals.hpp"

#include "server/app/space/goal_shape.hpp"

#include <boost/json.hpp>

#include <algorithm>

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

std::vector<json::object> objects_in(json::object const& of, std::string_view name)
{
    std::vector<json::object> made;
    auto const* const list = of.if_contains(name);
    if (list == nullptr || !list->is_array()) return made;
    for (auto const& one : list->get_array()) {
        if (one.is_object()) made.push_back(one.get_object());
    }
    return made;
}

std::vector<std::string> days_in_list(json::object const& of, std::string_view name)
{
    std::vector<std::string> made;
    auto const* const list = of.if_contains(name);
    if (list == nullptr || !list->is_array()) return made;
    for (auto const& one : list->get_array()) {
        if (one.is_string()) made.emplace_back(one.get_string());
    }
    return made;
}

json::object json_of(goal_step const& step)
{
    json::object made;
    made["text"] = step.text;
    made["state"] = step.state;
    if (!step.milestone.empty()) made["milestone"] = step.milestone;
    json::array done;
    for (auto const& day : step.done)
        done.push_back(json::string(day));
    if (!done.empty()) made["done"] = std::move(done);
    json::array tries;
    for (auto const& tried : step.tries) {
        json::object words;
        words["day"] = tried.day;
        words["what"] = tried.what;
        words["next"] = tried.next;
        tries.push_back(std::move(words));
    }
    if (!tries.empty()) made["tries"] = std::move(tries);
    return made;
}

std::vector<std::string> lines_in(std::string const& text)
{
    std::vector<std::string> made;
    std::string_view rest = text;
    while (!rest.empty()) {
        auto const end = std::min(rest.find('\n'), rest.size());
        std::string line(rest.substr(0, end));
        if (!is_blank(line)) made.push_back(std::move(line));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return made;
}

std::optional<std::chrono::days> days_between(std::string const& rhythm)
{
    if (rhythm == "week") return std::chrono::days(7);
    if (rhythm == "month") return std::chrono::days(30);
    if (rhythm == "season") return std::chrono::days(90);
    return std::nullopt;
}
} // namespace

std::vector<goal_step> steps_of(json::object const& goal)
{
    std::vector<goal_step> made;
    for (auto const& object : objects_in(goal, "steps")) {
        goal_step one;
        one.text = text_in(object, "text");
        one.state = text_in(object, "state");
        one.milestone = text_in(object, "milestone");
        one.done = days_in_list(object, "done");
        for (auto const& tried : objects_in(object, "tries"))
            one.tries.push_back({text_in(tried, "day"), text_in(tried, "what"), text_in(tried, "next")});
        made.push_back(std::move(one));
    }
    return made;
}

void set_steps(json::object& goal, std::vector<goal_step> const& steps)
{
    json::array all;
    for (auto const& step : steps)
        all.push_back(json_of(step));
    if (all.empty()) {
        goal.erase("steps");
    } else {
        goal["steps"] = std::move(all);
    }
}

std::vector<goal_review> reviews_of(json::object const& goal)
{
    std::vector<goal_review> made;
    for (auto const& one : objects_in(goal, "reviews"))
        made.push_back(
            {text_in(one, "day"),
             text_in(one, "celebrate"),
             text_in(one, "reframe"),
             text_in(one, "recalibrate")}
        );
    return made;
}

std::optional<std::size_t> step_now(json::object const& newest, json::object const& seen, std::size_t step)
{
    auto const before = steps_of(seen);
    auto const now = steps_of(newest);
    if (step >= before.size()) return std::nullopt;
    auto const is_same = [&](goal_step const& one) {
        return one.text == before[step].text && one.state == before[step].state;
    };
    if (step < now.size() && is_same(now[step])) return step;
    auto const found = std::find_if(now.begin(), now.end(), is_same);
    if (found == now.end()) return std::nullopt;
    return static_cast<std::size_t>(found - now.begin());
}

result<json::object> with_step(json::object goal, std::string const& text, std::string const& milestone)
{
    if (is_blank(text)) return invalid_field("step", "Please write the step in a few words.");
    auto steps = steps_of(goal);
    steps.push_back({text, "open", {}, is_blank(milestone) ? std::string() : milestone, {}});
    return with_steps(std::move(goal), steps);
}

result<json::object> with_checklist(json::object goal, std::string const& milestone, std::string const& lines)
{
    if (is_blank(milestone)) return invalid_field("milestone", "Please give the milestone a name.");
    auto const texts = lines_in(lines);
    if (texts.empty()) return invalid_field("lines", "Please write at least one small step.");
    auto steps = steps_of(goal);
    for (auto const& text : texts)
        steps.push_back({text, "open", {}, milestone, {}});
    return with_steps(std::move(goal), steps);
}

result<json::object> with_milestone(json::object goal, std::size_t step, std::string const& milestone)
{
    auto steps = steps_of(goal);
    if (step >= steps.size()) return errc::not_found;
    steps[step].milestone = is_blank(milestone) ? std::string() : milestone;
    return with_steps(std::move(goal), steps);
}

result<json::object>
with_step_state(json::object goal, std::size_t step, std::string const& state, std::chrono::sys_days today)
{
    auto steps = steps_of(goal);
    if (step >= steps.size()) return errc::not_found;
    auto& one = steps[step];
    auto const day = text_of(today);
    auto const was_today = !one.done.empty() && one.done.back() == day;
    if (state == "done" && !was_today) one.done.push_back(day);
    if (state == "open" && one.state == "done" && was_today) one.done.pop_back();
    if (one.done.size() > done_days_max) one.done.erase(one.done.begin());
    one.state = state;
    return with_steps(std::move(goal), steps);
}

result<json::object>
with_try(json::object goal, std::size_t step, goal_try const& tried, std::string const& text_next)
{
    auto steps = steps_of(goal);
    if (step >= steps.size()) return errc::not_found;
    if (is_blank(text_next)) return invalid_field("text", "Please write the step as you will try it next.");
    auto& tries = steps[step].tries;
    tries.push_back(tried);
    if (tries.size() > tries_max) tries.erase(tries.begin());
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
        return invalid_field(
            is_blank(first) ? "first" : "second", "Please write both smaller steps in a few words."
        );
    steps[step].text = first;
    steps[step].state = "open";
    goal_step const rest{second, "open", {}, steps[step].milestone, {}};
    steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(step) + 1, rest);
    return with_steps(std::move(goal), steps);
}

result<json::object> with_review(json::object goal, goal_review const& review)
{
    json::object made;
    made["day"] = review.day;
    if (!is_blank(review.celebrate)) made["celebrate"] = review.celebrate;
    if (!is_blank(review.reframe)) made["reframe"] = review.reframe;
    if (!is_blank(review.recalibrate)) made["recalibrate"] = review.recalibrate;
    if (made.size() == 1)
        return invalid_field("celebrate", "Please answer at least one of the three, in a few words.");
    if (!goal.contains("reviews")) goal["reviews"] = json::array();
    auto& reviews = goal["reviews"].as_array();
    reviews.push_back(std::move(made));
    if (reviews.size() > reviews_max) reviews.erase(reviews.begin());
    return goal;
}

std::optional<std::chrono::sys_days> next_review(json::object const& goal, std::chrono::sys_days begun)
{
    auto const between = days_between(text_in(goal, "review"));
    if (!between || text_in(goal, "state") != "active") return std::nullopt;
    auto last = begun;
    for (auto const& review : reviews_of(goal))
        last = std::max(last, day_from(review.day).value_or(begun));
    return std::max(last + *between, day_from(text_in(goal, "review_later")).value_or(begun));
}

json::object with_review_later(json::object goal, std::chrono::sys_days today)
{
    goal["review_later"] = text_of(today + std::chrono::days(7));
    return goal;
}

void begin_rhythm(json::object& goal, json::object const& before, std::chrono::sys_days today)
{
    auto const between = days_between(text_in(goal, "review"));
    if (between && text_in(goal, "review") != text_in(before, "review"))
        goal["review_later"] = text_of(today + *between);
}

} // namespace holdfast::app
