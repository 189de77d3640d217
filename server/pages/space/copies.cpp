// A copy of one's data, out and in, and the blueprint: one page of what is in it, fit to be printed.
#include "server/app/partner/pace_changed.hpp"
#include "server/app/space/blueprint.hpp"
#include "server/base/limits.hpp"
#include "server/http/multipart.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/space/goal_words.hpp"
#include "server/pages/space/own_space.hpp"

namespace holdfast::pages::copy_pages {

using app::blueprint;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
view words_view(std::vector<std::string> const& words)
{
    view made(view::type::list);
    for (auto const& one : words) {
        view entry;
        entry.set("words", one);
        made.push_back(entry);
    }
    return made;
}

view past_view(blueprint const& from)
{
    view made(view::type::list);
    for (auto const& one : from.past) {
        view story;
        story.set("id", one.id.text());
        put_words(story, "intend", one.intend);
        put_words(story, "did", one.did);
        put_words(story, "means", one.means);
        made.push_back(story);
    }
    return made;
}

view goals_view(std::vector<blueprint::own_goal> const& goals)
{
    view made(view::type::list);
    for (auto const& one : goals) {
        view goal;
        goal.set("id", one.id.text());
        put_words(goal, "what", one.what);
        put_words(goal, "by", one.by);
        put_words(goal, "kept", one.kept);
        put_words(goal, "with", one.with);
        put_words(goal, "domain_words", words_of_domain(one.domain));
        goal.set("has_steps", !one.steps.empty());
        goal.set("steps", words_view(one.steps));
        made.push_back(goal);
    }
    return made;
}

view strengths_view(blueprint const& from)
{
    view made(view::type::list);
    for (auto const& one : from.strengths) {
        view strength;
        put_words(strength, "name", one.name);
        strength.set("shows", words_view(one.shows));
        made.push_back(strength);
    }
    return made;
}

view next_view(blueprint const& from)
{
    view made(view::type::list);
    for (auto const& one : from.next) {
        view step;
        step.set("story", one.story.text());
        put_words(step, "words", one.words);
        made.push_back(step);
    }
    return made;
}

task<net::response> show_blueprint(context asked, renderer const& with)
{
    auto const me = owner_of(asked);
    auto const found = co_await app::blueprint_for(asked.services, me);
    if (!found) co_return with.error_page()(asked, found.error());
    view made;
    made.set("nickname", asked.who->nickname);
    made.set("has_past", !found->past.empty() || !found->put_away.empty());
    made.set("past", past_view(*found));
    made.set("put_away", goals_view(found->put_away));
    made.set("has_strengths", !found->strengths.empty());
    made.set("strengths", strengths_view(*found));
    made.set("has_skills", !found->skills.empty() || !found->helped.empty());
    made.set("has_cards", !found->skills.empty());
    made.set("skills", words_view(found->skills));
    made.set("has_helped", !found->helped.empty());
    made.set("helped", words_view(found->helped));
    made.set("has_values", !found->values.empty());
    made.set("values", words_view(found->values));
    made.set("has_next", !found->next.empty() || !found->goals.empty());
    made.set("next", next_view(*found));
    made.set("goals", goals_view(found->goals));
    auto const clock = co_await clock_of(asked);
    put_time(made, "now", asked.services.time.now(), clock);
    co_return with.get().page(asked, 200, say("My blueprint"), "blueprint", made);
}

// What people call each kind of private writing.
std::string words_for(domain::private_kind kind)
{
    using domain::private_kind;
    switch (kind) {
    case private_kind::journal:
        return say("Journal");
    case private_kind::mood:
        return say("Moods");
    case private_kind::plan:
        return say("Safety plan");
    case private_kind::card:
        return say("Cue cards");
    case private_kind::goal:
        return say("Goals");
    case private_kind::story:
        return say("Stories");
    case private_kind::habit:
        return say("Habits");
    case private_kind::habit_note:
        return say("Days of habits");
    case private_kind::value:
        return say("Values");
    case private_kind::experiment:
        return say("Small tries");
    case private_kind::pacing:
        return say("My pace");
    case private_kind::waiting:
        return say("Words that wait");
    }
    return "";
}

view report_view(app::import_report const& report)
{
    view made(view::type::list);
    for (auto const& [kind, counted] : report.kinds) {
        if (counted.added + counted.kept == 0) continue;
        view one;
        one.set("kind_words", words_for(kind));
        one.set("added", std::to_string(counted.added));
        one.set("kept", std::to_string(counted.kept));
        made.push_back(one);
    }
    return made;
}

void put_partners(view& report, std::size_t to_ask)
{
    report.set("any_to_ask", to_ask > 0);
    report.set(
        "to_ask",
        say_count(
            static_cast<std::int64_t>(to_ask),
            "Somebody kept you company with a goal.",
            "{count} people kept you company with goals."
        )
    );
}

net::response copy_page(context const& asked, renderer const& with, error const* failed, view report)
{
    view made;
    made.set("has_failed", failed != nullptr);
    made.set("report", std::move(report));
    if (failed != nullptr) {
        view faults(view::type::list);
        for (auto const& fault : failed->fields) {
            view one;
            if (fault.field != "file") one.set("place", fault.field);
            one.set("detail", fault.detail);
            faults.push_back(one);
        }
        auto const is_full = failed->code == errc::no_room;
        if (is_full) {
            view one;
            one.set(
                "detail",
                say("There is not enough room for all of it. To make room, delete what you no longer need "
                    "here.")
            );
            faults.push_back(one);
        }
        made.set("faults", faults);
        made.set("other_detail", failed->fields.empty() && !is_full);
    }
    auto const status = failed == nullptr ? 200U : http::status_of(failed->code);
    return with.get().page(asked, status, say("A copy of everything"), "copy", made);
}

task<net::response> show_copy(context asked, renderer const& with)
{
    co_return copy_page(asked, with, nullptr, view(false));
}

task<net::response> take_in(context asked, renderer const& with)
{
    auto form = http::multipart_fields(*asked.request);
    if (!form || http::field_of(*form, "file").empty()) {
        auto const none = invalid_field("file", "Please choose the file first. It ends in .json.");
        co_return copy_page(asked, with, &none, view(false));
    }
    auto const me = owner_of(asked);
    auto file = std::move((*form)["file"]);
    auto const& spoken = with.get().spoken;
    auto const done = co_await asked.services.space.take_in(me, std::move(file), spoken);
    if (!done) {
        auto const failed = done.error();
        co_return copy_page(asked, with, &failed, view(false));
    }
    auto const followed = co_await app::pace_changed(asked.services, me); // it may have come with the file
    if (!followed) co_return with.error_page()(asked, followed.error());
    view report;
    report.set("kinds", report_view(*done));
    put_partners(report, done->partners_to_ask);
    co_return copy_page(asked, with, nullptr, report);
}
} // namespace
} // namespace holdfast::pages::copy_pages

namespace holdfast::pages {

void add_copy_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace copy_pages;
    add_page(to, with, method::get, "/me/blueprint", least::member, "account", show_blueprint);
    add_page(to, with, method::get, "/me/copy", least::member, "account", show_copy);
    add_page(to, with, method::post, "/me/copy", least::member, "account", take_in, rate_kind::write);
    to.back().body_bytes_max = limits::import_bytes_max;
}

} // namespace holdfast::pages
