// What was shared of one's own: what it is, with whom, and what readers answer.
#pragma once
#include "moderation/named.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/domain/post.hpp"
#include "server/domain/share_what.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::domain {

// Named members of one circle; everybody in a circle; whoever has a link, for a while.
enum class share_audience : std::uint8_t { allies, circle, link };
inline constexpr std::array<std::string_view, 3> share_audience_names{"allies", "circle", "link"};

constexpr std::string_view name_of(share_audience audience)
{
    return share_audience_names[static_cast<std::size_t>(audience)];
}

constexpr std::optional<share_audience> share_audience_named(std::string_view name)
{
    return moderation::named<share_audience>(share_audience_names, name);
}

// The only two things that a reader's note does: it names a strength, or offers a resource.
enum class witness_kind : std::uint8_t { strength, resource };
inline constexpr std::array<std::string_view, 2> witness_kind_names{"strength", "resource"};

constexpr std::string_view name_of(witness_kind kind)
{
    return witness_kind_names[static_cast<std::size_t>(kind)];
}

constexpr std::optional<witness_kind> witness_kind_named(std::string_view name)
{
    return moderation::named<witness_kind>(witness_kind_names, name);
}

struct witness_note {
    post said;
    witness_kind kind = witness_kind::strength;
    bool pinned = false;
};

// A shared copy as a reader sees it. Its id is that of the post that carries it.
struct shared_copy {
    post told;
    share_what what = share_what::story;
    share_audience audience = share_audience::allies;
    bool is_mine = false;
    std::optional<timestamp> expires_at;
    std::vector<witness_note> notes; // pinned ones first, then oldest first
};

} // namespace holdfast::domain
