// Sharing a safety plan with people one names, and cue cards with a circle; reading and taking over what
// others shared.
#include "server/app/share/shares.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/api/share_answers.hpp"
#include "server/api/submission.hpp"
#include "server/app/share/take_card.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/space.hpp"

namespace holdfast::api::share_routes {

namespace json = boost::json;
using domain::share_what;
using http::context;
using http::least;
using net::method;

namespace {
task<net::response> share_plan(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    app::share_wish wish;
    wish.audience = domain::share_audience::allies;
    wish.circle = circle_id::parse(body->maybe_text("circle").value_or("")).value_or(circle_id());
    wish.allies = body->maybe_texts("allies");
    wish.sections = body->maybe_texts("sections");
    wish.days = as_int(body->maybe_integer("days").value_or(0));
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const me = asked.session();
    auto const kind = domain::private_kind::plan;
    auto const plan = co_await asked.services.space.only(me, kind);
    if (!plan) co_return answer_error(plan.error());
    if (!*plan) {
        error const none{errc::not_found};
        co_return answer_error(none);
    }
    auto const id = (*plan)->id;
    auto const what = share_what::plan;
    auto const made = co_await asked.services.shares.share(me, what, id, *key, wish);
    if (!made) co_return answer_error(made.error());
    co_return submission_response(made->sent);
}

task<net::response> share_card(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    app::share_wish wish;
    wish.audience = domain::share_audience::circle;
    wish.circle = circle_id::parse(body->text("circle")).value_or(circle_id());
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const what = share_what::card;
    auto const made = co_await asked.services.shares.share(me, what, id, *key, wish);
    if (!made) co_return answer_error(made.error());
    co_return submission_response(made->sent);
}

task<net::response> take(context asked)
{
    auto const me = asked.session();
    auto const id = id_at<post_id>(asked, 0);
    auto const made = co_await app::take_card(asked.services, me, id);
    if (!made) co_return answer_error(made.error());
    co_return http::json_response(201, app::json_of(*made));
}

} // namespace
} // namespace holdfast::api::share_routes

namespace holdfast::api {

void add_share_routes(std::vector<http::route>& to)
{
    using namespace share_routes;
    add_route(to, method::post, "/api/v1/plan/shares", least::member, "account", share_plan);
    add_route(to, method::post, "/api/v1/cards/{id}/shares", least::member, "card", share_card);
    add_route(to, method::get, "/api/v1/plan-shares", least::member, "account", own_shares<share_what::plan>);
    add_route(to, method::get, "/api/v1/card-shares", least::member, "account", own_shares<share_what::card>);
    add_route(to, method::del, "/api/v1/shares/{id}", least::author, "shared_card", withdraw_share);
    add_route(to, method::get, "/api/v1/shared-plans", least::member, "account", shares_for_me<share_what::plan>);
    add_route(to, method::get, "/api/v1/shared-plans/{id}", least::member, "shared_plan", shared<share_what::plan>);
    add_route(to, method::get, "/api/v1/shared-cards", least::member, "account", shares_for_me<share_what::card>);
    add_route(to, method::get, "/api/v1/shared-cards/{id}", least::member, "shared_card", shared<share_what::card>);
    add_route(to, method::post, "/api/v1/shared-cards/{id}/card", least::member, "shared_card", take);
}

} // namespace holdfast::api
