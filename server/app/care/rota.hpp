// The rota: who is on duty in a circle and when, and what they leave for the next one. For those who look
// after the circle; to others it is not there.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/alarm.hpp"

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

struct duty_wanted {
    timestamp starts_at;
    timestamp ends_at;
    int place = 1;
    int weeks = 1;        // the same time again, a week apart
    std::string nickname; // "": oneself; a lead may put down another facilitator of the circle
};

class rota {
  public:
    rota(store::database& database, texts& vault, screener& screen, clock const& time);
    ~rota();
    rota(rota const&) = delete;
    rota& operator=(rota const&) = delete;

    // From yesterday on, so that the last note can still be read.
    task<result<std::vector<domain::duty>>> list(domain::principal_ptr who, circle_id circle);
    // invalid: a field is named. Asked for again with the same key it gives what is left of the same times.
    task<result<std::vector<domain::duty>>>
    add(domain::principal_ptr who, circle_id circle, std::string idempotency_key, duty_wanted wanted);
    task<result<void>> remove(domain::principal_ptr who, duty_id duty); // one's own; a lead: any
    // One's own. Screened like anything that others read: returned.
    task<result<void>> write_note(domain::principal_ptr who, duty_id duty, std::string words);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
