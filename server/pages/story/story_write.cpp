// Writing a story: guided parts, of which one is needed; a pause at any time; passages put away for a while;
// a next step that becomes a goal.
#include "server/app/partner/remove_own.hpp"
#include "server/app/space/other_versions.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/story/story_look.hpp"
#include "server/app/story/story_text.hpp"
#include "server/app/story/story_writing.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/story/story_form.hpp"
#include "server/pages/story/story_words.hpp"

#include <boost/json.hpp>

#include <algorithm>

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
constexpr std::size_t rows_of_list = 60;

task<result<goals>> goals_of(context asked)
{
    auto const me = asked.session();
    auto const goal = private_kind::goal;
    auto all = co_await asked.services.space.all(me, goal);
    co_return all;
}

task<net::response> list(context asked, renderer const& with)
{
    auto const me = asked.session();
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
    made.set("errors_html", has_faults(failed) ? errors_html(with.get(), failed) : std::string());
    auto const status = status_of_form(failed);
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

// The small forms below the story send what is in it too, so that nothing typed is lost by pressing them.
std::optional<json::object> story_typed_in(http::fields const& form)
{
    if (!has_story(form)) return std::nullopt;
    return story_of(form);
}

task<result<http::fields>> whole_form(context asked, private_id id, http::fields form)
{
    auto const me = asked.session();
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

task<net::response> add(context asked, renderer const& with)
{
    auto form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto typed = story_of(*form);
    if (is_too_much(*form)) {
        if (is_empty_story(typed)) co_return see_other("/tools/grounding");
        fill_for_pause(typed, with.get().spoken);
    }
    auto const me = asked.session();
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
    auto const me = asked.session();
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return made;
    auto const away = app::put_away_in(versions->back().body);
    if (!away.empty()) made += "\n" + away.back().words;
    co_return made;
}

// `typed` is what stood in the form that failed; which of the page's forms, "do" says.
task<net::response> story_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.story_writing.versions(me, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const all = co_await goals_of(asked);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const& newest = versions->back();
    auto const has_failed = has_faults(failed);
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
    auto const status = status_of_form(failed);
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
    auto const me = asked.session();
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
    auto const me = asked.session();
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
    auto const number = whole_number(http::field_of(*form, "number")).value_or(0);
    auto const me = asked.session();
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
    auto const me = asked.session();
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
    auto const me = asked.session();
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
