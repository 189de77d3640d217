// A safety plan for people one trusts with it: which steps, with whom; reading one that somebody shared.
#include "server/app/feed/live_feed.hpp"
#include "server/app/share_copy.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/share/share_form.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

namespace holdfast::pages::plan_share_pages {

using domain::share_what;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = domain::private_kind::plan;
constexpr auto what = share_what::plan;

// Names and numbers of others are left out unless they are chosen.
bool is_of_others(std::string_view field)
{
    return field == "ask" || field == "services";
}

view steps_view(boost::json::object const& plan, http::fields const& typed)
{
    view made(view::type::list);
    for (auto const& section : app::share_sections(what)) {
        auto const text = app::text_in(plan, section.field);
        if (text.empty()) continue;
        auto const name = "section_" + std::string(section.field);
        view one;
        one.set("name", name);
        one.set("heading", say(section.heading));
        one.set("text", text);
        one.set("chosen", typed.empty() ? !is_of_others(section.field) : typed.contains(name));
        made.push_back(one);
    }
    return made;
}

task<net::response> form_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = asked.session();
    auto const plan = co_await asked.services.space.only(me, kind);
    if (!plan) co_return with.error_page()(asked, plan.error());
    if (!*plan) co_return see_other("/me/plan/edit");
    auto const id = (*plan)->id;
    auto form = co_await share_form_view(asked, with, typed, failed, what, id);
    if (!form) co_return with.error_page()(asked, form.error());
    view made = std::move(*form);
    made.set("steps", steps_view((*plan)->body, typed));
    made.set("ends_at", ends_view(http::field_of(typed, "ends")));
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Share my safety plan"), "plan_share", made);
}

task<net::response> show_share(context asked, renderer const& with)
{
    return form_page(std::move(asked), with, http::fields(), error());
}

task<net::response> share(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = asked.session();
    auto const plan = co_await asked.services.space.only(me, kind);
    if (!plan) co_return with.error_page()(asked, plan.error());
    if (!*plan) co_return see_other("/me/plan/edit");
    app::share_wish wish;
    wish.audience = domain::share_audience::allies;
    wish.circle = circle_id::parse(http::field_of(*form, "circle")).value_or(circle_id());
    wish.allies = words_between_commas(http::field_of(*form, "allies"));
    wish.days = number_in(*form, "ends");
    for (auto const& section : app::share_sections(what)) {
        if (form->contains("section_" + std::string(section.field)))
            wish.sections.emplace_back(section.field);
    }
    auto const id = (*plan)->id;
    std::string const place = "/me/plan/share";
    auto answer = co_await shared_or_again(asked, with, *form, what, id, wish, place, form_page);
    co_return answer;
}

task<net::response> show(context asked, renderer const& with)
{
    auto const event = asked.services.live.delivered(); // before the page is read: what comes later is told
    auto const id = post_id::parse(asked.ids.at(0)).value_or(post_id());
    auto const found = co_await asked.services.shares.read(asked.who, what, id);
    if (!found) co_return with.error_page()(asked, found.error());
    view parts(view::type::list);
    for (auto const& part : app::parts_of(what, found->told.content.text)) {
        view one;
        one.set("heading", say(part.heading));
        one.set("has_heading", !part.heading.empty());
        one.set("text_html", html_of(part.text));
        parts.push_back(one);
    }
    view made;
    made.set("id", id.text());
    made.set("topic", "share:" + id.text());
    made.set("event", std::to_string(event));
    made.set("until", found->expires_at ? iso8601(*found->expires_at) : std::string());
    made.set("author", found->told.nickname.empty() ? say("Somebody who left") : found->told.nickname);
    made.set("mine", found->is_mine);
    made.set("folded", found->told.folded);
    made.set("note", note_for(found->told.labels));
    made.set("parts", parts);
    auto const clock = co_await clock_of(asked);
    put_time(made, "when", found->told.created_at, clock);
    co_return with.get().page(asked, 200, say("A safety plan"), "shared_plan", made);
}

// Of a plan or a card: back to where its writer shares it.
task<net::response> withdraw(context asked, renderer const& with)
{
    auto const id = post_id::parse(asked.ids.at(0)).value_or(post_id());
    auto const mine = co_await asked.services.posts.own(asked.who, id);
    auto const done = co_await asked.services.shares.withdraw(asked.who, id);
    if (!done) co_return with.error_page()(asked, done.error());
    auto const is_card = mine && mine->shared && mine->shared->what == share_what::card;
    co_return see_other(is_card ? "/me/cards" : "/me/plan/share#shares");
}
} // namespace
} // namespace holdfast::pages::plan_share_pages

namespace holdfast::pages {

void add_plan_share_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace plan_share_pages;
    auto const add_one =
        [&](method by, std::string path, http::least who, std::string object, page_handler run) {
            auto const rate = by == method::get ? rate_kind::read : rate_kind::write;
            add_page(to, with, by, std::move(path), who, std::move(object), run, rate);
        };
    add_one(method::get, "/me/plan/share", least::member, "account", show_share);
    add_one(method::post, "/me/plan/share", least::member, "account", share);
    add_one(method::get, "/plans/{id}", least::member, "shared_plan", show);
    add_one(method::post, "/shares/{id}/withdraw", least::author, "shared_card", withdraw);
}

} // namespace holdfast::pages
