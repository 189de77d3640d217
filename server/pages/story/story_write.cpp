// Writing a story: guided parts, of which one is needed; a pause at any time; passages put away for a while;
// a next step that becomes a goal.
#include "server/app/share/remove_own.hpp"
#include "server/app/space/other_versions.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/story/story_look.hpp"
#include "server/app/story/story_text.hpp"
#include "server/app/story/story_writing.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/story/story_words.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace holdfast::pages::story_pages {

namespace json = boost::json;
using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::story;
constexpr std::size_t rows_at_least = 2; // for strengths, with one that is empty
constexpr std::size_t rows_max = 12;
constexpr std::size_t rows_of_list = 60;
constexpr std::size_t form_bytes = 22 * 1024; // of their words; longer parts are opened one after the other
constexpr std::size_t options_max = 60;       // of goals, in all selects together

struct refresh_time {
    std::string_view name;
    std::string_view words;
};
// said
constexpr std::array<refresh_time, 4> refresh_times{
    refresh_time{"season", "In three months"},
    refresh_time{"month", "In a month"},
    refresh_time{"year", "In a year"},
    refresh_time{"never", "Not at all"}};

using goals = std::vector<private_text>;

std::string field_at(std::string_view name, std::size_t row)
{
    return std::string(name) + "_" + std::to_string(row);
}

json::array strengths_of(http::fields const& form)
{
    json::array made;
    for (std::size_t row = 0; row < rows_max; ++row) {
        json::object one;
        for (auto const* part : {"name", "shows", "goal"}) {
            auto const typed = as_typed(http::field_of(form, field_at(std::string("strength_") + part, row)));
            if (!typed.empty()) one[part] = typed;
        }
        if (!one.empty()) made.push_back(std::move(one));
    }
    return made;
}

json::object story_of(http::fields const& form)
{
    auto made = body_of(kind, form);
    auto strengths = strengths_of(form);
    if (!strengths.empty()) made["strengths"] = std::move(strengths);
    return made;
}

// Those that go on, newest first, and the chosen one.
view goals_view(goals const& all, std::string const& chosen, std::size_t count_max)
{
    view made(view::type::list);
    std::size_t others = 0;
    for (auto const& goal : all) {
        auto const is_chosen = goal.id.text() == chosen;
        if (!is_chosen && (app::text_in(goal.body, "state") != "active" || others++ >= count_max)) continue;
        view one;
        one.set("goal", goal.id.text());
        one.set("words", beginning_of(app::text_in(goal.body, "what")));
        one.set("chosen", is_chosen);
        made.push_back(one);
    }
    return made;
}

// `opened` is the select that has all of the goals when they are too many for each.
view strengths_view(json::object const& body, goals const& all, std::string const& opened)
{
    view made(view::type::list);
    json::array rows;
    if (auto const* found = body.if_contains("strengths"); found != nullptr && found->is_array())
        rows = found->get_array();
    auto const count = std::min(std::max(rows.size() + 1, rows_at_least), rows_max);
    auto const going_on =
        static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](auto const& goal) {
            return app::text_in(goal.body, "state") == "active";
        }));
    auto const few = count * going_on <= options_max;
    for (std::size_t row = 0; row < count; ++row) {
        json::object one;
        if (row < rows.size() && rows[row].is_object()) one = rows[row].get_object();
        view shown;
        shown.set("row", std::to_string(row));
        shown.set("number", std::to_string(row + 1));
        shown.set("name", app::text_in(one, "name"));
        shown.set("shows", app::text_in(one, "shows"));
        auto const offers_all = few || opened == field_at("strength_goal", row);
        shown.set("any_goals", !all.empty());
        shown.set("goals", goals_view(all, app::text_in(one, "goal"), offers_all ? options_max : 0));
        shown.set("offers_more", !offers_all);
        made.push_back(shown);
    }
    return made;
}

std::string kept_name(std::string_view field)
{
    return "kept_" + std::string(field);
}

std::size_t bytes_of_strengths(json::object const& body)
{
    auto const* const all = body.if_contains("strengths");
    return all == nullptr ? 0 : escaped(json::serialize(*all)).size();
}

// The parts that the form doesn't show, since all of it would be a long page: those that a form which comes
// back did not show before, else those for which there is no room beside the one that is asked for.
std::set<std::string_view>
closed_parts(json::object const& body, http::fields const& came_back, std::string const& opened)
{
    std::set<std::string_view> made;
    auto room = form_bytes - std::min(form_bytes, bytes_of_strengths(body));
    auto const take = [&](std::size_t bytes) {
        auto const fits = bytes <= room;
        room -= std::min(room, bytes);
        return fits;
    };
    auto const bytes_of = [&](std::string_view field) { return escaped(app::text_in(body, field)).size(); };
    take(bytes_of(opened));
    for (auto const& part : asked_sections()) {
        if (part.is_line || part.field == opened) continue;
        auto const fits = take(bytes_of(part.field));
        if (came_back.empty() ? !fits : came_back.contains(kept_name(part.field))) made.insert(part.field);
    }
    return made;
}

// `came_back` is the form that did not work, empty for one that is shown for the first time.
void put_form(
    view& made,
    context const& asked,
    json::object const& body,
    goals const& all,
    http::fields const& came_back
)
{
    auto const query = http::form_fields(asked.request->query());
    auto const opened = query ? http::field_of(*query, "open") : std::string();
    auto const closed = closed_parts(body, came_back, opened);
    auto const typed = fields_of(kind, body);
    view sections(view::type::list);
    for (auto const& part : asked_sections()) {
        view one;
        one.set("field", std::string(part.field));
        one.set("heading", say(part.heading));
        one.set("hint", say(part.hint));
        one.set("is_line", part.is_line);
        one.set("needed", part.field == "intend");
        auto const text = http::field_of(typed, part.field);
        one.set("text", text);
        one.set("closed", closed.contains(part.field));
        one.set("beginning", beginning_of(text));
        one.set("strengths_before", part.field == "values");
        sections.push_back(one);
    }
    made.set("sections", sections);
    made.set("strengths", strengths_view(body, all, opened));
    auto const again = app::text_in(body, "again");
    view times(view::type::list);
    for (auto const& time : refresh_times) {
        view one;
        one.set("name", std::string(time.name));
        one.set("words", say(time.words));
        one.set("chosen", time.name == (again.empty() ? "season" : again));
        times.push_back(one);
    }
    made.set("times", times);
}

bool is_fault(error const& failed)
{
    return !failed.fields.empty() || !failed.detail.empty();
}

task<result<goals>> goals_of(context asked)
{
    auto const me = owner_of(asked);
    auto const goal = private_kind::goal;
    auto all = co_await asked.services.space.all(me, goal);
    co_return all;
}

task<net::response> list(context asked, renderer const& with)
{
    auto const me = owner_of(asked);
    auto const all = co_await asked.services.story_writing.all(me);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const now = asked.services.time.now();
    auto const clock = co_await clock_of(asked);
    view stories(view::type::list);
    auto const part = list_part_of(asked, all->size(), rows_of_list);
    for (auto const& story : in_part(*all, part)) {
        view one;
        one.set("id", story.id.text());
        one.set("name", name_of_story(story));
        one.set("due", app::is_due_for_a_look(story, now));
        put_time(one, "when", story.saved_at, clock);
        stories.push_back(one);
    }
    auto const query = http::form_fields(asked.request->query());
    view made;
    made.set("any", !all->empty());
    made.set("removed", query && !http::field_of(*query, "removed").empty());
    made.set("stories", stories);
    made.set("parts_html", list_parts_html(with.get(), asked, part));
    co_return with.get().page(asked, 200, say("My stories"), "stories", made);
}

task<net::response> new_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const all = co_await goals_of(asked);
    if (!all) co_return with.error_page()(asked, all.error());
    view made;
    put_form(made, asked, story_of(typed), *all, typed);
    made.set("heading", say("A new story"));
    made.set("action", "/me/stories");
    made.set("key", key_or_new(typed));
    made.set("based_on", "0");
    made.set("errors_html", is_fault(failed) ? errors_html(with.get(), failed) : std::string());
    auto const status = is_fault(failed) ? http::status_of(failed.code) : 200U;
    co_return with.get().page(asked, status, say("A new story"), "story", made);
}

task<net::response> show_new(context asked, renderer const& with)
{
    http::fields const nothing;
    error const none;
    auto answer = co_await new_page(asked, with, nothing, none);
    co_return answer;
}

bool is_too_much(http::fields const& form)
{
    return http::field_of(form, "then") == "pause";
}

bool is_empty(json::object const& typed)
{
    for (auto const& [name, value] : typed) {
        if (name != "again") return false;
    }
    return true;
}

// Who pauses is asked nothing: what is there is kept, and what is needed can come later.
void fill_for_pause(json::object& typed, language const& spoken)
{
    auto const not_said = spoken.text_of(say("Not said yet"));
    if (app::text_in(typed, "intend").empty()) typed["intend"] = not_said;
    auto* const strengths = typed.if_contains("strengths");
    if (strengths == nullptr || !strengths->is_array()) return;
    for (auto& one : strengths->get_array()) {
        if (one.is_object() && app::text_in(one.get_object(), "name").empty())
            one.get_object()["name"] = not_said;
    }
}

bool has_story(http::fields const& form)
{
    return form.contains("intend") || form.contains(kept_name("intend"));
}

// The small forms below the story send what is in it too, so that nothing typed is lost by pressing them.
std::optional<json::object> story_typed_in(http::fields const& form)
{
    if (!has_story(form)) return std::nullopt;
    return story_of(form);
}

// Parts that the form did not show are as they were in the version that it showed.
http::fields with_closed_parts(http::fields form, std::vector<private_text> const& versions)
{
    auto const& before = app::seen_by(versions, based_on(form));
    for (auto const& part : asked_sections()) {
        if (form.contains(kept_name(part.field)))
            form.try_emplace(std::string(part.field), app::text_in(before, part.field));
    }
    return form;
}

task<result<http::fields>> whole_form(context asked, private_id id, http::fields form)
{
    auto const me = owner_of(asked);
    auto const versions = co_await asked.services.story_writing.versions(me, id);
    if (!versions) co_return versions.error();
    co_return with_closed_parts(std::move(form), *versions);
}

// What a press on "Open this part" asks for: a field of the form; "" else.
std::string opened_by(http::fields const& form)
{
    return http::percent_encoded(http::field_of(form, "open"));
}

net::response after_save(http::fields const& form, private_id const& id)
{
    if (is_too_much(form)) return see_other("/tools/grounding?kept=" + id.text());
    auto const opened = opened_by(form);
    auto const place = "/me/stories/" + id.text() + "?saved=1";
    return see_other(opened.empty() ? place : place + "&open=" + opened + "#" + opened);
}

// Does the form say what stands there already?
bool is_unchanged(json::object const& typed, json::object const& now)
{
    auto const same = [&](std::string_view name) {
        auto const* const one = typed.if_contains(name);
        auto const* const other = now.if_contains(name);
        return one == nullptr || other == nullptr ? one == other : *one == *other;
    };
    auto const all = asked_sections();
    return same("strengths") && same("again") &&
           std::all_of(all.begin(), all.end(), [&](auto const& part) { return same(part.field); });
}

task<net::response> add(context asked, renderer const& with)
{
    auto form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto typed = story_of(*form);
    if (is_too_much(*form)) {
        if (is_empty(typed)) co_return see_other("/tools/grounding");
        fill_for_pause(typed, with.get().spoken);
    }
    auto const me = owner_of(asked);
    auto const key = key_or_new(*form);
    auto const made = co_await asked.services.story_writing.add(me, key, typed);
    if (made) co_return after_save(*form, made->id);
    if (made.error().code == errc::key_reused) form->erase("key");
    auto const failed = kept_words(made.error());
    auto answer = co_await new_page(asked, with, *form, failed);
    co_return answer;
}

view put_away_view(json::object const& body)
{
    view made(view::type::list);
    for (auto const& one : app::put_away_in(body)) {
        view shown;
        auto const day = app::day_from(one.until);
        shown.set("number", std::to_string(one.number));
        shown.set("section", say(heading_of(one.section)));
        shown.set("day", day ? words_for(*day) : std::string());
        made.push_back(shown);
    }
    return made;
}

void put_kept(
    view& made, private_text const& newest, goals const& all, timestamp now, app::own_clock const& clock
)
{
    auto const next_goal = app::text_in(newest.body, "next_goal");
    auto const is_there =
        std::any_of(all.begin(), all.end(), [&](auto const& goal) { return goal.id.text() == next_goal; });
    auto const today = clock.day_of(now);
    made.set("is_kept", true);
    made.set("several", newest.version > 1);
    auto const away = put_away_view(newest.body);
    made.set("any_away", !away.list_value().empty());
    made.set("away", away);
    made.set("in_a_month", app::text_of(today + std::chrono::days(30)));
    made.set("has_next", !app::text_in(newest.body, "next").empty());
    put_words(made, "next_goal", is_there ? next_goal : std::string()); // else it can grow anew
    put_time(made, "begun", newest.created_at, clock);
    put_time(made, "kept", newest.saved_at, clock);
}

// What care is heard from after a save: the story, and a passage that was put away in this press.
task<std::string> words_just_kept(context asked, private_id id, private_text newest)
{
    auto made = app::words_in(kind, newest.body);
    auto const query = http::form_fields(asked.request->query());
    if (!query || http::field_of(*query, "saved") != "away") co_return made;
    auto const me = owner_of(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return made;
    auto const away = app::put_away_in(versions->back().body);
    if (!away.empty()) made += "\n" + away.back().words;
    co_return made;
}

// `typed` is what stood in the form that failed; which of the page's forms, "do" says.
task<net::response> story_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.story_writing.versions(me, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const all = co_await goals_of(asked);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const& newest = versions->back();
    auto const has_failed = is_fault(failed);
    auto const failed_story = has_failed && has_story(typed);
    auto const saved = was_saved(asked) && !has_failed;
    auto const body = failed_story ? story_of(with_closed_parts(typed, *versions)) : newest.body;
    view made;
    put_form(made, asked, body, *all, failed_story ? typed : http::fields());
    auto const clock = co_await clock_of(asked);
    put_kept(made, newest, *all, asked.services.time.now(), clock);
    made.set("others_html", others_html(with.get(), kind, *versions, "/me/stories/" + id.text(), clock));
    made.set("heading", name_of_story(newest));
    made.set("id", id.text());
    made.set("action", "/me/stories/" + id.text());
    made.set("based_on", failed_story ? http::field_of(typed, "based_on") : std::to_string(newest.version));
    made.set("saved", saved);
    made.set("away_open", has_failed && http::field_of(typed, "do") == "put_away");
    made.set("typed_words", http::field_of(typed, "words"));
    auto const until = http::field_of(typed, "until");
    if (!until.empty()) made.set("in_a_month", until);
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    std::string heard;
    if (saved) heard = co_await words_just_kept(asked, id, newest);
    auto const care = co_await care_html(asked, with, heard);
    made.set("care_html", care);
    auto const status = has_failed ? http::status_of(failed.code) : 200U;
    co_return with.get().page(asked, status, say("A story"), "story", made);
}

task<net::response> show(context asked, renderer const& with)
{
    http::fields const nothing;
    error const none;
    auto answer = co_await story_page(asked, with, nothing, none);
    co_return answer;
}

task<net::response> change(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.story_writing.versions(me, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto typed = story_of(with_closed_parts(*form, *versions));
    if (is_too_much(*form)) fill_for_pause(typed, with.get().spoken);
    auto const before = based_on(*form);
    auto const opened = opened_by(*form);
    auto const& newest = versions->back();
    if (!opened.empty() && newest.version == before && is_unchanged(typed, newest.body))
        co_return see_other("/me/stories/" + id.text() + "?open=" + opened + "#" + opened);
    auto const made = co_await asked.services.story_writing.change(me, id, before, typed);
    if (made) co_return after_save(*form, id);
    if (made.error().code == errc::not_found) co_return with.error_page()(asked, made.error());
    auto const failed = kept_words(made.error());
    auto answer = co_await story_page(asked, with, *form, failed);
    co_return answer;
}

task<net::response> put_away(context asked, renderer const& with)
{
    auto form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    (*form)["do"] = "put_away";
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const before = based_on(*form);
    auto const words = as_typed(http::field_of(*form, "words"));
    auto const until = http::field_of(*form, "until");
    auto const whole = co_await whole_form(asked, id, *form);
    if (!whole) co_return with.error_page()(asked, whole.error());
    auto const typed = story_typed_in(*whole);
    auto const made = co_await asked.services.story_writing.put_away(me, id, before, words, until, typed);
    if (made) co_return see_other("/me/stories/" + id.text() + "?saved=away");
    if (made.error().code == errc::not_found) co_return with.error_page()(asked, made.error());
    auto const failed = kept_words(made.error());
    auto answer = co_await story_page(asked, with, *form, failed);
    co_return answer;
}

task<net::response> bring_back(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const pressed = http::field_of(*form, "number");
    auto number = 0;
    std::from_chars(pressed.data(), pressed.data() + pressed.size(), number);
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const whole = co_await whole_form(asked, id, *form);
    if (!whole) co_return with.error_page()(asked, whole.error());
    auto const typed = story_typed_in(*whole);
    auto const before = based_on(*form);
    auto const made = co_await asked.services.story_writing.bring_back(me, id, before, number, typed);
    if (made) co_return see_other("/me/stories/" + id.text() + "?saved=1");
    if (made.error().code == errc::not_found) co_return with.error_page()(asked, made.error());
    auto const failed = kept_words(made.error());
    auto answer = co_await story_page(asked, with, *form, failed);
    co_return answer;
}

// What was typed above is kept first: pressing this loses none of it.
task<net::response> make_goal(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const whole = co_await whole_form(asked, id, *form);
    if (!whole) co_return with.error_page()(asked, whole.error());
    auto const typed = story_typed_in(*whole);
    if (typed) {
        auto const before = based_on(*form);
        auto const words = *typed;
        auto const kept = co_await asked.services.story_writing.change(me, id, before, words);
        if (!kept && kept.error().code == errc::not_found) co_return with.error_page()(asked, kept.error());
        if (!kept) {
            auto const failed = kept_words(kept.error());
            auto answer = co_await story_page(asked, with, *form, failed);
            co_return answer;
        }
    }
    auto const goal = co_await asked.services.story_writing.next_to_goal(me, id);
    if (goal) co_return see_other("/me/goals/" + goal->text());
    if (goal.error().code != errc::invalid) co_return with.error_page()(asked, goal.error());
    http::fields nothing;
    nothing["do"] = "goal";
    auto const failed = goal.error();
    auto answer = co_await story_page(asked, with, nothing, failed);
    co_return answer;
}

task<net::response> remove(context asked, renderer const& with)
{
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const done = co_await app::remove_own(asked.services, me, kind, id);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/me/stories?removed=1");
}
} // namespace
} // namespace holdfast::pages::story_pages

namespace holdfast::pages {

void add_story_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace story_pages;
    auto const add_one = [&](method by, std::string const& path, std::string const& object, page_handler run
                         ) {
        auto const rate = by == method::get ? rate_kind::read : rate_kind::write;
        add_page(to, with, by, "/me/stories" + path, least::member, object, run, rate);
    };
    add_one(method::get, "", "account", list);
    add_one(method::post, "", "account", add);
    add_one(method::get, "/new", "account", show_new);
    add_one(method::get, "/{id}", "story", show);
    add_one(method::post, "/{id}", "story", change);
    add_one(method::post, "/{id}/put-away", "story", put_away);
    add_one(method::post, "/{id}/bring-back", "story", bring_back);
    add_one(method::post, "/{id}/goal", "story", make_goal);
    add_one(method::post, "/{id}/delete", "story", remove);
}

} // namespace holdfast::pages
