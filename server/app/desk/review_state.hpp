// What the files of the review service share (review.cpp, review_next.cpp, review_open.cpp,
// review_decide.cpp), and the questions that other services of the desk ask too.
#pragma once
#include "server/app/desk/review.hpp"
#include "server/store/tx.hpp"

namespace holdfast::app {

struct review::state {
    store::database& database;
    texts& vault;
    screener& screen;
    change_log& changes;
    reasons const& ready;
    domain::desk_rules rules;
    clock const& time;
};

// Nobody reviews their own text, and nobody decides whether their own decision was right.
bool may_review(store::read_tx& tx, domain::principal_ptr const& who, store::review_item_row const& row);
std::int64_t day_of(timestamp at);
// A lead's are all there are.
std::vector<circle_id> looked_after(store::read_tx& tx, domain::principal const& who);
inline constexpr std::size_t places_max = 200; // of the queue, looked through for one item
// Places only, from the index: care first, oldest due first. What is shown is looked up afterwards.
std::vector<store::queued_row>
queue_of(store::read_tx& tx, domain::principal const& who, review_filter const& wanted, std::size_t limit);
// Claims it in the transaction of whoever asks: two people never get one item.
result<domain::review_item> take(
    store::write_tx& tx, texts& vault, account_id const& who, store::review_item_row const& row, timestamp at
);
// Takes away a claim that ran out, and names who has it else.
void settle_claim(store::read_tx& tx, texts& vault, domain::review_item& item, timestamp now);
bool has_step(
    std::vector<domain::review_step> const& steps, domain::review_step::kind what, account_id const& by
);

} // namespace holdfast::app
