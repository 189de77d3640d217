#include "server/app/review.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/json_of.hpp"
#include "server/base/limits.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
task<net::response> items(context asked)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return answer_error(query.error());
    auto const name = http::field_of(*query, "lane");
    auto const lane = domain::lane_named(name);
    if (!name.empty() && !lane) {
        auto const wrong = invalid_field("lane", "This is one of: care, harm, newcomer, report, appeal.");
        co_return answer_error(wrong);
    }
    auto const found = co_await asked.services.review.items(asked.who, lane, limits::page_rows_max);
    if (!found) co_return answer_error(found.error());
    json::array made;
    for (auto const& one : *found)
        made.push_back(app::json_of(one));
    co_return http::json_response(200, list_of(std::move(made), std::nullopt));
}

task<net::response> open(context asked)
{
    auto const item = id_at<review_item_id>(asked, 0);
    auto const found = co_await asked.services.review.open(asked.who, item);
    if (!found) co_return answer_error(found.error());
    co_return http::json_response(200, app::json_of(*found));
}

task<net::response> claim(context asked)
{
    auto const item = id_at<review_item_id>(asked, 0);
    auto const done = co_await asked.services.review.claim(asked.who, item);
    if (!done) co_return answer_error(done.error());
    co_return http::json_response(200, app::json_of(*done));
}

task<net::response> decide(context asked)
{
    auto const item = id_at<review_item_id>(asked, 0);
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const name = body->text("decision");
    auto const revision = body->maybe_integer("revision");
    app::review_decision decided;
    decided.reason = body->maybe_text("reason").value_or("");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const what = domain::verdict_named(name);
    if (!what || !revision) {
        auto const wrong = what ? invalid_field("revision", "This is needed: the revision that you saw.")
                                : invalid_field("decision", "This is one of: publish, fold, return, keep.");
        co_return answer_error(wrong);
    }
    decided.what = *what;
    decided.revision = as_int(*revision);
    auto const done = co_await asked.services.review.decide(asked.who, item, decided);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}
} // namespace

void add_review_routes(std::vector<http::route>& to)
{
    using http::answers;
    using http::least;
    using http::rate_kind;
    to.push_back({method::get, "/api/v1/review/items", least::member, "", answers::json, items});
    to.push_back(
        {method::get, "/api/v1/review/items/{id}", least::facilitator, "review_item", answers::json, open}
    );
    to.push_back(
        {method::post,
         "/api/v1/review/items/{id}/claim",
         least::facilitator,
         "review_item",
         answers::json,
         claim,
         rate_kind::write}
    );
    to.push_back(
        {method::post,
         "/api/v1/review/items/{id}/decision",
         least::facilitator,
         "review_item",
         answers::json,
         decide,
         rate_kind::write}
    );
}

} // namespace holdfast::api
