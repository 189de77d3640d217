#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/people/erasure.hpp"
#include "server/app/people/identity.hpp"
#include "server/app/posts/json_of.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::account_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
task<net::response> join(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const nickname = body->text("nickname");
    auto const passphrase = body->text("passphrase");
    auto const country = body->maybe_text("country").value_or("");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const made = co_await asked.services.identity.join(nickname, passphrase, country);
    if (!made) co_return answer_error(made.error());
    co_return signed_in_response(201, *made);
}

task<net::response> sign_in(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const nickname = body->text("nickname");
    auto const passphrase = body->text("passphrase");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const made = co_await asked.services.identity.sign_in(nickname, passphrase);
    if (!made) co_return answer_error(made.error());
    co_return signed_in_response(201, *made);
}

task<net::response> sessions(context asked)
{
    auto const found = co_await asked.services.identity.sessions(asked.who);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& one : *found)
        items.push_back(app::json_of(one));
    co_return http::json_response(200, list_of(std::move(items), std::nullopt));
}

task<net::response> session(context asked)
{
    auto const id = id_at<session_id>(asked, 0);
    auto const found = co_await asked.services.identity.sessions(asked.who);
    if (!found) co_return answer_error(found.error());
    for (auto const& one : *found) {
        if (one.id == id) co_return http::json_response(200, app::json_of(one));
    }
    error const none{errc::not_found};
    co_return answer_error(none);
}

task<net::response> end_other_sessions(context asked)
{
    auto const done = co_await asked.services.identity.end_other_sessions(asked.who);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> end_session(context asked)
{
    auto const session = id_at<session_id>(asked, 0);
    auto const done = co_await asked.services.identity.end_session(asked.who, session);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> me(context asked)
{
    co_return http::json_response(200, json_of(*asked.who));
}

task<net::response> change_me(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const country = body->text("country");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const done = co_await asked.services.identity.set_country(asked.who, country);
    if (!done) co_return answer_error(done.error());
    auto const again = co_await asked.services.identity.authenticate(asked.token);
    if (!again) co_return answer_error(again.error());
    co_return http::json_response(200, json_of(**again));
}

task<net::response> erase_me(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const passphrase = body->text("passphrase");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const done = co_await asked.services.erasure.erase(asked.who, passphrase);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}
} // namespace
} // namespace holdfast::api::account_routes

namespace holdfast::api {

boost::json::object json_of(domain::principal const& who)
{
    using namespace account_routes;
    json::object made;
    made["id"] = who.account.text();
    made["nickname"] = who.nickname;
    made["country"] = who.country;
    made["lead"] = who.is_lead;
    json::array circles;
    for (auto const& [circle, role] : who.roles) {
        circles.push_back({{"circle", circle.text()}, {"role", domain::name_of(role)}});
    }
    made["circles"] = std::move(circles);
    return made;
}

net::response signed_in_response(unsigned status, app::signed_in const& made)
{
    using namespace account_routes;
    json::object body;
    body["account"] = json_of(*made.who);
    body["session"] = made.who->session.text();
    body["token"] = made.token;
    if (!made.recovery_code.empty()) body["recovery_code"] = made.recovery_code;
    return http::json_response(status, body);
}

void add_account_routes(std::vector<http::route>& to)
{
    using namespace account_routes;
    using http::answers;
    using http::least;
    using http::rate_kind;
    to.push_back(
        {method::post, "/api/v1/accounts", least::visitor, "", answers::json, join, rate_kind::sign_in}
    );
    to.push_back(
        {method::post, "/api/v1/sessions", least::visitor, "", answers::json, sign_in, rate_kind::sign_in}
    );
    add_route(to, method::get, "/api/v1/sessions", least::member, "account", sessions);
    add_route(to, method::del, "/api/v1/sessions", least::member, "account", end_other_sessions);
    add_route(to, method::get, "/api/v1/sessions/{id}", least::member, "session", session);
    add_route(to, method::del, "/api/v1/sessions/{id}", least::member, "session", end_session);
    add_route(to, method::get, "/api/v1/me", least::member, "account", me);
    add_route(to, method::patch, "/api/v1/me", least::member, "account", change_me);
    to.push_back(
        {method::del, "/api/v1/me", least::member, "account", answers::json, erase_me, rate_kind::sign_in}
    );
}

} // namespace holdfast::api
