// A way out for alarms that a host may configure. It tells that somebody is asked for, never whom or what
// about.
#pragma once
#include "moderation/types.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/alarm.hpp"

#include <string>

namespace holdfast::app {

struct alarm_notice {
    alarm_id alarm;
    circle_id circle;
    moderation::triage triage = moderation::triage::crisis;
    domain::alarm_stage stage = domain::alarm_stage::first;
    timestamp at;
};

class alarm_channel {
  public:
    virtual ~alarm_channel() = default;
    virtual task<result<void>> tell(alarm_notice notice) = 0; // time-boxed; an error: it is tried again later
    virtual std::string const& name() const = 0;              // "webhook", "mail"
};

} // namespace holdfast::app
