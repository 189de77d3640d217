// One's own space: the same five requests for each kind of private writing, and the safety plan, of which
// there is one.
#include "server/app/space/space.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/api/private_list.hpp"
#include "server/app/partner/pace_changed.hpp"
#include "server/app/partner/remove_own.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/app/space/browse.hpp"
#include "server/app/space/goal_time.hpp"
#include "server/app/space/habits.hpp"
#include "server/app/space/other_versions.hpp"
#include "server/app/space/private_shape.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::space_routes {

namespace json = boost::json;
using domain::private_kind;
using http::context;
using net::method;

namespace {
// What was saved, and care when the words sound heavy: for the author's eyes alone.
net::response saved(context const& asked, unsigned status, private_kind kind, app::private_text const& text)
{
    auto made = app::json_of(text);
    auto const care = asked.services.space.care_for(*asked.who, app::words_in(kind, text.body));
    if (care && kind != private_kind::plan) made["care"] = app::json_of(*care);
    return http::json_response(status, made);
}

result<app::private_change> change_of(net::request const& asked, private_kind kind)
{
    auto object = http::json_object(asked);
    if (!object) return object.error();
    app::private_change made;
    auto const before = take_version(*object, "based_on");
    if (!before) return before.error();
    auto const settled = take_version(*object, "settled");
    if (!settled) return settled.error();
    made.based_on = *before;
    made.settled = *settled;
    auto body = app::shaped(kind, *object);
    if (!body) return body.error();
    made.body = std::move(*body);
    return made;
}

task<net::response> list(context asked, private_kind kind)
{
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return answer_error(query.error());
    auto const wanted = app::browse_of(http::field_of(*query, "month"), http::field_of(*query, "q"));
    if (!wanted) co_return answer_error(wanted.error());
    auto const me = asked.session();
    auto const all = co_await asked.services.space.all(me, kind);
    if (!all) co_return answer_error(all.error());
    auto const clock = co_await asked.services.pace.clock_of(me);
    auto const found = app::matching(*all, kind, *wanted, clock);
    auto const part = part_of(found, *page);
    if (!part) co_return answer_error(part.error());
    json::array items;
    for (auto const& one : part->texts)
        items.push_back(app::json_of(one));
    co_return http::json_response(200, list_of(std::move(items), part->next));
}

task<net::response> add(context asked, private_kind kind)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto const object = http::json_object(*asked.request);
    if (!object) co_return answer_error(object.error());
    auto const body = app::shaped(kind, *object);
    if (!body) co_return answer_error(body.error());
    auto const me = asked.session();
    auto const made = co_await asked.services.space.add(me, kind, *key, *body);
    if (!made) co_return answer_error(made.error());
    co_return saved(asked, 201, kind, *made);
}

// A goal's own timeline, by the member's own days, and from when on a look back is wanted.
task<void> put_goal_time(json::object& made, context asked, std::vector<app::private_text> versions)
{
    auto const me = asked.session();
    auto const clock = co_await asked.services.pace.clock_of(me);
    auto const& newest = versions.back();
    auto const next = app::next_review(newest.body, clock.day_of(newest.created_at));
    made["over_time"] = app::json_of(app::over_time(versions, clock));
    made["next_review"] = next ? json::value(app::text_of(*next)) : json::value(nullptr);
}

task<net::response> get(context asked, private_kind kind)
{
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return answer_error(versions.error());
    auto made = app::json_of_all(*versions);
    if (kind == private_kind::goal) co_await put_goal_time(made, asked, *versions);
    co_return http::json_response(200, made);
}

task<net::response> change(context asked, private_kind kind)
{
    auto const wanted = change_of(*asked.request, kind);
    if (!wanted) co_return answer_error(wanted.error());
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const made =
        co_await asked.services.space.change(me, kind, id, wanted->based_on, wanted->body, wanted->settled);
    if (!made) co_return answer_error(made.error());
    co_return saved(asked, 200, kind, *made);
}

task<net::response> remove(context asked, private_kind kind)
{
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    if (kind == private_kind::habit) {
        auto const all = co_await app::remove_habit(asked.services.space, me, id);
        co_return all ? http::empty_response(204) : answer_error(all.error());
    }
    auto const done = co_await app::remove_own(asked.services, me, kind, id);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> get_only(context asked, private_kind kind)
{
    auto const me = asked.session();
    auto const one = co_await asked.services.space.only(me, kind);
    if (!one) co_return answer_error(one.error());
    if (!*one) {
        error const none{errc::not_found};
        co_return answer_error(none);
    }
    auto const id = (*one)->id;
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return answer_error(versions.error());
    co_return http::json_response(200, app::json_of_all(*versions));
}

task<result<app::private_text>> set_only(
    app::space& space, app::member_session const& me, private_kind kind, app::private_change const& wanted
)
{
    auto const seen = wanted.based_on;
    if (kind == private_kind::pacing) return space.set_only_with(me, kind, seen, app::pace_change(wanted));
    return space.set_only(me, kind, seen, wanted.body, wanted.settled);
}

task<net::response> change_only(context asked, private_kind kind)
{
    auto const wanted = change_of(*asked.request, kind);
    if (!wanted) co_return answer_error(wanted.error());
    auto const me = asked.session();
    auto const made = co_await set_only(asked.services.space, me, kind, *wanted);
    if (!made) co_return answer_error(made.error());
    if (kind == private_kind::pacing) {
        auto const followed = co_await app::pace_changed(asked.services, me);
        if (!followed) co_return answer_error(followed.error());
    }
    co_return saved(asked, 200, kind, *made);
}

task<net::response> remove_only(context asked, private_kind kind)
{
    auto const me = asked.session();
    auto const one = co_await asked.services.space.only(me, kind);
    if (!one) co_return answer_error(one.error());
    if (*one) {
        auto const id = (*one)->id;
        auto const done = co_await app::remove_own(asked.services, me, kind, id);
        if (!done) co_return answer_error(done.error());
        if (kind == private_kind::pacing) {
            auto const followed = co_await app::pace_changed(asked.services, me);
            if (!followed) co_return answer_error(followed.error());
        }
    }
    co_return http::empty_response(204);
}

using kind_handler = task<net::response> (*)(context, private_kind);

void add_route(
    std::vector<http::route>& to,
    method with,
    std::string pattern,
    std::string object,
    private_kind kind,
    kind_handler run
)
{
    auto call = [run, kind](context asked) { return run(std::move(asked), kind); };
    auto const rate = with == method::get ? http::rate_kind::read : http::rate_kind::write;
    to.push_back(
        {with, std::move(pattern), http::least::member, std::move(object), http::answers::json, call, rate}
    );
}

void add_kind(
    std::vector<http::route>& to, std::string const& path, std::string const& object, private_kind kind
)
{
    add_route(to, method::get, path, "account", kind, list);
    add_route(to, method::post, path, "account", kind, add);
    add_route(to, method::get, path + "/{id}", object, kind, get);
    add_route(to, method::put, path + "/{id}", object, kind, change);
    add_route(to, method::del, path + "/{id}", object, kind, remove);
}
} // namespace
} // namespace holdfast::api::space_routes

namespace holdfast::api {

void add_space_routes(std::vector<http::route>& to)
{
    using namespace space_routes;
    add_kind(to, "/api/v1/journal", "journal_entry", private_kind::journal);
    add_kind(to, "/api/v1/moods", "mood", private_kind::mood);
    add_kind(to, "/api/v1/goals", "goal", private_kind::goal);
    add_kind(to, "/api/v1/cards", "card", private_kind::card);
    add_kind(to, "/api/v1/waiting", "waiting", private_kind::waiting);
    add_route(to, method::get, "/api/v1/pacing", "account", private_kind::pacing, get_only);
    add_route(to, method::put, "/api/v1/pacing", "account", private_kind::pacing, change_only);
    add_route(to, method::del, "/api/v1/pacing", "account", private_kind::pacing, remove_only);
    add_kind(to, "/api/v1/experiments", "experiment", private_kind::experiment);
    add_kind(to, "/api/v1/values", "value", private_kind::value);
    add_kind(to, "/api/v1/habits", "habit", private_kind::habit);
    add_route(to, method::get, "/api/v1/habit-notes", "account", private_kind::habit_note, list);
    add_route(to, method::del, "/api/v1/habit-notes/{id}", "habit_note", private_kind::habit_note, remove);
    add_route(to, method::get, "/api/v1/plan", "account", private_kind::plan, get_only);
    add_route(to, method::put, "/api/v1/plan", "account", private_kind::plan, change_only);
    add_route(to, method::del, "/api/v1/plan", "account", private_kind::plan, remove_only);
}

} // namespace holdfast::api
