#include "server/app/space/other_versions.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::app {

std::vector<private_text> other_versions(std::vector<private_text> const& versions)
{
    std::vector<private_text> made;
    auto const settled = versions.back().settled;
    for (auto at = versions.begin(); at + 1 != versions.end(); ++at) {
        auto const is_in_later = std::any_of(at + 1, versions.end(), [&](auto const& later) {
            return later.based_on == at->version || later.body == at->body;
        });
        if (at->version > settled && !is_in_later) made.push_back(*at);
    }
    return made;
}

boost::json::object const& seen_by(std::vector<private_text> const& versions, int based_on)
{
    for (auto const& one : versions) {
        if (one.version == based_on) return one.body;
    }
    return versions.back().body;
}

boost::json::object json_of_all(std::vector<private_text> const& versions)
{
    auto made = json_of(versions.back());
    boost::json::array earlier;
    for (auto at = versions.begin(); at + 1 != versions.end(); ++at)
        earlier.push_back(json_of(*at));
    made["earlier"] = std::move(earlier);
    boost::json::array others;
    for (auto const& one : other_versions(versions))
        others.push_back(one.version);
    made["others"] = std::move(others);
    return made;
}

} // namespace holdfast::app
