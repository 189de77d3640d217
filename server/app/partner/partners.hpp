// One person keeps a member company with one goal, by mutual consent: asked, answered, and ended by either
// with one press. All that one says to the other goes the way of a post (posts::say_to_partner), in a thread
// that no circle sees. What the goal says is shown only while it is granted, as a copy that was screened.
// Nobody sees when the other was here: there are days, no times, and no mark that something was read.
// Absent and forbidden look the same: not_found.
#pragma once
#include "server/app/people/member_session.hpp"
#include "server/app/posts/posts.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/partner.hpp"

#include <optional>
#include <string>
#include <vector>

namespace holdfast::app {

class member_keys;
class own_pace;
class space;

struct partner_ask {
    circle_id circle;     // that both belong to, and whose facilitators look after what is said
    std::string nickname; // of whom it is asked
    std::string note;
    domain::partner_grants grants;
};

// What one of the two says. The member checks in; the partner encourages or has an idea.
struct partner_word {
    domain::partner_words kind = domain::partner_words::encouragement;
    std::string text;     // of an idea: why, may be empty
    std::string hard;     // of an evening: how hard it was, in a few words, may be empty
    std::string idea;     // the goal said another way, or one small step: a line
    bool is_step = false; // of an idea
};

// Which part of what was said: next to one of the words, else the newest.
struct partner_part_asked {
    std::optional<post_id> before;
    std::optional<post_id> after;
    std::size_t limit = 0;
    bool mine_alone = false;
};

struct partner_asked {
    submission question;
    std::optional<submission> heavy; // of what is granted: the first that calls for care, which is told first
};

class partners {
  public:
    partners(
        store::database& database,
        texts& vault,
        member_keys const& own_keys,
        space& own,
        posts& line,
        own_pace& pace,
        clock const& time
    )
        : database_(database), vault_(vault), own_keys_(own_keys), space_(own), posts_(line), pace_(pace),
          time_(time)
    {
    }

    // Nobody reads more than the question before there is a yes. It looks the same whether somebody wants no
    // such questions or just doesn't answer. conflict: that goal has somebody; limited: not so soon again, or
    // too many at a time; invalid: nobody of that name in that circle, or no words.
    task<result<partner_asked>>
    ask(member_session who, private_id goal, std::string idempotency_key, partner_ask wish);
    // By whom it was asked. No reason is asked for. With `never_again` no question of this member comes
    // again.
    task<result<void>> answer(domain::principal_ptr who, post_id id, bool accepts, bool never_again);
    // What one is part of, newest first, without what the goal says.
    task<result<std::vector<domain::partnership>>> all(member_session who);
    // Once it is over it says so to both, and nothing else.
    task<result<domain::partnership>> read(member_session who, post_id id);
    // What they said to each other while it lasts, down to the first word; nothing before and after that.
    // invalid: nothing of theirs is at that place.
    task<result<domain::partner_said_part>> said(member_session who, post_id id, partner_part_asked wanted);

    // The member's switches. What is taken back is gone at once; what is granted is sent as the goal says it
    // now, and what was sent of it before stands until that was let through.
    task<result<std::vector<submission>>>
    grant(member_session who, post_id id, std::string idempotency_key, domain::partner_grants grants);
    // invalid names "tell": they never said where their clock is, so nobody could say when their day begins.
    task<result<void>> set_schedule(member_session who, post_id id, domain::partner_schedule wanted);
    // After a change in My pace: they are told of their days by the clock that they gave there.
    task<result<void>> follow_clock(member_session who);
    task<result<void>> set_hard_week(member_session who, post_id id, bool is_hard);

    task<result<submission>>
    say(member_session who, post_id id, std::string idempotency_key, partner_word said, bool nudge_seen);
    // An idea of the partner's becomes the goal's next version; the partner is told neither this nor that it
    // was left. Gives the goal.
    task<result<private_id>> take_over(member_session who, post_id idea);
    task<result<void>> leave(domain::principal_ptr who, post_id idea);

    // Either of the two. Asked again: the same answer.
    task<result<void>> end(domain::principal_ptr who, post_id id);
    // Before the goal is taken out.
    task<result<void>> end_of_goal(member_session who, private_id goal);
    // The thread whose events tell of it, while it lasts.
    task<result<thread_id>> followed(domain::principal_ptr who, post_id id);

  private:
    struct shown_goal;
    task<result<submission>>
    show(member_session who, shown_goal of, domain::partner_words kind, std::string idempotency_key);
    // What is granted now, as the goal says it now.
    task<result<std::vector<submission>>>
    show_granted(member_session who, post_id id, std::string idempotency_key);
    task<result<shown_goal>> goal_of(member_session who, post_id id);
    task<result<private_id>> goal_in(member_session who, post_id id);

    store::database& database_;
    texts& vault_;
    member_keys const& own_keys_;
    space& space_;
    posts& posts_;
    own_pace& pace_;
    clock const& time_;
};

} // namespace holdfast::app
