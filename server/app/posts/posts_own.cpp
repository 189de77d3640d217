// What authors do with a post of theirs after it was sent.
#include "server/app/change_log.hpp"
#include "server/app/posts/posts_state.hpp"
#include "server/app/terms/partner_terms.hpp"
#include "server/app/terms/share_access.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

namespace holdfast::app {

namespace {
// Its words, its place in lists and at the desk, and whatever was shared by it. `by` nobody: its time ran
// out.
void take_down(
    store::write_tx& tx, store::post_row const& row, std::optional<account_id> const& by, timestamp at
)
{
    if (!tx.remove_post(row.id, at)) return;
    for (auto const& waiting : tx.review_items_waiting_for(row.id)) {
        auto const lane = waiting.item.lane;
        // A person may still need somebody, and what was told about it was kept.
        if (lane == domain::lane::care || lane == domain::lane::report) continue;
        tx.close_review_item(waiting.item.id, waiting.item.revision, std::nullopt, std::nullopt, at);
    }
    tx.unindex_post(row.id);
    if (auto const between = tx.partnership(row.id))
        end_partnership(tx, *between, domain::partner_state::ended, by, at);
    tx.withdraw_share(row.id, at); // when it was a copy of something of theirs
    tx.append_audit({at, by, "post.removed", row.circle, row.id.text(), "{}"});
    // What nobody saw leaves without a word: that somebody wrote something held is theirs alone.
    if (row.visible_version)
        announce_post(tx, {0, "post.removed", row.circle, row.thread, row.id, std::nullopt, at});
}
} // namespace

task<result<void>> posts::remove(domain::principal_ptr who, post_id post)
{
    if (!who) co_return errc::not_found;
    auto const at = state_->time.now();
    auto take = [post, at, author = who->account](store::write_tx& tx) -> result<thread_id> {
        auto const row = tx.post(post);
        if (!row || row->author != author) return errc::not_found;
        take_down(tx, *row, author, at);
        return row->thread; // also when it was taken down before
    };
    auto const done = co_await state_->database.write(std::move(take));
    if (!done) co_return done.error();
    state_->changes.thread_changed(*done);
    co_return result<void>();
}

task<result<std::size_t>> posts::take_ended_back()
{
    auto const at = state_->time.now();
    auto look = [at](store::read_tx& tx) -> result<std::vector<post_id>> {
        auto made = tx.shares_ended(at);
        auto const over = tx.questions_over(at, at - std::chrono::days(limits::partner_again_days));
        made.insert(made.end(), over.begin(), over.end());
        return made;
    };
    auto const ended = co_await state_->database.read(std::move(look));
    if (!ended) co_return ended.error();
    for (auto const& id : *ended) {
        auto take = [id, at](store::write_tx& tx) -> result<std::optional<thread_id>> {
            auto const share = tx.share(id);
            auto const row = tx.post(id);
            if (!share || !row || is_open(*share, at)) return std::optional<thread_id>();
            take_down(tx, *row, std::nullopt, at);
            tx.withdraw_share(id, at); // also of a post that was gone before, or it would be ended for ever
            return std::optional<thread_id>(row->thread);
        };
        auto const done = co_await state_->database.write(std::move(take));
        if (!done) co_return done.error();
        if (*done) state_->changes.thread_changed(**done);
    }
    co_return ended->size();
}

task<result<void>> posts::say_safe(domain::principal_ptr who, post_id post)
{
    if (!who) co_return errc::not_found;
    auto const at = state_->time.now();
    auto note = [post, at, author = who->account](store::write_tx& tx) -> result<void> {
        auto const row = tx.post(post);
        if (!row || row->author != author) return errc::not_found;
        if (!tx.mark_author_safe(post, at)) return result<void>();
        tx.append_audit({at, author, "care.author_safe", row->circle, post.text(), "{}"});
        tx.append_event({0, "review.changed", row->circle, row->thread, post, std::nullopt, at});
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(note));
    co_return done;
}

} // namespace holdfast::app
