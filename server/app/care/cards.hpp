// What an author is shown around a text that calls for care. On database threads, inside the transaction that
// takes the text or the read that shows it.
#pragma once
#include "server/domain/care.hpp"
#include "server/store/tx.hpp"

namespace holdfast::app {

class help_lines;

// Decides how much is shown this time, and keeps it, so that the page stays the same when it is read again.
domain::care_now note_care(
    store::write_tx& tx,
    account_id const& author,
    circle_id const& circle,
    int version,
    domain::care_card card
);

// How it stands now around a text; the whole when nothing was kept.
domain::care_now care_around(
    store::read_tx& tx, account_id const& author, circle_id const& circle, post_id const& post, timestamp now
);

// With lines that are open now.
domain::care care_with(
    help_lines const& lines,
    std::string_view country,
    moderation::decision const& decided,
    post_id const& post,
    domain::care_now const& now
);

} // namespace holdfast::app
