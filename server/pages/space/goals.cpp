// Goals: their list, and the form that asks for each SMART letter as a plain question.
#include "server/app/space/goals.hpp"
#include "server/app/space/browse.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/values.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/goal_words.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace holdfast::pages::goals_pages {

using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::goal;
constexpr std::size_t rows_of_list = 40;

view goals_view(std::vector<private_text> const& goals, std::string_view state)
{
    view made(view::type::list);
    for (auto const& goal : goals) {
        if (app::text_in(goal.body, "state") != state) continue;
        view one;
        put_body(one, kind, goal.body);
        one.set("id", goal.id.text());
        put_words(one, "domain_words", words_of_domain(app::text_in(goal.body, "domain")));
        for (auto const& step : app::steps_of(goal.body)) {
            if (step.state != "open") continue;
            one.set("next_step", step.text);
            break;
        }
        made.push_back(one);
    }
    return made;
}

// One line, for one goal: what is due is no list of duties.
void put_due(view& made, std::vector<private_text> const& goals, app::own_clock const& clock, timestamp now)
{
    made.set("due", false);
    for (auto const& goal : goals) {
        auto const next = app::next_review(goal.body, clock.day_of(goal.created_at));
        if (!next || *next > clock.day_of(now)) continue;
        view due;
        due.set("id", goal.id.text());
        due.set("what", app::text_in(goal.body, "what"));
        made.set("due", due);
        return;
    }
}

task<net::response> list_page(context asked, renderer const& with, http::fields said)
{
    auto const words = http::field_of(said, "q");
    auto const wanted = app::browse_of("", words);
    if (!wanted) co_return with.error_page()(asked, wanted.error());
    auto const me = asked.session();
    auto const all = co_await asked.services.space.all(me, kind);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const clock = co_await clock_of(asked);
    auto found = app::matching(*all, kind, *wanted, clock);
    std::stable_partition(found.begin(), found.end(), [](auto const& goal) {
        return app::text_in(goal.body, "state") == "active";
    });
    auto const part = list_part_of(page_in(said), found.size(), rows_of_list);
    auto const shown = in_part(found, part);
    auto const archived = std::any_of(shown.begin(), shown.end(), [](auto const& goal) {
        return app::text_in(goal.body, "state") == "archived";
    });
    view made;
    put_due(made, *all, clock, asked.services.time.now());
    made.set("any", !all->empty());
    made.set("q", words);
    made.set("none_found", !all->empty() && found.empty());
    auto const care = co_await care_html(asked, with, words);
    made.set("care_html", care);
    made.set("goals", goals_view(shown, "active"));
    made.set("has_archived", archived);
    made.set("archived", goals_view(shown, "archived"));
    made.set(
        "parts_html",
        words.empty() ? list_parts_html(with.get(), asked, part)
                      : search_parts_html(with.get(), "/me/goals/search", words, part)
    );
    co_return with.get().page(asked, 200, say("Goals"), "goals", made);
}

task<net::response> list(context asked, renderer const& with)
{
    return list_of_address(std::move(asked), with, list_page);
}

task<net::response> search(context asked, renderer const& with)
{
    return list_of_search(std::move(asked), with, list_page);
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
    auto const me = asked.session();
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
    made.set("rhythms", rhythms_view(app::text_in(body, "review")));
    made.set("first_step", first_step);
}

task<net::response> new_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const values = co_await own_values(asked);
    auto body = body_of(kind, typed);
    if (!body.contains("review")) body["review"] = "month";
    view made;
    put_form(made, body, http::field_of(typed, "first_step"), values);
    made.set("is_new", true);
    made.set("action", "/me/goals");
    made.set("key", key_or_new(typed));
    made.set("based_on", "0");
    made.set("errors_html", has_faults(failed) ? errors_html(with.get(), failed) : std::string());
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("A new goal"), "goal_form", made);
}

// What a value suggests: the address says which one, and none of its words.
task<http::fields> from_value(context asked)
{
    http::fields made;
    auto const query = http::form_fields(asked.request->query());
    auto const id = query ? private_id::parse(http::field_of(*query, "value")) : std::nullopt;
    if (!id) co_return made;
    auto const me = asked.session();
    auto const sorting = *id;
    auto const versions = co_await asked.services.space.versions(me, private_kind::value, sorting);
    if (!versions) co_return made;
    auto const chosen = app::chosen_in(versions->back().body);
    auto const at = static_cast<std::size_t>(number_asked(asked, "at"));
    if (at >= chosen.size()) co_return made;
    made["serves"] = chosen[at].name;
    made["what"] = chosen[at].step;
    co_return made;
}

task<net::response> show_new(context asked, renderer const& with)
{
    auto const suggested = co_await from_value(asked);
    error const none;
    auto answer = co_await new_page(asked, with, suggested, none);
    co_return answer;
}

result<boost::json::object> new_goal(http::fields const& form)
{
    auto body = body_of(kind, form);
    body["state"] = "active";
    auto const first = http::field_of(form, "first_step");
    auto const with_first = app::with_step(body, first); // blank: it is left out
    auto made = app::shaped(kind, with_first ? *with_first : body);
    if (!made) return with_anchors(made.error(), {{"steps", "first_step"}});
    return made;
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
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const& newest = versions->back();
    auto const values = co_await own_values(asked);
    co_return edit_page(asked, with, values, newest.body, std::to_string(newest.version), nullptr);
}

constexpr std::array<char const*, 8> asked_for{
    "what", "measure", "possible", "value", "serves", "by", "domain", "review"};

// What the form doesn't ask for stays as it is now.
void carry_on(boost::json::object& typed, boost::json::object const& newest)
{
    for (auto const& member : newest) {
        auto const is_asked = std::find(asked_for.begin(), asked_for.end(), member.key()) != asked_for.end();
        if (!is_asked) typed[member.key()] = member.value();
    }
}

bool asks_the_same(boost::json::object const& one, boost::json::object const& other)
{
    return std::all_of(asked_for.begin(), asked_for.end(), [&](auto const* name) {
        return app::text_in(one, name) == app::text_in(other, name);
    });
}

task<net::response> edit(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const typed = body_of(kind, *form);
    auto const today = co_await today_of(asked);
    auto const before = based_on(*form);
    app::decide_change how = [=](private_text const& newest,
                                 private_text const& seen) -> result<app::private_change> {
        auto changed = typed;
        carry_on(changed, newest.body);
        app::begin_rhythm(changed, newest.body, today);
        auto body = app::shaped(kind, changed);
        if (!body) return body.error();
        // Steps may have gone on elsewhere: only words that changed in both places stand side by side.
        auto const is_alone = asks_the_same(seen.body, newest.body);
        return app::private_change{is_alone ? newest.version : before, std::move(*body), 0};
    };
    auto const made = co_await asked.services.space.change_with(me, kind, id, before, std::move(how));
    if (made) co_return see_other("/me/goals/" + id.text() + "?saved=1");
    if (made.error().code == errc::not_found) co_return with.error_page()(asked, made.error());
    auto const failed = kept_words(made.error());
    auto const values = co_await own_values(asked);
    co_return edit_page(asked, with, values, typed, http::field_of(*form, "based_on"), &failed);
}

} // namespace
} // namespace holdfast::pages::goals_pages

namespace holdfast::pages {

void add_goals_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace goals_pages;
    add_page(to, with, method::get, "/me/goals", least::member, "account", list);
    add_page(to, with, method::post, "/me/goals/search", least::member, "account", search, rate_kind::read);
    add_page(to, with, method::post, "/me/goals", least::member, "account", add, rate_kind::write);
    add_page(to, with, method::get, "/me/goals/new", least::member, "account", show_new);
    add_page(to, with, method::get, "/me/goals/{id}/edit", least::member, "goal", show_edit);
    add_page(to, with, method::post, "/me/goals/{id}/edit", least::member, "goal", edit, rate_kind::write);
}

} // namespace holdfast::pages
