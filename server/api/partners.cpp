// Keeping somebody company with a goal: asking, answering, what is shown and said, ending.
#include "server/app/partner/partners.hpp"
#include "server/api/api.hpp"
#include "server/api/aside.hpp"
#include "server/api/decode.hpp"
#include "server/api/submission.hpp"
#include "server/app/partner/partner_json.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/app/space/private_shape.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::partner_routes {

namespace json = boost::json;
using domain::partner_words;
using http::context;
using http::least;
using net::method;

namespace {
// What isn't named is off, but for the goal itself.
domain::partner_grants grants_in(http::json_body& from)
{
    domain::partner_grants made;
    made.goal = from.maybe_boolean("goal").value_or(true);
    made.steps = from.maybe_boolean("steps").value_or(false);
    made.tries = from.maybe_boolean("tries").value_or(false);
    made.hard_week = from.maybe_boolean("hard_week").value_or(false);
    return made;
}

task<net::response> ask(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    app::partner_ask wish;
    wish.circle = circle_id::parse(body->maybe_text("circle").value_or("")).value_or(circle_id());
    wish.nickname = body->maybe_text("nickname").value_or("");
    wish.note = body->maybe_text("note").value_or("");
    wish.grants = grants_in(body->maybe_object("grants"));
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const me = asked.session();
    auto const goal = id_at<private_id>(asked, 0);
    auto sent = co_await asked.services.partners.ask(me, goal, *key, wish);
    if (!sent) co_return answer_error(sent.error());
    if (sent->heavy) sent->question.care = sent->heavy->care;
    co_return submission_response(sent->question);
}

task<net::response> list(context asked)
{
    auto const me = asked.session();
    auto const found = co_await asked.services.partners.all(me);
    if (!found) co_return answer_error(found.error());
    auto const chosen = co_await pacing_of(asked);
    if (!chosen) co_return answer_error(chosen.error());
    auto const now = asked.services.time.now();
    json::array items;
    for (auto const& one : *found)
        items.push_back(marked(one, *chosen, now));
    co_return http::json_response(200, list_of(std::move(items), std::nullopt));
}

// With what was said, a part at a time: the cursor is of that list.
task<net::response> read(context asked)
{
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    app::partner_part_asked wanted;
    wanted.limit = page->limit;
    if (!page->cursor.empty()) wanted.before = post_id::parse(page->cursor);
    if (!page->cursor.empty() && !wanted.before) co_return answer_error(not_a_cursor());
    auto const me = asked.session();
    auto const id = id_at<post_id>(asked, 0);
    auto const found = co_await asked.services.partners.read(me, id);
    if (!found) co_return answer_error(found.error());
    auto made = app::json_of(*found);
    if (!domain::is_live(found->state)) co_return http::json_response(200, made);
    auto const part = co_await asked.services.partners.said(me, id, wanted);
    if (!part && part.error().code == errc::invalid) co_return answer_error(not_a_cursor());
    if (!part) co_return answer_error(part.error());
    made["said"] = app::json_of(part->said, found->as_member);
    made["next"] = part->older ? json::value(part->older->text()) : json::value(nullptr);
    co_return http::json_response(200, made);
}

task<net::response> answer(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const accepts = body->maybe_boolean("accept");
    auto const never_again = body->maybe_boolean("never_again").value_or(false);
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    if (!accepts) {
        auto const wrong = invalid_field("accept", "This is true or false.");
        co_return answer_error(wrong);
    }
    auto const id = id_at<post_id>(asked, 0);
    auto const done = co_await asked.services.partners.answer(asked.who, id, *accepts, never_again);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

// What became of each copy that was sent: care first, if it is due for one.
task<net::response> grant(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const grants = grants_in(*body);
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const me = asked.session();
    auto const id = id_at<post_id>(asked, 0);
    auto const sent = co_await asked.services.partners.grant(me, id, *key, grants);
    if (!sent) co_return answer_error(sent.error());
    json::object made;
    json::array copies;
    for (auto const& one : *sent) {
        copies.push_back({{"id", one.post.text()}, {"state", domain::name_of(one.state)}});
        if (one.care && !made.contains("care")) made["care"] = app::json_of(*one.care);
    }
    made["sent"] = std::move(copies);
    co_return http::json_response(200, made);
}

task<net::response> set_schedule(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    domain::partner_schedule wanted;
    wanted.morning = body->maybe_boolean("morning").value_or(false);
    wanted.evening = body->maybe_boolean("evening").value_or(false);
    wanted.tell = body->maybe_boolean("tell").value_or(false);
    auto const days = body->maybe_integers("days");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    for (auto const day : days) {
        if (day < 0 || day > 6) {
            auto const wrong = invalid_field("days", "This is a list of days: 0 is Sunday, 6 is Saturday.");
            co_return answer_error(wrong);
        }
        wanted.days.insert(static_cast<unsigned>(day));
    }
    auto const id = id_at<post_id>(asked, 0);
    auto const me = asked.session();
    auto const done = co_await asked.services.partners.set_schedule(me, id, wanted);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> set_hard_week(context asked, bool is_hard)
{
    auto const id = id_at<post_id>(asked, 0);
    auto const me = asked.session();
    auto const done = co_await asked.services.partners.set_hard_week(me, id, is_hard);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> hard_week(context asked)
{
    return set_hard_week(std::move(asked), true);
}

task<net::response> no_hard_week(context asked)
{
    return set_hard_week(std::move(asked), false);
}

task<net::response> say(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    app::partner_word said;
    auto const kind = domain::partner_words_named(body->text("kind"));
    said.text = body->maybe_text("text").value_or("");
    said.hard = body->maybe_text("hard").value_or("");
    said.idea = body->maybe_text("idea").value_or("");
    said.is_step = body->maybe_boolean("is_step").value_or(false);
    auto const seen = body->maybe_boolean("nudge_seen").value_or(false);
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    if (!kind || domain::is_copied(*kind)) {
        auto const wrong =
            invalid_field("kind", "This is one of: morning, evening, encouragement, proposal.");
        co_return answer_error(wrong);
    }
    said.kind = *kind;
    auto const id = id_at<post_id>(asked, 0);
    auto const me = asked.session();
    auto const sent = co_await asked.services.partners.say(me, id, *key, said, seen);
    if (!sent) co_return answer_error(sent.error());
    co_return submission_response(*sent);
}

task<net::response> end(context asked)
{
    auto const id = id_at<post_id>(asked, 0);
    auto const done = co_await asked.services.partners.end(asked.who, id);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> settle(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const take = body->maybe_boolean("take");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    if (!take) {
        auto const wrong = invalid_field("take", "This is true or false.");
        co_return answer_error(wrong);
    }
    auto const idea = id_at<post_id>(asked, 0);
    if (!*take) {
        auto const left = co_await asked.services.partners.leave(asked.who, idea);
        if (!left) co_return answer_error(left.error());
        co_return http::empty_response(204);
    }
    auto const me = asked.session();
    auto const goal = co_await asked.services.partners.take_over(me, idea);
    if (!goal) co_return answer_error(goal.error());
    json::object made;
    made["goal"] = goal->text();
    co_return http::json_response(200, made);
}
} // namespace
} // namespace holdfast::api::partner_routes

namespace holdfast::api {

void add_partner_routes(std::vector<http::route>& to)
{
    using namespace partner_routes;
    add_route(to, method::post, "/api/v1/goals/{id}/partner", least::member, "goal", ask);
    add_route(to, method::get, "/api/v1/partners", least::member, "account", list);
    add_route(to, method::get, "/api/v1/partners/{id}", least::member, "partnership", read);
    add_route(to, method::post, "/api/v1/partners/{id}/answer", least::member, "partner_question", answer);
    add_route(to, method::put, "/api/v1/partners/{id}/grants", least::member, "partnership", grant);
    add_route(to, method::put, "/api/v1/partners/{id}/schedule", least::member, "partnership", set_schedule);
    add_route(to, method::put, "/api/v1/partners/{id}/hard-week", least::member, "partnership", hard_week);
    add_route(to, method::del, "/api/v1/partners/{id}/hard-week", least::member, "partnership", no_hard_week);
    add_route(to, method::post, "/api/v1/partners/{id}/words", least::member, "partnership", say);
    add_route(to, method::del, "/api/v1/partners/{id}", least::member, "partnership", end);
    add_route(to, method::post, "/api/v1/partner-ideas/{id}", least::member, "partner_idea", settle);
}

} // namespace holdfast::api
