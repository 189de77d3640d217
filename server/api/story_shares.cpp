// Sharing stories, reading what was shared, and answering with a note.
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/api/share_answers.hpp"
#include "server/api/submission.hpp"
#include "server/app/share/shares.hpp"
#include "server/app/space/private_shape.hpp"

namespace holdfast::api::story_share_routes {

namespace json = boost::json;
using http::context;
using http::least;
using net::method;

namespace {
constexpr auto what = domain::share_what::story;

result<app::share_wish> wish_of(net::request const& asked)
{
    auto body = http::json_body::read(asked);
    if (!body) return body.error();
    auto const audience = domain::share_audience_named(body->text("audience"));
    app::share_wish made;
    made.circle = circle_id::parse(body->maybe_text("circle").value_or("")).value_or(circle_id());
    made.title = body->maybe_text("title").value_or("");
    made.allies = body->maybe_texts("allies");
    made.sections = body->maybe_texts("sections");
    made.days = as_int(body->maybe_integer("days").value_or(0));
    made.version = as_int(body->maybe_integer("version").value_or(0));
    auto const good = body->check();
    if (!good) return good.error();
    if (!audience) return invalid_field("audience", "This is one of: allies, circle, link.");
    made.audience = *audience;
    return made;
}

task<net::response> share(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto const wish = wish_of(*asked.request);
    if (!wish) co_return answer_error(wish.error());
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const made = co_await asked.services.shares.share(me, what, id, *key, *wish);
    if (!made) co_return answer_error(made.error());
    json::object more;
    if (!made->link.empty()) more["link"] = path_of_link(made->link);
    co_return submission_response(made->sent, more);
}

task<net::response> open_link(context asked)
{
    auto const secret = asked.ids.at(0);
    auto const found = co_await asked.services.shares.open_link(asked.who, secret);
    if (!found) co_return answer_error(found.error());
    co_return http::json_response(200, json_of(*found));
}

task<net::response> keep_link(context asked)
{
    auto const secret = asked.ids.at(0);
    auto const kept = co_await asked.services.shares.keep_link(asked.who, secret);
    if (!kept) co_return answer_error(kept.error());
    json::object made;
    made["id"] = kept->text();
    co_return http::json_response(200, made);
}

task<net::response> witness(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const kind = domain::witness_kind_named(body->text("kind"));
    auto const text = body->text("text");
    auto const seen = body->maybe_boolean("nudge_seen").value_or(false);
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    if (!kind) {
        auto const wrong = invalid_field("kind", "This is one of: strength, resource.");
        co_return answer_error(wrong);
    }
    auto const id = id_at<post_id>(asked, 0);
    auto const sent = co_await asked.services.shares.witness(asked.who, id, *kind, *key, text, seen);
    if (!sent) co_return answer_error(sent.error());
    co_return submission_response(*sent);
}

task<net::response> set_pin(context asked, bool pinned)
{
    auto const id = id_at<post_id>(asked, 0);
    auto const done = co_await asked.services.shares.pin(asked.who, id, pinned);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> pin(context asked)
{
    return set_pin(std::move(asked), true);
}

task<net::response> unpin(context asked)
{
    return set_pin(std::move(asked), false);
}
} // namespace
} // namespace holdfast::api::story_share_routes

namespace holdfast::api {

void add_story_share_routes(std::vector<http::route>& to)
{
    using namespace story_share_routes;
    add_route(to, method::post, "/api/v1/stories/{id}/shares", least::member, "story", share);
    add_route(to, method::get, "/api/v1/story-shares", least::member, "account", own_shares<what>);
    add_route(to, method::del, "/api/v1/story-shares/{id}", least::author, "shared_story", withdraw_share);
    add_route(to, method::get, "/api/v1/shared-stories", least::member, "account", shares_for_me<what>);
    add_route(to, method::get, "/api/v1/shared-stories/{id}", least::member, "shared_story", shared<what>);
    add_route(to, method::post, "/api/v1/story-links/{id}", least::visitor, "story_link", open_link);
    add_route(
        to, method::post, "/api/v1/story-links/{id}/reader", least::circle_member, "story_link", keep_link
    );
    add_route(to, method::post, "/api/v1/posts/{id}/witness", least::member, "shared_story", witness);
    add_route(to, method::put, "/api/v1/posts/{id}/pin", least::author, "witness_note", pin);
    add_route(to, method::del, "/api/v1/posts/{id}/pin", least::author, "witness_note", unpin);
}

} // namespace holdfast::api
