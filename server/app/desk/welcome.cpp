#include "server/app/desk/welcome.hpp"

#include "server/app/readable.hpp"
#include "server/store/database.hpp"

namespace holdfast::app {

namespace {
constexpr auto oldest = std::chrono::days(14);

std::optional<domain::thread> thread_from(store::read_tx& tx, texts& vault, thread_id const& id)
{
    auto const row = tx.thread(id);
    if (!row || !row->opening) return std::nullopt;
    auto const opened = open_visible(tx, vault, *row->opening);
    if (!opened) return std::nullopt;
    domain::thread made;
    made.id = id;
    made.circle = row->circle;
    made.opening = row->opening_post;
    made.title = opened->content.title;
    made.author = opened->author;
    made.nickname = opened->nickname;
    made.folded = opened->folded;
    made.labels = opened->labels;
    made.visible_posts = row->visible_posts;
    made.created_at = row->created_at;
    made.active_at = row->active_at;
    return made;
}
} // namespace

task<result<std::vector<domain::thread>>> welcome::unanswered(domain::principal_ptr who, std::size_t limit)
{
    if (!who) co_return errc::not_found;
    auto const now = time_.now();
    auto const until = now - std::chrono::hours(rules_.unanswered_hours);
    auto list = [&vault = vault_, who, now, until, limit](store::read_tx& tx
                ) -> result<std::vector<domain::thread>> {
        std::vector<domain::thread> made;
        for (auto const& [circle, role] : who->roles) {
            if (!tx.welcomes(circle, who->account)) continue;
            for (auto const& id : tx.unanswered(circle, now - oldest, until, limit)) {
                auto thread = thread_from(tx, vault, id);
                if (thread && thread->author != who->account) made.push_back(std::move(*thread));
            }
        }
        return made;
    };
    auto found = co_await database_.read(std::move(list));
    co_return found;
}

task<result<void>> welcome::set(domain::principal_ptr who, circle_id circle, bool does)
{
    if (!who) co_return errc::not_found;
    auto note = [who, circle, does](store::write_tx& tx) -> result<void> {
        if (!tx.set_welcomes(circle, who->account, does)) return errc::not_found;
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(note));
    co_return done;
}

task<result<bool>> welcome::does(domain::principal_ptr who, circle_id circle)
{
    if (!who) co_return false;
    auto read = [who, circle](store::read_tx& tx) -> result<bool> {
        return tx.welcomes(circle, who->account);
    };
    auto found = co_await database_.read(std::move(read));
    co_return found;
}

} // namespace holdfast::app
