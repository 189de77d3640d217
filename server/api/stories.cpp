// Stories for oneself: kept like the other private writing, with passages put away and a next step; what
// changed between two versions, and what continues.
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/api/private_list.hpp"
#include "server/app/partner/remove_own.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/app/space/other_versions.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/story/story_look.hpp"
#include "server/app/story/story_writing.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace holdfast::api::story_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
// What was saved, and care when the words sound heavy, also those that are out of sight now: for the author's
// eyes alone.
net::response
saved(context const& asked, unsigned status, app::private_text const& text, std::string const& put_away = "")
{
    auto made = app::json_of(text);
    auto const words = app::words_in(domain::private_kind::story, text.body);
    auto const care = asked.services.space.care_for(*asked.who, words + "\n" + put_away);
    if (care) made["care"] = app::json_of(*care);
    return http::json_response(status, made);
}

task<net::response> list(context asked)
{
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    auto const me = asked.session();
    auto const all = co_await asked.services.story_writing.all(me);
    if (!all) co_return answer_error(all.error());
    auto const part = part_of(*all, *page);
    if (!part) co_return answer_error(part.error());
    json::array items;
    auto const now = asked.services.time.now();
    for (auto const& text : part->texts) {
        auto one = app::json_of(text);
        one["due"] = app::is_due_for_a_look(text, now);
        items.push_back(std::move(one));
    }
    co_return http::json_response(200, list_of(std::move(items), part->next));
}

task<net::response> add(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto const typed = http::json_object(*asked.request);
    if (!typed) co_return answer_error(typed.error());
    auto const me = asked.session();
    auto const made = co_await asked.services.story_writing.add(me, *key, *typed);
    if (!made) co_return answer_error(made.error());
    co_return saved(asked, 201, *made);
}

task<net::response> get(context asked)
{
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const versions = co_await asked.services.story_writing.versions(me, id);
    if (!versions) co_return answer_error(versions.error());
    auto made = app::json_of_all(*versions);
    made["due"] = app::is_due_for_a_look(versions->back(), asked.services.time.now());
    co_return http::json_response(200, made);
}

struct compared {
    app::private_text const* before = nullptr;
    app::private_text const* after = nullptr;
};

// The newest against the one that its writer had before them, unless others are asked for by their numbers.
result<compared> compared_in(http::fields const& query, std::vector<app::private_text> const& versions)
{
    auto const chosen = [&](std::string_view name, app::private_text const* otherwise) {
        auto const typed = http::field_of(query, name);
        return typed.empty() ? otherwise : app::version_of(versions, typed);
    };
    compared made;
    made.after = chosen("version", &versions.back());
    if (made.after == nullptr) return invalid_field("version", "There is no version of this number.");
    made.before = chosen("before", app::version_before(versions, *made.after));
    if (made.before == nullptr && !http::field_of(query, "before").empty())
        return invalid_field("before", "There is no version of this number.");
    return made;
}

task<net::response> changes(context asked)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return answer_error(query.error());
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const versions = co_await asked.services.story_writing.versions(me, id);
    if (!versions) co_return answer_error(versions.error());
    auto const found = compared_in(*query, *versions);
    if (!found) co_return answer_error(found.error());
    json::object made;
    made["version"] = found->after->version;
    made["before"] = nullptr;
    made["changes"] = json::array();
    if (found->before != nullptr) {
        made["before"] = found->before->version;
        made["changes"] = app::json_of(app::changes_between(*found->before, *found->after));
    }
    co_return http::json_response(200, made);
}

task<net::response> times(context asked)
{
    auto const me = asked.session();
    auto const stories = co_await asked.services.story_writing.all(me);
    if (!stories) co_return answer_error(stories.error());
    auto const goal_kind = domain::private_kind::goal;
    auto const goals = co_await asked.services.space.all(me, goal_kind);
    if (!goals) co_return answer_error(goals.error());
    auto const clock = co_await asked.services.pace.clock_of(me);
    auto const found = app::continues_from(*stories, *goals, clock);
    co_return http::json_response(200, app::json_of(found));
}

task<net::response> change(context asked)
{
    auto typed = http::json_object(*asked.request);
    if (!typed) co_return answer_error(typed.error());
    auto const before = take_version(*typed, "based_on");
    if (!before) co_return answer_error(before.error());
    auto const settled = take_version(*typed, "settled");
    if (!settled) co_return answer_error(settled.error());
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const made = co_await asked.services.story_writing.change(me, id, *before, *typed, *settled);
    if (!made) co_return answer_error(made.error());
    co_return saved(asked, 200, *made);
}

task<net::response> remove(context asked)
{
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const kind = domain::private_kind::story;
    auto const done = co_await app::remove_own(asked.services, me, kind, id);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> put_away(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const words = body->text("words");
    auto const until = body->text("until");
    auto const before = as_int(body->maybe_integer("based_on").value_or(0));
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const made = co_await asked.services.story_writing.put_away(me, id, before, words, until);
    if (!made) co_return answer_error(made.error());
    co_return saved(asked, 200, *made, words);
}

task<net::response> bring_back(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const number = as_int(body->maybe_integer("number").value_or(0));
    auto const before = as_int(body->maybe_integer("based_on").value_or(0));
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const made = co_await asked.services.story_writing.bring_back(me, id, before, number);
    if (!made) co_return answer_error(made.error());
    co_return saved(asked, 200, *made);
}

task<net::response> next_to_goal(context asked)
{
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const goal = co_await asked.services.story_writing.next_to_goal(me, id);
    if (!goal) co_return answer_error(goal.error());
    json::object made;
    made["goal"] = goal->text();
    co_return http::json_response(201, made);
}
} // namespace
} // namespace holdfast::api::story_routes

namespace holdfast::api {

void add_story_routes(std::vector<http::route>& to)
{
    using namespace story_routes;
    auto const add_route = [&to](method with, std::string pattern, std::string object, http::handler run) {
        auto const rate = with == method::get ? http::rate_kind::read : http::rate_kind::write;
        to.push_back(
            {with,
             std::move(pattern),
             http::least::member,
             std::move(object),
             http::answers::json,
             std::move(run),
             rate}
        );
    };
    add_route(method::get, "/api/v1/stories", "account", list);
    add_route(method::post, "/api/v1/stories", "account", add);
    add_route(method::get, "/api/v1/stories/{id}", "story", get);
    add_route(method::put, "/api/v1/stories/{id}", "story", change);
    add_route(method::del, "/api/v1/stories/{id}", "story", remove);
    add_route(method::get, "/api/v1/stories/{id}/changes", "story", changes);
    add_route(method::get, "/api/v1/story-times", "account", times);
    add_route(method::post, "/api/v1/stories/{id}/put-away", "story", put_away);
    add_route(method::post, "/api/v1/stories/{id}/bring-back", "story", bring_back);
    add_route(method::post, "/api/v1/stories/{id}/goal", "story", next_to_goal);
}

} // namespace holdfast::api
