// How the desk is doing, in numbers without words or names: for who looks after a circle, for a lead with the
// load of each person, and for everybody as far as the host publishes it.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/measures.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;

struct lane_figures {
    int waiting = 0;
    std::optional<timestamp> oldest_due; // of what waits
    int decided = 0;
    int within_clock = 0;                            // of those, before they were due
    std::chrono::seconds median{0}, ninety_fifth{0}; // from coming in to being decided
    std::array<int, domain::verdict_count> verdicts{};
};

struct person_load {
    std::string nickname;
    int decided = 0;
    int weight = 0; // what they read, weighted by how heavy it was
};

struct desk_figures {
    int days = 0;
    std::array<lane_figures, 5> lanes; // by lane
    int posts = 0;                     // and edits that were sent
    int by_the_check = 0;              // of those, that no person was asked about
    int upheld = 0, overturned = 0;    // of those asked to be looked at again
    std::vector<person_load> people;   // for a lead alone; by nickname
};

class figures {
  public:
    figures(store::database& database, texts& vault, domain::desk_rules rules, clock const& time)
        : database_(database), vault_(vault), rules_(rules), time_(time)
    {
    }

    // Of the circles that `who` looks after, or one of them; not_found for who looks after none. `days`: 1
    // to 90.
    task<result<desk_figures>> of_desk(domain::principal_ptr who, std::optional<circle_id> circle, int days);
    // For everybody, over all circles; not_found unless the host publishes it.
    task<result<desk_figures>> published();
    bool are_published() const { return rules_.publishes_figures; }

  private:
    store::database& database_;
    texts& vault_;
    domain::desk_rules rules_;
    clock const& time_;
};

} // namespace holdfast::app
