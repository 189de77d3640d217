#include "server/cli/routes.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <iomanip>

namespace holdfast::cli {

namespace json = boost::json;

int print_routes(std::ostream& out, bool as_json)
{
    http::rendered_cache cache;
    pages::renderer pages("/");
    json::array all;
    auto routes = all_routes(cache, pages);
    // Two more that are not in the table of handlers: what counts, and the WebSocket.
    routes.push_back({net::method::get, "/metrics", http::least::visitor, "", http::answers::json, {}});
    routes.push_back({net::method::get, "/api/v1/live", http::least::visitor, "", http::answers::json, {}});
    for (auto const& one : routes) {
        if (as_json) {
            json::object entry;
            entry["method"] = net::name_of(one.method);
            entry["path"] = one.pattern;
            entry["role"] = http::name_of(one.least);
            entry["object"] = one.object;
            entry["answers"] = one.with == http::answers::json ? "json" : "html";
            all.push_back(std::move(entry));
        } else {
            out << std::left << std::setw(7) << net::name_of(one.method) << std::setw(44) << one.pattern
                << std::setw(15) << http::name_of(one.least) << one.object << "\n";
        }
    }
    if (as_json) out << json::serialize(all) << "\n";
    return 0;
}

} // namespace holdfast::cli
