// Care for those who give it: alarms and the rota.
#include "server/app/care/care.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/care/alarms.hpp"
#include "server/app/care/care_json.hpp"
#include "server/app/care/rota.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::care_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
task<net::response> alarms(context asked)
{
    auto const found = co_await asked.services.care.alarms.open(asked.who);
    if (!found) co_return answer_error(found.error());
    json::array made;
    for (auto const& one : *found)
        made.push_back(app::json_of(one, asked.who->account));
    co_return http::json_response(200, list_of(std::move(made), std::nullopt));
}

task<net::response> take(context asked)
{
    auto const alarm = id_at<alarm_id>(asked, 0);
    auto const done = co_await asked.services.care.alarms.take(asked.who, alarm);
    if (!done) co_return answer_error(done.error());
    co_return http::json_response(200, app::json_of(*done, asked.who->account));
}

task<net::response> pass_on(context asked)
{
    auto const alarm = id_at<alarm_id>(asked, 0);
    auto const done = co_await asked.services.care.alarms.pass_on(asked.who, alarm);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> outside_help(context asked)
{
    auto const alarm = id_at<alarm_id>(asked, 0);
    auto const done = co_await asked.services.care.alarms.record_outside_help(asked.who, alarm);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

json::array duties_of(std::vector<domain::duty> const& all, account_id const& reader)
{
    json::array made;
    for (auto const& one : all)
        made.push_back(app::json_of(one, reader));
    return made;
}

task<net::response> rota(context asked)
{
    auto const circle = id_at<circle_id>(asked, 0);
    auto const found = co_await asked.services.care.rota.list(asked.who, circle);
    if (!found) co_return answer_error(found.error());
    auto const made = list_of(duties_of(*found, asked.who->account), std::nullopt);
    co_return http::json_response(200, made);
}

result<app::duty_wanted> wanted_duty(net::request const& asked)
{
    auto body = http::json_body::read(asked);
    if (!body) return body.error();
    auto const from = body->text("starts_at");
    auto const to = body->text("ends_at");
    app::duty_wanted made;
    made.place = as_int(body->maybe_integer("place").value_or(1));
    made.weeks = as_int(body->maybe_integer("weeks").value_or(1));
    made.nickname = body->maybe_text("nickname").value_or("");
    auto const good = body->check();
    if (!good) return good.error();
    auto const starts_at = time_from_iso8601(from);
    auto const ends_at = time_from_iso8601(to);
    if (!starts_at || !ends_at) {
        return invalid_field(
            starts_at ? "ends_at" : "starts_at", "This is a time in UTC, such as 2026-05-01T20:00:00Z."
        );
    }
    made.starts_at = *starts_at;
    made.ends_at = *ends_at;
    return made;
}

task<net::response> add_duty(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto const circle = id_at<circle_id>(asked, 0);
    auto const wanted = wanted_duty(*asked.request);
    if (!wanted) co_return answer_error(wanted.error());
    auto const made = co_await asked.services.care.rota.add(asked.who, circle, *key, *wanted);
    if (!made) co_return answer_error(made.error());
    auto const list = list_of(duties_of(*made, asked.who->account), std::nullopt);
    co_return http::json_response(201, list);
}

task<net::response> remove_duty(context asked)
{
    auto const duty = id_at<duty_id>(asked, 0);
    auto const done = co_await asked.services.care.rota.remove(asked.who, duty);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> write_duty_note(context asked)
{
    auto const duty = id_at<duty_id>(asked, 0);
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const note = body->text("note");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const done = co_await asked.services.care.rota.write_note(asked.who, duty, note);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}
} // namespace
} // namespace holdfast::api::care_routes

namespace holdfast::api {

void add_care_routes(std::vector<http::route>& to)
{
    using namespace care_routes;
    using http::least;
    add_route(to, method::get, "/api/v1/care/alarms", least::member, "", alarms);
    add_route(to, method::post, "/api/v1/care/alarms/{id}/take", least::facilitator, "alarm", take);
    add_route(to, method::post, "/api/v1/care/alarms/{id}/pass", least::facilitator, "alarm", pass_on);
    add_route(to, method::post, "/api/v1/care/alarms/{id}/outside-help", least::lead, "alarm", outside_help);
    add_route(to, method::get, "/api/v1/circles/{id}/duty", least::facilitator, "circle", rota);
    add_route(to, method::post, "/api/v1/circles/{id}/duty", least::facilitator, "circle", add_duty);
    add_route(to, method::del, "/api/v1/duty/{id}", least::facilitator, "duty", remove_duty);
    add_route(to, method::put, "/api/v1/duty/{id}/note", least::facilitator, "duty", write_duty_note);
}

} // namespace holdfast::api
