#include "server/app/posts/posts.hpp"
#include "server/api/api.hpp"
#include "server/api/aside.hpp"
#include "server/api/decode.hpp"
#include "server/api/submission.hpp"
#include "server/app/change_log.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/base/limits.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace holdfast::api::post_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
struct sent_text {
    domain::post_text content;
    bool nudge_seen = false; // asked before, and sent as it is
};

result<sent_text> sent_text_of(net::request const& asked)
{
    auto body = http::json_body::read(asked);
    if (!body) return body.error();
    sent_text made;
    made.content.title = body->maybe_text("title").value_or("");
    made.content.text = body->text("text");
    made.nudge_seen = body->maybe_boolean("nudge_seen").value_or(false);
    auto const good = body->check();
    if (!good) return good.error();
    return made;
}

std::string place_of(domain::thread const& thread)
{
    domain::thread_place const place{thread.active_at, thread.id};
    return place.text();
}

task<net::response> threads(context asked)
{
    auto const circle = id_at<circle_id>(asked, 0);
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    std::optional<domain::thread_place> before;
    if (!page->cursor.empty()) before = domain::thread_place::parse(page->cursor);
    if (!page->cursor.empty() && !before) co_return answer_error(not_a_cursor());
    auto const found = co_await asked.services.posts.threads(asked.who, circle, before, page->limit);
    if (!found) co_return answer_error(found.error());
    auto const chosen = co_await pacing_of(asked);
    if (!chosen) co_return answer_error(chosen.error());
    auto const now = asked.services.time.now();
    json::array items;
    for (auto const& one : *found)
        items.push_back(marked(one, *chosen, now));
    std::optional<std::string> next;
    if (found->size() == page->limit) next = place_of(found->back());
    co_return http::json_response(200, list_of(std::move(items), next));
}

task<net::response> start_thread(context asked)
{
    auto const circle = id_at<circle_id>(asked, 0);
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto const text = sent_text_of(*asked.request);
    if (!text) co_return answer_error(text.error());
    auto const sent = co_await asked.services.posts.start_thread(asked.who, circle, *key, text->content);
    if (!sent) co_return answer_error(sent.error());
    co_return submission_response(*sent);
}

task<net::response> thread(context asked)
{
    auto const wanted = id_at<thread_id>(asked, 0);
    app::page_at const first{app::page_at::where::after, 0};
    auto const found = co_await asked.services.posts.page(asked.who, wanted, first, 1);
    if (!found) co_return answer_error(found.error());
    auto const chosen = co_await pacing_of(asked);
    if (!chosen) co_return answer_error(chosen.error());
    auto const now = asked.services.time.now();
    co_return http::json_response(200, marked(found->thread, *chosen, now));
}

task<net::response> replies(context asked, http::rendered_cache& cache)
{
    auto const wanted = id_at<thread_id>(asked, 0);
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    auto const cursor = page->number();
    if (!cursor) co_return answer_error(cursor.error());
    auto const after = as_int(cursor->value_or(0));
    auto const allowed = co_await asked.services.posts.circle_of(asked.who, wanted);
    if (!allowed) co_return answer_error(allowed.error());
    auto const chosen = co_await pacing_of(asked);
    if (!chosen) co_return answer_error(chosen.error());
    auto const now = asked.services.time.now();

    auto const version = asked.services.changes.version_of(wanted);
    auto const key =
        "json " + wanted.text() + " " + std::to_string(after) + " " + std::to_string(page->limit);
    // What somebody put aside is marked for them alone: their answer is kept for nobody.
    auto body = *chosen ? nullptr : cache.find(key, version);
    if (!body) {
        app::page_at const at{app::page_at::where::after, after};
        auto const found = co_await asked.services.posts.page(asked.who, wanted, at, page->limit);
        if (!found) co_return answer_error(found.error());
        json::array items;
        for (auto const& one : found->posts)
            items.push_back(marked(one, *chosen, now));
        std::optional<std::string> next;
        if (found->has_later && !found->posts.empty()) next = std::to_string(found->posts.back().number);
        body = std::make_shared<std::string const>(json::serialize(list_of(std::move(items), next)));
        if (!*chosen) cache.keep(key, version, body, body->size());
    }
    net::response made;
    made.headers.emplace_back("content-type", "application/json");
    made.headers.emplace_back("cache-control", "no-store");
    made.body = std::move(body);
    co_return made;
}

task<net::response> reply(context asked)
{
    auto const to = id_at<thread_id>(asked, 0);
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto const text = sent_text_of(*asked.request);
    if (!text) co_return answer_error(text.error());
    auto const sent =
        co_await asked.services.posts.reply(asked.who, to, *key, text->content, text->nudge_seen);
    if (!sent) co_return answer_error(sent.error());
    co_return submission_response(*sent);
}

// Its author sees it in any state; others only what the circle can see.
task<net::response> post(context asked)
{
    auto const wanted = id_at<post_id>(asked, 0);
    auto const mine = co_await asked.services.posts.own(asked.who, wanted);
    if (mine) {
        auto made = app::json_of(*mine);
        auto const care = asked.services.posts.care_for(*mine, *asked.who);
        if (care) made["care"] = app::json_of(*care);
        co_return http::json_response(200, made);
    }
    auto const found = co_await asked.services.posts.visible(asked.who, wanted);
    if (!found) co_return answer_error(found.error());
    auto const chosen = co_await pacing_of(asked);
    if (!chosen) co_return answer_error(chosen.error());
    auto const now = asked.services.time.now();
    co_return http::json_response(200, marked(*found, *chosen, now));
}

task<net::response> edit(context asked)
{
    auto const wanted = id_at<post_id>(asked, 0);
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto const text = sent_text_of(*asked.request);
    if (!text) co_return answer_error(text.error());
    auto const sent =
        co_await asked.services.posts.edit(asked.who, wanted, *key, text->content, text->nudge_seen);
    if (!sent) co_return answer_error(sent.error());
    co_return submission_response(*sent);
}

task<net::response> remove(context asked)
{
    auto const wanted = id_at<post_id>(asked, 0);
    auto const done = co_await asked.services.posts.remove(asked.who, wanted);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> say_safe(context asked)
{
    auto const wanted = id_at<post_id>(asked, 0);
    auto const done = co_await asked.services.posts.say_safe(asked.who, wanted);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}
} // namespace
} // namespace holdfast::api::post_routes

namespace holdfast::api {

void add_post_routes(std::vector<http::route>& to, http::rendered_cache& cache)
{
    using namespace post_routes;
    using http::least;
    auto replies_from = [&cache](context asked) { return replies(std::move(asked), cache); };
    add_route(to, method::get, "/api/v1/circles/{id}/threads", least::visitor, "circle", threads);
    add_route(to, method::post, "/api/v1/circles/{id}/threads", least::circle_member, "circle", start_thread);
    add_route(to, method::get, "/api/v1/threads/{id}", least::visitor, "thread", thread);
    add_route(to, method::get, "/api/v1/threads/{id}/posts", least::visitor, "thread", replies_from);
    add_route(to, method::post, "/api/v1/threads/{id}/posts", least::circle_member, "thread", reply);
    add_route(to, method::get, "/api/v1/posts/{id}", least::visitor, "post", post);
    add_route(to, method::patch, "/api/v1/posts/{id}", least::author, "post", edit);
    add_route(to, method::del, "/api/v1/posts/{id}", least::author, "post", remove);
    add_route(to, method::post, "/api/v1/posts/{id}/safe", least::author, "post", say_safe);
}

} // namespace holdfast::api
