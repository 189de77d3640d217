// How care went, in figures without a person in them: time to the first human answer by level, share
// answered, follow-through. For leads, and for a host to export.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/store/care_store.hpp"

#include <array>
#include <optional>
#include <string>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

struct level_figures {
    std::string level; // "amber", "red", "crisis"
    std::int64_t rung = 0;
    std::int64_t answered = 0;     // by a person: words, or a decision
    std::int64_t within_clock = 0; // of those
    std::int64_t waiting = 0;      // neither answered nor over
    std::optional<std::int64_t> median_s, p95_s;
};

struct care_figures {
    timestamp from, to;
    std::array<level_figures, 3> levels;
    store::tally helped, answers, concerns;
};

// Pure: what the rows say.
std::array<level_figures, 3> figures_of(std::vector<store::answer_time> const& all);
std::string csv_of(care_figures const& made); // "what,level,value" a line

class care_reporting {
  public:
    care_reporting(store::database& database, clock const& time) : database_(database), time_(time) {}
    // Leads; of the last so many days.
    task<result<care_figures>> of_last(domain::principal_ptr who, int days);

  private:
    store::database& database_;
    clock const& time_;
};

} // namespace holdfast::app
