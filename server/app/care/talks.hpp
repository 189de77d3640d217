// Private conversations: opened from a cry for help, by its author or by a facilitator. What the member
// writes is never refused: words that may hurt stand behind a note for the facilitator. What a facilitator
// writes is screened before the member reads it. A closed one opens again when the member writes.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/talk.hpp"

#include <memory>
#include <string>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;
class screener;

class talks {
  public:
    talks(store::database& database, texts& vault, screener& screen, clock const& time);
    ~talks();
    talks(talks const&) = delete;
    talks& operator=(talks const&) = delete;

    // Its author, when care was due for the post: gives the conversation that is open in this circle, or a
    // new one. Somebody is asked to come at once.
    task<result<domain::talk>> ask_for(domain::principal_ptr who, post_id post);
    // A facilitator, from what rings. The same conversation, if there is one.
    task<result<domain::talk>> offer(domain::principal_ptr who, alarm_id alarm);

    // One's own newest, and the open ones of the circles that one looks after: first what waits for `who`,
    // the longest waiting before the others.
    task<result<std::vector<domain::talk>>> list(domain::principal_ptr who);
    // All of one's own, newest first.
    task<result<std::vector<domain::talk>>> own(domain::principal_ptr who);
    // Its member, and those who look after the circle, for whom the reading is on record. The messages after
    // a number, or the newest ones.
    task<result<domain::talk_opened>> read(domain::principal_ptr who, talk_id talk, std::optional<int> after);
    // The same key and words give the same message. returned: a facilitator's words that the screen gave
    // back. overloaded: the screen could not read a facilitator's words; nothing was taken. conflict: closed,
    // and another one is open.
    task<result<domain::talk_message>>
    write(domain::principal_ptr who, talk_id talk, std::string idempotency_key, std::string words);
    // Either side. Nothing is lost, and the member can go on at any time.
    task<result<void>> close(domain::principal_ptr who, talk_id talk);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
