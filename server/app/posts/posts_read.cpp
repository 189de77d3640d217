#include "moderation/policy/ruling.hpp"
#include "server/app/care/cards.hpp"
#include "server/app/change_log.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/posts/posts_state.hpp"
#include "server/app/readable.hpp"
#include "server/app/terms/share_access.hpp"
#include "server/app/texts.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

std::optional<circle_id> posts::state::known_circle_of(thread_id const& thread) const
{
    std::lock_guard const hold(guard_);
    auto const found = circle_by_thread_.find(thread);
    if (found == circle_by_thread_.end()) return std::nullopt;
    return found->second;
}

void posts::state::remember(thread_id const& thread, circle_id const& circle)
{
    std::lock_guard const hold(guard_);
    if (circle_by_thread_.size() >= remembered_max) circle_by_thread_.clear();
    circle_by_thread_[thread] = circle;
}

task<result<std::shared_ptr<domain::circle const>>>
posts::circle_of(domain::principal_ptr who, thread_id thread)
{
    auto circle = co_await circle_around(who, thread);
    if (!circle) co_return circle.error();
    if (!may_read(**circle, who)) co_return errc::not_found;
    co_return circle;
}

task<result<std::shared_ptr<domain::circle const>>>
posts::circle_around(domain::principal_ptr who, thread_id thread)
{
    auto known = state_->known_circle_of(thread);
    if (!known) {
        auto look_up = [thread](store::read_tx& tx) -> result<circle_id> {
            auto const row = tx.thread(thread);
            if (!row) return errc::not_found;
            return row->circle;
        };
        auto const found = co_await state_->database.read(std::move(look_up));
        if (!found) co_return found.error();
        known = *found;
        state_->remember(thread, *known);
    }
    auto circle = co_await state_->groups.get(who, *known);
    co_return circle;
}

namespace {
// What a thread shows of its opening; nothing once that was taken down.
void put_opening(store::read_tx& tx, texts& vault, store::visible_thread_row const& row, domain::thread& to)
{
    if (!row.opening) return;
    auto opened = open_all_visible(tx, vault, {*row.opening});
    if (opened.empty()) return;
    auto& opening = opened.front();
    to.title = std::move(opening.content.title);
    to.author = opening.author;
    to.nickname = std::move(opening.nickname);
    to.folded = opening.folded;
    to.labels = opening.labels;
}
} // namespace

task<result<std::vector<domain::thread>>> posts::threads(
    domain::principal_ptr who, circle_id circle, std::optional<domain::thread_place> before, std::size_t limit
)
{
    auto const group = co_await state_->groups.get(who, circle);
    if (!group) co_return group.error();
    if (!may_read(**group, who)) co_return errc::not_found;
    auto& vault = state_->vault;
    auto list = [&vault, circle, before, limit](store::read_tx& tx) -> result<std::vector<domain::thread>> {
        std::vector<domain::thread> made;
        for (auto const& row : tx.threads_of(circle, before, std::min(limit, limits::page_rows_max))) {
            domain::thread entry;
            entry.id = row.id;
            entry.circle = row.circle;
            entry.opening = row.opening_post;
            entry.visible_posts = row.visible_posts;
            entry.created_at = row.created_at;
            entry.active_at = row.active_at;
            put_opening(tx, vault, row, entry);
            made.push_back(std::move(entry));
        }
        return made;
    };
    auto found = co_await state_->database.read(std::move(list));
    co_return found;
}

namespace {
struct read_page {
    domain::thread thread;
    std::vector<domain::post> posts;
    bool has_earlier = false;
    bool has_later = false;
};

std::vector<store::visible_post_row>
rows_at(store::read_tx& tx, thread_id const& thread, page_at at, std::size_t limit, read_page& page)
{
    auto const more = limit + 1; // one more than shown says whether there is another page
    if (at.which == page_at::where::after) {
        auto rows = tx.posts_after(thread, at.number, more);
        page.has_later = rows.size() > limit;
        if (page.has_later) rows.pop_back();
        page.has_earlier = at.number > 0;
        return rows;
    }
    auto const newest = at.which == page_at::where::newest;
    auto rows = tx.posts_before(thread, newest ? std::numeric_limits<int>::max() : at.number, more);
    page.has_earlier = rows.size() > limit;
    if (page.has_earlier) rows.erase(rows.begin());
    page.has_later = !newest;
    return rows;
}
} // namespace

task<result<thread_page>>
posts::page(domain::principal_ptr who, thread_id thread, page_at at, std::size_t limit)
{
    auto const circle = co_await circle_of(who, thread);
    if (!circle) co_return circle.error();
    auto& vault = state_->vault;
    auto read = [&vault, thread, at, limit](store::read_tx& tx) -> result<read_page> {
        auto const row = tx.thread(thread);
        if (!row) return errc::not_found;
        read_page page;
        page.posts = open_all_visible(tx, vault, rows_at(tx, thread, at, limit, page));
        page.thread.id = row->id;
        page.thread.circle = row->circle;
        page.thread.opening = row->opening_post;
        page.thread.visible_posts = row->visible_posts;
        page.thread.created_at = row->created_at;
        page.thread.active_at = row->active_at;
        put_opening(tx, vault, *row, page.thread);
        return page;
    };
    auto found = co_await state_->database.read(std::move(read));
    if (!found) co_return found.error();
    thread_page made;
    made.thread = std::move(found->thread);
    made.circle = *circle;
    made.posts = std::move(found->posts);
    made.has_earlier = found->has_earlier;
    made.has_later = found->has_later;
    co_return made;
}

task<result<domain::post>> posts::visible(domain::principal_ptr who, post_id post)
{
    auto& vault = state_->vault;
    auto read = [&vault, post, who, now = state_->time.now()](store::read_tx& tx) -> result<domain::post> {
        if (auto const row = tx.visible_post(post)) return open_visible(tx, vault, *row);
        auto const row = post_of_share(tx, post, who, now);
        if (!row) return errc::not_found;
        auto made = open_visible(tx, vault, *row);
        auto const share = tx.share_in(row->thread);
        if (!made || !share) return made;
        made->shared = domain::shared_as{share->id, share->what};
        if (share->what != domain::share_what::goal) return made;
        // Between partners nobody learns when the other one was here.
        made->created_at = std::chrono::floor<std::chrono::days>(made->created_at);
        if (made->edited_at) made->edited_at = std::chrono::floor<std::chrono::days>(*made->edited_at);
        return made;
    };
    auto found = co_await state_->database.read(std::move(read));
    if (!found) co_return found.error();
    auto const circle = co_await state_->groups.get(who, found->circle);
    if (!circle) co_return circle.error();
    if (!may_read(**circle, who)) co_return errc::not_found;
    co_return found;
}

task<result<domain::own_post>> posts::own(domain::principal_ptr who, post_id post)
{
    if (!who) co_return errc::not_found;
    auto& vault = state_->vault;
    auto const now = state_->time.now();
    auto read = [&vault, post, now, author = who->account](store::read_tx& tx) -> result<domain::own_post> {
        auto const row = tx.post_with_newest_version(post);
        if (!row || row->post.author != author) return errc::not_found;
        auto made = open_own(tx, vault, *row);
        if (made && domain::care_is_due(made->screened))
            made->care = care_around(tx, author, made->circle, post, now);
        return made;
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

namespace {
std::vector<domain::own_post>
all_own(store::read_tx& tx, texts& vault, std::vector<store::post_with_newest> const& rows)
{
    std::vector<domain::own_post> made;
    for (auto const& row : rows) {
        auto opened = open_own(tx, vault, row);
        if (opened) made.push_back(std::move(*opened));
    }
    return made;
}
} // namespace

task<result<std::vector<domain::own_post>>>
posts::own_posts(domain::principal_ptr who, std::optional<post_id> after, std::size_t limit)
{
    if (!who) co_return errc::not_found;
    auto& vault = state_->vault;
    auto read = [&vault, after, limit = std::min(limit, limits::page_rows_max), author = who->account](
                    store::read_tx& tx
                ) -> result<std::vector<domain::own_post>> {
        return all_own(tx, vault, tx.posts_by(author, after, limit));
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<std::vector<domain::own_post>>>
posts::own_posts_before(domain::principal_ptr who, std::optional<post_id> before, std::size_t limit)
{
    if (!who) co_return errc::not_found;
    auto& vault = state_->vault;
    auto read = [&vault, before, limit = std::min(limit, limits::page_rows_max), author = who->account](
                    store::read_tx& tx
                ) -> result<std::vector<domain::own_post>> {
        return all_own(tx, vault, tx.posts_by_before(author, before, limit));
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

std::optional<domain::care> posts::care_for(domain::own_post const& post, domain::principal const& who) const
{
    if (!domain::care_is_due(post.screened)) return std::nullopt;
    if (post.decided_by_person && moderation::is_only_unread(post.screened))
        return std::nullopt; // it was read
    auto const now = post.care.value_or(domain::care_now());
    return care_with(state_->lines, who.country, post.screened, post.id, now);
}

} // namespace holdfast::app
