// Private conversations between a member and those who look after their circle.
#include "server/app/care/talks.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/care/care.hpp"
#include "server/app/care/care_json.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::talk_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
task<net::response> ask_for(context asked)
{
    auto const post = id_at<post_id>(asked, 0);
    auto const made = co_await asked.services.care.talks.ask_for(asked.who, post);
    if (!made) co_return answer_error(made.error());
    co_return http::json_response(200, app::json_of(*made, asked.who->account));
}

task<net::response> offer(context asked)
{
    auto const alarm = id_at<alarm_id>(asked, 0);
    auto const made = co_await asked.services.care.talks.offer(asked.who, alarm);
    if (!made) co_return answer_error(made.error());
    co_return http::json_response(200, app::json_of(*made, asked.who->account));
}

task<net::response> list(context asked)
{
    auto const found = co_await asked.services.care.talks.list(asked.who);
    if (!found) co_return answer_error(found.error());
    json::array made;
    for (auto const& one : *found)
        made.push_back(app::json_of(one, asked.who->account));
    co_return http::json_response(200, list_of(std::move(made), std::nullopt));
}

task<net::response> messages(context asked)
{
    auto const talk = id_at<talk_id>(asked, 0);
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    auto const cursor = page->number();
    if (!cursor) co_return answer_error(cursor.error());
    auto const after = as_int(cursor->value_or(0));
    std::optional<int> const from = after;
    auto const found = co_await asked.services.care.talks.read(asked.who, talk, from);
    if (!found) co_return answer_error(found.error());
    json::array items;
    std::optional<std::string> next;
    for (auto const& one : found->messages) {
        if (items.size() == page->limit) break;
        items.push_back(app::json_of(one));
        if (one.number < found->talk.last_number) {
            next = std::to_string(one.number);
        } else {
            next.reset();
        }
    }
    auto made = list_of(std::move(items), next);
    made["talk"] = app::json_of(found->talk, asked.who->account);
    co_return http::json_response(200, made);
}

task<net::response> write(context asked)
{
    auto const talk = id_at<talk_id>(asked, 0);
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const words = body->text("text");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const made = co_await asked.services.care.talks.write(asked.who, talk, *key, words);
    if (!made) co_return answer_error(made.error());
    co_return http::json_response(201, app::json_of(*made));
}

task<net::response> close(context asked)
{
    auto const talk = id_at<talk_id>(asked, 0);
    auto const done = co_await asked.services.care.talks.close(asked.who, talk);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}
} // namespace
} // namespace holdfast::api::talk_routes

namespace holdfast::api {

void add_talk_routes(std::vector<http::route>& to)
{
    using namespace talk_routes;
    using http::least;
    add_route(to, method::post, "/api/v1/posts/{id}/talk", least::author, "post", ask_for);
    add_route(to, method::post, "/api/v1/care/alarms/{id}/talk", least::facilitator, "alarm", offer);
    add_route(to, method::get, "/api/v1/care/talks", least::member, "", list);
    add_route(to, method::get, "/api/v1/care/talks/{id}/messages", least::author, "talk", messages);
    add_route(to, method::post, "/api/v1/care/talks/{id}/messages", least::author, "talk", write);
    add_route(to, method::post, "/api/v1/care/talks/{id}/close", least::author, "talk", close);
}

} // namespace holdfast::api
