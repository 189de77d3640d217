// What comes after a hard evening: follow-ups, worries about somebody, and figures.
#include "server/app/care/aftercare.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/care/care.hpp"
#include "server/app/care/care_json.hpp"
#include "server/app/care/concerns.hpp"
#include "server/app/care/figures.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/app/space/space.hpp"

#include <boost/json/array.hpp>

#include <charconv>

namespace holdfast::api::aftercare_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
task<net::response> follow_ups(context asked)
{
    auto const found = co_await asked.services.care.aftercare.due(asked.who);
    if (!found) co_return answer_error(found.error());
    json::array made;
    for (auto const& one : *found)
        made.push_back(app::json_of(one));
    co_return http::json_response(200, list_of(std::move(made), std::nullopt));
}

task<net::response> answer_follow_up(context asked)
{
    auto const id = id_at<follow_up_id>(asked, 0);
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const answer = domain::follow_up_answer_named(body->maybe_text("answer").value_or(""));
    auto const helped = domain::helped_named(body->maybe_text("helped").value_or(""));
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    if (!answer || !helped) {
        auto const wrong = answer ? invalid_field("helped", "This is one of: yes, a_little, no.")
                                  : invalid_field("answer", "Please choose one of the answers.");
        co_return answer_error(wrong);
    }
    auto const done = co_await asked.services.care.aftercare.answer(asked.who, id, *answer, *helped);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> raise_concern(context asked)
{
    auto const circle = id_at<circle_id>(asked, 0);
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    app::concern_wanted wanted;
    wanted.words = body->text("text");
    wanted.nickname = body->maybe_text("nickname").value_or("");
    auto const post = body->maybe_text("post");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    if (post) wanted.post = post_id::parse(*post).value_or(post_id());
    auto const made = co_await asked.services.care.concerns.raise(asked.who, circle, *key, wanted);
    if (!made) co_return answer_error(made.error());
    auto answer = app::json_of(*made);
    // Who worries about somebody may need somebody too.
    auto const care = asked.services.space.care_for(*asked.who, wanted.words);
    if (care) answer["care"] = app::json_of(*care);
    co_return http::json_response(201, answer);
}

task<net::response> own_concerns(context asked)
{
    auto const circle = id_at<circle_id>(asked, 0);
    auto const found = co_await asked.services.care.concerns.mine(asked.who, circle);
    if (!found) co_return answer_error(found.error());
    json::array made;
    for (auto const& one : *found)
        made.push_back(app::json_of(one));
    co_return http::json_response(200, list_of(std::move(made), std::nullopt));
}

task<net::response> concern(context asked)
{
    auto const id = id_at<concern_id>(asked, 0);
    auto const found = co_await asked.services.care.concerns.open(asked.who, id);
    if (!found) co_return answer_error(found.error());
    co_return http::json_response(200, app::opened_json_of(*found));
}

task<net::response> answer_concern(context asked)
{
    auto const id = id_at<concern_id>(asked, 0);
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const real = body->maybe_boolean("real");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    if (!real) {
        auto const wrong = invalid_field("real", "This is needed: true or false.");
        co_return answer_error(wrong);
    }
    auto const done = co_await asked.services.care.concerns.answer(asked.who, id, *real);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

// "?days=30", thirty when it isn't given; -1: not a number.
int days_asked(net::request const& asked)
{
    auto const query = http::form_fields(asked.query());
    auto const text = query ? http::field_of(*query, "days") : std::string();
    if (text.empty()) return 30;
    int made = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), made);
    return failed == std::errc() && end == text.data() + text.size() ? made : -1;
}

task<net::response> figures(context asked)
{
    auto const days = days_asked(*asked.request);
    auto const made = co_await asked.services.care.reporting.of_last(asked.who, days);
    if (!made) co_return answer_error(made.error());
    co_return http::json_response(200, app::json_of(*made));
}

task<net::response> figures_csv(context asked)
{
    auto const days = days_asked(*asked.request);
    auto const made = co_await asked.services.care.reporting.of_last(asked.who, days);
    if (!made) co_return answer_error(made.error());
    net::response answer;
    answer.headers.emplace_back("content-type", "text/csv; charset=utf-8");
    answer.headers.emplace_back("content-disposition", "attachment; filename=\"holdfast-care.csv\"");
    answer.headers.emplace_back("cache-control", "no-store");
    answer.body = std::make_shared<std::string const>(app::csv_of(*made));
    co_return answer;
}
} // namespace
} // namespace holdfast::api::aftercare_routes

namespace holdfast::api {

void add_aftercare_routes(std::vector<http::route>& to)
{
    using namespace aftercare_routes;
    using http::answers;
    using http::least;
    add_route(to, method::get, "/api/v1/care/follow-ups", least::member, "", follow_ups);
    add_route(to, method::post, "/api/v1/care/follow-ups/{id}", least::author, "follow_up", answer_follow_up);
    add_route(
        to, method::post, "/api/v1/circles/{id}/concerns", least::circle_member, "circle", raise_concern
    );
    add_route(to, method::get, "/api/v1/circles/{id}/concerns", least::circle_member, "circle", own_concerns);
    add_route(to, method::get, "/api/v1/care/concerns/{id}", least::facilitator, "concern", concern);
    add_route(
        to, method::post, "/api/v1/care/concerns/{id}/answer", least::facilitator, "concern", answer_concern
    );
    add_route(to, method::get, "/api/v1/care/figures", least::lead, "", figures);
    add_route(to, method::get, "/api/v1/care/figures.csv", least::lead, "", figures_csv);
}

} // namespace holdfast::api
