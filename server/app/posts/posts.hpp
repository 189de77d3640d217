// Threads and posts: the straight line from a text to the circle, and what readers and authors see.
// send() in posts_send.cpp is the line: validate, may, screen, seal, commit, answer. Nothing is announced
// before it is committed. Absent and forbidden look the same: not_found.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/care.hpp"
#include "server/domain/circle.hpp"
#include "server/domain/measures.hpp"
#include "server/domain/partner.hpp"
#include "server/domain/post.hpp"
#include "server/domain/review.hpp"
#include "server/domain/share.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::store {
class database;
class read_tx;
struct partnership_row;
struct post_row;
struct share_row;
} // namespace holdfast::store

namespace holdfast::app {

class texts;
class screener;
class circles;
class help_lines;
class change_log;

// What became of one text that was sent. The same key and body give the same submission again.
struct submission {
    post_id post;
    thread_id thread;
    circle_id circle;
    int version = 1;
    domain::post_state state = domain::post_state::held;
    moderation::decision decided;
    bool nudged = false; // nothing was taken: its author is asked first whether to send it as it is
    std::optional<timestamp> due_at;  // when a person will have looked, while it is held
    std::optional<domain::care> care; // what to show the author now
};

struct thread_page {
    domain::thread thread;
    std::shared_ptr<domain::circle const> circle;
    std::vector<domain::post> posts; // ascending by number
    bool has_earlier = false;
    bool has_later = false;
};

// Which posts of a thread: the newest page, or the page before or after a number.
struct page_at {
    enum class where : std::uint8_t { newest, before, after };
    where which = where::newest;
    int number = 0;
};

class posts {
  public:
    posts(
        store::database& database,
        texts& vault,
        screener& screen,
        circles& groups,
        help_lines const& lines,
        change_log& changes,
        domain::review_clocks clocks,
        domain::desk_rules rules,
        clock const& time
    );
    ~posts();
    posts(posts const&) = delete;
    posts& operator=(posts const&) = delete;

    // Sending. invalid: empty, too long, not UTF-8; key_reused: the key came with another text; not_found:
    // not a member, or no such circle, thread or post; storage_failed and overloaded: nothing was taken.
    task<result<submission>> start_thread(
        domain::principal_ptr who, circle_id circle, std::string idempotency_key, domain::post_text content
    );
    // A reply that may make little of somebody's pain comes back `nudged` unless `nudge_seen`.
    task<result<submission>> reply(
        domain::principal_ptr who,
        thread_id thread,
        std::string idempotency_key,
        domain::post_text content,
        bool nudge_seen = false
    );
    // A copy of something of one's own, for the readers that `shared` and `readers` say; who may share what
    // is for the caller to find out, here and in the three below: `refused` says why not, and then only what
    // was sent before with this key gets its answer. `asked` is all that a repeated request must have alike.
    task<result<submission>> share(
        domain::principal_ptr who,
        store::share_row shared,
        std::vector<account_id> readers,
        std::string idempotency_key,
        std::string asked,
        domain::post_text content,
        std::optional<error> refused
    );
    // A note to a story whose reader `who` was found to be. It is nudged as a reply is.
    task<result<submission>> witness(
        domain::principal_ptr who,
        store::share_row about,
        domain::witness_kind kind,
        std::string idempotency_key,
        std::string text,
        bool nudge_seen,
        std::optional<error> refused
    );
    // The question whether somebody keeps them company with a goal. conflict: somebody does, or was asked.
    task<result<submission>> ask_partner(
        domain::principal_ptr who,
        store::share_row shared,
        store::partnership_row between,
        std::string idempotency_key,
        std::string asked,
        domain::post_text content,
        std::optional<error> refused
    );
    // Words between the two, or a copy of what the goal says. not_found: not any more, or not theirs to say.
    task<result<submission>> say_to_partner(
        domain::principal_ptr who,
        store::share_row about,
        domain::partner_words kind,
        std::string idempotency_key,
        std::string text,
        bool nudge_seen,
        std::optional<error> refused
    );
    // A new version that goes the same way; the one that stands keeps standing until it is let through.
    task<result<submission>> edit(
        domain::principal_ptr who,
        post_id post,
        std::string idempotency_key,
        domain::post_text content,
        bool nudge_seen = false
    );
    // What a post is screened together with, oldest first: how its thread began and the last texts before it
    // that its author knows. On a database thread.
    std::vector<std::string> texts_answered(store::read_tx& tx, store::post_row const& post) const;
    // Takes one's own post down and empties its text. Care that waits for it goes on waiting.
    task<result<void>> remove(domain::principal_ptr who, post_id post);
    // The same for each shared copy whose time ran out: what a timer does, by itself for each. Nobody gets a
    // notice of it.
    task<result<std::size_t>> take_ended_back();
    // "I am safe for now": facilitators see it on the care item.
    task<result<void>> say_safe(domain::principal_ptr who, post_id post);

    // Reading. Only what the schema's view lets through.
    task<result<std::vector<domain::thread>>> threads(
        domain::principal_ptr who,
        circle_id circle,
        std::optional<domain::thread_place> before,
        std::size_t limit
    );
    task<result<thread_page>>
    page(domain::principal_ptr who, thread_id thread, page_at at, std::size_t limit);
    task<result<domain::post>> visible(domain::principal_ptr who, post_id post);
    // The author's view of their own post, in any state.
    task<result<domain::own_post>> own(domain::principal_ptr who, post_id post);
    task<result<std::vector<domain::own_post>>>
    own_posts(domain::principal_ptr who, std::optional<post_id> after, std::size_t limit); // oldest first
    task<result<std::vector<domain::own_post>>> own_posts_before(
        domain::principal_ptr who, std::optional<post_id> before, std::size_t limit
    ); // newest first
    // The care that goes with an own post, if it is due.
    std::optional<domain::care> care_for(domain::own_post const& post, domain::principal const& who) const;

    // Which circle a thread belongs to, from memory after the first time; not_found also when `who` may not
    // read it. For rendered-page caches that need to authorise without opening anything.
    task<result<std::shared_ptr<domain::circle const>>>
    circle_of(domain::principal_ptr who, thread_id thread);

  private:
    // The same without asking who may read: somebody who has a pause from a circle may still cry for help in
    // it.
    task<result<std::shared_ptr<domain::circle const>>>
    circle_around(domain::principal_ptr who, thread_id thread);

    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
