// The list of what waits, taking the next one, and one's own day at the desk.
#include "server/app/desk/review.hpp"
#include "server/app/circles/circles.hpp"
#include "server/base/limits.hpp"
#include "server/http/problem.hpp"
#include "server/pages/desk/desk_words.hpp"
#include "server/pages/families.hpp"

#include <array>
#include <charconv>

namespace holdfast::pages::review_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr std::string_view kept_filter = "desk";

// What is asked for, else what was asked for last: a filter stays until one chooses another.
http::fields filter_of(context const& asked)
{
    auto const query = http::form_fields(asked.request->query());
    if (query && !query->empty()) return *query;
    auto const kept = http::percent_decoded(http::cookie_of(*asked.request, kept_filter), false);
    auto const fields = http::form_fields(kept.value_or(""));
    return fields ? *fields : http::fields();
}

std::string text_of(http::fields const& filter)
{
    std::string made;
    for (auto const* const name : {"lane", "circle", "mine"}) {
        auto const value = http::field_of(filter, name);
        if (value.empty()) continue;
        if (!made.empty()) made += '&';
        made += name;
        made += '=' + http::percent_encoded(value);
    }
    return made;
}

view lanes_view(std::optional<domain::lane> chosen)
{
    using domain::lane;
    view all(view::type::list);
    for (auto const one : {lane::care, lane::harm, lane::newcomer, lane::report, lane::appeal}) {
        view entry;
        entry.set("lane", std::string(domain::name_of(one)));
        entry.set("words", words_of(one));
        entry.set("chosen", chosen == one);
        all.push_back(entry);
    }
    return all;
}

task<view> circles_view(context asked, std::optional<circle_id> chosen)
{
    view all(view::type::list);
    auto const found = co_await asked.services.review.circles_of(asked.who);
    if (!found) co_return all;
    for (auto const& id : *found) {
        auto const circle = co_await asked.services.circles.get(asked.who, id);
        if (!circle) continue;
        view one;
        one.set("circle", id.text());
        one.set("name", (*circle)->texts.name);
        one.set("chosen", chosen == id);
        all.push_back(one);
    }
    co_return all;
}

std::string words_of(app::handed_out::pause why)
{
    switch (why) {
    case app::handed_out::pause::budget:
        return say(
            "You have carried enough for today. Others are asked now. Nothing is left without somebody."
        );
    case app::handed_out::pause::chosen:
        return say("You have a pause. What waits is not on you now. You can go on whenever you like.");
    case app::handed_out::pause::none:
        return say("Nothing waits for you right now.");
    }
    return "";
}

task<net::response> list_page(context asked, renderer const& with, std::string note)
{
    auto const filter = filter_of(asked);
    app::review_filter wanted;
    wanted.lane = domain::lane_named(http::field_of(filter, "lane"));
    wanted.circle = circle_id::parse(http::field_of(filter, "circle"));
    wanted.mine = !http::field_of(filter, "mine").empty();
    wanted.after = domain::queue_place::parse(http::field_of(filter, "after"));
    auto const found = co_await asked.services.review.items(asked.who, wanted, limits::page_posts);
    if (!found) co_return with.error_page()(asked, found.error());
    auto const day = co_await asked.services.review.day(asked.who);
    if (!day) co_return with.error_page()(asked, day.error());
    auto const circles = co_await circles_view(asked, wanted.circle);
    view all(view::type::list);
    for (auto const& item : found->items)
        all.push_back(item_view(item));
    view made;
    made.set("items", all);
    made.set("lanes", lanes_view(wanted.lane));
    made.set("circles", circles);
    made.set("mine", wanted.mine);
    auto const kept = text_of(filter); // which part of the list one saw is not kept
    if (wanted.after) made.set("begin", kept.empty() ? "lane=" : kept);
    if (found->next)
        made.set(
            "next", kept + (kept.empty() ? "after=" : "&after=") + http::percent_encoded(found->next->text())
        );
    made.set("in_parts", wanted.after || found->next);
    made.set("is_lead", asked.who->is_lead);
    made.set("weight", std::to_string(day->weight));
    made.set("budget", std::to_string(day->budget));
    made.set("pauses", day->paused_until.has_value());
    made.set("labels", labels_view(day->opt_outs));
    if (!note.empty()) made.set("note", note);
    auto answer = with.get().page(asked, 200, say("What waits for you"), "review", made);
    auto const cookie = http::percent_encoded(kept);
    answer.headers.emplace_back(
        "set-cookie", http::set_cookie(kept_filter, cookie, cookie.empty() ? 0 : 30L * 24 * 3600)
    );
    co_return answer;
}

task<net::response> list(context asked, renderer const& with)
{
    auto answer = co_await list_page(asked, with, "");
    co_return answer;
}

task<net::response> next(context asked, renderer const& with)
{
    auto const handed = co_await asked.services.review.next(asked.who);
    if (!handed) co_return with.error_page()(asked, handed.error());
    if (handed->item) co_return see_other("/review/" + handed->item->id.text());
    auto answer = co_await list_page(asked, with, words_of(handed->why_not));
    co_return answer;
}

task<net::response> choose(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    std::optional<int> pause;
    auto const minutes = http::field_of(*form, "pause_minutes");
    if (!minutes.empty()) std::from_chars(minutes.data(), minutes.data() + minutes.size(), pause.emplace(0));
    std::optional<moderation::label_set> opt_outs;
    if (form->contains("labels")) opt_outs.emplace();
    for (std::size_t at = 0; at < moderation::label_count; ++at) {
        auto const label = static_cast<moderation::label>(at);
        auto const ticked = form->contains("not_" + std::string(moderation::name_of(label)));
        if (opt_outs && ticked) opt_outs->add(label);
    }
    auto const done = co_await asked.services.review.choose(asked.who, opt_outs, pause);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/review");
}
} // namespace
} // namespace holdfast::pages::review_pages

namespace holdfast::pages {

void add_review_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace review_pages;
    add_page(to, with, method::get, "/review", least::member, "", list);
    add_page(to, with, method::post, "/review", least::member, "", next, rate_kind::write);
    add_page(to, with, method::post, "/me/desk", least::member, "account", choose, rate_kind::write);
}

} // namespace holdfast::pages
