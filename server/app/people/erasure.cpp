#include "server/app/people/erasure.hpp"

#include "server/app/change_log.hpp"
#include "server/app/people/identity.hpp"
#include "server/app/people/member_keys.hpp"
#include "server/app/terms/partner_terms.hpp"
#include "server/app/terms/share_access.hpp"
#include "server/app/texts.hpp"
#include "server/base/limits.hpp"
#include "server/base/worker_pool.hpp"
#include "server/store/database.hpp"

#include <optional>
#include <vector>

namespace holdfast::app {

struct erasure::state {
    store::database& database;
    texts& vault;
    member_keys const& own_keys;
    identity& people;
    change_log& changes;
    worker_pool& hashing;
    clock const& time;
};

erasure::erasure(
    store::database& database,
    texts& vault,
    member_keys const& own_keys,
    identity& people,
    change_log& changes,
    worker_pool& hashing,
    clock const& time
)
    : state_(std::make_unique<state>(state{database, vault, own_keys, people, changes, hashing, time}))
{
}

erasure::~erasure() = default;

namespace {
// Everything of theirs that others could see is announced as gone, in the same transaction.
std::vector<session_id> erase_everything(store::write_tx& tx, account_id const& account, timestamp at)
{
    std::vector<session_id> ended;
    for (auto const& row : tx.sessions_of(account))
        ended.push_back(row.id);
    end_partnerships(tx, account, std::nullopt, at);
    std::optional<post_id> after;
    for (;;) {
        auto const some = tx.posts_by(account, after, limits::page_rows_max);
        if (some.empty()) break;
        for (auto const& row : some) {
            after = row.post.id;
            // Also of posts taken down before: care goes on waiting for those, and now nobody is there any
            // more.
            for (auto const& waiting : tx.review_items_waiting_for(row.post.id)) {
                tx.close_review_item(waiting.item.id, waiting.item.revision, std::nullopt, std::nullopt, at);
            }
            if (!row.post.visible_version) continue; // nobody saw it, so nobody is told
            tx.unindex_post(row.post.id);
            announce_post(
                tx, {0, "post.removed", row.post.circle, row.post.thread, row.post.id, std::nullopt, at}
            );
        }
    }
    tx.erase_account(account, at);
    tx.append_audit({at, account, "account.erased", std::nullopt, account.text(), "{}"});
    return ended;
}
} // namespace

task<result<void>> erasure::erase(domain::principal_ptr who, std::string passphrase)
{
    if (!who) co_return errc::unauthenticated;
    auto look_up = [account = who->account](store::read_tx& tx) -> result<store::member_key_row> {
        auto key = tx.member_key(account);
        if (!key) return errc::unauthenticated;
        return std::move(*key);
    };
    auto const stored = co_await state_->database.read(std::move(look_up));
    if (!stored) co_return stored.error();
    auto const& own_keys = state_->own_keys;
    auto open = [&own_keys, key = *stored, passphrase] {
        return own_keys.open_by_passphrase(key, passphrase);
    };
    auto const own = co_await offload(state_->hashing, errc::rate_limited, std::move(open));
    if (!own) co_return own.error();

    auto const at = state_->time.now();
    auto shred = [at, account = who->account](store::write_tx& tx) -> result<std::vector<session_id>> {
        return erase_everything(tx, account, at);
    };
    auto const ended = co_await state_->database.write(std::move(shred));
    if (!ended) co_return ended.error();
    state_->vault.shred(who->account);
    state_->changes.everything_changed();
    state_->people.sessions_ended(who->account, *ended);
    co_return result<void>();
}

} // namespace holdfast::app
