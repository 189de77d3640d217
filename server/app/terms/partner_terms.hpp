// What may be said between partners, and how it ends: asked and done in the transaction that takes the words,
// so that nothing slips through beside a "no" or an end.
#pragma once
#include "server/store/tx.hpp"

#include <optional>

namespace holdfast::app {

// May these words still be added? A copy only while it is granted and there is none; words to the other one
// only from yes on.
bool takes_from_partner(
    store::read_tx& tx, store::share_row const& share, account_id const& author, domain::partner_words kind
);
// Questions of theirs whose time ran out end first. false: somebody keeps them company with that goal, or
// was asked.
bool add_question(store::write_tx& tx, store::partnership_row const& asked, timestamp now);

// Takes a copy back: it is emptied, also while it waits for a facilitator.
void take_copy_back(store::write_tx& tx, post_id const& copy, timestamp now);
// From now on neither reads the other. Copies of what the goal says are emptied; what somebody said stays
// with them alone. Open pages are told. `as` is ended or not_now.
void end_partnership(
    store::write_tx& tx,
    store::partnership_row between,
    domain::partner_state as,
    std::optional<account_id> by,
    timestamp now
);
// All that this person is part of; of one circle alone, when they leave it.
void end_partnerships(store::write_tx& tx, account_id const& who, std::optional<circle_id> in, timestamp now);

} // namespace holdfast::app
