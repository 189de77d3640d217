// One goal: its steps by milestone, what to do when one did not work or slipped since, looks back, and what
// happened over time.
#include "server/app/plain_words.hpp"
#include "server/app/space/goals.hpp"
#include "server/app/space/other_versions.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/goal_words.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace holdfast::pages::goal_pages {

namespace json = boost::json;
using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::goal;
// What is longer stands under what happened over time.
constexpr std::size_t tries_shown = 3;
constexpr std::size_t days_shown = 5;
constexpr std::size_t moments_shown = 5;
constexpr std::size_t words_shown_bytes = 300;
constexpr std::size_t time_bytes = 24 * 1024; // of one part of it, if one moment isn't longer
constexpr std::size_t steps_of_part = 12;
constexpr std::size_t steps_with_forms = 8; // of more, each brings its forms when it is asked for

// The newest of them.
template <class Row>
std::vector<Row> last_of(std::vector<Row> const& all, std::size_t count)
{
    return {all.end() - static_cast<std::ptrdiff_t>(std::min(count, all.size())), all.end()};
}

bool is_long(std::string const& words)
{
    return words.size() > words_shown_bytes;
}

void put_tries(view& to, app::goal_step const& step)
{
    view tries(view::type::list);
    auto more = step.tries.size() > tries_shown;
    for (auto const& tried : last_of(step.tries, tries_shown)) {
        view one;
        one.set("day_words", words_for_day(tried.day));
        put_words(one, "what", cut_to(tried.what, words_shown_bytes));
        put_words(one, "next", cut_to(tried.next, words_shown_bytes));
        more = more || is_long(tried.what) || is_long(tried.next);
        tries.push_back(one);
    }
    to.set("has_tries", !step.tries.empty());
    to.set("tries", tries);
    to.set("more_tries", more);
}

std::string days_in_words(std::vector<std::string> const& days)
{
    std::vector<std::string> made;
    for (auto const& day : last_of(days, days_shown))
        made.push_back(words_for_day(day));
    return app::listed(made);
}

// The step that the page opens: "?step=2" asks for it, or a press that did not work was about it.
std::optional<std::size_t> opened_step(context const& asked, http::fields const& again)
{
    auto const query = http::form_fields(asked.request->query());
    auto number = http::field_of(again, "number");
    if (number.empty() && query) number = http::field_of(*query, "step");
    std::size_t made = 0;
    auto const* const end = number.data() + number.size();
    auto const [rest, wrong] = std::from_chars(number.data(), end, made);
    if (number.empty() || wrong != std::errc() || rest != end) return std::nullopt;
    return made;
}

// `again` is what came with a press that did not work; the form that it came from is open again.
view step_view(app::goal_step const& step, std::size_t at, http::fields const& again)
{
    auto const number = std::to_string(at);
    auto const is_again = http::field_of(again, "number") == number;
    view one;
    one.set("number", number);
    one.set("text", step.text);
    one.set("done", step.state == "done");
    one.set("let_go", step.state == "let_go");
    one.set("is_open", step.state == "open");
    put_words(one, "done_days", days_in_words(step.done));
    put_tries(one, step);
    for (auto const* name : {"what", "next", "first", "second"})
        one.set(std::string("typed_") + name, is_again ? http::field_of(again, name) : std::string());
    one.set("typed_text", is_again && again.contains("text") ? http::field_of(again, "text") : step.text);
    one.set("step_milestone", step.milestone);
    one.set("in_milestone", !step.milestone.empty());
    return one;
}

// Reached when nothing of it is open and something was done.
bool is_reached(std::vector<app::goal_step> const& steps, std::string const& milestone)
{
    auto const of_it = [&](auto const& one, std::string_view state) {
        return one.milestone == milestone && one.state == state;
    };
    return std::any_of(steps.begin(), steps.end(), [&](auto const& one) { return of_it(one, "done"); }) &&
           std::none_of(steps.begin(), steps.end(), [&](auto const& one) { return of_it(one, "open"); });
}

std::vector<std::string> milestones_of(std::vector<app::goal_step> const& steps)
{
    std::vector<std::string> made;
    for (auto const& step : steps) {
        if (!step.milestone.empty() && std::find(made.begin(), made.end(), step.milestone) == made.end())
            made.push_back(step.milestone);
    }
    return made;
}

// Steps that belong to no milestone come first; then those of each milestone.
std::vector<std::size_t> in_groups(std::vector<app::goal_step> const& steps)
{
    auto names = milestones_of(steps);
    names.insert(names.begin(), "");
    std::vector<std::size_t> made;
    for (auto const& name : names) {
        for (std::size_t at = 0; at < steps.size(); ++at) {
            if (steps[at].milestone == name) made.push_back(at);
        }
    }
    return made;
}

// Those of one part of the page, each milestone with its checklist.
view groups_view(
    std::vector<app::goal_step> const& steps,
    std::vector<std::size_t> const& shown,
    std::optional<std::size_t> opened,
    http::fields const& again
)
{
    view made(view::type::list);
    for (auto first = shown.begin(); first != shown.end();) {
        auto const& name = steps[*first].milestone;
        view of_it(view::type::list);
        for (; first != shown.end() && steps[*first].milestone == name; ++first) {
            auto one = step_view(steps[*first], *first, again);
            one.set("form_open", *first == opened);
            one.set("has_forms", steps.size() <= steps_with_forms || *first == opened);
            of_it.push_back(one);
        }
        view group;
        put_words(group, "milestone", name);
        group.set("reached", !name.empty() && is_reached(steps, name));
        group.set("steps", of_it);
        made.push_back(group);
    }
    return made;
}

void put_steps(view& made, context const& asked, json::object const& goal, http::fields const& again)
{
    auto const steps = app::steps_of(goal);
    auto const order = in_groups(steps);
    auto const opened = opened_step(asked, again);
    auto part = list_part_of(asked, order.size(), steps_of_part);
    if (opened && *opened < steps.size()) {
        auto const row = std::find(order.begin(), order.end(), *opened) - order.begin();
        part = list_part_with(static_cast<std::size_t>(row), order.size(), steps_of_part);
    }
    made.set("in_parts", part.count > 1);
    put_words(made, "steps_before", part.number > 1 ? std::to_string(part.number - 1) : std::string());
    put_words(made, "steps_after", part.has_older() ? std::to_string(part.number + 1) : std::string());
    view names(view::type::list);
    for (auto const& name : milestones_of(steps)) {
        view one;
        one.set("name", name);
        names.push_back(one);
    }
    made.set("groups", groups_view(steps, in_part(order, part), opened, again));
    made.set("milestones", names);
    auto const was = http::field_of(again, "do");
    made.set("typed_step", http::field_of(again, "step"));
    made.set("typed_belongs", was == "step" ? http::field_of(again, "milestone") : std::string());
    made.set("milestone_open", was == "milestone");
    made.set("typed_milestone", was == "milestone" ? http::field_of(again, "milestone") : std::string());
    made.set("typed_lines", http::field_of(again, "lines"));
    made.set("archive_open", was == "archive");
    made.set("typed_kept", http::field_of(again, "kept"));
}

bool is_long(app::goal_moment const& moment)
{
    return is_long(moment.tried.what) || is_long(moment.tried.next) || is_long(moment.review.celebrate) ||
           is_long(moment.review.reframe) || is_long(moment.review.recalibrate) || is_long(moment.about);
}

void put_looking_back(
    view& made,
    renderer const& with,
    std::vector<private_text> const& versions,
    app::own_clock const& clock,
    timestamp now,
    http::fields const& again
)
{
    auto const& newest = versions.back();
    auto const next = app::next_review(newest.body, clock.day_of(newest.created_at));
    auto const is_due = next && *next <= clock.day_of(now);
    made.set("review_due", is_due);
    put_words(made, "next_review", next && !is_due ? words_for(*next) : std::string());
    made.set("review_open", is_due || http::field_of(again, "do") == "review");
    for (auto const* name : {"celebrate", "reframe", "recalibrate"})
        made.set(std::string("typed_") + name, http::field_of(again, name));
    auto moments = app::over_time(versions, clock);
    auto const is_more = moments.size() > moments_shown;
    if (is_more) moments.erase(moments.begin() + moments_shown, moments.end());
    auto const any_long =
        std::any_of(moments.begin(), moments.end(), [](auto const& one) { return is_long(one); });
    made.set("moments_html", moments_html(with.get(), moments, words_shown_bytes));
    made.set("more_moments", is_more || any_long);
}

std::size_t bytes_of(renderer const& with, app::goal_moment const& moment)
{
    return moments_html(with.get(), {moment}, std::string::npos).size();
}

// All that happened with it, in parts.
task<net::response> time_page(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const clock = co_await clock_of(asked);
    auto const moments = app::over_time(*versions, clock);
    std::vector<std::size_t> bytes;
    for (auto const& moment : moments)
        bytes.push_back(bytes_of(with, moment));
    auto const part = list_part_of(asked, bytes, bytes.size(), time_bytes);
    view made;
    made.set("id", id.text());
    made.set("what", app::text_in(versions->back().body, "what"));
    made.set("moments_html", moments_html(with.get(), in_part(moments, part), std::string::npos));
    made.set("parts_html", list_parts_html(with.get(), asked, part));
    co_return with.get().page(asked, 200, say("A goal"), "goal_time", made);
}

task<net::response> goal_page(context asked, renderer const& with, http::fields again, error failed)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const clock = co_await clock_of(asked);
    auto const& newest = versions->back();
    view made;
    put_body(made, kind, newest.body);
    made.set("id", id.text());
    put_words(made, "domain_words", words_of_domain(app::text_in(newest.body, "domain")));
    made.set("archived", app::text_in(newest.body, "state") == "archived");
    put_steps(made, asked, newest.body, again);
    put_looking_back(made, with, *versions, clock, asked.services.time.now(), again);
    made.set("based_on", std::to_string(newest.version));
    co_await put_outcome(made, asked, with, kind, newest, failed);
    made.set("others_html", others_html(with.get(), kind, *versions, "/me/goals/" + id.text(), clock));
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("A goal"), "goal", made);
}

task<net::response> show(context asked, renderer const& with)
{
    if (number_asked(asked, "time") > 0) return time_page(std::move(asked), with);
    return goal_page(std::move(asked), with, http::fields(), error());
}

// What the buttons of the page ask for; `do` names it.
struct pressed {
    std::string what;
    std::size_t step = 0;
    http::fields form;
    std::chrono::sys_days today;

    std::string field(std::string_view name) const { return http::field_of(form, name); }
    bool is_about_a_step() const
    {
        constexpr std::array<std::string_view, 6> of_a_step{"done", "open", "let_go", "try", "split", "move"};
        return std::find(of_a_step.begin(), of_a_step.end(), what) != of_a_step.end();
    }
};

result<pressed> pressed_in(http::fields form, std::chrono::sys_days today)
{
    for (auto& [name, text] : form)
        text = as_typed(text);
    pressed made{http::field_of(form, "do"), 0, std::move(form), today};
    if (!made.is_about_a_step()) return made;
    auto const number = made.field("number");
    auto const* const end = number.data() + number.size();
    auto const [rest, wrong] = std::from_chars(number.data(), end, made.step);
    if (wrong != std::errc() || rest != end) return errc::not_found;
    return made;
}

result<json::object> step_acted(json::object goal, pressed const& press)
{
    auto const& what = press.what;
    if (what == "done" || what == "open" || what == "let_go")
        return app::with_step_state(std::move(goal), press.step, what, press.today);
    if (what == "split")
        return app::with_split(std::move(goal), press.step, press.field("first"), press.field("second"));
    if (what == "move") return app::with_milestone(std::move(goal), press.step, press.field("milestone"));
    app::goal_try const tried{app::text_of(press.today), press.field("what"), press.field("next")};
    return app::with_try(std::move(goal), press.step, tried, press.field("text"));
}

result<json::object> acted(json::object goal, pressed const& press)
{
    if (press.is_about_a_step()) return step_acted(std::move(goal), press);
    auto const& what = press.what;
    if (what == "step") return app::with_step(std::move(goal), press.field("step"), press.field("milestone"));
    if (what == "milestone")
        return app::with_checklist(std::move(goal), press.field("milestone"), press.field("lines"));
    if (what == "later") return app::with_review_later(std::move(goal), press.today);
    if (what == "review") {
        app::goal_review const review{
            app::text_of(press.today),
            press.field("celebrate"),
            press.field("reframe"),
            press.field("recalibrate")};
        return app::with_review(std::move(goal), review);
    }
    if (what == "archive" || what == "resume") {
        goal["state"] = what == "archive" ? "archived" : "active";
        if (!press.field("kept").empty()) goal["kept"] = press.field("kept");
        return goal;
    }
    return errc::bad_request;
}

// What a press is done to: the goal as it is now, so that what another device did meanwhile stays; only when
// the step itself was changed there, both stand side by side.
struct ground {
    json::object goal;
    int based_on = 0;
};
ground ground_for(private_text const& newest, json::object const& seen, int seen_version, pressed& press)
{
    if (!press.is_about_a_step()) return {newest.body, newest.version};
    auto const step = app::step_now(newest.body, seen, press.step);
    if (!step) return {seen, seen_version};
    press.step = *step;
    return {newest.body, newest.version};
}

app::decide_change decided_by(pressed press)
{
    return [press = std::move(press
            )](private_text const& newest, private_text const& seen) -> result<app::private_change> {
        auto now = press;
        auto on = ground_for(newest, seen.body, based_on(press.form), now);
        auto const changed = acted(std::move(on.goal), now);
        if (!changed) return changed.error();
        auto body = app::shaped(kind, *changed);
        if (!body) return body.error();
        return app::private_change{on.based_on, std::move(*body), 0};
    };
}

// Where the fields of each form stand on the page.
error on_this_page(error failed, pressed const& press)
{
    auto const& what = press.what;
    auto const number = "-" + std::to_string(press.step);
    std::string steps = "steps";
    if (what == "step") steps = "step";
    if (what == "milestone") steps = "lines";
    if (what == "try") steps = "text" + number;
    if (what == "split") steps = "first" + number;
    if (what == "move") steps = "belongs" + number;
    return with_anchors(
        std::move(failed),
        {{"text", "text" + number},
         {"first", "first" + number},
         {"second", "second" + number},
         {"steps", steps},
         {"reviews", "celebrate"}}
    );
}

// The page again, with what was typed beside its step as the page counts now.
task<net::response> press_failed(context asked, renderer const& with, pressed press, error why)
{
    if (why.code == errc::not_found || why.code == errc::bad_request) co_return with.error_page()(asked, why);
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const seen = based_on(press.form);
    ground_for(versions->back(), app::seen_by(*versions, seen), seen, press);
    auto const failed = on_this_page(kept_words(std::move(why)), press);
    auto again = press.form;
    again["number"] = std::to_string(press.step);
    if (!press.is_about_a_step()) again.erase("number");
    auto answer = co_await goal_page(asked, with, again, failed);
    co_return answer;
}

// Back to the part of the list in which the step stands.
std::string after_press(private_id id, pressed const& press, json::object const& goal)
{
    auto const path = "/me/goals/" + id.text() + "?saved=1";
    auto const steps = app::steps_of(goal);
    if (!press.is_about_a_step() || press.step >= steps.size() || steps.size() <= steps_of_part) return path;
    auto const order = in_groups(steps);
    auto const row = std::find(order.begin(), order.end(), press.step) - order.begin();
    auto const part = list_part_with(static_cast<std::size_t>(row), order.size(), steps_of_part);
    return path + "&page=" + std::to_string(part.number) + "#step-" + std::to_string(press.step);
}

task<net::response> act(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const today = co_await today_of(asked);
    auto press = pressed_in(*form, today);
    if (!press) co_return with.error_page()(asked, press.error());
    auto const seen = based_on(press->form);
    auto how = decided_by(*press);
    auto const made = co_await asked.services.space.change_with(me, kind, id, seen, std::move(how));
    if (made) co_return see_other(after_press(id, *press, made->body));
    auto const what = *press;
    auto const why = made.error();
    auto answer = co_await press_failed(asked, with, what, why);
    co_return answer;
}

task<net::response> remove(context asked, renderer const& with)
{
    return remove_record(std::move(asked), with, kind, "/me/goals");
}
} // namespace
} // namespace holdfast::pages::goal_pages

namespace holdfast::pages {

void add_goal_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace goal_pages;
    add_page(to, with, method::get, "/me/goals/{id}", least::member, "goal", show);
    add_page(to, with, method::post, "/me/goals/{id}", least::member, "goal", act, rate_kind::write);
    add_page(
        to, with, method::post, "/me/goals/{id}/delete", least::member, "goal", remove, rate_kind::write
    );
}

} // namespace holdfast::pages
