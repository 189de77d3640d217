// The review list: what waits for a facilitator, and what they decide. Reading a held text is audited.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/review.hpp"

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
class change_log;

struct review_decision {
    domain::verdict what = domain::verdict::publish;
    int revision = 1;   // of the item as the facilitator saw it; conflict when it changed
    std::string reason; // needed for give_back; goes to the author, screened like any text
};

class review {
  public:
    review(store::database& database, texts& vault, screener& screen, change_log& changes, clock const& time);
    ~review();
    review(review const&) = delete;
    review& operator=(review const&) = delete;

    // Of the circles that `who` looks after; care first, oldest due first. Empty for others.
    task<result<std::vector<domain::review_item>>>
    items(domain::principal_ptr who, std::optional<domain::lane> lane, std::size_t limit);
    // The circles that `who` looks after: a lead's are all there are.
    task<result<std::vector<circle_id>>> circles_of(domain::principal_ptr who);
    // The item with its text, for reading: writes an audit entry that the member can see.
    task<result<domain::review_item_opened>> open(domain::principal_ptr who, review_item_id item);
    // For ten minutes nobody else gets it. conflict: somebody else has it.
    task<result<domain::review_item>> claim(domain::principal_ptr who, review_item_id item);
    // conflict: changed or decided meanwhile; invalid: a return without a reason, or a return in the care
    // lane; returned: the reason did not pass the screen. One's own text is decided by somebody else:
    // not_found.
    task<result<void>> decide(domain::principal_ptr who, review_item_id item, review_decision decided);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
