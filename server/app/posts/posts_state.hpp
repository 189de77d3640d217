// What the halves of the posts service share: sending (posts_write.cpp, posts_send.cpp) and reading
// (posts_read.cpp).
#pragma once
#include "server/app/posts/posts.hpp"

#include <mutex>
#include <unordered_map>

namespace holdfast::app {

// What the line needs of the service.
struct sending_tools {
    store::database& database;
    texts& vault;
    screener& screen;
    help_lines const& lines;
    change_log& changes;
    domain::review_clocks clocks;
    domain::desk_rules rules;
};

struct posts::state {
    store::database& database;
    texts& vault;
    screener& screen;
    circles& groups;
    help_lines const& lines;
    change_log& changes;
    domain::review_clocks clocks;
    domain::desk_rules rules;
    clock const& time;

    sending_tools tools() const { return {database, vault, screen, lines, changes, clocks, rules}; }

    // Which circle a thread is in never changes, so it is remembered; emptied when it grows past its bound.
    std::optional<circle_id> known_circle_of(thread_id const& thread) const;
    void remember(thread_id const& thread, circle_id const& circle);

  private:
    static constexpr std::size_t remembered_max = 100'000; // about 6 MB
    mutable std::mutex guard_;
    std::unordered_map<thread_id, circle_id> circle_by_thread_; // guarded by guard_

  public:
    state(
        store::database& database_used,
        texts& vault_used,
        screener& screen_used,
        circles& groups_used,
        help_lines const& lines_used,
        change_log& changes_used,
        domain::review_clocks clocks_used,
        domain::desk_rules rules_used,
        clock const& time_used
    )
        : database(database_used), vault(vault_used), screen(screen_used), groups(groups_used),
          lines(lines_used), changes(changes_used), clocks(clocks_used), rules(rules_used), time(time_used)
    {
    }
};

} // namespace holdfast::app
