// Somebody who keeps a member company with one goal: what they may see, and what is said between the two.
#pragma once
#include "moderation/named.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/domain/post.hpp"

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::domain {

// unheard: whom it is for wants no more questions of this member; for the member it looks like asked.
enum class partner_state : std::uint8_t { asked, unheard, accepted, not_now, ended };
inline constexpr std::array<std::string_view, 5> partner_state_names{
    "asked", "unheard", "accepted", "not_now", "ended"};

constexpr std::string_view name_of(partner_state state)
{
    return partner_state_names[static_cast<std::size_t>(state)];
}

constexpr std::optional<partner_state> partner_state_named(std::string_view name)
{
    return moderation::named<partner_state>(partner_state_names, name);
}

constexpr bool is_waiting(partner_state state)
{
    return state == partner_state::asked || state == partner_state::unheard;
}

constexpr bool is_live(partner_state state)
{
    return is_waiting(state) || state == partner_state::accepted;
}

// The first three are copies of what the goal says; the others are said to the other one.
enum class partner_words : std::uint8_t { goal, steps, tries, morning, evening, encouragement, proposal };
inline constexpr std::array<std::string_view, 7> partner_words_names{
    "goal", "steps", "tries", "morning", "evening", "encouragement", "proposal"};

constexpr std::string_view name_of(partner_words kind)
{
    return partner_words_names[static_cast<std::size_t>(kind)];
}

constexpr std::optional<partner_words> partner_words_named(std::string_view name)
{
    return moderation::named<partner_words>(partner_words_names, name);
}

inline constexpr std::array<partner_words, 3> copied_words{
    partner_words::goal, partner_words::steps, partner_words::tries};

constexpr bool is_copied(partner_words kind)
{
    return kind <= partner_words::tries;
}
constexpr bool is_of_member(partner_words kind)
{
    return kind <= partner_words::evening;
}

// Each a switch of the member's.
struct partner_grants {
    bool goal = true;
    bool steps = false;
    bool tries = false;
    bool hard_week = false;

    constexpr bool shows(partner_words kind) const
    {
        if (kind == partner_words::goal) return goal;
        if (kind == partner_words::steps) return steps;
        return kind != partner_words::tries || tries;
    }
    friend bool operator==(partner_grants const&, partner_grants const&) = default;
};

// When the member would like to check in. The partner does not see it: nobody waits for a word.
struct partner_schedule {
    std::set<unsigned> days; // 0: Sunday
    bool morning = false;
    bool evening = false;
    bool tell = false; // on these days, among their news
    friend bool operator==(partner_schedule const&, partner_schedule const&) = default;
};

struct partner_said {
    post said;
    partner_words kind = partner_words::encouragement;
    bool is_mine = false;
    bool is_settled = false; // of a proposal, for the member alone
};

// Some of what was said, the newest first, and where the parts beside it go on: none at an end.
struct partner_said_part {
    std::vector<partner_said> said;
    std::optional<post_id> newer; // than this one
    std::optional<post_id> older;
};

// As one of the two sees it now.
struct partnership {
    post_id id;
    circle_id circle;
    bool as_member = false;
    std::string nickname; // the other one's; "" once they left
    partner_state state = partner_state::asked;
    bool is_over = false;        // for the member: asked, and nobody answered in time
    bool had_company = false;    // somebody said yes, also if it has ended since
    std::string note;            // what it was asked with; "" while it may not be read
    bool is_note_folded = false; // for whom it is: it stands behind a note that says what it is about
    moderation::label_set note_labels{};
    partner_grants grants; // for the member; for whom it is asked, what they would see
    bool is_hard_week = false;
    timestamp asked_at;
    std::vector<partner_said> shown; // what the goal says, as far as it is granted
    // For the member alone
    std::optional<private_id> goal;
    partner_schedule schedule;
    std::optional<post_state> note_state; // of what they asked with, while it is not there
};

} // namespace holdfast::domain
