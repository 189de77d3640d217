// What authors do with a post of theirs after it was sent.
#include "server/app/change_log.hpp"
#include "server/app/posts/partner_terms.hpp"
#include "server/app/posts/posts_state.hpp"
#include "server/app/posts/share_access.hpp"
#include "server/store/database.hpp"

namespace holdfast::app {

task<result<void>> posts::remove(domain::principal_ptr who, post_id post)
{
    if (!who) co_return errc::not_found;
    auto const at = state_->time.now();
    auto take_down = [post, at, author = who->account](store::write_tx& tx) -> result<thread_id> {
        auto const row = tx.post(post);
        if (!row || row->author != author) return errc::not_found;
        if (!tx.remove_post(post, at)) return row->thread; // taken down before: the same answer
        for (auto const& waiting : tx.review_items_waiting_for(post)) {
            auto const lane = waiting.item.lane;
            // A person may still need somebody, and what was told about it was kept.
            if (lane == domain::lane::care || lane == domain::lane::report) continue;
            tx.close_review_item(waiting.item.id, waiting.item.revision, std::nullopt, std::nullopt, at);
        }
        tx.unindex_post(post);
        if (auto const between = tx.partnership(post))
            end_partnership(tx, *between, domain::partner_state::ended, author, at);
        tx.withdraw_share(post, at); // when it was a copy of something of theirs
        tx.append_audit({at, author, "post.removed", row->circle, post.text(), "{}"});
        // What nobody saw leaves without a word: that somebody wrote something held is theirs alone.
        if (row->visible_version)
            announce_post(tx, {0, "post.removed", row->circle, row->thread, post, std::nullopt, at});
        return row->thread;
    };
    auto const done = co_await state_->database.write(std::move(take_down));
    if (!done) co_return done.error();
    state_->changes.thread_changed(*done);
    co_return result<void>();
}

task<result<void>> posts::say_safe(domain::principal_ptr who, post_id post)
{
    if (!who) co_return errc::not_found;
    auto const at = state_->time.now();
    auto note = [post, at, author = who->account](store::write_tx& tx) -> result<void> {
        auto const row = tx.post(post);
        if (!row || row->author != author) return errc::not_found;
        auto const shown = tx.care().mark_safe(post, at);
        auto const waits = tx.mark_author_safe(post, at);
        if (!shown && !waits) return result<void>();
        tx.append_audit({at, author, "care.author_safe", row->circle, post.text(), "{}"});
        tx.append_event({0, "review.changed", row->circle, row->thread, post, std::nullopt, at});
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(note));
    co_return done;
}

} // namespace holdfast::app
