#include "server/api/api.hpp"
#include "server/api/aside.hpp"
#include "server/api/decode.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/app/search/search.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace holdfast::api::support_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
task<net::response> help_lines(context asked)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return answer_error(query.error());
    auto country = http::field_of(*query, "country");
    if (country.empty() && asked.who) country = asked.who->country;
    auto const& lines = asked.services.lines;
    json::array items;
    for (auto const& line : lines.of(country))
        items.push_back(app::json_of(line));
    json::object made;
    made["country"] = lines.country_or_default(country);
    made["items"] = std::move(items);
    json::array countries;
    for (auto const& one : lines.countries())
        countries.push_back(json::value(one));
    made["countries"] = std::move(countries);
    co_return http::json_response(200, made);
}

task<net::response> search(context asked)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return answer_error(query.error());
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    if (!page->cursor.empty())
        co_return answer_error(not_a_cursor()); // more words find fewer: there is no next part
    auto const circle = circle_id::parse(http::field_of(*query, "circle")).value_or(circle_id());
    auto const words = http::field_of(*query, "q");
    auto const limit = std::min<std::size_t>(page->limit, limits::page_posts);
    auto const found = co_await asked.services.search.find(asked.who, circle, words, limit);
    if (!found) co_return answer_error(found.error());
    auto const chosen = co_await pacing_of(asked);
    if (!chosen) co_return answer_error(chosen.error());
    auto const now = asked.services.time.now();
    json::array items;
    for (auto const& post : found->posts)
        items.push_back(marked(post, *chosen, now));
    auto made = list_of(std::move(items), std::nullopt);
    if (found->care) made["care"] = app::json_of(*found->care);
    co_return http::json_response(200, made);
}

net::response document_response(std::string_view openapi)
{
    net::response made;
    made.headers.emplace_back("content-type", "application/openapi+json");
    made.headers.emplace_back("cache-control", "public, max-age=300");
    made.body = std::make_shared<std::string const>(openapi);
    return made;
}

task<net::response> healthz(context)
{
    json::object made;
    made["status"] = "ok";
    co_return http::json_response(200, made);
}

// Ready means: reads work and writes are taken.
task<net::response> readyz(context asked)
{
    auto look = [](store::read_tx& tx) -> result<std::int64_t> { return tx.last_event(); };
    auto const read = co_await asked.services.database.read(std::move(look));
    auto const broken = asked.services.database.load().broken;
    if (!read || broken) {
        error const failed{errc::storage_failed};
        co_return answer_error(failed);
    }
    json::object made;
    made["status"] = "ready";
    co_return http::json_response(200, made);
}
} // namespace
} // namespace holdfast::api::support_routes

namespace holdfast::api {

void add_support_routes(std::vector<http::route>& to, std::string_view openapi)
{
    using namespace support_routes;
    using http::least;
    auto const document = document_response(openapi);
    auto serve_document = [document](context) -> task<net::response> { co_return document; };
    add_route(to, method::get, "/api/v1/help-lines", least::visitor, "", help_lines);
    add_route(to, method::get, "/api/v1/search", least::visitor, "circle", search);
    add_route(to, method::get, "/api/v1/openapi.json", least::visitor, "", serve_document);
    add_route(to, method::get, "/healthz", least::visitor, "", healthz);
    add_route(to, method::get, "/readyz", least::visitor, "", readyz);
}

} // namespace holdfast::api
