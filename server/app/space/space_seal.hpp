// Inside the space service: how one version of a piece of private writing is sealed and opened. On database
// threads, inside the transaction that found the row.
#pragma once
#include "server/app/space/space.hpp"
#include "server/sealing/keyring.hpp"
#include "server/store/tx.hpp"

namespace holdfast::app {

// Whose, of which kind, under which key: what every step of one request shares.
struct opened_space {
    account_id account;
    domain::private_kind kind;
    sealing::secret_ptr key;
};

result<opened_space> open_space(
    member_keys const& own_keys, store::read_tx& tx, member_session const& who, domain::private_kind kind
);
sealed_text seal(opened_space const& mine, private_text const& text);
result<private_text> open(opened_space const& mine, store::private_row const& row);
result<std::vector<private_text>>
open_all(opened_space const& mine, std::vector<store::private_row> const& rows);
// no_room: with so many more sealed bytes the member would have more than there is room for. Asked in the
// transaction that adds them.
result<void> room_for(store::read_tx& tx, account_id const& account, std::size_t bytes);
// The id follows from the key of the request, so that a retry finds what it made; under the member's key, so
// that it says nothing to anybody else.
private_id id_for(opened_space const& mine, std::string_view idempotency_key);
// Of the kinds of which there is only one.
private_id id_of_only(opened_space const& mine);

} // namespace holdfast::app
