// Aftercare: a day and a week later the author is asked how it is; the circle that read it gets a kind word;
// the facilitator who was there is offered a pause and somebody to talk to. Rows with times, shown when due.
#pragma once
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/aftercare.hpp"

#include <memory>
#include <vector>

namespace holdfast::store {
class database;
class write_tx;
} // namespace holdfast::store

namespace holdfast::app {

class texts;

// With the text that called for care, in its transaction. Once an evening for an author, once a day for a
// circle.
void plan_aftercare(
    store::write_tx& tx, account_id const& author, circle_id const& circle, post_id const& post, timestamp at
);

class aftercare {
  public:
    aftercare(store::database& database, texts& vault, clock const& time);
    ~aftercare();
    aftercare(aftercare const&) = delete;
    aftercare& operator=(aftercare const&) = delete;

    // What is due for this person now: as an author, as a facilitator, as a member of a circle; for a lead
    // also who would like to talk.
    task<result<std::vector<domain::follow_up>>> due(domain::principal_ptr who);
    // invalid: not an answer to this one. `help` may be unsaid, and an author may say that alone.
    task<result<void>>
    answer(domain::principal_ptr who, follow_up_id id, domain::follow_up_answer answer, domain::helped help);
    // What the timer does: tells by live event what became due. How many.
    task<result<std::size_t>> tell_due();

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
