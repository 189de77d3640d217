#include "moderation/named.hpp"
#include "server/domain/account.hpp"
#include "server/domain/circle.hpp"
#include "server/domain/post.hpp"
#include "server/domain/review.hpp"

#include <algorithm>

namespace holdfast::domain {

namespace {
// One table per enumeration: the names of the contract, in the order of the values.
constexpr std::array<std::string_view, 3> entry_modes{"open", "apply", "invite"};
constexpr std::array<std::string_view, 2> reader_groups{"everyone", "members"};
constexpr std::array<std::string_view, 3> roles{"none", "member", "facilitator"};
constexpr std::array<std::string_view, 5> post_states{"visible", "folded", "held", "returned", "removed"};
constexpr std::array<std::string_view, 5> lanes{"care", "harm", "newcomer", "report", "appeal"};
constexpr std::array<std::string_view, 5> verdicts{"publish", "fold", "return", "keep", "remove"};
constexpr std::array<std::string_view, 8> steps{
    "decided", "withdrawn", "safe", "passed", "second", "escalated", "reported", "noted"};
} // namespace

role principal::role_in(circle_id const& circle) const
{
    if (is_lead) return role::facilitator;
    auto const found =
        std::find_if(roles.begin(), roles.end(), [&](auto const& entry) { return entry.first == circle; });
    return found == roles.end() ? role::none : found->second;
}

bool principal::is_paused_in(circle_id const& circle) const
{
    return std::find(paused.begin(), paused.end(), circle) != paused.end();
}

bool principal::looks_after_any() const
{
    return is_lead || std::any_of(roles.begin(), roles.end(), [](auto const& one) {
               return one.second == role::facilitator;
           });
}

std::string_view name_of(entry_mode value)
{
    return entry_modes[static_cast<std::size_t>(value)];
}
std::string_view name_of(readable_by value)
{
    return reader_groups[static_cast<std::size_t>(value)];
}
std::string_view name_of(role value)
{
    return domain::roles[static_cast<std::size_t>(value)];
}
std::string_view name_of(post_state value)
{
    return post_states[static_cast<std::size_t>(value)];
}
std::string_view name_of(lane value)
{
    return lanes[static_cast<std::size_t>(value)];
}
std::string_view name_of(verdict value)
{
    return verdicts[static_cast<std::size_t>(value)];
}
std::optional<entry_mode> entry_mode_named(std::string_view name)
{
    return moderation::named<entry_mode>(entry_modes, name);
}
std::optional<readable_by> readable_by_named(std::string_view name)
{
    return moderation::named<domain::readable_by>(reader_groups, name);
}
std::optional<lane> lane_named(std::string_view name)
{
    return moderation::named<lane>(lanes, name);
}
std::optional<verdict> verdict_named(std::string_view name)
{
    return moderation::named<verdict>(verdicts, name);
}

std::string_view name_of(review_step::kind value)
{
    return steps[static_cast<std::size_t>(value)];
}
std::optional<review_step::kind> step_named(std::string_view name)
{
    return moderation::named<review_step::kind>(steps, name);
}

namespace {
constexpr std::string_view care_first = "care.";
constexpr std::string_view then_others = "other.";
} // namespace

std::string queue_place::text() const
{
    return std::string(is_care ? care_first : then_others) + due.text();
}

std::optional<queue_place> queue_place::parse(std::string_view text)
{
    auto const is_care = text.starts_with(care_first);
    auto const begin = is_care ? care_first : then_others;
    if (!text.starts_with(begin)) return std::nullopt;
    auto const due = place<review_item_id>::parse(text.substr(begin.size()));
    if (!due) return std::nullopt;
    return queue_place{is_care, *due};
}

post_state state_after(moderation::outcome outcome)
{
    switch (outcome) {
    case moderation::outcome::publish:
        return post_state::visible;
    case moderation::outcome::fold:
        return post_state::folded;
    case moderation::outcome::give_back:
        return post_state::returned;
    case moderation::outcome::hold:
        return post_state::held;
    }
    return post_state::held;
}

bool may_decide(lane where, verdict what)
{
    // A cry for help is never given back or taken out; another look ends with what was, or with letting it
    // through. A verdict that is not named here has no way there.
    if (where != lane::care && where != lane::appeal) return true;
    return what == verdict::publish || what == verdict::fold || what == verdict::keep;
}

moderation::outcome outcome_of(verdict value)
{
    switch (value) {
    case verdict::publish:
        return moderation::outcome::publish;
    case verdict::fold:
        return moderation::outcome::fold;
    case verdict::give_back:
        return moderation::outcome::give_back;
    case verdict::keep:
    case verdict::remove:
        return moderation::outcome::hold;
    }
    return moderation::outcome::hold;
}

std::optional<lane> lane_for(moderation::decision const& decided)
{
    if (decided.triage != moderation::triage::green) return lane::care;
    if (decided.outcome == moderation::outcome::hold) return lane::harm;
    return std::nullopt;
}

} // namespace holdfast::domain
