// Asking somebody to keep one company with a goal: what they would see is said before anything is sent.
#include "server/app/circles/circles.hpp"
#include "server/app/partner/partners.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/partner/partner_words.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/share/share_form.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

namespace holdfast::pages::partner_ask_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = domain::private_kind::goal;
constexpr auto first_words = "Would you keep me company with a goal of mine?";

task<net::response> ask_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const all = co_await asked.services.partners.all(me);
    if (!all) co_return with.error_page()(asked, all.error());
    for (auto const& one : *all) {
        auto const is_there = domain::is_live(one.state) && !one.is_over;
        if (one.goal == id && is_there) co_return see_other("/partners/" + one.id.text());
    }
    auto const chosen = http::field_of(typed, "circle");
    auto const circles = co_await own_circles_view(asked, chosen);
    auto const& goal = versions->back().body;
    view made;
    made.set("id", id.text());
    put_body(made, kind, goal);
    made.set("any_circles", !circles.list_value().empty());
    made.set("circles", circles);
    made.set("nickname", http::field_of(typed, "nickname"));
    made.set("note", typed.empty() ? say(first_words) : http::field_of(typed, "note"));
    auto const grants = typed.empty() ? domain::partner_grants() : grants_in(typed);
    made.set("grants", grants_view(grants, &goal));
    made.set("key", key_or_new(typed));
    made.set("outside_html", outside_html(with.get(), asked));
    made.set("errors_html", has_faults(failed) ? errors_html(with.get(), failed) : std::string());
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Company for a goal"), "partner_ask", made);
}

task<net::response> show(context asked, renderer const& with)
{
    return ask_page(std::move(asked), with, http::fields(), error());
}

task<net::response> ask(context asked, renderer const& with)
{
    auto form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    app::partner_ask wish;
    wish.circle = circle_id::parse(http::field_of(*form, "circle")).value_or(circle_id());
    wish.nickname = http::field_of(*form, "nickname");
    wish.note = as_typed(http::field_of(*form, "note"));
    wish.grants = grants_in(*form);
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const key = key_or_new(*form);
    auto const sent = co_await asked.services.partners.ask(me, id, key, wish);
    if (sent) {
        auto const& told = sent->heavy ? *sent->heavy : sent->question;
        auto const plainly_there = told.state == domain::post_state::visible && !told.care;
        co_return see_other((plainly_there ? "/partners/" : "/posts/") + told.post.text());
    }
    auto failed = sent.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    if (failed.code == errc::key_reused) form->erase("key");
    if (failed.code == errc::conflict)
        failed =
            invalid_field("nickname", "Somebody keeps you company with this goal already, or was asked.");
    failed = kept_words(failed);
    auto answer = co_await ask_page(asked, with, *form, failed);
    co_return answer;
}
} // namespace
} // namespace holdfast::pages::partner_ask_pages

namespace holdfast::pages {

void add_partner_ask_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace partner_ask_pages;
    add_page(to, with, method::get, "/me/goals/{id}/partner", least::member, "goal", show);
    add_page(to, with, method::post, "/me/goals/{id}/partner", least::member, "goal", ask, rate_kind::write);
}

} // namespace holdfast::pages
