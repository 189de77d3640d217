// Review: what waits for a facilitator, in which lane, until when, and what may be decided there.
#pragma once
#include "moderation/types.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/domain/post.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::domain {

enum class lane : std::uint8_t { care, harm, newcomer, report, appeal };
std::string_view name_of(lane value);
std::optional<lane> lane_named(std::string_view name);

// What a facilitator can decide. `keep` leaves a text between its author and the facilitators: the only
// way besides letting it through that exists in the care lane. Crisis is not a violation.
enum class verdict : std::uint8_t { publish, fold, give_back, keep };
std::string_view name_of(verdict value); // "publish", "fold", "return", "keep"
std::optional<verdict> verdict_named(std::string_view name);
bool may_decide(lane where, verdict what);
moderation::outcome outcome_of(verdict value);

// How long each level may wait, from the host's configuration. Index: triage.
struct review_clocks {
    std::array<std::chrono::minutes, 4> due = {
        std::chrono::minutes(240), // green: harm and newcomer items
        std::chrono::minutes(240), // amber
        std::chrono::minutes(30),  // red
        std::chrono::minutes(5),   // crisis
    };
};

// The review item that a decision calls for: care whenever triage isn't green, also for a text that is
// published; harm when the text is held for anything else; none otherwise.
std::optional<lane> lane_for(moderation::decision const& decided);

struct review_item {
    review_item_id id;
    circle_id circle;
    domain::lane lane = lane::harm;
    post_id post;
    int version = 1;
    moderation::triage triage = moderation::triage::green;
    int revision = 1;
    timestamp created_at;
    timestamp due_at;
    std::optional<account_id> claimed_by;
    std::optional<timestamp> claimed_until;
    bool author_safe = false;
    std::size_t text_bytes = 0;
    post_state state = post_state::held; // of the version under review
};

// An item opened to be read: this much is shown only to a facilitator of its circle, and is audited.
struct review_item_opened {
    review_item item;
    std::string nickname;
    post_text content; // empty when its author took it down
    moderation::decision screened;
};

} // namespace holdfast::domain
