// Looking at a story over time: what changed between two versions, and what continues.
#include "server/app/posts/share_copy.hpp"
#include "server/app/space/goals.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/story/story_text.hpp"
#include "server/app/story/story_writing.hpp"
#include "server/app/text_diff.hpp"
#include "server/pages/families.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/story/story_words.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <set>

namespace holdfast::pages::story_look_pages {

using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using net::method;

namespace {
constexpr std::size_t bytes_around = 200; // of what stayed, beside what changed

// What stayed, without its middle when it is long.
std::string shortened(std::string const& same, bool is_first, bool is_last)
{
    auto const from_begin = is_first ? 0 : bytes_around;
    auto const from_end = is_last ? 0 : bytes_around;
    if (same.size() <= from_begin + from_end + bytes_around) return same;
    auto begin = same.rfind(' ', from_begin); // between two words
    if (is_first || begin == std::string::npos) begin = 0;
    auto const end = is_last ? same.size() : same.find(' ', same.size() - from_end);
    if (end == std::string::npos) return same;
    return same.substr(0, begin) + " … " + same.substr(end);
}

view pieces_view(std::string const& before, std::string const& after)
{
    view all(view::type::list);
    auto pieces = app::diff_of(before, after);
    for (auto& piece : pieces) {
        if (piece.what == app::diff_piece::kind::same)
            piece.text = shortened(piece.text, &piece == &pieces.front(), &piece == &pieces.back());
        view one;
        one.set("gone", piece.what == app::diff_piece::kind::gone);
        one.set("added", piece.what == app::diff_piece::kind::added);
        one.set("text", piece.text);
        all.push_back(one);
    }
    return all;
}

view changes_view(private_text const& before, private_text const& after)
{
    view all(view::type::list);
    for (auto const& section : app::share_sections(domain::share_what::story)) {
        auto const old_text = app::section_text(before.body, section.field);
        auto const new_text = app::section_text(after.body, section.field);
        if (old_text == new_text) continue;
        view one;
        one.set("heading", say(heading_of(section.field)));
        one.set("pieces", pieces_view(old_text, new_text));
        all.push_back(one);
    }
    return all;
}

// One version against the one that its writer had before them, and the days of all others: what changed in
// fifty at once would be a long page, and long in the making.
task<net::response> versions(context asked, renderer const& with)
{
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const all = co_await asked.services.story_writing.versions(me, id);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const query = http::form_fields(asked.request->query());
    auto const wanted = query ? http::field_of(*query, "version") : std::string();
    auto shown = std::find_if(all->begin(), all->end(), [&](auto const& one) {
        return std::to_string(one.version) == wanted;
    });
    if (shown == all->end()) --shown;
    auto const clock = co_await clock_of(asked);
    view list(view::type::list);
    for (auto at = all->rbegin(); at != all->rend(); ++at) {
        view one;
        one.set("version", std::to_string(at->version));
        one.set("is_shown", &*at == &*shown);
        put_time(one, "when", at->saved_at, clock);
        list.push_back(one);
    }
    auto const before = std::find_if(all->begin(), all->end(), [&](auto const& one) {
        return one.version == shown->based_on && one.version < shown->version;
    });
    view made;
    made.set("id", id.text());
    made.set("name", name_of_story(all->back()));
    made.set("version", std::to_string(shown->version));
    put_time(made, "when", shown->saved_at, clock);
    made.set("beside", shown->is_beside_another());
    made.set("has_before", before != all->end());
    if (before != all->end()) {
        auto const changes = changes_view(*before, *shown);
        made.set("any", !changes.list_value().empty());
        made.set("changes", changes);
    }
    made.set("versions", list);
    co_return with.get().page(asked, 200, say("How I told it before"), "story_versions", made);
}

struct moment {
    std::chrono::sys_days day;
    std::string words;  // ours
    std::string quoted; // theirs
    std::string path;
};

// The goals that a story leads to: of its next step, and of each strength.
std::set<std::string> goals_named(private_text const& story)
{
    std::set<std::string> made{app::text_in(story.body, "next_goal")};
    if (auto const* all = story.body.if_contains("strengths"); all != nullptr && all->is_array()) {
        for (auto const& one : all->get_array()) {
            if (one.is_object()) made.insert(app::text_in(one.get_object(), "goal"));
        }
    }
    made.erase("");
    return made;
}

void add_goal(std::vector<moment>& to, private_text const& goal, app::own_clock const& clock)
{
    auto const path = "/me/goals/" + goal.id.text();
    auto const day = clock.day_of(goal.created_at);
    to.push_back({day, say("A goal grew from it"), app::text_in(goal.body, "what"), path});
    for (auto const& step : app::steps_of(goal.body)) {
        for (auto const& tried : step.tries) {
            if (auto const tried_on = app::day_from(tried.day))
                to.push_back({*tried_on, say("You tried a step, and learned from it"), step.text, path});
        }
    }
}

view moments_view(std::vector<moment> all)
{
    std::stable_sort(all.begin(), all.end(), [](auto const& left, auto const& right) {
        return left.day < right.day;
    });
    view made(view::type::list);
    for (auto const& one : all) {
        view shown;
        shown.set("day", words_for(one.day));
        shown.set("words", one.words);
        shown.set("quoted", beginning_of(one.quoted));
        shown.set("path", one.path);
        made.push_back(shown);
    }
    return made;
}

view going_on_view(std::vector<private_text> const& goals)
{
    view made(view::type::list);
    for (auto const& goal : goals) {
        if (app::text_in(goal.body, "state") != "active") continue;
        view one;
        one.set("goal", goal.id.text());
        one.set("what", app::text_in(goal.body, "what"));
        auto done = 0;
        for (auto const& step : app::steps_of(goal.body)) {
            if (step.state == "done") ++done;
            if (step.state == "open" && !one.get("step")) one.set("step", step.text);
        }
        one.set("any_done", done > 0);
        made.push_back(one);
    }
    return made;
}

task<net::response> timeline(context asked, renderer const& with)
{
    auto const me = owner_of(asked);
    auto const stories = co_await asked.services.story_writing.all(me);
    if (!stories) co_return with.error_page()(asked, stories.error());
    auto const goal_kind = private_kind::goal;
    auto const goals = co_await asked.services.space.all(me, goal_kind);
    if (!goals) co_return with.error_page()(asked, goals.error());
    auto const clock = co_await clock_of(asked);
    std::vector<moment> moments;
    std::set<std::string> named;
    for (auto const& story : *stories) {
        auto const path = "/me/stories/" + story.id.text();
        auto const begun = clock.day_of(story.created_at);
        auto const told = clock.day_of(story.saved_at);
        moments.push_back({begun, say("You began to tell"), name_of_story(story), path});
        if (told != begun) moments.push_back({told, say("You told it anew"), name_of_story(story), path});
        named.merge(goals_named(story));
    }
    std::vector<private_text> grown;
    for (auto const& goal : *goals) {
        if (!named.contains(goal.id.text())) continue;
        add_goal(moments, goal, clock);
        grown.push_back(goal);
    }
    view made;
    made.set("any", !moments.empty());
    made.set("moments", moments_view(std::move(moments)));
    auto const going_on = going_on_view(grown);
    made.set("any_going_on", !going_on.list_value().empty());
    made.set("going_on", going_on);
    co_return with.get().page(asked, 200, say("What continues"), "story_timeline", made);
}
} // namespace
} // namespace holdfast::pages::story_look_pages

namespace holdfast::pages {

void add_story_look_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace story_look_pages;
    add_page(to, with, method::get, "/me/stories/timeline", least::member, "account", timeline);
    add_page(to, with, method::get, "/me/stories/{id}/versions", least::member, "story", versions);
}

} // namespace holdfast::pages
