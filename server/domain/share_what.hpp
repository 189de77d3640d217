// What of one's own can be shared.
#pragma once
#include "moderation/named.hpp"
#include "server/base/id.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace holdfast::domain {

// A copy of one version; of a goal, the thread of what two people say about it.
enum class share_what : std::uint8_t { story, plan, card, goal };
inline constexpr std::array<std::string_view, 4> share_what_names{"story", "plan", "card", "goal"};

constexpr std::string_view name_of(share_what what)
{
    return share_what_names[static_cast<std::size_t>(what)];
}

constexpr std::optional<share_what> share_what_named(std::string_view name)
{
    return moderation::named<share_what>(share_what_names, name);
}

// That a post is a share's copy, or belongs to one: that copy.
struct shared_as {
    post_id id;
    share_what what = share_what::story;
};

} // namespace holdfast::domain
