// Two people and one goal, as each of them sees it: what is shown, what they say, and the end of it.
#include "server/app/feed/live_feed.hpp"
#include "server/app/partner/partner_text.hpp"
#include "server/app/partner/partners.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/partner/partner_words.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>

namespace holdfast::pages::partner_pages {

using domain::partner_state;
using domain::partner_words;
using domain::partnership;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
// said
constexpr std::array<std::string_view, 7> day_names{
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

post_id between_in(context const& asked)
{
    return post_id::parse(asked.ids.at(0)).value_or(post_id());
}

std::string name_shown(partnership const& one)
{
    return one.nickname.empty() ? say("Somebody who left") : one.nickname;
}

std::string state_words(partnership const& one)
{
    if (one.is_over) return say("Nobody answered. The question ended by itself");
    switch (one.state) {
    case partner_state::asked:
    case partner_state::unheard:
        return one.as_member ? say("You asked. There is no answer yet")
                             : say("Asks if you would keep them company");
    case partner_state::accepted:
        return one.as_member ? say("Keeps you company") : say("You keep them company");
    case partner_state::not_now:
        return say("Said not now. That is about their time, not about you");
    case partner_state::ended:
        break;
    }
    return say("This has ended");
}

task<net::response> list(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const all = co_await asked.services.partners.all(me);
    if (!all) co_return with.error_page()(asked, all.error());
    view mine(view::type::list);
    view others(view::type::list);
    for (auto const& one : *all) {
        auto const aside = co_await is_put_aside(asked, one.nickname);
        if (aside && !one.as_member && one.state == partner_state::asked) continue;
        view entry;
        entry.set("id", one.id.text());
        entry.set("nickname", name_shown(one));
        entry.set("state", state_words(one));
        (one.as_member ? mine : others).push_back(entry);
    }
    view made;
    made.set("any_mine", !mine.list_value().empty());
    made.set("mine", mine);
    made.set("any_others", !others.list_value().empty());
    made.set("others", others);
    co_return with.get().page(asked, 200, say("Company for a goal"), "partners", made);
}

view days_view(domain::partner_schedule const& schedule)
{
    view made(view::type::list);
    for (unsigned step = 0; step < day_names.size(); ++step) {
        auto const day = (step + 1) % 7; // a week begins on Monday
        view one;
        one.set("number", std::to_string(day));
        one.set("name", say(day_names.at(day)));
        one.set("on", schedule.days.contains(day));
        made.push_back(one);
    }
    return made;
}

domain::partner_schedule schedule_in(http::fields const& form)
{
    domain::partner_schedule made;
    for (unsigned day = 0; day < day_names.size(); ++day) {
        if (form.contains("day_" + std::to_string(day))) made.days.insert(day);
    }
    made.morning = form.contains("morning");
    made.evening = form.contains("evening");
    made.tell = form.contains("tell");
    return made;
}

// What the member shows differs from what the goal says by now, or is not there yet.
bool is_other_by_now(partnership const& between, boost::json::object const& goal)
{
    return std::any_of(domain::copied_words.begin(), domain::copied_words.end(), [&](partner_words kind) {
        auto const shown = std::find_if(between.shown.begin(), between.shown.end(), [&](auto const& one) {
            return one.kind == kind;
        });
        auto const says = shown == between.shown.end() ? "" : shown->said.content.text;
        return between.grants.shows(kind) && says != app::copy_of_goal(goal, kind);
    });
}

task<void> put_member(view& made, context asked, partnership between)
{
    made.set("grants", grants_view(between.grants, nullptr));
    made.set("shows_hard_week", between.grants.hard_week);
    made.set("days", days_view(between.schedule));
    made.set("morning", between.schedule.morning);
    made.set("evening", between.schedule.evening);
    made.set("tell", between.schedule.tell);
    auto const day = co_await today_of(asked);
    std::chrono::weekday const today(day);
    auto const is_today = between.schedule.days.contains(today.c_encoding());
    made.set("morning_today", is_today && between.schedule.morning);
    made.set("evening_today", is_today && between.schedule.evening);
    made.set("has_goal", between.goal.has_value());
    if (!between.goal) co_return;
    made.set("goal", between.goal->text());
    auto const me = asked.session();
    auto const kind = domain::private_kind::goal;
    auto const goal = *between.goal;
    auto const versions = co_await asked.services.space.versions(me, kind, goal);
    if (!versions) co_return;
    put_words(made, "goal_name", app::text_in(versions->back().body, "what"));
    made.set("is_other", is_other_by_now(between, versions->back().body));
    made.set("grants", grants_view(between.grants, &versions->back().body));
}

// What was typed and didn't go; `nudge` when its writer is asked about it first.
struct unsent {
    http::fields typed;
    error why;
    std::string nudge;
};

void put_form(view& made, unsent const& form, renderer const& with)
{
    auto const kind = http::field_of(form.typed, "kind");
    for (auto const* name : {"morning", "evening", "encouragement", "proposal"})
        made.set(std::string("is_") + name, kind == name);
    for (auto const* name : {"text", "hard", "idea"}) {
        for (auto const* of : {"morning", "evening", "encouragement", "proposal"})
            made.set(
                std::string(of) + "_" + name, kind == of ? http::field_of(form.typed, name) : std::string()
            );
    }
    made.set("idea_is_step", http::field_of(form.typed, "is_step") == "yes");
    made.set("key", key_or_new(form.typed));
    made.set("nudged", !form.nudge.empty());
    made.set("nudge_html", form.nudge);
    made.set("errors_html", has_faults(form.why) ? errors_html(with.get(), form.why) : std::string());
}

void put_state(view& made, partnership const& between)
{
    auto const is_asked = domain::is_waiting(between.state) && !between.is_over;
    made.set("lasts", between.state == partner_state::accepted);
    made.set("asked_of_me", is_asked && !between.as_member);
    made.set("i_asked", is_asked && between.as_member);
    made.set("no_answer", between.is_over);
    made.set("not_now", between.state == partner_state::not_now && between.as_member);
    made.set(
        "over",
        (between.state == partner_state::ended && !between.is_over) ||
            (between.state == partner_state::not_now && !between.as_member)
    );
    made.set("question_gone", between.as_member && !between.had_company);
    made.set("question", between.note);
    made.set("question_folded", between.is_note_folded);
    made.set("note", note_for(between.note_labels));
    made.set("question_held", between.note_state == domain::post_state::held);
    made.set("question_back", between.note_state == domain::post_state::returned);
    made.set("grants_asked", grants_view(between.grants, nullptr));
}

task<net::response> partner_page(context asked, renderer const& with, unsent form)
{
    auto const event = asked.services.live.delivered(); // before the page is read: what comes later is told
    auto const id = between_in(asked);
    auto const found = co_await words_asked_for(asked, id);
    if (!found) co_return with.error_page()(asked, found.error());
    view made;
    put_words_between(made, with.get(), *found);
    put_state(made, found->between);
    put_form(made, form, with);
    made.set("event", std::to_string(event));
    made.set("saved", was_saved(asked) && !has_faults(form.why));
    made.set("shown_html", with.get().render("partner_shown", made));
    auto shown = found->between;
    auto const is_schedule = form.typed.contains("schedule"); // that was typed, and could not be kept
    if (is_schedule) shown.schedule = schedule_in(form.typed);
    made.set("schedule_open", is_schedule);
    if (form.typed.contains("grants")) shown.grants = grants_in(form.typed); // so were these
    if (shown.as_member) co_await put_member(made, asked, shown);
    auto const asks_first = form.nudge.empty() ? 200U : http::status_of(errc::nudged);
    auto const status = has_faults(form.why) ? http::status_of(form.why.code) : asks_first;
    co_return with.get().page(asked, status, say("Company for a goal"), "partner", made);
}

task<net::response> show(context asked, renderer const& with)
{
    return partner_page(std::move(asked), with, unsent());
}

// For an open page: what is shown now, in place of what was.
task<net::response> fragment(context asked, renderer const& with)
{
    auto const id = between_in(asked);
    auto const found = co_await words_asked_for(asked, id);
    auto const lasts = found && found->between.state == partner_state::accepted;
    error const gone{errc::not_found};
    if (!lasts) co_return with.error_page()(asked, gone);
    view made;
    put_words_between(made, with.get(), *found);
    co_return html_response(200, with.get().render("partner_shown", made));
}

task<net::response> answer(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const id = between_in(asked);
    auto const accepts = http::field_of(*form, "answer") == "yes";
    auto const never_again = !http::field_of(*form, "never_again").empty();
    auto const done = co_await asked.services.partners.answer(asked.who, id, accepts, never_again);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/partners/" + id.text());
}

task<net::response> grant(context asked, renderer const& with)
{
    auto form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = asked.session();
    auto const id = between_in(asked);
    auto const key = key_or_new(*form);
    auto const grants = grants_in(*form);
    auto const sent = co_await asked.services.partners.grant(me, id, key, grants);
    if (!sent) {
        if (sent.error().code == errc::not_found) co_return with.error_page()(asked, sent.error());
        if (sent.error().code == errc::key_reused) form->erase("key");
        (*form)["grants"] = "yes";
        unsent const failed{*form, kept_words(sent.error()), ""};
        auto again = co_await partner_page(asked, with, failed);
        co_return again;
    }
    for (auto const& one : *sent) {
        auto const plainly_there = one.state == domain::post_state::visible && !one.care;
        if (!plainly_there) co_return see_other("/posts/" + one.post.text());
    }
    co_return see_other("/partners/" + id.text() + "?saved=1");
}

task<net::response> set_schedule(context asked, renderer const& with)
{
    auto const typed = http::form_fields(asked.request->body);
    if (!typed) co_return with.error_page()(asked, typed.error());
    auto const wanted = schedule_in(*typed);
    auto const me = asked.session();
    auto const id = between_in(asked);
    auto const done = co_await asked.services.partners.set_schedule(me, id, wanted);
    if (done) co_return see_other("/partners/" + id.text() + "?saved=1");
    if (done.error().code != errc::invalid) co_return with.error_page()(asked, done.error());
    unsent const form{*typed, done.error(), ""};
    auto answer = co_await partner_page(asked, with, form);
    co_return answer;
}

task<net::response> set_hard_week(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const id = between_in(asked);
    auto const is_hard = http::field_of(*form, "hard_week") == "yes";
    auto const me = asked.session();
    auto const done = co_await asked.services.partners.set_hard_week(me, id, is_hard);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/partners/" + id.text() + "?saved=1");
}

task<net::response> say(context asked, renderer const& with)
{
    auto typed = http::form_fields(asked.request->body);
    if (!typed) co_return with.error_page()(asked, typed.error());
    for (auto& [name, text] : *typed)
        text = as_typed(text);
    auto const kind = domain::partner_words_named(http::field_of(*typed, "kind"));
    app::partner_word said;
    said.kind = kind.value_or(partner_words::goal); // of which nothing can be said
    said.text = http::field_of(*typed, "text");
    said.hard = http::field_of(*typed, "hard");
    said.idea = http::field_of(*typed, "idea");
    said.is_step = http::field_of(*typed, "is_step") == "yes";
    auto const id = between_in(asked);
    auto const key = key_or_new(*typed);
    auto const seen = !http::field_of(*typed, "nudge_seen").empty();
    auto const me = asked.session();
    auto const sent = co_await asked.services.partners.say(me, id, key, said, seen);
    unsent form{*typed, error(), ""};
    form.typed["key"] = key;
    if (sent && sent->nudged) {
        auto const heard = app::text_of(said); // as the check read it: its passages are places in this
        form.nudge = nudge_html(with.get(), sent->decided, heard ? *heard : said.text);
        auto asking = co_await partner_page(asked, with, form);
        co_return asking;
    }
    if (sent) {
        auto const plainly_there = sent->state == domain::post_state::visible && !sent->care;
        co_return see_other(
            plainly_there ? "/partners/" + id.text() + "#p-" + sent->post.text()
                          : "/posts/" + sent->post.text()
        );
    }
    if (sent.error().code == errc::not_found) co_return with.error_page()(asked, sent.error());
    if (sent.error().code == errc::key_reused) form.typed.erase("key");
    auto const of = http::field_of(*typed, "kind") + "-"; // each kind has a form of its own
    form.why = with_anchors(
        kept_words(sent.error()),
        {{"text", of + "text"}, {"hard", of + "hard"}, {"idea", of + "idea"}, {"kind", ""}}
    );
    auto answer = co_await partner_page(asked, with, form);
    co_return answer;
}

task<net::response> end(context asked, renderer const& with)
{
    auto const id = between_in(asked);
    auto const done = co_await asked.services.partners.end(asked.who, id);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/partners/" + id.text());
}

// An idea of the partner's, on the member's page.
task<net::response> settle(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const idea = between_in(asked);
    if (http::field_of(*form, "do") == "take") {
        auto const me = asked.session();
        auto const goal = co_await asked.services.partners.take_over(me, idea);
        if (!goal) co_return with.error_page()(asked, goal.error());
        co_return see_other("/me/goals/" + goal->text() + "?saved=1");
    }
    auto const left = co_await asked.services.partners.leave(asked.who, idea);
    if (!left) co_return with.error_page()(asked, left.error());
    auto const between = post_id::parse(http::field_of(*form, "between")).value_or(post_id());
    co_return see_other("/partners/" + between.text() + "?saved=1");
}
} // namespace
} // namespace holdfast::pages::partner_pages

namespace holdfast::pages {

void add_partner_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace partner_pages;
    auto const add_one = [&](method by, std::string path, std::string object, page_handler run) {
        auto const rate = by == method::get ? rate_kind::read : rate_kind::write;
        add_page(to, with, by, std::move(path), least::member, std::move(object), run, rate);
    };
    add_one(method::get, "/partners", "account", list);
    add_one(method::get, "/partners/{id}", "partnership", show);
    add_one(method::get, "/partners/{id}/shown", "partnership", fragment);
    add_one(method::post, "/partners/{id}/answer", "partner_question", answer);
    add_one(method::post, "/partners/{id}/grants", "partnership", grant);
    add_one(method::post, "/partners/{id}/schedule", "partnership", set_schedule);
    add_one(method::post, "/partners/{id}/hard-week", "partnership", set_hard_week);
    add_one(method::post, "/partners/{id}/words", "partnership", say);
    add_one(method::post, "/partners/{id}/end", "partnership", end);
    add_one(method::post, "/partner-ideas/{id}", "partner_idea", settle);
}

} // namespace holdfast::pages
