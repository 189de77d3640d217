// Sharing what is one's own: a copy of one version of a story, a safety plan or a cue card, for named allies,
// a circle or whoever has a link, until its writer takes it back. Each copy goes the way of a post
// (posts::share) and so does each note that answers a story. A plan goes to named people alone, a card to a
// circle. What partners share of a goal is in partner/partners.hpp.
// Absent and forbidden look the same: not_found.
#pragma once
#include "server/app/people/member_session.hpp"
#include "server/app/posts/posts.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/share.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

class member_keys;
class own_pace;
class space;

struct share_wish {
    int version = 0; // of the private text; 0: the newest
    domain::share_audience audience = domain::share_audience::allies;
    circle_id circle;                // whose facilitators look after it, and whose members may be named
    std::vector<std::string> allies; // nicknames
    int days = 0;                    // until it ends by itself; 0: never. A link always ends.
    std::string title;
    std::vector<std::string> sections; // fields of share_sections(); a card has none
};

struct share_made {
    submission sent;
    std::string link; // the secret of its address, "" without one
};

// One share, as its writer sees it.
struct own_share {
    domain::own_post copy;
    domain::share_what what = domain::share_what::story;
    private_id record;
    int version = 1;
    domain::share_audience audience = domain::share_audience::allies;
    std::vector<std::string> readers; // nicknames of those named
    std::string link;
    int openings = 0;
    std::optional<timestamp> expires_at;
    bool is_open = false;   // false: taken back or out, or its time ran out
    bool has_words = false; // of one that is not open: until its writer deletes it, or the timer comes by
    std::vector<domain::witness_note> notes;
};

class shares {
  public:
    shares(
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

    // invalid: nothing to share, nobody named, a name that isn't in that circle, not with such an audience;
    // not_found: no such text or circle of theirs.
    task<result<share_made>> share(
        member_session who,
        domain::share_what what,
        private_id record,
        std::string idempotency_key,
        share_wish wish
    );
    // Of all of one's texts of this kind, newest first by id.
    task<result<std::vector<own_share>>> own(member_session who, domain::share_what what);
    // Nobody else reads it from now on, and its copy is emptied; the notes stay with its writer.
    task<result<void>> withdraw(domain::principal_ptr who, post_id id);
    // Whatever is shared of a private text, before that is taken out.
    task<result<void>> withdraw_all(member_session who, domain::share_what what, private_id record);

    // All that others share with this person and that they may read, newest first: an id begins with its
    // time.
    task<result<std::vector<post_id>>> for_me(domain::principal_ptr who, domain::share_what what);
    // Some of it, opened, without notes. What was taken back meanwhile is left out.
    task<result<std::vector<domain::shared_copy>>>
    open_for_me(domain::principal_ptr who, domain::share_what what, std::vector<post_id> ids);
    task<result<domain::shared_copy>> read(domain::principal_ptr who, domain::share_what what, post_id id);
    // By its link, also for visitors; each time is counted, and not by whom.
    task<result<domain::shared_copy>> open_link(domain::principal_ptr who, std::string secret);
    // Somebody of its circle who has the link reads it as an ally does from now on, and can answer.
    task<result<post_id>> keep_link(domain::principal_ptr who, std::string secret);
    // The thread whose events tell of a share: by its id, or by its link's secret.
    task<result<thread_id>> followed(domain::principal_ptr who, post_id id);
    task<result<thread_id>> followed_by_link(std::string secret);

    task<result<submission>> witness(
        domain::principal_ptr who,
        post_id id,
        domain::witness_kind kind,
        std::string idempotency_key,
        std::string text,
        bool nudge_seen
    );
    // By the story's writer alone.
    task<result<void>> pin(domain::principal_ptr who, post_id note, bool pinned);

  private:
    store::database& database_;
    texts& vault_;
    member_keys const& own_keys_;
    space& space_;
    posts& posts_;
    own_pace& pace_;
    clock const& time_;
};

} // namespace holdfast::app
