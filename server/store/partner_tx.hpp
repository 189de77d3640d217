// What people who keep each other company with a goal ask of the store; the same rules as in tx.hpp.
#pragma once
#include "server/domain/partner.hpp"
#include "server/store/rows.hpp"

#include <optional>
#include <vector>

namespace holdfast::store {

struct partnership_row {
    post_id id; // of the share that holds it
    thread_id thread;
    circle_id circle;
    account_id member;
    account_id partner;
    hash256 goal{};
    domain::partner_state state = domain::partner_state::asked;
    domain::partner_grants grants;
    sealed_text wishes;
    timestamp asked_at;
    std::optional<timestamp> expires_at; // of a question
    std::optional<timestamp> answered_at;
    std::optional<timestamp> ended_at;
    std::optional<account_id> ended_by;
};

struct partner_text_row {
    domain::partner_words kind = domain::partner_words::encouragement;
    std::optional<timestamp> settled_at;
};

struct partner_said_row {
    visible_post_row post;
    partner_text_row text;
};

class partner_reads {
  public:
    virtual ~partner_reads() = default;

    virtual std::optional<partnership_row> partnership(post_id const& id) = 0;
    // As member or as partner, all there ever were, newest first.
    virtual std::vector<partnership_row> partnerships_of(account_id const& account) = 0;
    virtual std::vector<partnership_row> partnerships_that_last() = 0; // accepted, of everybody
    // Questions that never got a yes and still have words, of everybody: nobody answered in time, it was
    // taken back, or the no came before `declined_before`.
    virtual std::vector<post_id> questions_over(timestamp now, timestamp declined_before) = 0;
    virtual bool refuses_asks(account_id const& account, account_id const& from) = 0;
    virtual std::optional<partner_text_row> partner_text(post_id const& post) = 0;
    // Of these three only what was let through. What the goal says: one of a kind.
    virtual std::vector<partner_said_row> partner_copies(thread_id const& thread) = 0;
    // What one said to the other next to this number in the thread, the nearest first; by `author` alone if
    // there is one.
    virtual std::vector<partner_said_row> partner_said_before(
        thread_id const& thread, std::optional<account_id> const& author, int number, std::size_t limit
    ) = 0;
    virtual std::vector<partner_said_row> partner_said_after(
        thread_id const& thread, std::optional<account_id> const& author, int number, std::size_t limit
    ) = 0;
    // The copy of this kind that was not taken back, also while it waits.
    virtual std::optional<post_id> partner_copy(thread_id const& thread, domain::partner_words kind) = 0;
    virtual int
    partner_texts_since(thread_id const& thread, account_id const& author, timestamp since) = 0; // not copies
};

class partner_writes {
  public:
    virtual ~partner_writes() = default;

    virtual bool add_partnership(partnership_row const& made) = 0;    // false: that goal has one
    virtual void set_partnership(partnership_row const& changed) = 0; // state, grants, wishes, times
    virtual void add_partner_text(post_id const& post, domain::partner_words kind) = 0;
    virtual bool settle_proposal(post_id const& post, timestamp at) = 0; // false: it was before
    virtual void refuse_asks(account_id const& account, account_id const& from) = 0;
    virtual void set_share_end(post_id const& id, std::optional<timestamp> at) = 0;
};

} // namespace holdfast::store
