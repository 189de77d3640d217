// A circle's own policy, for the people who look after it.
#include "server/app/circles/circles.hpp"
#include "server/app/policy/policies.hpp"
#include "server/http/problem.hpp"
#include "server/pages/desk/desk_words.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"

#include <cstdio>

namespace holdfast::pages::circle_policy_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
circle_id circle_in(context const& asked)
{
    return circle_id::parse(asked.ids.at(0)).value_or(circle_id());
}

std::string two_digits(double value)
{
    char text[16];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

view rules_view(moderation::policy const& host)
{
    view all(view::type::list);
    for (auto const& rule : host.rules) {
        view one;
        one.set("rule", rule.name);
        one.set("about", words_of(rule.about));
        one.set("state_words", words_of(rule.state));
        one.set("outcome_words", words_of(rule.outcome));
        one.set("threshold", two_digits(rule.threshold));
        one.set("why", say(rule.why));
        all.push_back(one);
    }
    return all;
}

void put_wish(view& to, app::circle_policy_wish const& wish)
{
    to.set("waits", true);
    to.set("wish", wish.toml);
    to.set("wish_ends", wish.toml.empty());
    to.set("asked_by", wish.nickname.empty() ? say("Somebody who left") : wish.nickname);
    to.set("is_mine", wish.is_mine);
    put_time(to, "asked", wish.asked_at);
}

task<net::response> policy_page(context asked, renderer const& with, std::string typed, error failed)
{
    auto const id = circle_in(asked);
    auto const circle = co_await asked.services.circles.get(asked.who, id);
    if (!circle) co_return with.error_page()(asked, circle.error());
    auto const looks_after = asked.who && asked.who->role_in(id) == domain::role::facilitator;
    if (!looks_after) co_return with.error_page()(asked, error{errc::not_found});
    auto const stands = asked.services.policies.of(asked.who, id);
    auto const host = asked.services.policies.host();
    auto const has_failed = has_faults(failed);
    view made;
    made.set("id", id.text());
    made.set("name", (*circle)->texts.name);
    made.set("policy_id", stands.id);
    made.set("own", has_failed ? typed : stands.own ? stands.own->text : std::string());
    auto const wish = co_await asked.services.policies.wish(asked.who, id);
    if (wish && *wish) put_wish(made, **wish);
    made.set("hold_from_risk", std::to_string(host->hold_from_risk));
    put_language_rule(made, host->language);
    made.set("rules", rules_view(*host));
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    co_return with.get().page(
        asked, status_of_form(failed), say("How careful this circle is"), "policy", made
    );
}

task<net::response> show_policy(context asked, renderer const& with)
{
    error const none;
    auto answer = co_await policy_page(asked, with, "", none);
    co_return answer;
}

task<net::response> set_policy(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const typed = http::field_of(*form, "policy");
    auto const done = co_await asked.services.policies.set(asked.who, circle_in(asked), typed);
    if (done) co_return see_other("/circles/" + asked.ids.at(0) + "/policy");
    auto failed = done.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    if (failed.fields.empty())
        failed.detail = "This could not be saved right now. Your rules are still here: please try again.";
    auto answer = co_await policy_page(asked, with, typed, failed);
    co_return answer;
}

task<net::response> settle_wish(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const agrees = http::field_of(*form, "agree") == "yes";
    auto const done = co_await asked.services.policies.settle(asked.who, circle_in(asked), agrees);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/circles/" + asked.ids.at(0) + "/policy");
}
} // namespace
} // namespace holdfast::pages::circle_policy_pages

namespace holdfast::pages {

void add_circle_policy_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace circle_policy_pages;
    add_page(to, with, method::get, "/circles/{id}/policy", least::facilitator, "circle", show_policy);
    add_page(
        to,
        with,
        method::post,
        "/circles/{id}/policy",
        least::facilitator,
        "circle",
        set_policy,
        rate_kind::write
    );
    add_page(
        to,
        with,
        method::post,
        "/circles/{id}/policy/waits",
        least::facilitator,
        "policy_wish",
        settle_wish,
        rate_kind::write
    );
}

} // namespace holdfast::pages
