// A copy of everything that somebody wrote, for programs and for spreadsheets; taking one back in; and the
// blueprint, which is a look at it.
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/care/care.hpp"
#include "server/app/care/care_json.hpp"
#include "server/app/care/talks.hpp"
#include "server/app/copies/blueprint.hpp"
#include "server/app/copies/written.hpp"
#include "server/app/notices/notices.hpp"
#include "server/app/partner/pace_changed.hpp"
#include "server/app/partner/partner_json.hpp"
#include "server/app/partner/partners.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/app/posts/posts.hpp"
#include "server/app/space/copy_as_csv.hpp"
#include "server/app/space/space.hpp"
#include "server/base/limits.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::copy_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
// One's own conversations with those who look after one's circles, whole.
task<result<json::array>> own_talks(context asked)
{
    auto const found = co_await asked.services.care.talks.own(asked.who);
    if (!found) co_return found.error();
    json::array made;
    for (auto const& talk : *found) {
        auto one = app::json_of(talk, asked.who->account);
        json::array messages;
        for (std::optional<int> after = 0; *after < talk.last_number;) {
            auto const some = co_await asked.services.care.talks.read(asked.who, talk.id, after);
            if (!some) co_return some.error();
            if (some->messages.empty()) break;
            for (auto const& message : some->messages)
                messages.push_back(app::json_of(message));
            after = some->messages.back().number;
        }
        one["written"] = std::move(messages);
        made.push_back(std::move(one));
    }
    co_return made;
}

// All that the two said to each other, the newest first.
task<result<json::array>> said_between(context asked, domain::partnership between)
{
    auto const me = asked.session();
    auto const id = between.id;
    json::array made;
    app::partner_part_asked wanted;
    wanted.limit = limits::page_rows_max;
    do {
        auto const part = co_await asked.services.partners.said(me, id, wanted);
        if (!part && part.error().code == errc::not_found) break; // it ended just now
        if (!part) co_return part.error();
        for (auto& one : app::json_of(part->said, between.as_member))
            made.push_back(std::move(one));
        wanted.before = part->older;
    } while (wanted.before);
    co_return made;
}

// What one shows and says, and what is said to one, as it may be read now.
task<result<json::array>> own_partners(context asked)
{
    auto const me = asked.session();
    json::array made;
    auto const found = co_await asked.services.partners.all(me);
    if (!found) co_return found.error();
    for (auto const& one : *found) {
        auto const id = one.id;
        auto const whole = co_await asked.services.partners.read(me, id);
        if (!whole) continue; // it ended just now
        auto entry = app::json_of(*whole);
        if (domain::is_live(whole->state)) {
            auto said = co_await said_between(asked, *whole);
            if (!said) co_return said.error();
            entry["said"] = std::move(*said);
        }
        made.push_back(std::move(entry));
    }
    co_return made;
}

// Of one's own space alone: what can be brought back.
task<result<json::object>> copy_of_own_space(context asked)
{
    json::object made;
    made["account"] = json_of(*asked.who);
    auto const me = asked.session();
    auto partners = co_await own_partners(asked);
    if (!partners) co_return partners.error();
    made["partners"] = std::move(*partners);
    auto const own = co_await asked.services.space.everything(me);
    if (!own && own.error().code != errc::unauthenticated) co_return own.error();
    made["private"] = own ? json::value(*own) : json::value(nullptr); // null: opens after the next sign-in
    co_return made;
}

task<result<json::object>> copy_of_everything(context asked)
{
    auto made = co_await copy_of_own_space(asked);
    if (!made) co_return made.error();
    json::array posts;
    std::optional<post_id> after;
    for (;;) {
        auto const some = co_await asked.services.posts.own_posts(asked.who, after, 100);
        if (!some) co_return some.error();
        if (some->empty()) break;
        for (auto const& post : *some)
            posts.push_back(app::json_of(post));
        after = some->back().id;
    }
    (*made)["posts"] = std::move(posts);
    auto talks = co_await own_talks(asked);
    if (!talks) co_return talks.error();
    (*made)["talks"] = std::move(*talks);
    auto elsewhere = co_await asked.services.written.elsewhere(asked.who);
    if (!elsewhere) co_return elsewhere.error();
    for (auto& part : *elsewhere)
        (*made)[part.key()] = std::move(part.value());
    auto const wish = co_await asked.services.notices.wish(asked.who);
    if (!wish) co_return wish.error();
    auto settings = app::json_of(*wish);
    settings["sends_mail"] = asked.services.notices.sends_mail();
    (*made)["notifications"] = std::move(settings);
    co_return made;
}

task<net::response> as_json(context asked)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return answer_error(query.error());
    auto const only = http::field_of(*query, "only");
    if (!only.empty() && only != "space") {
        auto const unknown = invalid_field("only", "Only your own space can be asked for alone: space.");
        co_return answer_error(unknown);
    }
    auto const call = only.empty() ? copy_of_everything : copy_of_own_space;
    auto const made = co_await call(asked);
    if (!made) co_return answer_error(made.error());
    auto answer = http::json_response(200, *made);
    answer.headers.emplace_back("content-disposition", "attachment; filename=\"holdfast-export.json\"");
    co_return answer;
}

task<net::response> as_csv(context asked)
{
    auto const made = co_await copy_of_everything(asked);
    if (!made) co_return answer_error(made.error());
    co_return http::csv_response("holdfast-export.csv", app::csv_of(*made, spoken_for(asked)));
}

json::object json_of(app::import_report const& report)
{
    json::object kinds;
    for (auto const& [kind, counted] : report.kinds) {
        json::object one;
        one["added"] = counted.added;
        one["kept"] = counted.kept;
        kinds[domain::name_of(kind)] = std::move(one);
    }
    json::object made;
    made["private"] = std::move(kinds);
    made["partners_to_ask"] = report.partners_to_ask;
    return made;
}

task<net::response> take_in(context asked)
{
    auto const me = asked.session();
    auto const& spoken = spoken_for(asked);
    auto const done = co_await asked.services.space.take_in(me, asked.request->body, spoken);
    if (!done) co_return answer_error(done.error());
    auto const followed = co_await app::pace_changed(asked.services, me); // it may have come with the file
    if (!followed) co_return answer_error(followed.error());
    co_return http::json_response(200, json_of(*done));
}

task<net::response> blueprint(context asked)
{
    auto const me = asked.session();
    auto const made = co_await app::blueprint_for(asked.services, me);
    if (!made) co_return answer_error(made.error());
    co_return http::json_response(200, app::json_of(*made));
}
} // namespace
} // namespace holdfast::api::copy_routes

namespace holdfast::api {

void add_copy_routes(std::vector<http::route>& to)
{
    using namespace copy_routes;
    using http::answers;
    using http::least;
    auto const look = [&](char const* path, task<net::response> (*run)(context)) {
        to.push_back({method::get, path, least::member, "account", answers::json, run});
    };
    look("/api/v1/me/export", as_json);
    look("/api/v1/me/export.csv", as_csv);
    look("/api/v1/me/blueprint", blueprint);
    to.push_back(
        {method::post,
         "/api/v1/me/import",
         least::member,
         "account",
         answers::json,
         take_in,
         http::rate_kind::write,
         limits::import_bytes_max}
    );
}

} // namespace holdfast::api
