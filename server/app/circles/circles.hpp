// Circles: making them, and what they say. Absent and forbidden look the same: not_found.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/circle.hpp"

#include <functional>
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
class identity;

struct new_circle {
    domain::circle_texts texts;
    domain::entry_mode entry = domain::entry_mode::open;
    domain::readable_by readable_by = domain::readable_by::members;
};

struct circle_changes {
    std::optional<std::string> name, purpose, agreement, hours;
    std::optional<domain::entry_mode> entry;
    std::optional<domain::readable_by> readable_by;
};

class circles {
  public:
    circles(store::database& database, texts& vault, screener& screen, identity& people, clock const& time);
    ~circles();
    circles(circles const&) = delete;
    circles& operator=(circles const&) = delete;

    // All circles but invite-only ones that `who` does not belong to, by id; `after` pages.
    task<result<std::vector<domain::circle>>>
    list(domain::principal_ptr who, std::optional<circle_id> after, std::size_t limit);
    // From memory after the first time. Anyone may see an open or apply circle's front; its threads are
    // another matter: may_read().
    task<result<std::shared_ptr<domain::circle const>>> get(domain::principal_ptr who, circle_id circle);
    // Leads only (else not_found). Its maker becomes a facilitator. Same key and body: the same circle.
    task<result<domain::circle>>
    create(domain::principal_ptr who, std::string idempotency_key, new_circle wanted);
    // Facilitators of it. A changed agreement gets the next version. invalid, returned (the screen).
    task<result<domain::circle>> change(domain::principal_ptr who, circle_id circle, circle_changes wanted);

    // Called when there is a new circle, or one's words or rules changed, from any thread: who may read it
    // may be others now.
    void on_circle_changed(std::function<void()> listener);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

// May `who` (null: a visitor) read the threads of this circle? Pure.
bool may_read(domain::circle const& circle, domain::principal_ptr const& who);
// Has `who` a facilitator's rights in it? Pure.
bool looks_after(domain::principal_ptr const& who, circle_id const& circle);

} // namespace holdfast::app
