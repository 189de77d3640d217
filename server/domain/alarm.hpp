// Alarms: a cry for help rings with the facilitator on duty, then with the second one, then with a lead,
// again and again, until somebody says "I've got this". Pure: when it sounds next, and with whom.
#pragma once
#include "moderation/types.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::domain {

enum class alarm_stage : std::uint8_t { silent, first, second, lead };
std::string_view name_of(alarm_stage value); // "silent", "first", "second", "lead"

struct alarm {
    alarm_id id;
    circle_id circle;
    account_id about; // who may need somebody
    std::optional<post_id> post;
    moderation::triage triage = moderation::triage::crisis;
    std::chrono::milliseconds clock{}; // how long one stage waits before the next is asked
    alarm_stage stage = alarm_stage::silent;
    timestamp stage_at;
    std::optional<timestamp> next_at; // none: it is quiet
    int sounded = 0;
    timestamp created_at;
    std::optional<account_id> taken_by;
    std::optional<timestamp> taken_at;
    std::optional<timestamp> answered_at; // when a person first answered or decided
    std::optional<timestamp> ended_at;
    std::optional<account_id> outside_help_by; // a lead recorded that a person called for help
    std::optional<timestamp> outside_help_at;
};

// A time on the rota, as those who look after the circle see it.
struct duty {
    duty_id id;
    circle_id circle;
    account_id account;
    std::string nickname;
    int place = 1; // 1 is asked first, 2 is the second facilitator
    timestamp starts_at;
    timestamp ends_at;
    std::string note; // what the next one should know
};

// Who can be asked in a circle right now.
struct roster {
    std::vector<account_id> first; // on duty
    std::vector<account_id> second;
    std::vector<account_id> facilitators; // all of the circle
    std::vector<account_id> leads;        // of every circle
    bool somebody_on_duty() const { return !first.empty() || !second.empty(); }
};

// An alarm after it sounded once more, and whom to tell.
struct sounding {
    alarm after;
    std::vector<account_id> to; // may be empty: then there is nobody at all
    bool climbed = false;       // also true for the first time
};

// Sounds an alarm that is due. Nobody on duty: all facilitators and leads are asked at once. One that was
// taken and is due again was left unanswered, so it climbs and is anybody's again.
sounding sound(alarm before, roster const& here, timestamp now);

// "I've got this": quiet, unless nobody has answered when twice its clock has passed.
alarm taken(alarm before, account_id const& by, timestamp now);
// "I can't right now": the next stage is asked at once, and nobody asks why.
alarm passed_on(alarm before, timestamp now);

// Somebody answered: quiet until the person writes again.
alarm answered(alarm before, account_id const& by, timestamp now);
// The person wrote again, or asks for somebody: it rings when nobody answers within its clock, or at once.
alarm woken(alarm before, moderation::triage triage, timestamp now, bool at_once);

} // namespace holdfast::domain
