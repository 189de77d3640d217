// Inside the posts service: one text on its way, and the line that it goes along.
#pragma once
#include "server/app/posts/posts.hpp"
#include "server/app/posts/posts_state.hpp"
#include "server/app/screener.hpp"
#include "server/app/terms/posts_terms.hpp"
#include "server/store/tx.hpp"

#include <optional>
#include <string>
#include <vector>

namespace holdfast::app {

// Where it belongs, and what the screen and the sealing made of it.
struct sending {
    domain::principal_ptr who;
    circle_id circle;
    thread_id thread;
    post_id post;
    int version = 1;
    bool opens_thread = false;
    bool nudge_seen = false;                      // its author was asked, and sends it as it is
    std::optional<store::share_row> share;        // that it is the copy of, or belongs to
    std::optional<domain::share_what> headed;     // some of its lines are headings of ours, of such a copy
    std::vector<account_id> readers;              // of that copy
    std::optional<domain::witness_kind> witness;  // what a note to it does
    std::optional<store::partnership_row> asks;   // that it opens
    std::optional<domain::partner_words> between; // partners, it is this
    std::string idempotency_key;
    store::hash256 body_hash{};
    timestamp at;
    sending_terms terms; // what was known of them when the text was screened
    screened seen;
    sealed_text text;
    sealed_text detail;
    std::optional<domain::review_item> item;
};

// The line: screen, seal, commit, answer. `refused`: why they may not write this (any more). Then nothing is
// screened: what they sent with this key while they might is answered as it was then.
task<result<submission>>
send(sending_tools with, sending sent, domain::post_text content, std::optional<error> refused);

} // namespace holdfast::app
