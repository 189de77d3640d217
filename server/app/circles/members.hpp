// Who belongs to a circle: joining, asking to join, leaving, roles. Absent and forbidden look the same:
// not_found.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/care.hpp"
#include "server/domain/circle.hpp"
#include "server/domain/review.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class circles;
class help_lines;
class identity;
class screener;
class texts;

// How one stands to a circle.
struct standing {
    domain::role role = domain::role::none;
    bool application_waits = false;
    bool application_declined = false; // the last one; they can ask again
};

enum class joined : std::uint8_t { member, waiting }; // waiting: an application was made

struct joining {
    joined as = joined::member;
    std::optional<domain::care> care; // when an application's words call for it
};

class members {
  public:
    members(
        store::database& database,
        texts& vault,
        screener& screen,
        identity& people,
        circles& of,
        help_lines const& lines,
        domain::review_clocks clocks,
        clock const& time
    );
    ~members();
    members(members const&) = delete;
    members& operator=(members const&) = delete;

    task<result<standing>> standing_of(domain::principal_ptr who, circle_id circle);
    // Open circles: a member at once. Apply: an application with `words` waits. Invite: not_found.
    // conflict: the agreement's version is not the current one.
    task<result<joining>>
    join(domain::principal_ptr who, circle_id circle, int agreement_version, std::string words);
    task<result<void>> leave(domain::principal_ptr who, circle_id circle); // also withdraws an application

    // Facilitators of the circle. The same answer again by the same person is given already.
    task<result<std::vector<domain::application>>> applications(domain::principal_ptr who, circle_id circle);
    task<result<void>> decide_application(domain::principal_ptr who, application_id application, bool accept);

    // For the host's shell: makes somebody a facilitator (or a member) of a circle.
    task<result<void>> set_role(circle_id circle, account_id account, domain::role role);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
