#include "server/app/circles/circles.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/circles/members.hpp"
#include "server/app/policy/policies.hpp"
#include "server/app/posts/json_of.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::circle_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
task<net::response> list(context asked)
{
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    std::optional<circle_id> after;
    if (!page->cursor.empty()) after = circle_id::parse(page->cursor);
    if (!page->cursor.empty() && !after) co_return answer_error(not_a_cursor());
    auto const found = co_await asked.services.circles.list(asked.who, after, page->limit);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& one : *found)
        items.push_back(app::json_of(one));
    std::optional<std::string> next;
    if (found->size() == page->limit) next = found->back().id.text();
    co_return http::json_response(200, list_of(std::move(items), next));
}

error bad_choice(std::string field, std::string choices)
{
    return invalid_field(std::move(field), "This is one of: " + choices + ".");
}

task<net::response> create(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    app::new_circle wanted;
    wanted.texts.name = body->text("name");
    wanted.texts.purpose = body->text("purpose");
    wanted.texts.agreement = body->text("agreement");
    wanted.texts.hours = body->maybe_text("hours").value_or("");
    auto const entry = domain::entry_mode_named(body->maybe_text("entry").value_or("open"));
    auto const readers = domain::readable_by_named(body->maybe_text("readable_by").value_or("members"));
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    if (!entry) co_return answer_error(bad_choice("entry", "open, apply, invite"));
    if (!readers) co_return answer_error(bad_choice("readable_by", "everyone, members"));
    wanted.entry = *entry;
    wanted.readable_by = *readers;
    auto const made = co_await asked.services.circles.create(asked.who, *key, wanted);
    if (!made) co_return answer_error(made.error());
    co_return http::json_response(201, app::json_of(*made));
}

// Which policy decides here, for everybody; the circle's own rules for who looks after it.
void put_policy(json::object& to, context const& asked, circle_id const& circle)
{
    auto const policy = asked.services.policies.of(asked.who, circle);
    to["policy"] = policy.id;
    auto const outside = asked.services.policies.outside_check();
    if (!outside.empty()) to["outside_check"] = outside; // posts are also sent there
    if (policy.own) to["own_policy"] = app::json_of(*policy.own);
}

void put_wish(json::object& to, app::circle_policy_wish const& wish)
{
    json::object made;
    made["text"] = wish.toml;
    made["asked_by"] = wish.nickname;
    made["asked_at"] = iso8601(wish.asked_at);
    made["is_mine"] = wish.is_mine;
    to["policy_waits"] = std::move(made);
}

task<net::response> get(context asked)
{
    auto const circle = id_at<circle_id>(asked, 0);
    auto const found = co_await asked.services.circles.get(asked.who, circle);
    if (!found) co_return answer_error(found.error());
    auto const mine = co_await asked.services.members.standing_of(asked.who, circle);
    if (!mine) co_return answer_error(mine.error());
    auto made = app::json_of(**found);
    put_policy(made, asked, circle);
    auto const waits = co_await asked.services.policies.wish(asked.who, circle);
    if (waits && *waits) put_wish(made, **waits);
    made["role"] = domain::name_of(mine->role);
    made["application_waits"] = mine->application_waits;
    co_return http::json_response(200, made);
}

// A policy is changed by itself: two things that can each be refused are two requests.
task<net::response> change_policy(context asked, circle_id circle, std::string toml, bool alone)
{
    if (!alone) {
        auto const wrong = invalid_field("policy", "Please change the policy by itself.");
        co_return answer_error(wrong);
    }
    auto const done = co_await asked.services.policies.set(asked.who, circle, toml);
    if (!done) co_return answer_error(done.error());
    auto const found = co_await asked.services.circles.get(asked.who, circle);
    if (!found) co_return answer_error(found.error());
    auto made = app::json_of(**found);
    put_policy(made, asked, circle);
    auto const waits = *done == domain::change_stage::waits; // for a second person
    co_return http::json_response(waits ? 202 : 200, made);
}

task<net::response> change(context asked)
{
    auto const circle = id_at<circle_id>(asked, 0);
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    app::circle_changes wanted;
    wanted.name = body->maybe_text("name");
    wanted.purpose = body->maybe_text("purpose");
    wanted.agreement = body->maybe_text("agreement");
    wanted.hours = body->maybe_text("hours");
    auto const policy = body->maybe_text("policy");
    auto const entry = body->maybe_text("entry");
    auto const readers = body->maybe_text("readable_by");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    if (policy) {
        auto const alone =
            !wanted.name && !wanted.purpose && !wanted.agreement && !wanted.hours && !entry && !readers;
        auto answer = co_await change_policy(asked, circle, *policy, alone);
        co_return answer;
    }
    if (entry) wanted.entry = domain::entry_mode_named(*entry);
    if (readers) wanted.readable_by = domain::readable_by_named(*readers);
    if (entry && !wanted.entry) co_return answer_error(bad_choice("entry", "open, apply, invite"));
    if (readers && !wanted.readable_by)
        co_return answer_error(bad_choice("readable_by", "everyone, members"));
    auto const made = co_await asked.services.circles.change(asked.who, circle, wanted);
    if (!made) co_return answer_error(made.error());
    co_return http::json_response(200, app::json_of(*made));
}

task<net::response> join(context asked)
{
    auto const circle = id_at<circle_id>(asked, 0);
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const version = body->maybe_integer("agreement_version").value_or(0);
    auto const words = body->maybe_text("application").value_or("");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const done = co_await asked.services.members.join(asked.who, circle, as_int(version), words);
    if (!done) co_return answer_error(done.error());
    auto const waits = done->as == app::joined::waiting;
    json::object made;
    made["state"] = waits ? "waiting" : "member";
    if (done->care) made["care"] = app::json_of(*done->care);
    co_return http::json_response(waits ? 202 : 200, made);
}

task<net::response> leave(context asked)
{
    auto const circle = id_at<circle_id>(asked, 0);
    auto const done = co_await asked.services.members.leave(asked.who, circle);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> applications(context asked)
{
    auto const circle = id_at<circle_id>(asked, 0);
    auto const found = co_await asked.services.members.applications(asked.who, circle);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& one : *found)
        items.push_back(app::json_of(one));
    co_return http::json_response(200, list_of(std::move(items), std::nullopt));
}

task<net::response> decide_application(context asked)
{
    auto const application = id_at<application_id>(asked, 0);
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const decision = body->text("decision");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    if (decision != "accept" && decision != "decline")
        co_return answer_error(bad_choice("decision", "accept, decline"));
    auto const done =
        co_await asked.services.members.decide_application(asked.who, application, decision == "accept");
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}
} // namespace
} // namespace holdfast::api::circle_routes

namespace holdfast::api {

void add_circle_routes(std::vector<http::route>& to)
{
    using namespace circle_routes;
    using http::least;
    add_route(to, method::get, "/api/v1/circles", least::visitor, "", list);
    add_route(to, method::post, "/api/v1/circles", least::lead, "", create);
    add_route(to, method::get, "/api/v1/circles/{id}", least::visitor, "circle", get);
    add_route(to, method::patch, "/api/v1/circles/{id}", least::facilitator, "circle", change);
    add_route(to, method::put, "/api/v1/circles/{id}/membership", least::member, "circle", join);
    add_route(to, method::del, "/api/v1/circles/{id}/membership", least::member, "circle", leave);
    add_route(
        to, method::get, "/api/v1/circles/{id}/applications", least::facilitator, "circle", applications
    );
    add_route(
        to,
        method::post,
        "/api/v1/applications/{id}/decision",
        least::facilitator,
        "application",
        decide_application
    );
}

} // namespace holdfast::api
