// Habits: a day noted in one press, the last weeks as a picture, and those that rest.
#include "server/app/space/habits.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/habit_chart.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>

namespace holdfast::pages::habit_pages {

using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::habit;
constexpr std::size_t rows_of_list = 20; // each with its form

struct habit_kind {
    std::string_view name;
    std::string_view words;
};
// said
constexpr std::array<habit_kind, 5> habit_kinds{
    habit_kind{"sleep", "Sleep"},
    habit_kind{"food", "Food"},
    habit_kind{"movement", "Movement"},
    habit_kind{"routine", "Routine"},
    habit_kind{"own", "Something of my own"}};

bool is_active(private_text const& habit)
{
    return app::text_in(habit.body, "state") == "active";
}

view kinds_view(std::string const& chosen)
{
    view made(view::type::list);
    for (auto const& one : habit_kinds) {
        view option;
        option.set("kind", std::string(one.name));
        option.set("words", say(one.words));
        option.set("chosen", one.name == (chosen.empty() ? std::string_view("own") : chosen));
        made.push_back(option);
    }
    return made;
}

// The usual ones that aren't there yet, each with a key of its own, so that two presses make one.
view ready_view(std::vector<private_text> const& habits)
{
    view made(view::type::list);
    for (auto const& one : habit_kinds) {
        auto const is_there = std::any_of(habits.begin(), habits.end(), [&](auto const& habit) {
            return app::text_in(habit.body, "kind") == one.name;
        });
        if (is_there || one.name == "own") continue;
        view offered;
        offered.set("key", private_id::random().text());
        offered.set("kind", std::string(one.name));
        offered.set("words", say(one.words));
        offered.set("unit", one.name == "sleep" ? say("hours") : std::string());
        made.push_back(offered);
    }
    return made;
}

std::string words_of(app::habit_mark mark)
{
    if (mark == app::habit_mark::did) return say("did it");
    return mark == app::habit_mark::bit ? say("a bit") : say("not today");
}

void put_note(view& made, std::vector<app::habit_day> const& days, std::chrono::sys_days shown)
{
    auto const noted =
        std::find_if(days.begin(), days.end(), [&](auto const& one) { return one.day == shown; });
    auto const is_noted = noted != days.end();
    made.set("noted", is_noted ? view(words_of(noted->mark)) : view(false));
    made.set("is_did", is_noted && noted->mark == app::habit_mark::did);
    made.set("is_bit", is_noted && noted->mark == app::habit_mark::bit);
    made.set("is_not_today", is_noted && noted->mark == app::habit_mark::not_today);
    auto const number = is_noted && noted->number ? app::text_of_number(*noted->number) : std::string();
    put_words(made, "noted_number", number);
    made.set("typed_number", number);
}

// `typed` is what came with a press that did not work, of the habit `typed_for`.
struct pressed {
    std::string habit;
    std::string number;
};

view habits_view(
    std::vector<private_text> const& habits,
    std::vector<private_text> const& notes,
    std::chrono::sys_days shown,
    pressed const& again
)
{
    view made(view::type::list);
    for (auto const& habit : habits) {
        if (!is_active(habit)) continue;
        view one;
        put_body(one, kind, habit.body);
        one.set("id", habit.id.text());
        put_note(one, app::days_of_habit(habit.id, notes), shown);
        if (habit.id.text() == again.habit) one.set("typed_number", again.number);
        made.push_back(one);
    }
    return made;
}

// Those that go on, oldest first, before those that rest.
std::vector<private_text> in_order(std::vector<private_text> habits)
{
    std::reverse(habits.begin(), habits.end());
    std::stable_partition(habits.begin(), habits.end(), is_active);
    return habits;
}

view archived_view(std::vector<private_text> const& habits)
{
    view made(view::type::list);
    for (auto const& habit : habits) {
        if (is_active(habit)) continue;
        view one;
        one.set("id", habit.id.text());
        one.set("name", app::text_in(habit.body, "name"));
        made.push_back(one);
    }
    return made;
}

void put_form(view& made, http::fields const& typed)
{
    for (auto const* name : {"name", "unit"})
        made.set(name, http::field_of(typed, name));
    put_words(made, "from", http::field_of(typed, "from"));
    made.set("kinds", kinds_view(http::field_of(typed, "kind")));
}

std::string form_html(renderer const& with, http::fields const& typed, std::string const& action)
{
    view made;
    put_form(made, typed);
    made.set("action", action);
    if (action == "/me/habits") {
        made.set("key", key_or_new(typed));
        made.set("based_on", "0");
    } else {
        made.set("key", false);
        made.set("based_on", http::field_of(typed, "based_on"));
    }
    return with.get().render("habit_form", made);
}

void put_day(view& made, std::chrono::sys_days shown, std::chrono::sys_days today)
{
    made.set("day", app::text_of(shown));
    made.set("day_words", words_for(shown));
    made.set("is_today", shown == today);
    made.set("earlier", app::text_of(shown - std::chrono::days(1)));
    made.set("later", app::text_of(shown + std::chrono::days(1)));
}

task<net::response>
day_page(context asked, renderer const& with, http::fields typed, error failed, pressed again)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return with.error_page()(asked, query.error());
    auto const me = asked.session();
    auto const habits = co_await asked.services.space.all(me, kind);
    if (!habits) co_return with.error_page()(asked, habits.error());
    auto const notes = co_await asked.services.space.all(me, private_kind::habit_note);
    if (!notes) co_return with.error_page()(asked, notes.error());
    auto const today = co_await today_of(asked);
    auto const wanted = http::field_of(again.habit.empty() ? *query : typed, "day");
    auto const shown = app::day_from(wanted).value_or(today);
    auto const has_failed = has_faults(failed);
    view made;
    put_day(made, shown, today);
    auto const ordered = in_order(*habits);
    auto const part = list_part_of(asked, ordered.size(), rows_of_list);
    auto const of_part = in_part(ordered, part);
    auto const list = habits_view(of_part, *notes, shown, again);
    made.set("any", !list.list_value().empty());
    made.set("habits", list);
    put_words(made, "page", part.number > 1 ? std::to_string(part.number) : std::string());
    made.set("parts_html", list_parts_html(with.get(), asked, part));
    auto const ready = ready_view(*habits);
    made.set("any_ready", !ready.list_value().empty());
    made.set("ready", ready);
    auto const archived = archived_view(of_part);
    made.set("has_archived", !archived.list_value().empty());
    made.set("archived", archived);
    made.set("removed", !http::field_of(*query, "removed").empty());
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    made.set("form_html", form_html(with, again.habit.empty() ? typed : http::fields(), "/me/habits"));
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Habits"), "habits", made);
}

task<net::response> list_page(context asked, renderer const& with, http::fields typed, error failed)
{
    return day_page(std::move(asked), with, std::move(typed), std::move(failed), pressed());
}

task<net::response> list(context asked, renderer const& with)
{
    return list_page(std::move(asked), with, http::fields(), error());
}

http::fields with_state(http::fields form, std::string const& state)
{
    form["state"] = state;
    return form;
}

task<net::response> add(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const body = app::shaped(kind, body_of(kind, with_state(*form, "active")));
    std::string const path = "/me/habits";
    auto answer = co_await add_made(asked, with, kind, path, *form, body, list_page);
    co_return answer;
}

task<result<void>> take_back(context asked, private_id habit, std::string day)
{
    auto const me = asked.session();
    auto const notes = co_await asked.services.space.all(me, private_kind::habit_note);
    if (!notes) co_return notes.error();
    for (auto const& one : *notes) {
        if (app::text_in(one.body, "habit") != habit.text() || app::text_in(one.body, "day") != day) continue;
        auto const id = one.id;
        auto done = co_await asked.services.space.remove(me, private_kind::habit_note, id);
        co_return done;
    }
    co_return result<void>();
}

task<result<void>> press(context asked, private_id habit, http::fields form)
{
    auto const day = http::field_of(form, "day");
    if (http::field_of(form, "did") == "none") {
        auto done = co_await take_back(asked, habit, day);
        co_return done;
    }
    auto const me = asked.session();
    form["habit"] = habit.text();
    auto const body = body_of(private_kind::habit_note, form);
    auto const made = co_await app::note_habit(asked.services.space, me, habit, body);
    if (!made) co_return made.error();
    co_return result<void>();
}

task<net::response> note(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const id = id_in(asked);
    auto const done = co_await press(asked, id, *form);
    auto const day = http::field_of(*form, "day");
    if (done) {
        auto const today = co_await today_of(asked);
        auto const page = number_asked(asked, "page");
        std::string query = page > 1 ? "page=" + std::to_string(page) : "";
        if (day != app::text_of(today))
            query += (query.empty() ? "day=" : "&day=") + http::percent_encoded(day);
        co_return see_other("/me/habits" + (query.empty() ? "" : "?" + query) + "#habit-" + id.text());
    }
    if (done.error().code == errc::not_found) co_return with.error_page()(asked, done.error());
    auto failed = kept_words(done.error());
    for (auto& field : failed.fields) // the field of this habit's own form
        field.field += "-" + id.text();
    pressed const again{id.text(), http::field_of(*form, "number")};
    auto answer = co_await day_page(asked, with, *form, failed, again);
    co_return answer;
}

void put_tool(view& made, std::string const& from)
{
    auto const is_tool =
        std::any_of(app::tools_for_habits.begin(), app::tools_for_habits.end(), [&](auto const& tool) {
            return tool.name == from;
        });
    auto const path = is_tool ? (from == "quiet" ? "/quiet" : "/tools/" + from) : "/me/cards/" + from;
    made.set("tool", is_tool || private_id::parse(from));
    made.set("tool_path", path);
}

task<net::response> habit_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const notes = co_await asked.services.space.all(me, private_kind::habit_note);
    if (!notes) co_return with.error_page()(asked, notes.error());
    auto const& newest = versions->back();
    auto const has_failed = has_faults(failed);
    if (!has_failed) {
        typed = fields_of(kind, newest.body);
        typed["based_on"] = std::to_string(newest.version);
    }
    view weeks;
    weeks.set("id", id.text());
    auto const today = co_await today_of(asked);
    auto const shown = app::weeks_of(app::days_of_habit(id, *notes), today);
    put_weeks(weeks, shown, app::text_in(newest.body, "unit"));
    auto const clock = co_await clock_of(asked);
    view made;
    made.set("id", id.text());
    made.set("name", app::text_in(newest.body, "name"));
    made.set("put_away", !is_active(newest));
    put_tool(made, app::text_in(newest.body, "from"));
    made.set("weeks_html", with.get().render("habit_weeks", weeks));
    made.set("form_html", form_html(with, typed, "/me/habits/" + id.text()));
    made.set("more", has_failed);
    co_await put_outcome(made, asked, with, kind, newest, failed);
    made.set("others_html", others_html(with.get(), kind, *versions, "/me/habits/" + id.text(), clock));
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("A habit"), "habit", made);
}

task<net::response> show(context asked, renderer const& with)
{
    return habit_page(std::move(asked), with, http::fields(), error());
}

// The form changes its words; whether it rests has a button of its own.
task<net::response> change(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const state = app::text_in(versions->back().body, "state");
    auto const body = app::shaped(kind, body_of(kind, with_state(*form, state)));
    std::string const path = "/me/habits";
    auto answer = co_await change_made(asked, with, kind, path, *form, body, habit_page);
    co_return answer;
}

task<net::response> set_state(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = asked.session();
    auto const id = id_in(asked);
    app::decide_change how = [state = http::field_of(
                                  *form, "state"
                              )](private_text const& newest,
                                 private_text const&) -> result<app::private_change> {
        auto wanted = newest.body;
        wanted["state"] = state;
        auto body = app::shaped(kind, wanted);
        if (!body) return body.error();
        return app::private_change{newest.version, std::move(*body), 0};
    };
    constexpr auto newest_one = 0;
    auto const made = co_await asked.services.space.change_with(me, kind, id, newest_one, std::move(how));
    if (!made) co_return with.error_page()(asked, made.error());
    co_return see_other("/me/habits/" + id.text() + "?saved=1");
}

task<net::response> from_tool(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = asked.session();
    auto const from = http::field_of(*form, "from");
    auto const& spoken = with.get().spoken;
    auto const made = co_await app::habit_from(asked.services.space, me, from, spoken);
    if (!made) co_return with.error_page()(asked, made.error());
    co_return see_other("/me/habits/" + made->id.text() + "?saved=1");
}

task<net::response> remove(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const done = co_await app::remove_habit(asked.services.space, me, id);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/me/habits?removed=1");
}
} // namespace
} // namespace holdfast::pages::habit_pages

namespace holdfast::pages {

void add_habit_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace habit_pages;
    constexpr auto writes = rate_kind::write;
    add_page(to, with, method::get, "/me/habits", least::member, "account", list);
    add_page(to, with, method::post, "/me/habits", least::member, "account", add, writes);
    add_page(to, with, method::post, "/me/habits/from-tool", least::member, "account", from_tool, writes);
    add_page(to, with, method::get, "/me/habits/{id}", least::member, "habit", show);
    add_page(to, with, method::post, "/me/habits/{id}", least::member, "habit", change, writes);
    add_page(to, with, method::post, "/me/habits/{id}/notes", least::member, "habit", note, writes);
    add_page(to, with, method::post, "/me/habits/{id}/state", least::member, "habit", set_state, writes);
    add_page(to, with, method::post, "/me/habits/{id}/delete", least::member, "habit", remove, writes);
}

} // namespace holdfast::pages
