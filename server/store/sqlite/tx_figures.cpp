// Counts for the desk's figures: from indices that hold all that is asked, so that they stay quick.
#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

std::vector<waiting_count> tx::waiting_counts(circle_id const& circle)
{
    std::vector<waiting_count> made;
    auto found = database_.query(
        "SELECT lane, count(*), min(due_at) FROM review_item WHERE circle_id = ? AND state = 'waiting' GROUP "
        "BY lane",
        circle
    );
    while (found.next()) {
        made.push_back(
            {domain::lane_named(found.text(0)).value_or(domain::lane::care),
             static_cast<int>(found.integer(1)),
             found.time(2)}
        );
    }
    return made;
}

std::vector<decided_row> tx::decided_since(circle_id const& circle, timestamp since, std::size_t limit)
{
    std::vector<decided_row> made;
    auto found = database_.query(
        "SELECT lane, created_at, due_at, decided_at, verdict, decided_by FROM review_item WHERE circle_id = "
        "? AND "
        "verdict IS NOT NULL AND decided_at >= ? ORDER BY decided_at DESC LIMIT ?",
        circle,
        since,
        static_cast<std::int64_t>(limit)
    );
    while (found.next()) {
        made.push_back(
            {domain::lane_named(found.text(0)).value_or(domain::lane::care),
             found.time(1),
             found.time(2),
             found.time(3),
             domain::verdict_named(found.text(4)).value_or(domain::verdict::keep),
             found.maybe<account_id>(5)}
        );
    }
    return made;
}

post_counts tx::posts_since(circle_id const& circle, std::int64_t day)
{
    auto found = database_.query(
        "SELECT total(posts), total(by_the_check) FROM day_count WHERE circle_id = ? AND day >= ?",
        circle,
        day
    );
    if (!found.next()) return {};
    return {static_cast<int>(found.real(0)), static_cast<int>(found.real(1))};
}

int tx::exposure_since(account_id const& account, std::int64_t day)
{
    auto found =
        database_.query("SELECT total(weight) FROM exposure WHERE account_id = ? AND day >= ?", account, day);
    return found.next() ? static_cast<int>(found.real(0)) : 0;
}

void tx::count_post(circle_id const& circle, std::int64_t day, bool by_the_check)
{
    database_.change(
        "INSERT INTO day_count (circle_id, day, posts, by_the_check) VALUES (?1, ?2, 1, ?3) ON CONFLICT DO "
        "UPDATE SET "
        "posts = posts + 1, by_the_check = by_the_check + ?3",
        circle,
        day,
        by_the_check
    );
}

} // namespace holdfast::store::sqlite
