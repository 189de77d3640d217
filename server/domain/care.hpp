// Care: what a member is shown when the screen heard crisis language. Never a reproach, never a wall of
// numbers.
#pragma once
#include "moderation/types.hpp"

#include <string>
#include <vector>

namespace holdfast::domain {

struct help_way {
    std::string kind;  // "call", "text", "chat"
    std::string value; // the number or address as dialled or opened
    std::string words; // how it is said: "Call 116 123", "Text SHOUT to 85258"
    std::string href;  // "tel:…", "sms:…", "https:…"
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
    std::string checked_on; // ISO date
};

struct care {
    moderation::triage triage = moderation::triage::amber;
    std::string country;          // whose lines these are
    std::vector<help_line> lines; // two or three, chosen
};

// Care is due whenever the screen's triage isn't green, whatever the outcome.
inline bool care_is_due(moderation::decision const& decided)
{
    return decided.triage != moderation::triage::green;
}

} // namespace holdfast::domain
