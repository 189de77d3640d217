// "I'm worried about someone": goes to those who look after the circle and to nobody else, least of all to
// the person. They are never told, and never messaged from it. Remembers whose worries were real.
#pragma once
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/aftercare.hpp"
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

struct concern_wanted {
    std::string nickname;        // whom it is about, or
    std::optional<post_id> post; // whose author it is about
    std::string words;
};

class concerns {
  public:
    concerns(
        store::database& database,
        texts& vault,
        screener& screen,
        domain::review_clocks clocks,
        clock const& time
    );
    ~concerns();
    concerns(concerns const&) = delete;
    concerns& operator=(concerns const&) = delete;

    // Members of the circle. invalid: nobody there has that name, or it is about oneself; rate_limited.
    task<result<domain::concern>>
    raise(domain::principal_ptr who, circle_id circle, std::string idempotency_key, concern_wanted wanted);
    // One's own in this circle, newest first: whether somebody looked, and nothing else about the person.
    task<result<std::vector<domain::concern>>> mine(domain::principal_ptr who, circle_id circle);
    // For those who look after the circle, and never about oneself: who reads it is on record.
    task<result<domain::concern>> open(domain::principal_ptr who, concern_id id);
    // What came of it: real, or not needed. The one who worried is told that somebody looked. conflict:
    // answered otherwise, or by somebody else.
    task<result<void>> answer(domain::principal_ptr who, concern_id id, bool real);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
