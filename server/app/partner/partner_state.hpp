// What the halves of partners share. On database threads, inside the transaction that found the row.
#pragma once
#include "server/app/partner/partner_text.hpp"
#include "server/app/texts.hpp"
#include "server/store/tx.hpp"

namespace holdfast::app {

// A row that is there for this person: the member's always; the partner's while it is asked or lasts, they
// belong to the circle and have no pause from it.
std::optional<store::partnership_row>
partnership_for(store::read_tx& tx, post_id const& id, domain::principal const& who, timestamp now);
// The member's own, while it is asked or lasts.
result<store::partnership_row>
live_own(store::read_tx& tx, post_id const& id, domain::principal const& who, timestamp now);

bool is_waiting_too_long(store::partnership_row const& row, timestamp now);
// It waited too long, also once it was ended for that.
bool was_not_answered(store::partnership_row const& row, timestamp now);

partner_wishes wishes_of(store::read_tx& tx, texts& vault, store::partnership_row const& row);
result<sealed_text> sealed_wishes(
    store::read_tx& tx, texts& vault, store::partnership_row const& row, partner_wishes const& what
);

// To open pages of the two: there is something to read anew. Nothing before there was a yes.
void announce_change(store::write_tx& tx, store::partnership_row const& row, timestamp now);

} // namespace holdfast::app
