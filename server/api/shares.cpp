// Sharing a safety plan with people one names, and cue cards with a circle; reading and taking over what
// others shared.
#include "server/app/share/shares.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/api/submission.hpp"
#include "server/app/posts/share_copy.hpp"
#include "server/app/share/take_card.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/space.hpp"
#include "server/base/limits.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::share_routes {

namespace json = boost::json;
using domain::share_what;
using http::context;
using http::least;
using net::method;

namespace {
app::signed_in owner_of(context const& asked)
{
    return {asked.who, asked.token, {}};
}

json::object json_of(domain::shared_copy const& copy)
{
    json::object made;
    made["id"] = copy.told.id.text();
    made["circle"] = copy.told.circle.text();
    made["nickname"] = copy.told.nickname;
    made["title"] = copy.told.content.title;
    made["mine"] = copy.is_mine;
    made["folded"] = copy.told.folded;
    made["created_at"] = iso8601(copy.told.created_at);
    if (copy.what == share_what::card) {
        made["text"] = copy.told.content.text;
        return made;
    }
    json::array parts;
    for (auto const& part : app::parts_of(copy.what, copy.told.content.text))
        parts.push_back({{"heading", part.heading}, {"text", part.text}});
    made["parts"] = std::move(parts);
    return made;
}

json::object json_of(app::own_share const& share)
{
    json::object made;
    made["id"] = share.copy.id.text();
    made[domain::name_of(share.what)] = share.record.text();
    made["version"] = share.version;
    made["circle"] = share.copy.circle.text();
    made["state"] = domain::name_of(share.copy.state);
    made["open"] = share.is_open;
    json::array readers;
    for (auto const& name : share.readers)
        readers.push_back(json::string(name));
    made["readers"] = std::move(readers);
    made["created_at"] = iso8601(share.copy.created_at);
    return made;
}

task<net::response> share_plan(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto const body = http::json_object(*asked.request);
    if (!body) co_return answer_error(body.error());
    app::share_wish wish;
    wish.audience = domain::share_audience::allies;
    wish.circle = circle_id::parse(app::text_in(*body, "circle")).value_or(circle_id());
    auto allies = texts_of(*body, "allies");
    if (!allies) co_return answer_error(allies.error());
    wish.allies = std::move(*allies);
    auto sections = texts_of(*body, "sections");
    if (!sections) co_return answer_error(sections.error());
    wish.sections = std::move(*sections);
    auto const me = owner_of(asked);
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
    auto const me = owner_of(asked);
    auto const id = id_at<private_id>(asked, 0);
    auto const what = share_what::card;
    auto const made = co_await asked.services.shares.share(me, what, id, *key, wish);
    if (!made) co_return answer_error(made.error());
    co_return submission_response(made->sent);
}

task<net::response> own(context asked, share_what what)
{
    auto const me = owner_of(asked);
    auto const found = co_await asked.services.shares.own(me, what);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& one : *found)
        items.push_back(json_of(one));
    co_return http::json_response(200, list_of(std::move(items), std::nullopt));
}

task<net::response> for_me(context asked, share_what what)
{
    auto const found = co_await asked.services.shares.for_me(asked.who, what, limits::page_rows_max);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& one : *found)
        items.push_back(json_of(one));
    co_return http::json_response(200, list_of(std::move(items), std::nullopt));
}

task<net::response> read(context asked, share_what what)
{
    auto const id = id_at<post_id>(asked, 0);
    auto const found = co_await asked.services.shares.read(asked.who, what, id);
    if (!found) co_return answer_error(found.error());
    co_return http::json_response(200, json_of(*found));
}

task<net::response> withdraw(context asked)
{
    auto const id = id_at<post_id>(asked, 0);
    auto const done = co_await asked.services.shares.withdraw(asked.who, id);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> take(context asked)
{
    auto const me = owner_of(asked);
    auto const id = id_at<post_id>(asked, 0);
    auto const made = co_await app::take_card(asked.services, me, id);
    if (!made) co_return answer_error(made.error());
    co_return http::json_response(201, app::json_of(*made));
}

template <share_what what>
http::handler with(task<net::response> (*run)(context, share_what))
{
    return [run](context asked) { return run(std::move(asked), what); };
}
} // namespace
} // namespace holdfast::api::share_routes

namespace holdfast::api {

void add_share_routes(std::vector<http::route>& to)
{
    using namespace share_routes;
    auto const add = [&to](method by, std::string pattern, least who, std::string object, http::handler run) {
        auto const rate = by == method::get ? http::rate_kind::read : http::rate_kind::write;
        to.push_back(
            {by, std::move(pattern), who, std::move(object), http::answers::json, std::move(run), rate}
        );
    };
    add(method::post, "/api/v1/plan/shares", least::member, "account", share_plan);
    add(method::post, "/api/v1/cards/{id}/shares", least::member, "card", share_card);
    add(method::get, "/api/v1/plan-shares", least::member, "account", with<share_what::plan>(own));
    add(method::get, "/api/v1/card-shares", least::member, "account", with<share_what::card>(own));
    add(method::del, "/api/v1/shares/{id}", least::author, "shared_card", withdraw);
    add(method::get, "/api/v1/shared-plans", least::member, "account", with<share_what::plan>(for_me));
    add(method::get, "/api/v1/shared-plans/{id}", least::member, "shared_plan", with<share_what::plan>(read));
    add(method::get, "/api/v1/shared-cards", least::member, "account", with<share_what::card>(for_me));
    add(method::get, "/api/v1/shared-cards/{id}", least::member, "shared_card", with<share_what::card>(read));
    add(method::post, "/api/v1/shared-cards/{id}/card", least::member, "shared_card", take);
}

} // namespace holdfast::api
