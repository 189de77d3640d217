// What was shared of one's own asks of the store, beside what stands in tx.hpp; the same rules. A share's id
// is that of the post that carries the copy.
#pragma once
#include "server/domain/share.hpp"
#include "server/store/rows.hpp"

#include <optional>
#include <vector>

namespace holdfast::store {

struct share_row {
    post_id id;
    thread_id thread;
    circle_id circle;
    account_id owner;
    domain::share_what what = domain::share_what::story;
    domain::share_audience audience = domain::share_audience::allies;
    sealed_text source;          // under the member's key
    std::optional<hash256> link; // of its secret
    int openings = 0;
    timestamp created_at;
    std::optional<timestamp> expires_at;
    std::optional<timestamp> withdrawn_at;
};

struct witness_row {
    visible_post_row post;
    domain::witness_kind kind = domain::witness_kind::strength;
    bool pinned = false;
};

class share_reads {
  public:
    virtual ~share_reads() = default;

    virtual std::optional<share_row> share(post_id const& id) = 0;
    virtual std::optional<share_row> share_in(thread_id const& thread) = 0; // none: it is a circle's thread
    virtual std::optional<share_row> share_by_link(hash256 const& link) = 0;
    virtual std::vector<share_row> shares_of(account_id const& owner) = 0; // newest first, by id
    // Named to them, or to a whole circle that they belong to, and let through; not their own, withdrawn or
    // expired. Newest first, by id.
    virtual std::vector<share_row>
    shares_for(account_id const& reader, domain::share_what what, timestamp now) = 0;
    // Copies whose time ran out and that nobody took back. Questions to a partner are not among them.
    virtual std::vector<post_id> shares_ended(timestamp now) = 0;
    virtual std::vector<account_id> share_readers(post_id const& id) = 0;
    // What was let through, wherever it stands: whoever asks has found out who may read it.
    virtual std::optional<visible_post_row> let_through_post(post_id const& id) = 0;
    virtual std::vector<witness_row> witness_notes(thread_id const& thread) = 0; // oldest first
};

class share_writes {
  public:
    virtual ~share_writes() = default;

    virtual void add_share(share_row const& made, std::vector<account_id> const& readers) = 0;
    virtual void add_share_reader(post_id const& id, account_id const& reader) = 0; // again: nothing new
    virtual bool withdraw_share(post_id const& id, timestamp at) = 0;               // false: it was before
    virtual void count_opening(post_id const& id) = 0;
    virtual void add_witness(post_id const& post, domain::witness_kind kind) = 0;
    virtual void pin_witness(post_id const& post, std::optional<timestamp> at) = 0;
};

} // namespace holdfast::store
