// What keeps a circle safe besides the queue: reports, appeals, limits, locks, and one's own standing.
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/desk/json_of_desk.hpp"
#include "server/app/desk/welcome.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/base/limits.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::safety_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
net::response done_or_error(result<void> const& done)
{
    return done ? http::empty_response(204) : answer_error(done.error());
}

// Taken; with care when the words call for it.
net::response taken_with(std::optional<domain::care> const& care)
{
    json::object made;
    made["state"] = "taken";
    if (care) made["care"] = app::json_of(*care);
    return http::json_response(202, made);
}

task<net::response> report(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const name = body->text("category");
    auto const words = body->maybe_text("words").value_or("");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const category = domain::report_category_named(name);
    if (!category) {
        auto const wrong = invalid_field("category", "This is one of: unkind, how, who, selling, other.");
        co_return answer_error(wrong);
    }
    auto const done =
        co_await asked.services.reports.tell(asked.who, id_at<post_id>(asked, 0), *category, words);
    if (!done) co_return answer_error(done.error());
    co_return taken_with(*done);
}

task<net::response> own_reports(context asked)
{
    auto const found = co_await asked.services.reports.own(asked.who, limits::page_rows_max);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& one : *found)
        items.push_back(app::json_of(one));
    co_return http::json_response(200, list_of(std::move(items), std::nullopt));
}

task<net::response> appeal(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const words = body->text("words");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const done = co_await asked.services.appeals.ask(asked.who, id_at<post_id>(asked, 0), *key, words);
    if (!done) co_return answer_error(done.error());
    co_return taken_with(*done);
}

task<net::response> own_appeal(context asked)
{
    auto const found = co_await asked.services.appeals.own(asked.who, id_at<post_id>(asked, 0));
    if (!found) co_return answer_error(found.error());
    if (!*found) {
        json::object none;
        none["post"] = asked.ids.at(0);
        none["state"] = "none";
        none["messages"] = json::array();
        co_return http::json_response(200, none);
    }
    co_return http::json_response(200, app::json_of(**found));
}

task<net::response> standing(context asked)
{
    auto const found = co_await asked.services.measures.own(asked.who);
    if (!found) co_return answer_error(found.error());
    co_return http::json_response(200, app::json_of(*found));
}

task<net::response> limits_in(context asked)
{
    auto const found = co_await asked.services.measures.in(asked.who, id_at<circle_id>(asked, 0));
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& one : *found)
        items.push_back(app::json_of(one));
    co_return http::json_response(200, list_of(std::move(items), std::nullopt));
}

task<net::response> end_limit(context asked)
{
    auto const done = co_await asked.services.measures.end(asked.who, id_at<limit_id>(asked, 0));
    co_return done_or_error(done);
}

task<net::response> lock(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const reason = body->text("reason");
    auto const hours = as_int(body->maybe_integer("hours").value_or(24));
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const circle = id_at<circle_id>(asked, 0);
    auto const done = co_await asked.services.measures.lock(asked.who, circle, hours, reason);
    co_return done_or_error(done);
}

task<net::response> unlock(context asked)
{
    auto const done = co_await asked.services.measures.open(asked.who, id_at<circle_id>(asked, 0));
    co_return done_or_error(done);
}

task<net::response> unanswered(context asked)
{
    auto const found = co_await asked.services.welcome.unanswered(asked.who, limits::page_posts);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& one : *found)
        items.push_back(app::json_of(one));
    co_return http::json_response(200, list_of(std::move(items), std::nullopt));
}

task<net::response> set_welcome(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const does = body->maybe_boolean("welcome");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const circle = id_at<circle_id>(asked, 0);
    auto const done = co_await asked.services.welcome.set(asked.who, circle, does.value_or(true));
    co_return done_or_error(done);
}
} // namespace
} // namespace holdfast::api::safety_routes

namespace holdfast::api {

void add_safety_routes(std::vector<http::route>& to)
{
    using namespace safety_routes;
    using http::least;
    add_route(to, method::post, "/api/v1/posts/{id}/reports", least::circle_member, "post", report);
    add_route(to, method::get, "/api/v1/me/reports", least::member, "account", own_reports);
    add_route(to, method::post, "/api/v1/posts/{id}/appeal", least::author, "post", appeal);
    add_route(to, method::get, "/api/v1/posts/{id}/appeal", least::author, "post", own_appeal);
    add_route(to, method::get, "/api/v1/me/standing", least::member, "account", standing);
    add_route(to, method::get, "/api/v1/circles/{id}/limits", least::facilitator, "circle", limits_in);
    add_route(to, method::del, "/api/v1/limits/{id}", least::facilitator, "limit", end_limit);
    add_route(to, method::put, "/api/v1/circles/{id}/lock", least::facilitator, "circle", lock);
    add_route(to, method::del, "/api/v1/circles/{id}/lock", least::facilitator, "circle", unlock);
    add_route(to, method::get, "/api/v1/welcome", least::member, "account", unanswered);
    add_route(to, method::put, "/api/v1/circles/{id}/welcome", least::circle_member, "circle", set_welcome);
}

} // namespace holdfast::api
