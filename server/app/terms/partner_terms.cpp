#include "server/app/terms/partner_terms.hpp"

namespace holdfast::app {

using domain::partner_state;

bool takes_from_partner(
    store::read_tx& tx, store::share_row const& share, account_id const& author, domain::partner_words kind
)
{
    auto const between = tx.partnership(share.id);
    if (!between) return false;
    if (author != (domain::is_of_member(kind) ? between->member : between->partner)) return false;
    if (!domain::is_copied(kind)) return between->state == partner_state::accepted;
    return domain::is_live(between->state) && between->grants.shows(kind) &&
           !tx.partner_copy(share.thread, kind);
}

bool add_question(store::write_tx& tx, store::partnership_row const& asked, timestamp now)
{
    for (auto const& one : tx.partnerships_of(asked.member)) {
        auto const is_over = domain::is_waiting(one.state) && one.expires_at && *one.expires_at <= now;
        if (is_over && one.member == asked.member)
            end_partnership(tx, one, partner_state::ended, std::nullopt, now);
    }
    return tx.add_partnership(asked);
}

void take_copy_back(store::write_tx& tx, post_id const& copy, timestamp now)
{
    if (!tx.remove_post(copy, now)) return;
    for (auto const& waiting : tx.review_items_waiting_for(copy)) {
        auto const lane = waiting.item.lane;
        // A person may still need somebody, and what was told about it was kept.
        if (lane == domain::lane::care || lane == domain::lane::report) continue;
        tx.close_review_item(waiting.item.id, waiting.item.revision, std::nullopt, std::nullopt, now);
    }
}

void end_partnership(
    store::write_tx& tx,
    store::partnership_row between,
    domain::partner_state as,
    std::optional<account_id> by,
    timestamp now
)
{
    if (!domain::is_live(between.state)) return;
    between.state = as;
    between.ended_at = now;
    between.ended_by = by;
    between.wishes = {};
    tx.set_partnership(between);
    tx.withdraw_share(between.id, now);
    for (auto const kind : domain::copied_words) {
        if (auto const copy = tx.partner_copy(between.thread, kind)) take_copy_back(tx, *copy, now);
    }
    store::event_row told;
    told.type = "partner.ended";
    told.thread = between.thread;
    told.post = between.id;
    told.at = now;
    tx.append_event(told);
}

void end_partnerships(store::write_tx& tx, account_id const& who, std::optional<circle_id> in, timestamp now)
{
    for (auto const& one : tx.partnerships_of(who)) {
        if (!in || one.circle == *in) end_partnership(tx, one, partner_state::ended, who, now);
    }
}

} // namespace holdfast::app
