// People: what an account is, who asks, and in which role.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/id.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::domain {

// Rights in one circle. A lead has a facilitator's rights in every circle.
enum class role : std::uint8_t { none, member, facilitator };

// Who asks. Made once per session and kept in memory until something about the account changes.
struct principal {
    account_id account;
    session_id session;
    std::string nickname;
    std::string country; // for help lines, "" while not chosen
    bool is_lead = false;
    std::vector<std::pair<circle_id, role>> roles;
    std::vector<circle_id> paused{}; // circles that they don't read for a while

    role role_in(circle_id const& circle) const;
    bool is_paused_in(circle_id const& circle) const;
    bool looks_after_any() const; // of the circles, or all as a lead
};
using principal_ptr = std::shared_ptr<principal const>; // null: a visitor

struct session_info {
    session_id id;
    timestamp created_at;
    timestamp expires_at;
    bool is_current = false;
};

} // namespace holdfast::domain
