// Sharing stories, reading what was shared, and answering with a note.
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/api/submission.hpp"
#include "server/app/json_of.hpp"
#include "server/app/posts/share_copy.hpp"
#include "server/app/share/shares.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/base/limits.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace holdfast::api::story_share_routes {

namespace json = boost::json;
using http::context;
using http::least;
using net::method;

namespace {
constexpr auto what = domain::share_what::story;

app::signed_in owner_of(context const& asked)
{
    return {asked.who, asked.token, {}};
}

std::string path_of_link(std::string const& secret)
{
    return "/s/" + secret;
}

result<int> number_of(json::object const& body, std::string_view name)
{
    auto const* const value = body.if_contains(name);
    if (value == nullptr) return 0;
    if (!value->is_int64()) return invalid_field(std::string(name), "This needs to be a whole number.");
    return as_int(value->get_int64());
}

result<app::share_wish> wish_of(net::request const& asked)
{
    auto const body = http::json_object(asked);
    if (!body) return body.error();
    auto const audience = domain::share_audience_named(app::text_in(*body, "audience"));
    if (!audience) return invalid_field("audience", "This is one of: allies, circle, link.");
    app::share_wish made;
    made.audience = *audience;
    made.circle = circle_id::parse(app::text_in(*body, "circle")).value_or(circle_id());
    made.title = app::text_in(*body, "title");
    auto allies = texts_of(*body, "allies");
    if (!allies) return allies.error();
    made.allies = std::move(*allies);
    auto sections = texts_of(*body, "sections");
    if (!sections) return sections.error();
    made.sections = std::move(*sections);
    auto const days = number_of(*body, "days");
    if (!days) return days.error();
    made.days = *days;
    auto const version = number_of(*body, "version");
    if (!version) return version.error();
    made.version = *version;
    return made;
}

json::array parts_json(std::string const& copy)
{
    json::array made;
    for (auto const& part : app::parts_of(what, copy))
        made.push_back({{"heading", part.heading}, {"text", part.text}, {"hard", part.is_hard}});
    return made;
}

json::array notes_json(std::vector<domain::witness_note> const& notes)
{
    json::array made;
    for (auto const& note : notes) {
        json::object one;
        one["id"] = note.said.id.text();
        one["nickname"] = note.said.nickname;
        one["kind"] = domain::name_of(note.kind);
        one["text"] = note.said.content.text;
        one["pinned"] = note.pinned;
        one["folded"] = note.said.folded;
        one["created_at"] = iso8601(note.said.created_at);
        made.push_back(std::move(one));
    }
    return made;
}

json::object json_of(domain::shared_copy const& story)
{
    json::object made;
    made["id"] = story.told.id.text();
    made["circle"] = story.told.circle.text();
    made["nickname"] = story.told.nickname;
    made["title"] = story.told.content.title;
    made["audience"] = domain::name_of(story.audience);
    made["mine"] = story.is_mine;
    made["folded"] = story.told.folded;
    made["parts"] = parts_json(story.told.content.text);
    made["created_at"] = iso8601(story.told.created_at);
    if (story.expires_at) made["expires_at"] = iso8601(*story.expires_at);
    made["notes"] = notes_json(story.notes);
    return made;
}

json::object json_of(app::own_share const& share)
{
    json::object made;
    made["id"] = share.copy.id.text();
    made["story"] = share.record.text();
    made["version"] = share.version;
    made["circle"] = share.copy.circle.text();
    made["audience"] = domain::name_of(share.audience);
    made["state"] = domain::name_of(share.copy.state);
    made["open"] = share.is_open;
    json::array readers;
    for (auto const& name : share.readers)
        readers.push_back(json::string(name));
    made["readers"] = std::move(readers);
    made["openings"] = share.openings;
    if (!share.link.empty()) made["link"] = path_of_link(share.link);
    made["created_at"] = iso8601(share.copy.created_at);
    if (share.expires_at) made["expires_at"] = iso8601(*share.expires_at);
    made["notes"] = notes_json(share.notes);
    return made;
}

task<net::response> share(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto const wish = wish_of(*asked.request);
    if (!wish) co_return answer_error(wish.error());
    auto const me = owner_of(asked);
    auto const id = id_at<private_id>(asked, 0);
    auto const made = co_await asked.services.shares.share(me, what, id, *key, *wish);
    if (!made) co_return answer_error(made.error());
    json::object more;
    if (!made->link.empty()) more["link"] = path_of_link(made->link);
    co_return submission_response(made->sent, more);
}

task<net::response> shares(context asked)
{
    auto const me = owner_of(asked);
    auto const found = co_await asked.services.shares.own(me, what);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& one : *found)
        items.push_back(json_of(one));
    co_return http::json_response(200, list_of(std::move(items), std::nullopt));
}

task<net::response> withdraw(context asked)
{
    auto const id = id_at<post_id>(asked, 0);
    auto const done = co_await asked.services.shares.withdraw(asked.who, id);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> for_me(context asked)
{
    auto const found = co_await asked.services.shares.for_me(asked.who, what, limits::page_rows_max);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& one : *found)
        items.push_back(json_of(one));
    co_return http::json_response(200, list_of(std::move(items), std::nullopt));
}

task<net::response> read(context asked)
{
    auto const id = id_at<post_id>(asked, 0);
    auto const found = co_await asked.services.shares.read(asked.who, what, id);
    if (!found) co_return answer_error(found.error());
    co_return http::json_response(200, json_of(*found));
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
    auto const add = [&to](
                         method with,
                         std::string pattern,
                         http::least least,
                         std::string object,
                         http::handler run
                     ) {
        auto const rate = with == method::get ? http::rate_kind::read : http::rate_kind::write;
        to.push_back(
            {with, std::move(pattern), least, std::move(object), http::answers::json, std::move(run), rate}
        );
    };
    add(method::post, "/api/v1/stories/{id}/shares", least::member, "story", share);
    add(method::get, "/api/v1/story-shares", least::member, "account", shares);
    add(method::del, "/api/v1/story-shares/{id}", least::author, "shared_story", withdraw);
    add(method::get, "/api/v1/shared-stories", least::member, "account", for_me);
    add(method::get, "/api/v1/shared-stories/{id}", least::member, "shared_story", read);
    add(method::post, "/api/v1/story-links/{id}", least::visitor, "story_link", open_link);
    add(method::post, "/api/v1/story-links/{id}/reader", least::circle_member, "story_link", keep_link);
    add(method::post, "/api/v1/posts/{id}/witness", least::member, "shared_story", witness);
    add(method::put, "/api/v1/posts/{id}/pin", least::author, "witness_note", pin);
    add(method::del, "/api/v1/posts/{id}/pin", least::author, "witness_note", unpin);
}

} // namespace holdfast::api
