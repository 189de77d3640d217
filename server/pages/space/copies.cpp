// A copy of one's data, out and in, and the blueprint: one page of what is in it, fit to be printed.
#include "server/app/copies/blueprint.hpp"
#include "server/app/partner/pace_changed.hpp"
#include "server/base/limits.hpp"
#include "server/http/multipart.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/goal_words.hpp"
#include "server/pages/space/own_space.hpp"

#include <algorithm>

namespace holdfast::pages::copy_pages {

using app::blueprint;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
// One entry of the blueprint: long words are cut, they stand as a whole where they were written.
struct entry {
    view shown;
    std::size_t bytes = 300; // about what stands around its words

    void put(std::string const& name, std::string const& words, std::size_t bytes_max)
    {
        auto const some = cut_to(words, bytes_max);
        bytes += escaped(some).size();
        put_words(shown, name, some);
    }
};
using entries = std::vector<entry>;

constexpr std::size_t name_bytes = 300;
constexpr std::size_t told_bytes = 1200;
constexpr std::size_t words_bytes = 200;
constexpr std::size_t lines_max = 12;

void put_lines(entry& to, std::string const& name, std::vector<std::string> const& lines)
{
    view made(view::type::list);
    for (auto const& line : lines) {
        if (made.list_value().size() == lines_max) break;
        entry one;
        one.put("words", line, words_bytes);
        to.bytes += one.bytes - entry().bytes;
        made.push_back(one.shown);
    }
    to.shown.set("has_" + name, !lines.empty());
    to.shown.set(name, made);
}

entries words_of(std::vector<std::string> const& words)
{
    entries made(words.size());
    for (std::size_t at = 0; at < words.size(); ++at)
        made[at].put("words", words[at], words_bytes);
    return made;
}

entries past_of(blueprint const& from)
{
    entries made;
    for (auto const& one : from.past) {
        auto& story = made.emplace_back();
        story.shown.set("id", one.id.text());
        story.put("intend", one.intend, name_bytes);
        story.put("did", one.did, told_bytes);
        story.put("means", one.means, told_bytes);
    }
    return made;
}

entries goals_of(std::vector<blueprint::own_goal> const& goals)
{
    entries made;
    for (auto const& one : goals) {
        auto& goal = made.emplace_back();
        goal.shown.set("id", one.id.text());
        goal.put("what", one.what, name_bytes);
        goal.put("by", one.by, words_bytes);
        goal.put("kept", one.kept, told_bytes);
        goal.put("with", one.with, words_bytes);
        goal.put("domain_words", words_of_domain(one.domain), words_bytes);
        put_lines(goal, "steps", one.steps);
    }
    return made;
}

entries strengths_of(blueprint const& from)
{
    entries made;
    for (auto const& one : from.strengths) {
        auto& strength = made.emplace_back();
        strength.put("name", one.name, words_bytes);
        put_lines(strength, "shows", one.shows);
    }
    return made;
}

entries next_of(blueprint const& from)
{
    entries made;
    for (auto const& one : from.next) {
        auto& step = made.emplace_back();
        step.shown.set("story", one.story.text());
        step.put("words", one.words, name_bytes);
    }
    return made;
}

// One of its lists: how much of it the whole page has room for, and where it stands.
struct blueprint_list {
    std::string_view name, section;
    std::size_t bytes_max;
    entries all;
};
std::vector<blueprint_list> lists_of(blueprint const& from)
{
    return {
        {"past", "of_past", 14 * 1024, past_of(from)},
        {"put_away", "of_past", 9 * 1024, goals_of(from.put_away)},
        {"strengths", "of_strengths", 6 * 1024, strengths_of(from)},
        {"skills", "of_skills", 4 * 1024, words_of(from.skills)},
        {"helped", "of_skills", 4 * 1024, words_of(from.helped)},
        {"values", "of_values", 3 * 1024, words_of(from.values)},
        {"next", "of_next", 3 * 1024, next_of(from)},
        {"goals", "of_next", 9 * 1024, goals_of(from.goals)}};
}

constexpr std::size_t list_bytes = 40 * 1024; // of one list by itself

// "?of=past" asks for one list by itself, in parts; else it is the beginning of each.
void put_lists(view& made, renderer const& with, context const& asked, blueprint const& found)
{
    auto const query = http::form_fields(asked.request->query());
    auto const wanted = query ? http::field_of(*query, "of") : std::string();
    auto const lists = lists_of(found);
    auto const by_itself =
        std::any_of(lists.begin(), lists.end(), [&](auto const& list) { return list.name == wanted; });
    made.set("by_itself", by_itself);
    for (auto const& list : lists) {
        if (by_itself && list.name != wanted) continue;
        std::vector<std::size_t> bytes;
        for (auto const& one : list.all)
            bytes.push_back(one.bytes);
        auto const part = list_part_of(asked, bytes, bytes.size(), by_itself ? list_bytes : list.bytes_max);
        view shown(view::type::list);
        for (auto const& one : in_part(list.all, part))
            shown.push_back(one.shown);
        std::string const name(list.name);
        std::string const section(list.section);
        made.set(section, true);
        if (!list.all.empty()) made.set(section + "_any", true);
        made.set("has_" + name, !list.all.empty());
        made.set(name, shown);
        made.set("more_" + name, !by_itself && part.has_older());
        if (by_itself) made.set("parts_html", list_parts_html(with.get(), asked, part));
    }
}

task<net::response> show_blueprint(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const found = co_await app::blueprint_for(asked.services, me);
    if (!found) co_return with.error_page()(asked, found.error());
    view made;
    made.set("nickname", asked.who->nickname);
    put_lists(made, with, asked, *found);
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
    auto const me = asked.session();
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
