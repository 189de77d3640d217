// On the days that a member chose for a word about their goal: an event, of which notices tell them if they
// want it. Once a day, by their own clock, through the log of events like all news.
#pragma once
#include "server/app/texts.hpp"
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"

#include <cstddef>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class partner_days {
  public:
    partner_days(store::database& database, texts& vault, clock const& time)
        : database_(database), vault_(vault), time_(time)
    {
    }

    // What the timer does, also for tests. For how many it is one of their days.
    task<result<std::size_t>> tell_of_today();

  private:
    store::database& database_;
    texts& vault_;
    clock const& time_;
};

} // namespace holdfast::app
