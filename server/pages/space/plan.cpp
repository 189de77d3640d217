// The safety plan: six steps after Stanley and Brown (2012, doi 10.1016/j.cbpra.2011.01.001), in the member's
// own words; one press from Help now, and fit to be printed.
#include "server/app/help/help_lines.hpp"
#include "server/app/partner/remove_own.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/space/plan_words.hpp"

#include <boost/json/object.hpp>

namespace holdfast::pages::plan_pages {

using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::plan;

void put_lines(view& made, context const& asked, renderer const& with)
{
    auto const chosen =
        asked.services.lines.chosen_for(country_of(asked), moderation::triage::amber, language_of(asked));
    made.set("lines_html", lines_html(with.get(), chosen.lines, language_of(asked)));
    made.set("country_name", say(asked.services.lines.name_of(chosen.country)));
}

net::response edit_page(
    context const& asked,
    renderer const& with,
    boost::json::object const& body,
    std::string const& based_on,
    error const* failed
)
{
    view made;
    made.set("steps", plan_steps_view(body, with_empty::yes));
    made.set("based_on", based_on);
    made.set("errors_html", failed == nullptr ? std::string() : errors_html(with.get(), *failed));
    auto const status = failed == nullptr ? 200U : http::status_of(failed->code);
    return with.get().page(asked, status, say("My safety plan"), "plan_edit", made);
}

task<net::response> show(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const plan = co_await asked.services.space.only(me, kind);
    if (!plan) co_return with.error_page()(asked, plan.error());
    if (!*plan) co_return see_other("/me/plan/edit");
    auto const id = (*plan)->id;
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    view made;
    made.set("steps", plan_steps_view((*plan)->body, with_empty::no));
    made.set("saved", was_saved(asked));
    auto const clock = co_await clock_of(asked);
    made.set("others_html", others_html(with.get(), kind, *versions, "/me/plan", clock));
    put_time(made, "kept", (*plan)->saved_at, clock);
    put_lines(made, asked, with);
    co_return with.get().page(asked, 200, say("My safety plan"), "plan", made);
}

task<net::response> show_edit(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const plan = co_await asked.services.space.only(me, kind);
    if (!plan) co_return with.error_page()(asked, plan.error());
    boost::json::object const nothing;
    auto const& body = *plan ? (*plan)->body : nothing;
    auto const version = *plan ? (*plan)->version : 0;
    co_return edit_page(asked, with, body, std::to_string(version), nullptr);
}

task<net::response> change(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const typed = body_of(kind, *form);
    auto const body = app::shaped(kind, typed);
    auto failed = body ? error() : body.error();
    if (body) {
        auto const me = asked.session();
        auto const before = based_on(*form);
        auto const made = co_await asked.services.space.set_only(me, kind, before, *body);
        if (made) co_return see_other("/me/plan?saved=1");
        failed = kept_words(made.error());
    }
    co_return edit_page(asked, with, typed, http::field_of(*form, "based_on"), &failed);
}

task<net::response> remove(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const plan = co_await asked.services.space.only(me, kind);
    if (!plan) co_return with.error_page()(asked, plan.error());
    if (*plan) {
        auto const id = (*plan)->id;
        auto const done = co_await app::remove_own(asked.services, me, kind, id);
        if (!done) co_return with.error_page()(asked, done.error());
    }
    co_return see_other("/me");
}
} // namespace
} // namespace holdfast::pages::plan_pages

namespace holdfast::pages {

void add_plan_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace plan_pages;
    add_page(to, with, method::get, "/me/plan", least::member, "account", show);
    add_page(to, with, method::get, "/me/plan/edit", least::member, "account", show_edit);
    add_page(to, with, method::post, "/me/plan", least::member, "account", change, rate_kind::write);
    add_page(to, with, method::post, "/me/plan/delete", least::member, "account", remove, rate_kind::write);
}

} // namespace holdfast::pages
