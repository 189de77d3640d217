// A private conversation between somebody who wrote from a hard place and those who look after their circle.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/id.hpp"

#include <optional>
#include <string>
#include <vector>

namespace holdfast::domain {

struct talk {
    talk_id id;
    circle_id circle;
    account_id member;
    std::string nickname; // the member's, for those who look after the circle
    post_id post;         // what it opened from
    alarm_id alarm;       // what rings when nobody answers
    int last_number = 0;
    bool waits = false; // for an answer: the member wrote last, or asked for it and nobody wrote yet
    timestamp opened_at;
    std::optional<timestamp> closed_at;
    std::optional<timestamp> outside_help_at; // a lead recorded that a person called for help outside
};

struct talk_message {
    int number = 0;
    bool from_member = false;
    std::string nickname; // "" once they left
    bool folded = false;  // may hurt its reader: a facilitator opens it when they want to
    std::string words;
    timestamp at;
};

struct talk_opened {
    domain::talk talk;
    std::vector<talk_message> messages; // ascending
    bool has_earlier = false;
};

} // namespace holdfast::domain
