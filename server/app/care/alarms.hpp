// Alarms as people meet them: they sound by live event (and by webhook or mail where a host configured one)
// until somebody says "I've got this". What is due is a row with a time, so a restart makes good what it
// missed. Nothing here ever calls anybody outside: a lead can record that a person did.
#pragma once
#include "server/app/care/alarm_channel.hpp"
#include "server/domain/account.hpp"
#include "server/domain/alarm.hpp"

#include <memory>
#include <vector>

namespace holdfast::store {
class database;
class write_tx;
} // namespace holdfast::store

namespace holdfast::app {

class alarms {
  public:
    alarms(store::database& database, clock const& time);
    ~alarms();
    alarms(alarms const&) = delete;
    alarms& operator=(alarms const&) = delete;

    // Before the timer starts; outlives this.
    void tell_also(alarm_channel* channel);

    // Those that have not ended, of the circles that `who` looks after, oldest first. Never about oneself.
    task<result<std::vector<domain::alarm>>> open(domain::principal_ptr who);
    // "I've got this". conflict: somebody else has it, or it ended. not_found: not for you.
    task<result<domain::alarm>> take(domain::principal_ptr who, alarm_id alarm);
    // "I can't right now": the next ones are asked at once.
    task<result<void>> pass_on(domain::principal_ptr who, alarm_id alarm);
    // Leads alone: that a person decided to call for help outside. The first record stays.
    task<result<void>> record_outside_help(domain::principal_ptr who, alarm_id alarm);

    // What the timer does, also for tests: sounds what is due; tells outside what waits to be told. How many.
    task<result<std::size_t>> sound_due();
    task<result<std::size_t>> send_notices();

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
