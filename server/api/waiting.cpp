// Words that wait: sharing them. Keeping, changing and taking out are as for every kind of private writing.
#include "server/app/space/waiting.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/api/submission.hpp"

namespace holdfast::api::waiting_routes {

using http::context;
using http::least;
using net::method;

namespace {
task<net::response> send(context asked)
{
    auto nudge_seen = false;
    if (!asked.request->body.empty()) {
        auto body = http::json_body::read(*asked.request);
        if (!body) co_return answer_error(body.error());
        nudge_seen = body->maybe_boolean("nudge_seen").value_or(false);
        auto const good = body->check();
        if (!good) co_return answer_error(good.error());
    }
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto& space = asked.services.space;
    auto& posts = asked.services.posts;
    auto const sent = co_await app::send_waiting(space, posts, me, id, nudge_seen);
    if (!sent) co_return answer_error(sent.error());
    co_return submission_response(*sent);
}
} // namespace
} // namespace holdfast::api::waiting_routes

namespace holdfast::api {

void add_waiting_routes(std::vector<http::route>& to)
{
    using namespace waiting_routes;
    add_route(to, method::post, "/api/v1/waiting/{id}/send", least::member, "waiting", send);
}

} // namespace holdfast::api
