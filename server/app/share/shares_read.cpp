// What readers of a story do: reading it, and answering with a note.
#include "server/app/readable.hpp"
#include "server/app/share/notes.hpp"
#include "server/app/share/shares.hpp"
#include "server/app/space/space.hpp"
#include "server/app/terms/share_access.hpp"
#include "server/app/texts.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

using domain::share_audience;
using domain::shared_copy;

std::vector<domain::witness_note> open_notes(store::read_tx& tx, texts& vault, store::share_row const& story)
{
    std::vector<domain::witness_note> made;
    for (auto const& row : tx.witness_notes(story.thread)) {
        auto said = open_visible(tx, vault, row.post);
        if (said) made.push_back({std::move(*said), row.kind, row.pinned});
    }
    std::stable_partition(made.begin(), made.end(), [](auto const& one) { return one.pinned; });
    return made;
}

namespace {
result<shared_copy>
open_copy(store::read_tx& tx, texts& vault, store::share_row const& row, domain::principal_ptr const& who)
{
    auto const copy = tx.let_through_post(row.id);
    if (!copy) return errc::not_found;
    auto told = open_visible(tx, vault, *copy);
    if (!told) return told.error();
    shared_copy made;
    made.told = std::move(*told);
    made.what = row.what;
    made.audience = row.audience;
    made.is_mine = who && who->account == row.owner;
    made.expires_at = row.expires_at;
    return made;
}

result<store::share_row>
share_of_link(store::read_tx& tx, texts const& vault, std::string const& secret, timestamp now)
{
    auto const row = tx.share_by_link(vault.token_hash(secret));
    if (!row || !is_open(*row, now)) return errc::not_found;
    return *row;
}

bool is_of_circle(domain::principal_ptr const& who, circle_id const& circle)
{
    return who && who->role_in(circle) != domain::role::none && !who->is_paused_in(circle);
}
} // namespace

task<result<std::vector<post_id>>> shares::for_me(domain::principal_ptr who, domain::share_what what)
{
    if (!who) co_return errc::unauthenticated;
    auto list = [who, what, now = time_.now()](store::read_tx& tx) -> result<std::vector<post_id>> {
        std::vector<post_id> made;
        for (auto const& row : tx.shares_for(who->account, what, now)) {
            if (is_of_circle(who, row.circle)) made.push_back(row.id); // not while they are paused there
        }
        return made;
    };
    auto found = co_await database_.read(std::move(list));
    co_return found;
}

task<result<std::vector<shared_copy>>>
shares::open_for_me(domain::principal_ptr who, domain::share_what what, std::vector<post_id> ids)
{
    auto& vault = vault_;
    auto list = [&vault, who, what, ids = std::move(ids), now = time_.now()](store::read_tx& tx
                ) -> result<std::vector<shared_copy>> {
        std::vector<shared_copy> made;
        for (auto const& id : ids) {
            auto const row = tx.share(id);
            if (!row || row->what != what || !may_read_share(tx, *row, who, now)) continue;
            auto one = open_copy(tx, vault, *row, who);
            if (one) made.push_back(std::move(*one));
        }
        return made;
    };
    auto found = co_await database_.read(std::move(list));
    co_return found;
}

task<result<shared_copy>> shares::read(domain::principal_ptr who, domain::share_what what, post_id id)
{
    auto& vault = vault_;
    auto look = [&vault, who, what, id, now = time_.now()](store::read_tx& tx) -> result<shared_copy> {
        auto const row = tx.share(id);
        if (!row || row->what != what || !may_read_share(tx, *row, who, now)) return errc::not_found;
        auto made = open_copy(tx, vault, *row, who);
        if (made && what == domain::share_what::story) made->notes = open_notes(tx, vault, *row);
        return made;
    };
    auto found = co_await database_.read(std::move(look));
    co_return found;
}

task<result<shared_copy>> shares::open_link(domain::principal_ptr who, std::string secret)
{
    auto& vault = vault_;
    auto look = [&vault, who, secret, now = time_.now()](store::write_tx& tx) -> result<shared_copy> {
        auto const row = share_of_link(tx, vault, secret, now);
        if (!row) return row.error();
        auto made = open_copy(tx, vault, *row, who);
        if (made && !made->is_mine) tx.count_opening(row->id);
        return made;
    };
    auto found = co_await database_.write(std::move(look));
    co_return found;
}

task<result<post_id>> shares::keep_link(domain::principal_ptr who, std::string secret)
{
    auto& vault = vault_;
    auto keep = [&vault, who, secret, now = time_.now()](store::write_tx& tx) -> result<post_id> {
        auto const row = share_of_link(tx, vault, secret, now);
        if (!row || !is_of_circle(who, row->circle) || !tx.let_through_post(row->id)) return errc::not_found;
        if (who->account != row->owner) tx.add_share_reader(row->id, who->account);
        return row->id;
    };
    auto kept = co_await database_.write(std::move(keep));
    co_return kept;
}

task<result<thread_id>> shares::followed(domain::principal_ptr who, post_id id)
{
    auto look = [who, id, now = time_.now()](store::read_tx& tx) -> result<thread_id> {
        auto const row = tx.share(id);
        if (!row || row->what == domain::share_what::goal) return errc::not_found;
        if (!may_read_share(tx, *row, who, now) || !tx.let_through_post(id)) return errc::not_found;
        return row->thread;
    };
    auto found = co_await database_.read(std::move(look));
    co_return found;
}

task<result<thread_id>> shares::followed_by_link(std::string secret)
{
    auto& vault = vault_;
    auto look = [&vault, secret, now = time_.now()](store::read_tx& tx) -> result<thread_id> {
        auto const row = share_of_link(tx, vault, secret, now);
        if (!row) return row.error();
        if (!tx.let_through_post(row->id)) return errc::not_found;
        return row->thread;
    };
    auto found = co_await database_.read(std::move(look));
    co_return found;
}

task<result<submission>> shares::witness(
    domain::principal_ptr who,
    post_id id,
    domain::witness_kind kind,
    std::string idempotency_key,
    std::string text,
    bool nudge_seen
)
{
    auto look = [who, id, now = time_.now()](store::read_tx& tx) -> result<store::share_row> {
        auto const row = tx.share(id);
        if (!row || !may_read_share(tx, *row, who, now) || !tx.let_through_post(id)) return errc::not_found;
        // Notes are what others see, of a story.
        if (who->account == row->owner || row->what != domain::share_what::story) return errc::not_found;
        return *row;
    };
    auto const about = co_await database_.read(std::move(look));
    auto const refused = about ? std::nullopt : std::optional<error>(about.error());
    store::share_row story;
    story.id = id;
    if (about) story = *about;
    auto done = co_await posts_.witness(who, story, kind, idempotency_key, text, nudge_seen, refused);
    co_return done;
}

task<result<void>> shares::pin(domain::principal_ptr who, post_id note, bool pinned)
{
    if (!who) co_return errc::not_found;
    auto const now = time_.now();
    auto set = [who, note, pinned, now](store::write_tx& tx) -> result<void> {
        auto const row = tx.let_through_post(note);
        auto const story = row ? tx.share_in(row->thread) : std::nullopt;
        if (!story || story->what != domain::share_what::story) return errc::not_found;
        if (story->owner != who->account || story->id == note) return errc::not_found;
        tx.pin_witness(note, pinned ? std::optional<timestamp>(now) : std::nullopt);
        announce_post(tx, {0, "post.changed", row->circle, row->thread, note, std::nullopt, now});
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(set));
    co_return done;
}

} // namespace holdfast::app
