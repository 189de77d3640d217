// What is new for somebody, and what they want to be told.
#include "server/app/notices/notices.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/help/opening_hours.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::notice_routes {

namespace json = boost::json;
using domain::notice_kind;
using http::context;
using net::method;

namespace {
task<net::response> list(context asked)
{
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    auto const before = page->number();
    if (!before) co_return answer_error(before.error());
    auto const me = asked.session();
    auto const found = co_await asked.services.notices.list(me, *before, page->limit);
    if (!found) co_return answer_error(found.error());
    auto const unseen = co_await asked.services.notices.unseen(me);
    auto const& spoken = spoken_for(asked);
    json::array items;
    for (auto const& one : *found) {
        json::value entry = app::json_of(one);
        http::put_into(spoken, entry);
        items.push_back(std::move(entry));
    }
    std::optional<std::string> next;
    if (found->size() == page->limit) next = std::to_string(found->back().place);
    auto made = list_of(std::move(items), next);
    made["unseen"] = unseen;
    co_return http::json_response(200, made);
}

task<net::response> see(context asked)
{
    auto const id = id_at<notice_id>(asked, 0);
    auto const done = co_await asked.services.notices.see(asked.who, id);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> see_all(context asked)
{
    auto const done = co_await asked.services.notices.see_all(asked.who);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

net::response settings_of(context const& asked, app::notice_wish const& wish)
{
    auto made = app::json_of(wish);
    made["sends_mail"] = asked.services.notices.sends_mail();
    return http::json_response(200, made);
}

task<net::response> settings(context asked)
{
    auto const found = co_await asked.services.notices.wish(asked.who);
    if (!found) co_return answer_error(found.error());
    co_return settings_of(asked, *found);
}

// {"reply": false, …}: what is not named is on.
result<std::set<notice_kind>> off_in(json::object const& from, std::string_view name)
{
    std::set<notice_kind> made;
    auto const* const found = from.if_contains(name);
    if (found == nullptr) return made;
    auto const fault = invalid_field(std::string(name), "This needs kinds of notices, each true or false.");
    if (!found->is_object()) return fault;
    for (auto const& member : found->get_object()) {
        auto const kind = domain::notice_kind_named(std::string(member.key()));
        if (!kind || !member.value().is_bool()) return fault;
        if (!member.value().get_bool()) made.insert(*kind);
    }
    return made;
}

result<std::optional<app::quiet_hours>> quiet_in(json::object const& from)
{
    auto const* const found = from.if_contains("quiet");
    if (found == nullptr || found->is_null()) return std::optional<app::quiet_hours>();
    auto const fault = invalid_field("quiet", "This needs from, to and zone: 21:30, 07:00, Europe/London.");
    if (!found->is_object()) return fault;
    auto const text = [&](char const* name) {
        auto const* const value = found->get_object().if_contains(name);
        return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
    };
    app::quiet_hours made{app::minute_named(text("from")), app::minute_named(text("to")), text("zone")};
    if (made.from < 0 || made.to < 0 || found->get_object().size() != 3) return fault;
    return std::optional<app::quiet_hours>(std::move(made));
}

task<net::response> set_settings(context asked)
{
    auto const body = http::json_object(*asked.request);
    if (!body) co_return answer_error(body.error());
    app::notice_wish wanted;
    auto off = off_in(*body, "here");
    if (!off) co_return answer_error(off.error());
    auto mail_off = off_in(*body, "mail");
    if (!mail_off) co_return answer_error(mail_off.error());
    auto quiet = quiet_in(*body);
    if (!quiet) co_return answer_error(quiet.error());
    wanted.off = std::move(*off);
    wanted.mail_off = std::move(*mail_off);
    wanted.quiet = std::move(*quiet);
    auto const done = co_await asked.services.notices.set_switches(asked.who, wanted);
    if (!done) co_return answer_error(done.error());
    co_return settings_of(asked, *done);
}

task<net::response> set_address(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const address = body->text("address");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    std::string const language(spoken_for(asked).code());
    auto const done = co_await asked.services.notices.set_address(asked.who, address, language);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> confirm_address(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const code = body->text("code");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const done = co_await asked.services.notices.confirm_address(asked.who, code);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> drop_address(context asked)
{
    auto const done = co_await asked.services.notices.drop_address(asked.who);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}
} // namespace
} // namespace holdfast::api::notice_routes

namespace holdfast::api {

void add_notice_routes(std::vector<http::route>& to)
{
    using namespace notice_routes;
    using http::rate_kind;
    auto const add =
        [&](method with, char const* path, char const* object, task<net::response> (*run)(context)) {
            auto const rate = with == method::get ? rate_kind::read : rate_kind::write;
            to.push_back({with, path, http::least::member, object, http::answers::json, run, rate});
        };
    add(method::get, "/api/v1/notifications", "account", list);
    add(method::post, "/api/v1/notifications/seen", "account", see_all);
    add(method::post, "/api/v1/notifications/{id}/seen", "notice", see);
    add(method::get, "/api/v1/notifications/settings", "account", settings);
    add(method::put, "/api/v1/notifications/settings", "account", set_settings);
    add(method::put, "/api/v1/notifications/address", "account", set_address);
    add(method::del, "/api/v1/notifications/address", "account", drop_address);
    add(method::post, "/api/v1/notifications/address/code", "account", confirm_address);
}

} // namespace holdfast::api
