#include "server/app/terms/share_access.hpp"

#include <algorithm>

namespace holdfast::app {

using domain::partner_state;
using domain::share_what;

bool is_open(store::share_row const& share, timestamp now)
{
    return !share.withdrawn_at && (!share.expires_at || *share.expires_at > now);
}

namespace {
// While it is asked, and from yes on until one of them ends it.
bool is_partner(store::read_tx& tx, store::share_row const& share, account_id const& who)
{
    auto const between = tx.partnership(share.id);
    return between && between->partner == who &&
           (between->state == partner_state::asked || between->state == partner_state::accepted);
}

// For one of the two: one's own words, the question, and what is granted or said while it lasts.
bool is_shown(
    store::read_tx& tx,
    store::share_row const& share,
    store::visible_post_row const& post,
    account_id const& who
)
{
    if (post.author == who || post.id == share.id) return true;
    auto const between = tx.partnership(share.id);
    auto const text = tx.partner_text(post.id);
    if (!between || !text || between->state != partner_state::accepted) return false;
    return who == between->member || between->grants.shows(text->kind);
}
} // namespace

bool may_read_share(
    store::read_tx& tx, store::share_row const& share, domain::principal_ptr const& who, timestamp now
)
{
    if (!who) return false;
    if (who->account == share.owner) return true;
    if (!is_open(share, now)) return false;
    if (who->role_in(share.circle) == domain::role::none || who->is_paused_in(share.circle)) return false;
    if (share.what == share_what::goal) return is_partner(tx, share, who->account);
    if (share.audience == domain::share_audience::circle) return true;
    auto const readers = tx.share_readers(share.id);
    return std::find(readers.begin(), readers.end(), who->account) != readers.end();
}

std::optional<store::visible_post_row>
post_of_share(store::read_tx& tx, post_id const& post, domain::principal_ptr const& who, timestamp now)
{
    auto row = tx.let_through_post(post);
    if (!row) return std::nullopt;
    auto const share = tx.share_in(row->thread);
    if (!share || !may_read_share(tx, *share, who, now)) return std::nullopt;
    if (share->what == share_what::goal && !is_shown(tx, *share, *row, who->account)) return std::nullopt;
    return row;
}

namespace {
// To open pages of the two that there is something to read anew, whatever it is; and to the other one that
// something was said.
void announce_between(store::write_tx& tx, store::share_row const& share, store::event_row const& event)
{
    auto const between = tx.partnership(share.id);
    if (!between || share.withdrawn_at) return;
    store::event_row told;
    told.post = share.id;
    told.at = event.at;
    if (event.post == share.id) {
        if (event.type != "thread.started" || between->state != partner_state::asked) return;
        // They may have put aside who asks, and only they can read that: no live event then. Their next page
        // knows.
        if (tx.private_count(between->partner, domain::private_kind::pacing) > 0) {
            told.type = "partner.asked"; // on no topic, for the list of news alone
        } else {
            told.type = "me.asked";
            told.account = between->partner;
        }
        tx.append_event(told);
        return;
    }
    auto const text = event.post ? tx.partner_text(*event.post) : std::nullopt;
    auto const post = event.post ? tx.post(*event.post) : std::nullopt;
    if (!text || !post || between->state != partner_state::accepted) return;
    told.type = "partner.changed";
    told.thread = share.thread;
    tx.append_event(told);
    if (event.type != "post.published" || domain::is_copied(text->kind)) return;
    told.type = "me.partner";
    told.thread.reset();
    told.account = post->author == between->member ? between->partner : between->member;
    tx.append_event(told);
}
} // namespace

void announce_post(store::write_tx& tx, store::event_row const& event)
{
    auto const share = event.thread ? tx.share_in(*event.thread) : std::nullopt;
    if (!share) {
        tx.append_event(event);
        return;
    }
    if (share->what == share_what::goal) return announce_between(tx, *share, event);
    auto const is_story = share->what == share_what::story;
    auto const is_copy = event.post == share->id;
    auto const is_gone = event.type == "post.removed" && is_copy;
    auto const is_new = event.type == "thread.started";
    if (share->withdrawn_at && !is_gone) return;
    // A card is found among the tools, and in nobody's news.
    auto const in_circle =
        is_story && share->audience == domain::share_audience::circle && (is_new || is_gone);
    std::string const what = is_story ? "story." : "share.";
    store::event_row told;
    told.type = what + (is_gone ? "withdrawn" : is_new ? "shared" : "changed");
    told.thread = share->thread;
    if (in_circle) told.circle = share->circle;
    told.post = share->id;
    told.at = event.at;
    tx.append_event(told);
    told.type = is_story ? "me.story" : "me.share";
    if (event.type == "post.published") { // a note: its writer hears of it
        told.account = share->owner;
        tx.append_event(told);
    } else if (is_new || is_gone) {
        for (auto const& reader : tx.share_readers(share->id)) {
            told.account = reader;
            tx.append_event(told);
        }
    }
}

} // namespace holdfast::app
