// What a circle can do to stay safe besides deciding about one text: strikes that fade, limits with an end,
// and what members report. Only harm leads here; the care lane never does.
#pragma once
#include "moderation/types.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/domain/review.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::domain {

// Of a member in one circle: slow (so many minutes between posts), hold_all (a facilitator reads first),
// read_only, pause (neither). lock is a whole circle's: whatever is written waits.
enum class limit_kind : std::uint8_t { slow, hold_all, read_only, pause, lock };
std::string_view name_of(limit_kind value);
std::optional<limit_kind> limit_named(std::string_view name);

// A strike of weight 1, 2 or 3 fades after one, two or three months.
inline constexpr int strike_weight_max = 3;
inline constexpr std::chrono::days strike_time(int weight)
{
    return std::chrono::days(30 * weight);
}
inline constexpr auto limit_hours_max = 90 * 24;
inline constexpr auto slow_minutes_max = 24 * 60;

// May a decision on an item in this lane, of this triage, bring a strike or a limit?
bool may_restrict(lane where, moderation::triage level, verdict what);

struct limit {
    limit_id id;
    circle_id circle;
    std::optional<account_id> account; // none: the whole circle
    std::string nickname;              // of the member, for facilitators
    limit_kind kind = limit_kind::slow;
    int minutes = 0; // between posts, for slow
    std::string reason;
    timestamp begins_at;
    timestamp ends_at;
};

struct strike {
    circle_id circle;
    post_id post;
    int weight = 1;
    timestamp at;
    timestamp expires_at;
};

// What a member can say a post is; `other` needs words of their own.
enum class report_category : std::uint8_t { unkind, how, who, selling, other };
std::string_view name_of(report_category value);
std::optional<report_category> report_category_named(std::string_view name);

// How much one report weighs: 1 for somebody new, up to 2 when they were always right, towards 0 when never.
double report_weight(int right, int wrong);

// How heavy an item is to read, for a facilitator's day.
int exposure_of(lane where, moderation::triage level);

// The host's numbers.
struct desk_rules {
    int newcomer_posts = 0;         // so many of a new member's posts in a circle wait for a facilitator
    double hiding_weight = 2.5;     // reports of so much weight hide a post until a facilitator has seen it
    int day_budget = 40;            // a facilitator is handed no more than this in a day
    int pause_minutes = 15;         // offered after an item of crisis
    bool publishes_figures = false; // /transparency is there for everybody
    int unanswered_hours = 12;      // a thread without a reply for so long is shown to those who welcome
    friend bool operator==(desk_rules const&, desk_rules const&) = default;
};

} // namespace holdfast::domain
