#include "server/app/space/trimmed_versions.hpp"

#include "server/app/space/goal_time.hpp"
#include "server/app/space/other_versions.hpp"
#include "server/base/limits.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace holdfast::app {

namespace {
// Why an older version stays; the lowest go first.
enum class stays : std::uint8_t { not_at_all, shows_what_was_built_on, turn_of_goal, other, first };
} // namespace

trimming trimmed_versions(domain::private_kind kind, std::vector<private_text> const& versions)
{
    auto const others = other_versions(versions);
    auto const oldest_other = others.empty() ? versions.back().version : others.front().version;
    auto const why = [&](std::size_t at) {
        auto const& one = versions[at];
        auto const is_it = [&](auto const& other) { return other.version == one.version; };
        if (one.version == 1) return stays::first;
        if (std::any_of(others.begin(), others.end(), is_it)) return stays::other;
        if (kind == domain::private_kind::goal && at > 0 && is_turn_of_goal(versions[at - 1].body, one.body))
            return stays::turn_of_goal;
        return one.version > oldest_other ? stays::shows_what_was_built_on : stays::not_at_all;
    };
    trimming made;
    made.settled = oldest_other - 1;
    std::vector<std::pair<stays, int>> older;
    for (std::size_t at = 0; at + limits::private_versions_max < versions.size(); ++at)
        older.emplace_back(why(at), versions[at].version);
    std::sort(older.begin(), older.end());
    auto left = versions.size();
    for (auto const& [reason, version] : older) {
        auto const is_bounded = left <= limits::private_versions_kept_max;
        if (is_bounded && reason != stays::not_at_all) break;
        made.going.push_back(version);
        --left;
    }
    return made;
}

} // namespace holdfast::app
