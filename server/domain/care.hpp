// Care: what a member is shown when the screen heard crisis language. Never a reproach, never a wall of
// numbers.
#pragma once
#include "moderation/types.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::domain {

struct help_way {
    std::string kind;  // "call", "text", "chat"
    std::string value; // the number or address as dialled or opened
    std::string words; // how it is said: "Call 116 123", "Text SHOUT to 85258"
    std::string href;  // "tel:…", "sms:…", "https:…"
};

// A time of the week when a line is open, in its own zone: minutes of the day; `to` before `from` is past
// midnight.
struct opening_time {
    unsigned days = 0; // bits, Monday first
    int from = 0;
    int to = 0;
};

struct help_line {
    std::string id;
    std::string country; // two letters
    std::string name;
    std::string for_whom;
    std::string hours;     // in words
    std::string languages; // comma separated language codes
    std::string kind;      // "emergency", "listening", "abuse", "young"
    std::vector<help_way> ways;
    std::string source;
    std::string checked_on;            // ISO date
    std::string zone;                  // of the times below, "Europe/London"
    std::vector<opening_time> opening; // empty: day and night
};

// The whole of care, or a short reminder: not the same page again at every post of a hard evening.
enum class care_shown : std::uint8_t { whole, brief };
std::string_view name_of(care_shown value);

// What an author was shown for one text.
struct care_card {
    post_id post;
    moderation::triage triage = moderation::triage::amber;
    care_shown shown = care_shown::whole;
    timestamp at;
    std::optional<timestamp> safe_at; // "I am safe for now"
    bool unread = false;              // nobody knows yet whether care is due: it is short
};
// `last` is the newest card that was shown whole. Whole again when it got worse, when they had said that they
// are safe and now it is otherwise, or on another day.
care_shown how_to_show(std::optional<care_card> const& last, moderation::triage now, timestamp at);

// How it stands around one post right now.
struct care_now {
    care_shown shown = care_shown::whole;
    bool safe = false;
    bool somebody_on_duty = false;
    std::optional<timestamp> duty_from; // when the next one comes, if nobody is there
    std::optional<talk_id> talk;        // the conversation that is open in this circle
};

struct care {
    moderation::triage triage = moderation::triage::amber;
    std::string country;          // whose lines these are
    std::vector<help_line> lines; // two or three, chosen, all open now
    std::optional<post_id> post;  // whose author is cared for; none: somebody who searched or asked to join
    care_now now;
    bool unread = false; // the screen could not read the words: shown in case they cry for help
};

// Care is due whenever the screen's triage isn't green, whatever the outcome. What it could not read is amber
// too: it may be a cry for help.
inline bool care_is_due(moderation::decision const& decided)
{
    return decided.triage != moderation::triage::green;
}

} // namespace holdfast::domain
