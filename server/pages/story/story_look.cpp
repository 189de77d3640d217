// Looking at a story over time: what changed between two versions, and what continues.
#include "server/app/story/story_look.hpp"
#include "server/app/story/story_writing.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/story/story_words.hpp"

#include <algorithm>

namespace holdfast::pages::story_look_pages {

using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using net::method;

namespace {
constexpr std::size_t bytes_around = 200; // of what stayed, beside what changed
constexpr std::size_t moments_of_part = 50;
constexpr std::size_t going_on_max = 20; // the others are in the list of goals
constexpr std::size_t words_shown_bytes = 200;

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

view pieces_view(std::vector<app::diff_piece> pieces)
{
    view all(view::type::list);
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
    for (auto& change : app::changes_between(before, after)) {
        view one;
        one.set("heading", say(heading_of(change.field)));
        one.set("pieces", pieces_view(std::move(change.pieces)));
        all.push_back(one);
    }
    return all;
}

// One version against the one that its writer had before them, and the days of all others: what changed in
// fifty at once would be a long page, and long in the making.
task<net::response> versions(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const all = co_await asked.services.story_writing.versions(me, id);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const query = http::form_fields(asked.request->query());
    auto const wanted = query ? http::field_of(*query, "version") : std::string();
    auto const* shown = app::version_of(*all, wanted);
    if (shown == nullptr) shown = &all->back();
    auto const clock = co_await clock_of(asked);
    view list(view::type::list);
    for (auto at = all->rbegin(); at != all->rend(); ++at) {
        view one;
        one.set("version", std::to_string(at->version));
        one.set("is_shown", &*at == shown);
        put_time(one, "when", at->saved_at, clock);
        list.push_back(one);
    }
    auto const* const before = app::version_before(*all, *shown);
    view made;
    made.set("id", id.text());
    made.set("name", name_of_story(all->back()));
    made.set("version", std::to_string(shown->version));
    put_time(made, "when", shown->saved_at, clock);
    made.set("beside", shown->is_beside_another());
    made.set("has_before", before != nullptr);
    if (before != nullptr) {
        auto const changes = changes_view(*before, *shown);
        made.set("any", !changes.list_value().empty());
        made.set("changes", changes);
    }
    made.set("versions", list);
    co_return with.get().page(asked, 200, say("How I told it before"), "story_versions", made);
}

std::string words_of(app::story_event what)
{
    switch (what) {
    case app::story_event::begun:
        return say("You began to tell");
    case app::story_event::told_anew:
        return say("You told it anew");
    case app::story_event::grew:
        return say("A goal grew from it");
    case app::story_event::tried:
        return say("You tried a step, and learned from it");
    }
    return "";
}

view moments_view(std::vector<app::story_moment> const& all)
{
    view made(view::type::list);
    for (auto const& one : all) {
        auto const of_story = one.what == app::story_event::begun || one.what == app::story_event::told_anew;
        view shown;
        shown.set("day", words_for(one.day));
        shown.set("words", words_of(one.what));
        shown.set("quoted", beginning_of(one.about));
        shown.set("path", (of_story ? "/me/stories/" : "/me/goals/") + one.id.text());
        made.push_back(shown);
    }
    return made;
}

view going_on_view(std::vector<app::goal_going_on> const& goals)
{
    view made(view::type::list);
    for (auto const& goal : goals) {
        if (made.list_value().size() == going_on_max) break;
        view one;
        one.set("goal", goal.id.text());
        one.set("what", cut_to(goal.what, words_shown_bytes));
        put_words(one, "step", cut_to(goal.step, words_shown_bytes));
        one.set("any_done", goal.any_done);
        made.push_back(one);
    }
    return made;
}

task<net::response> timeline(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const stories = co_await asked.services.story_writing.all(me);
    if (!stories) co_return with.error_page()(asked, stories.error());
    auto const goal_kind = private_kind::goal;
    auto const goals = co_await asked.services.space.all(me, goal_kind);
    if (!goals) co_return with.error_page()(asked, goals.error());
    auto const clock = co_await clock_of(asked);
    auto const found = app::continues_from(*stories, *goals, clock);
    std::vector const newest_first(found.moments.rbegin(), found.moments.rend());
    auto const part = list_part_of(asked, newest_first.size(), moments_of_part);
    view made;
    made.set("any", !newest_first.empty());
    made.set("moments", moments_view(in_part(newest_first, part)));
    made.set("parts_html", list_parts_html(with.get(), asked, part));
    made.set("any_going_on", !found.going_on.empty() && part.number == 1);
    made.set("going_on", going_on_view(found.going_on));
    made.set("more_going_on", found.going_on.size() > going_on_max);
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
