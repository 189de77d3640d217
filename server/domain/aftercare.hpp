// What comes after a hard evening: follow-ups for the author, for the circle that read it, and for the
// facilitator who was there; and worries about somebody, which go to facilitators alone. Pure.
#pragma once
#include "moderation/types.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::domain {

enum class follow_up_kind : std::uint8_t { author_day, author_week, circle, facilitator };
enum class follow_up_answer : std::uint8_t { none, better, same, worse, not_now, fine, talk };
enum class helped : std::uint8_t { unsaid, yes, a_little, no };
std::string_view name_of(follow_up_kind value);   // "author_day" …
std::string_view name_of(follow_up_answer value); // "" for none
std::string_view name_of(helped value);           // "" for unsaid
std::optional<follow_up_kind> follow_up_kind_named(std::string_view name);
std::optional<follow_up_answer> follow_up_answer_named(std::string_view name);
std::optional<helped> helped_named(std::string_view name);
// An author says how it is now; a facilitator that they are fine, or that they would like to talk.
bool may_answer(follow_up_kind kind, follow_up_answer answer);

struct follow_up {
    follow_up_id id;
    follow_up_kind kind = follow_up_kind::author_day;
    circle_id circle;
    std::optional<account_id> account; // whom it asks; none: a whole circle
    std::optional<post_id> post;
    timestamp due_at;
    timestamp until;
    follow_up_answer answer = follow_up_answer::none;
    domain::helped helped = helped::unsaid;
    std::string nickname; // of the one who would like to talk, for a lead
};

enum class concern_state : std::uint8_t { waiting, real, not_needed };
std::string_view name_of(concern_state value);
std::optional<concern_state> concern_state_named(std::string_view name);

// How it went with what somebody worried about before.
struct concern_record {
    int real = 0;
    int not_needed = 0;
    int lately = 0; // in the last day, whatever came of it
};
// How soon a worry is looked at: what its words say, sooner when this person's worries were real before.
moderation::triage triage_of_concern(concern_record const& before, moderation::triage words);
// Whether one more may come today. Somebody whose worries were real may have more of them.
bool may_be_concerned(concern_record const& before);

struct concern {
    concern_id id;
    circle_id circle;
    std::optional<post_id> post; // that worried them
    moderation::triage triage = moderation::triage::amber;
    concern_state state = concern_state::waiting;
    timestamp made_at;
    // For those who look after the circle, never for anybody else:
    account_id by, about;
    std::string by_nickname, about_nickname;
    std::string words;
    bool folded = false;
};

} // namespace holdfast::domain
