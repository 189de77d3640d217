// Limits and locks after they were set: who sees them, who ends them, and what a member is told about their
// own. A member's limits are set with a decision (review.hpp), never without one.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/measures.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;
class screener;

// How one stands: what holds for oneself now, and when it ends.
struct own_standing {
    std::vector<domain::limit> limits;
    std::vector<domain::strike> strikes;
};

class measures {
  public:
    measures(store::database& database, texts& vault, screener& screen, clock const& time);
    ~measures();
    measures(measures const&) = delete;
    measures& operator=(measures const&) = delete;

    task<result<void>> start(); // once: which circles are locked

    // Facilitators of the circle (else not_found).
    task<result<std::vector<domain::limit>>> in(domain::principal_ptr who, circle_id circle);
    task<result<void>> end(domain::principal_ptr who, limit_id limit);
    // One press: from now on everything written there waits, until it ends or is opened. Again sets a new
    // end.
    task<result<void>> lock(domain::principal_ptr who, circle_id circle, int hours, std::string reason);
    task<result<void>> open(domain::principal_ptr who, circle_id circle);
    // From memory: until when the circle is locked.
    std::optional<timestamp> locked_until(circle_id const& circle) const;

    task<result<own_standing>> own(domain::principal_ptr who);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
