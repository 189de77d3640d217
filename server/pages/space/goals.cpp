// Goals: each SMART letter as a plain question, small steps, and what to do when one did not work this time.
#include "server/app/space/goals.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/values.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace holdfast::pages::goal_pages {

using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::goal;

struct life_domain {
    std::string_view name;
    std::string_view words;
};
// said
constexpr std::array<life_domain, 6> life_domains{
    life_domain{"education", "Learning"},
    life_domain{"work", "Work"},
    life_domain{"relationships", "People I am close to"},
    life_domain{"community", "People around me"},
    life_domain{"health", "Body and mind"},
    life_domain{"home", "Home"}};

view domains_view(std::string const& chosen)
{
    view made(view::type::list);
    for (auto const& domain : life_domains) {
        view one;
        one.set("name", std::string(domain.name));
        one.set("words", say(domain.words));
        one.set("chosen", domain.name == chosen);
        made.push_back(one);
    }
    return made;
}

view goals_view(std::vector<private_text> const& goals, std::string_view state)
{
    view made(view::type::list);
    for (auto const& goal : goals) {
        if (app::text_in(goal.body, "state") != state) continue;
        view one;
        put_body(one, kind, goal.body);
        one.set("id", goal.id.text());
        for (auto const& step : app::steps_of(goal.body)) {
            if (step.state != "open") continue;
            one.set("next_step", step.text);
            break;
        }
        made.push_back(one);
    }
    return made;
}

task<net::response> list(context asked, renderer const& with)
{
    auto const me = owner_of(asked);
    auto const all = co_await asked.services.space.all(me, kind);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const archived = std::any_of(all->begin(), all->end(), [](auto const& goal) {
        return app::text_in(goal.body, "state") == "archived";
    });
    view made;
    made.set("any", !all->empty());
    made.set("goals", goals_view(*all, "active"));
    made.set("has_archived", archived);
    made.set("archived", goals_view(*all, "archived"));
    co_return with.get().page(asked, 200, say("Goals"), "goals", made);
}

// The values that a goal can serve: those chosen last, and the one that it serves already.
view values_view(std::vector<std::string> names, std::string const& chosen)
{
    auto const is_there = std::find(names.begin(), names.end(), chosen) != names.end();
    if (!chosen.empty() && !is_there) names.push_back(chosen);
    view made(view::type::list);
    for (auto const& name : names) {
        view one;
        one.set("name", name);
        one.set("chosen", name == chosen);
        made.push_back(one);
    }
    return made;
}

// None when they can't be read: a goal can do without.
task<std::vector<std::string>> own_values(context asked)
{
    auto const me = owner_of(asked);
    auto const all = co_await asked.services.space.all(me, private_kind::value);
    co_return all ? app::values_chosen(*all) : std::vector<std::string>();
}

void put_form(
    view& made,
    boost::json::object const& body,
    std::string const& first_step,
    std::vector<std::string> const& values
)
{
    put_body(made, kind, body);
    auto const offered = values_view(values, app::text_in(body, "serves"));
    made.set("any_values", !offered.list_value().empty());
    made.set("values", offered);
    made.set("domains", domains_view(app::text_in(body, "domain")));
    made.set("first_step", first_step);
}

task<net::response> new_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const values = co_await own_values(asked);
    view made;
    put_form(made, body_of(kind, typed), http::field_of(typed, "first_step"), values);
    made.set("is_new", true);
    made.set("action", "/me/goals");
    made.set("key", key_or_new(typed));
    made.set("based_on", "0");
    made.set("errors_html", has_faults(failed) ? errors_html(with.get(), failed) : std::string());
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("A new goal"), "goal_form", made);
}

task<net::response> show_new(context asked, renderer const& with)
{
    auto query = http::form_fields(asked.request->query()); // what a value or a story suggests
    return new_page(std::move(asked), with, query ? std::move(*query) : http::fields(), error());
}

result<boost::json::object> new_goal(http::fields const& form)
{
    auto body = body_of(kind, form);
    body["state"] = "active";
    auto const first = http::field_of(form, "first_step");
    if (!first.empty()) body = *app::with_step(std::move(body), first);
    return app::shaped(kind, body);
}

task<net::response> add(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const body = new_goal(*form);
    std::string const path = "/me/goals";
    auto answer = co_await add_made(asked, with, kind, path, *form, body, new_page);
    co_return answer;
}

std::string words_for_day(std::string const& text)
{
    auto const day = app::day_from(text);
    return day ? words_for(*day) : std::string();
}

view tries_view(app::goal_step const& step)
{
    view made(view::type::list);
    for (auto const& tried : step.tries) {
        view one;
        one.set("day_words", words_for_day(tried.day));
        put_words(one, "what", tried.what);
        put_words(one, "next", tried.next);
        made.push_back(one);
    }
    return made;
}

// `open` is the step whose form is open again after a fault, with what was typed.
view steps_view(boost::json::object const& goal, std::string const& open, http::fields const& typed)
{
    view made(view::type::list);
    auto const steps = app::steps_of(goal);
    for (std::size_t at = 0; at < steps.size(); ++at) {
        auto const& step = steps[at];
        auto const number = std::to_string(at);
        auto const is_open = number == open;
        view one;
        one.set("number", number);
        one.set("text", step.text);
        one.set("done", step.state == "done");
        one.set("let_go", step.state == "let_go");
        one.set("is_open", step.state == "open");
        one.set("has_tries", !step.tries.empty());
        one.set("tries", tries_view(step));
        one.set("form_open", is_open);
        for (auto const* name : {"what", "next", "first", "second"})
            one.set(std::string("typed_") + name, is_open ? http::field_of(typed, name) : std::string());
        one.set("typed_text", is_open && typed.contains("text") ? http::field_of(typed, "text") : step.text);
        made.push_back(one);
    }
    return made;
}

task<net::response> goal_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const& newest = versions->back();
    view made;
    put_body(made, kind, newest.body);
    made.set("id", id.text());
    made.set("archived", app::text_in(newest.body, "state") == "archived");
    made.set("steps", steps_view(newest.body, http::field_of(typed, "number"), typed));
    made.set("typed_step", http::field_of(typed, "step"));
    made.set("based_on", std::to_string(newest.version));
    put_outcome(made, asked, with, kind, newest, failed);
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("A goal"), "goal", made);
}

task<net::response> show(context asked, renderer const& with)
{
    return goal_page(std::move(asked), with, http::fields(), error());
}

net::response edit_page(
    context const& asked,
    renderer const& with,
    std::vector<std::string> const& values,
    boost::json::object const& body,
    std::string const& based_on,
    error const* failed
)
{
    view made;
    put_form(made, body, "", values);
    made.set("id", asked.ids.at(0));
    made.set("action", "/me/goals/" + asked.ids.at(0) + "/edit");
    made.set("based_on", based_on);
    made.set("errors_html", failed == nullptr ? std::string() : errors_html(with.get(), *failed));
    auto const status = failed == nullptr ? 200U : http::status_of(failed->code);
    return with.get().page(asked, status, say("Change a goal"), "goal_form", made);
}

task<net::response> show_edit(context asked, renderer const& with)
{
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const& newest = versions->back();
    auto const values = co_await own_values(asked);
    co_return edit_page(asked, with, values, newest.body, std::to_string(newest.version), nullptr);
}

task<net::response> edit(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const before = based_on(*form);
    auto const goal = seen_by(*versions, before);
    auto typed = body_of(kind, *form);
    for (auto const* kept : {"state", "kept", "steps"}) {
        if (auto const* value = goal.if_contains(kept)) typed[kept] = *value;
    }
    auto const body = app::shaped(kind, typed);
    auto failed = body ? error() : body.error();
    if (body) {
        auto const made = co_await asked.services.space.change(me, kind, id, before, *body);
        if (made) co_return see_other("/me/goals/" + id.text() + "?saved=1");
        failed = kept_words(made.error());
    }
    auto const values = co_await own_values(asked);
    co_return edit_page(asked, with, values, typed, http::field_of(*form, "based_on"), &failed);
}

// What the buttons beside a step ask for; `do` names it.
result<boost::json::object>
acted(boost::json::object goal, http::fields const& form, std::chrono::sys_days today)
{
    auto const field = [&](std::string_view name) { return http::field_of(form, name); };
    auto const what = field("do");
    auto const number_text = field("number");
    std::size_t number = 0;
    auto const* const end = number_text.data() + number_text.size();
    if (what != "step" && what != "archive" && what != "resume") {
        auto const [rest, wrong] = std::from_chars(number_text.data(), end, number);
        if (wrong != std::errc() || rest != end) return errc::not_found;
    }
    if (what == "step") return app::with_step(std::move(goal), field("step"));
    if (what == "done" || what == "open" || what == "let_go")
        return app::with_step_state(std::move(goal), number, what);
    if (what == "split") return app::with_split(std::move(goal), number, field("first"), field("second"));
    if (what == "try") {
        app::goal_try const tried{app::text_of(today), field("what"), field("next")};
        return app::with_try(std::move(goal), number, tried, field("text"));
    }
    if (what == "archive" || what == "resume") {
        goal["state"] = what == "archive" ? "archived" : "active";
        if (!field("kept").empty()) goal["kept"] = field("kept");
        return goal;
    }
    return errc::bad_request;
}

task<net::response> act(context asked, renderer const& with)
{
    auto const sent = http::form_fields(asked.request->body);
    if (!sent) co_return with.error_page()(asked, sent.error());
    auto form = *sent;
    for (auto& [name, text] : form)
        std::erase(text, '\r');
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const before = based_on(form);
    auto const today = co_await today_of(asked);
    auto changed = acted(seen_by(*versions, before), form, today);
    if (changed) changed = app::shaped(kind, *changed);
    if (changed) {
        auto const made = co_await asked.services.space.change(me, kind, id, before, *changed);
        if (made) co_return see_other("/me/goals/" + id.text() + "?saved=1");
        changed = made.error();
    }
    auto const failed = kept_words(changed.error());
    if (failed.code == errc::not_found || failed.code == errc::bad_request)
        co_return with.error_page()(asked, failed);
    auto answer = co_await goal_page(asked, with, form, failed);
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
    add_page(to, with, method::get, "/me/goals", least::member, "account", list);
    add_page(to, with, method::post, "/me/goals", least::member, "account", add, rate_kind::write);
    add_page(to, with, method::get, "/me/goals/new", least::member, "account", show_new);
    add_page(to, with, method::get, "/me/goals/{id}", least::member, "goal", show);
    add_page(to, with, method::post, "/me/goals/{id}", least::member, "goal", act, rate_kind::write);
    add_page(to, with, method::get, "/me/goals/{id}/edit", least::member, "goal", show_edit);
    add_page(to, with, method::post, "/me/goals/{id}/edit", least::member, "goal", edit, rate_kind::write);
    add_page(
        to, with, method::post, "/me/goals/{id}/delete", least::member, "goal", remove, rate_kind::write
    );
}

} // namespace holdfast::pages
