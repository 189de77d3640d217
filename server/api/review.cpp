#include "server/app/desk/review.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/desk/json_of_desk.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/base/limits.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::review_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
review_item_id item_in(context const& asked)
{
    return id_at<review_item_id>(asked, 0);
}

net::response done_or_error(result<void> const& done)
{
    return done ? http::empty_response(204) : answer_error(done.error());
}

task<net::response> items(context asked)
{
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return answer_error(query.error());
    app::review_filter wanted;
    if (!page->cursor.empty()) wanted.after = domain::queue_place::parse(page->cursor);
    if (!page->cursor.empty() && !wanted.after) co_return answer_error(not_a_cursor());
    auto const name = http::field_of(*query, "lane");
    wanted.lane = domain::lane_named(name);
    if (!name.empty() && !wanted.lane) {
        auto const wrong = invalid_field("lane", "This is one of: care, harm, newcomer, report, appeal.");
        co_return answer_error(wrong);
    }
    auto const circle = http::field_of(*query, "circle");
    wanted.circle = circle_id::parse(circle);
    if (!circle.empty() && !wanted.circle) wanted.circle = circle_id(); // no circle has it
    wanted.mine = http::field_of(*query, "mine") == "true";
    auto const found = co_await asked.services.review.items(asked.who, wanted, page->limit);
    if (!found) co_return answer_error(found.error());
    json::array made;
    for (auto const& one : found->items)
        made.push_back(app::json_of(one));
    std::optional<std::string> next;
    if (found->next) next = found->next->text();
    co_return http::json_response(200, list_of(std::move(made), next));
}

task<net::response> open(context asked)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return answer_error(query.error());
    auto const name = http::field_of(*query, "show");
    auto const much = name == "reasons"     ? app::shown::reasons
                      : name == "sentences" ? app::shown::sentences
                                            : app::shown::all;
    if (much == app::shown::all && !name.empty() && name != "all") {
        auto const wrong = invalid_field("show", "This is one of: reasons, sentences, all.");
        co_return answer_error(wrong);
    }
    auto const found = co_await asked.services.review.open(asked.who, item_in(asked), much);
    if (!found) co_return answer_error(found.error());
    co_return http::json_response(200, app::json_of(*found));
}

task<net::response> claim(context asked)
{
    auto const done = co_await asked.services.review.claim(asked.who, item_in(asked));
    if (!done) co_return answer_error(done.error());
    co_return http::json_response(200, app::json_of(*done));
}

task<net::response> next(context asked)
{
    auto const handed = co_await asked.services.review.next(asked.who);
    if (!handed) co_return answer_error(handed.error());
    co_return http::json_response(200, app::json_of(*handed));
}

task<net::response> pass_on(context asked)
{
    auto const done = co_await asked.services.review.pass_on(asked.who, item_in(asked));
    co_return done_or_error(done);
}

task<net::response> ask_second(context asked)
{
    auto const done = co_await asked.services.review.ask_second(asked.who, item_in(asked));
    co_return done_or_error(done);
}

task<net::response> ask_lead(context asked)
{
    auto const done = co_await asked.services.review.ask_lead(asked.who, item_in(asked));
    co_return done_or_error(done);
}

task<net::response> add_note(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const words = body->text("words");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const done = co_await asked.services.review.add_note(asked.who, item_in(asked), *key, words);
    co_return done_or_error(done);
}

task<net::response> answer_appeal(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const words = body->text("words");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const done = co_await asked.services.appeals.answer(asked.who, item_in(asked), *key, words);
    co_return done_or_error(done);
}

// What of a limit was given; a kind that isn't one is a lock, which the service refuses with the choices.
void read_measures(http::json_body& body, app::review_decision& to)
{
    to.strike = as_int(body.maybe_integer("strike").value_or(0));
    auto const kind = body.maybe_text("limit");
    if (kind) to.limit = domain::limit_named(*kind).value_or(domain::limit_kind::lock);
    to.limit_hours = as_int(body.maybe_integer("limit_hours").value_or(0));
    to.slow_minutes = as_int(body.maybe_integer("slow_minutes").value_or(0));
}

task<net::response> decide(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const name = body->text("decision");
    auto const revision = body->maybe_integer("revision");
    app::review_decision decided;
    decided.reason = body->maybe_text("reason").value_or("");
    decided.passage = body->maybe_text("passage").value_or("");
    decided.ready_words = body->maybe_text("ready_words").value_or("");
    decided.blank = body->maybe_text("blank").value_or("");
    read_measures(*body, decided);
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const what = domain::verdict_named(name);
    if (!what || !revision) {
        auto const wrong =
            what ? invalid_field("revision", "This is needed: the revision that you saw.")
                 : invalid_field("decision", "This is one of: publish, fold, return, keep, remove.");
        co_return answer_error(wrong);
    }
    decided.what = *what;
    decided.revision = as_int(*revision);
    auto const done = co_await asked.services.review.decide(asked.who, item_in(asked), decided);
    co_return done_or_error(done);
}

task<net::response> reasons(context asked)
{
    json::array made;
    for (auto const& one : asked.services.ready.all())
        made.push_back(app::json_of(one));
    co_return http::json_response(200, list_of(std::move(made), std::nullopt));
}

task<net::response> day(context asked)
{
    auto const found = co_await asked.services.review.day(asked.who);
    if (!found) co_return answer_error(found.error());
    co_return http::json_response(200, app::json_of(*found));
}

task<net::response> choose(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const names = body->maybe_text("opt_outs");
    auto const minutes = body->maybe_integer("pause_minutes");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    std::optional<moderation::label_set> opt_outs;
    if (names) {
        auto const labels = http::labels_of(*names);
        if (!labels) co_return answer_error(labels.error());
        opt_outs = *labels;
    }
    std::optional<int> pause;
    if (minutes) pause = as_int(*minutes);
    auto const done = co_await asked.services.review.choose(asked.who, opt_outs, pause);
    if (!done) co_return answer_error(done.error());
    auto answer = co_await day(asked);
    co_return answer;
}
} // namespace
} // namespace holdfast::api::review_routes

namespace holdfast::api {

void add_review_routes(std::vector<http::route>& to)
{
    using namespace review_routes;
    using http::answers;
    using http::least;
    using http::rate_kind;
    auto const about_item = [&](std::string const& what, http::handler run) {
        to.push_back(
            {method::post,
             "/api/v1/review/items/{id}/" + what,
             least::facilitator,
             "review_item",
             answers::json,
             std::move(run),
             rate_kind::write}
        );
    };
    add_route(to, method::get, "/api/v1/review/items", least::member, "", items);
    add_route(to, method::get, "/api/v1/review/items/{id}", least::facilitator, "review_item", open);
    about_item("claim", claim);
    about_item("decision", decide);
    about_item("pass", pass_on);
    about_item("second", ask_second);
    about_item("escalate", ask_lead);
    about_item("notes", add_note);
    about_item("messages", answer_appeal);
    to.back().object = "appeal";
    add_route(to, method::post, "/api/v1/review/next", least::member, "", next);
    add_route(to, method::get, "/api/v1/review/reasons", least::member, "", reasons);
    add_route(to, method::get, "/api/v1/review/me", least::member, "account", day);
    add_route(to, method::put, "/api/v1/review/me", least::member, "account", choose);
}

} // namespace holdfast::api
