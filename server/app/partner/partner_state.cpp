#include "server/app/partner/partner_state.hpp"

namespace holdfast::app {

using domain::partner_state;

namespace {
constexpr auto wishes_kind = "partnership";
}

bool is_waiting_too_long(store::partnership_row const& row, timestamp now)
{
    return domain::is_waiting(row.state) && row.expires_at && *row.expires_at <= now;
}

bool was_not_answered(store::partnership_row const& row, timestamp now)
{
    return is_waiting_too_long(row, now) ||
           (row.state == partner_state::ended && !row.answered_at && !row.ended_by);
}

std::optional<store::partnership_row>
partnership_for(store::read_tx& tx, post_id const& id, domain::principal const& who, timestamp now)
{
    auto row = tx.partnership(id);
    if (!row) return std::nullopt;
    if (row->member == who.account) return row;
    auto const is_in_circle =
        who.role_in(row->circle) != domain::role::none && !who.is_paused_in(row->circle);
    if (row->partner != who.account || row->state == partner_state::unheard || !is_in_circle)
        return std::nullopt;
    auto const is_heard = row->answered_at || tx.let_through_post(id); // the screen passed the question
    if (!is_heard || (is_waiting_too_long(*row, now) && !row->answered_at)) return std::nullopt;
    return row;
}

result<store::partnership_row>
live_own(store::read_tx& tx, post_id const& id, domain::principal const& who, timestamp now)
{
    auto row = tx.partnership(id);
    if (!row || row->member != who.account || !domain::is_live(row->state)) return errc::not_found;
    if (is_waiting_too_long(*row, now)) return errc::not_found;
    return std::move(*row);
}

partner_wishes wishes_of(store::read_tx& tx, texts& vault, store::partnership_row const& row)
{
    if (row.wishes.empty()) return {};
    auto const opened = vault.open_about(tx, wishes_kind, row.id.text(), row.circle, row.member, row.wishes);
    return opened ? partner_wishes::from(*opened) : partner_wishes();
}

result<sealed_text>
sealed_wishes(store::read_tx& tx, texts& vault, store::partnership_row const& row, partner_wishes const& what)
{
    auto const ready = vault.make_ready(tx, row.member, row.circle);
    if (!ready) return ready.error();
    return vault.seal_about(wishes_kind, row.id.text(), row.circle, row.member, what.text());
}

void announce_change(store::write_tx& tx, store::partnership_row const& row, timestamp now)
{
    if (row.state != partner_state::accepted) return;
    store::event_row told;
    told.type = "partner.changed";
    told.thread = row.thread;
    told.post = row.id;
    told.at = now;
    tx.append_event(told);
}

} // namespace holdfast::app
