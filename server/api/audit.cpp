// The record: in full for a lead, and for a member what concerns them.
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/desk/audit_log.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/http/audit_query.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::audit_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
std::optional<std::string> cursor_of(app::audit_page const& page)
{
    if (!page.next) return std::nullopt;
    return std::to_string(*page.next);
}

task<net::response> entries(context asked)
{
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    auto const before = page->number();
    if (!before) co_return answer_error(before.error());
    auto const wanted = http::audit_filter_of(asked.request->query());
    if (!wanted) co_return answer_error(wanted.error());
    auto const found = co_await asked.services.audit_log.entries(asked.who, *wanted, *before, page->limit);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& row : found->entries)
        items.push_back(app::json_of(row));
    co_return http::json_response(200, list_of(std::move(items), cursor_of(*found)));
}

task<net::response> as_csv(context asked)
{
    auto const wanted = http::audit_filter_of(asked.request->query());
    if (!wanted) co_return answer_error(wanted.error());
    auto const made = co_await asked.services.audit_log.csv(asked.who, *wanted);
    if (!made) co_return answer_error(made.error());
    co_return http::csv_response("holdfast-audit.csv", *made);
}

// Of staff only that somebody of theirs was there, not who: that is for a lead to say.
json::object told_to_member(store::audit_row const& row)
{
    json::object made;
    made["at"] = iso8601(row.entry.at);
    made["action"] = row.entry.action;
    if (row.entry.circle) made["circle"] = row.entry.circle->text();
    made["object"] = row.entry.object;
    auto const what = app::what_was_read(row.entry);
    if (!what.empty()) made["read"] = what;
    return made;
}

task<net::response> about_me(context asked)
{
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    auto const before = page->number();
    if (!before) co_return answer_error(before.error());
    auto const found = co_await asked.services.audit_log.about(asked.who, *before, page->limit);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& row : found->entries)
        items.push_back(told_to_member(row));
    co_return http::json_response(200, list_of(std::move(items), cursor_of(*found)));
}
} // namespace
} // namespace holdfast::api::audit_routes

namespace holdfast::api {

void add_audit_routes(std::vector<http::route>& to)
{
    using namespace audit_routes;
    using http::least;
    add_route(to, method::get, "/api/v1/audit", least::lead, "", entries);
    add_route(to, method::get, "/api/v1/audit.csv", least::lead, "", as_csv);
    add_route(to, method::get, "/api/v1/me/record", least::member, "account", about_me);
}

} // namespace holdfast::api
