// What one signs in with: another passphrase, a new recovery code, and the way back in with the code.
#include "server/app/people/passphrases.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"

namespace holdfast::api::passphrase_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
task<net::response> change(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const passphrase = body->text("passphrase");
    auto const wanted = body->text("new_passphrase");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const done = co_await asked.services.passphrases.change(asked.who, passphrase, wanted);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> new_code(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const passphrase = body->text("passphrase");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const code = co_await asked.services.passphrases.new_code(asked.who, passphrase);
    if (!code) co_return answer_error(code.error());
    json::object made;
    made["recovery_code"] = *code;
    co_return http::json_response(201, made);
}

task<net::response> recover(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const nickname = body->text("nickname");
    auto const code = body->text("recovery_code");
    auto const wanted = body->text("new_passphrase");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const made = co_await asked.services.passphrases.recover(nickname, code, wanted);
    if (!made) co_return answer_error(made.error());
    co_return signed_in_response(201, *made);
}
} // namespace
} // namespace holdfast::api::passphrase_routes

namespace holdfast::api {

void add_passphrase_routes(std::vector<http::route>& to)
{
    using namespace passphrase_routes;
    using http::answers;
    using http::least;
    using http::rate_kind;
    to.push_back(
        {method::put,
         "/api/v1/me/passphrase",
         least::member,
         "account",
         answers::json,
         change,
         rate_kind::sign_in}
    );
    to.push_back(
        {method::post,
         "/api/v1/me/recovery-code",
         least::member,
         "account",
         answers::json,
         new_code,
         rate_kind::sign_in}
    );
    to.push_back(
        {method::post, "/api/v1/recoveries", least::visitor, "", answers::json, recover, rate_kind::sign_in}
    );
}

} // namespace holdfast::api
