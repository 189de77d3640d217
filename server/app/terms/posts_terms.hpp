// What stands between a text and its circle besides the screen: who wrote how much here, what facilitators
// set. Asked in the transaction that takes the text, so that nothing slips through beside a change. What
// comes out here can only hold a text or ask its author to wait, never let one through; a cry for help is
// never refused.
#pragma once
#include "moderation/types.hpp"
#include "server/base/result.hpp"
#include "server/domain/measures.hpp"
#include "server/store/tx.hpp"

#include <optional>

namespace holdfast::app {

struct sending_terms {
    bool was_returned = false;           // a person gave an earlier version back: a person looks at this one
    std::optional<account_id> meant_for; // that person, while they look after the circle
    bool is_newcomer = false;
    bool hold_all = false;
    bool locked = false;                   // the whole circle
    std::optional<timestamp> slow_until;   // the next post may come then
    std::optional<timestamp> silent_until; // reading only, or a pause
    friend bool operator==(sending_terms const&, sending_terms const&) = default;
};

struct text_sent {
    account_id author;
    circle_id circle;
    post_id post;
    int version = 1;
    timestamp at;
};

// May they still write there at all? Somebody may have left, or erased their account, meanwhile.
bool may_still_write(store::read_tx& tx, text_sent const& sent);
sending_terms terms_of(store::read_tx& tx, text_sent const& sent, domain::desk_rules const& rules);
// rate_limited or limited, with words for its author, when the text can't be taken now.
result<void> may_send(sending_terms const& terms, moderation::decision const& decided, timestamp now);
// Holds what would be visible, and says why. What the screen gave back stays given back.
void hold_by(sending_terms const& terms, moderation::decision& decided);
// Where a text that waits is looked at; none when it doesn't. Asked after hold_by.
std::optional<domain::lane> lane_for(moderation::decision const& decided);

} // namespace holdfast::app
