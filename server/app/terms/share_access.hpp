// Who may read what was shared, and who is told what becomes of it. On database threads, inside the
// transaction that found the row.
#pragma once
#include "server/domain/account.hpp"
#include "server/store/tx.hpp"

namespace holdfast::app {

// Not withdrawn, and its time has not run out.
bool is_open(store::share_row const& share, timestamp now);
// Its writer always; others while it is open, they belong to its circle, and it was shared with them.
bool may_read_share(
    store::read_tx& tx, store::share_row const& share, domain::principal_ptr const& who, timestamp now
);
// A post that this person may read though no circle can: part of a share that is theirs or for them. Of what
// is between partners, only what is granted now.
std::optional<store::visible_post_row>
post_of_share(store::read_tx& tx, post_id const& post, domain::principal_ptr const& who, timestamp now);

// Announces what became of a post: to its circle, or, of a share, to its readers alone.
void announce_post(store::write_tx& tx, store::event_row const& event);

} // namespace holdfast::app
