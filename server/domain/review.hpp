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
// way besides letting it through that exists in the care lane. Crisis is not a violation. `remove` takes a
// text out of the circle for good; its author keeps it and can ask for another look.
enum class verdict : std::uint8_t { publish, fold, give_back, keep, remove };
inline constexpr std::size_t verdict_count = 5;
std::string_view name_of(verdict value); // "publish", "fold", "return", "keep", "remove"
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
    friend bool operator==(review_clocks const&, review_clocks const&) = default;
};

// The review item that a decision calls for: care whenever triage isn't green, also for a text that is
// published; harm when the text is held for anything else; none otherwise.
std::optional<lane> lane_for(moderation::decision const& decided);

// Where somebody stands in the queue: care comes first, then what is due first.
struct queue_place {
    bool is_care = false;
    place<review_item_id> due;

    std::string text() const;
    static std::optional<queue_place> parse(std::string_view text);
};

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
    moderation::label_set labels;
    std::optional<account_id> meant_for; // who gave the version before back: it comes to them first
    bool for_lead = false;               // a facilitator asked a lead to look
    std::string claimed_by_name{};       // "" while nobody has it
};

// What was done with an item, without words. Its revision afterwards tells what a stale decision has missed.
struct review_step {
    enum class kind : std::uint8_t { decided, withdrawn, safe, passed, second, escalated, reported, noted };
    int revision = 1;
    review_step::kind what = kind::decided;
    std::optional<account_id> by;
    timestamp at;
};
std::string_view name_of(review_step::kind value);
std::optional<review_step::kind> step_named(std::string_view name);

} // namespace holdfast::domain
