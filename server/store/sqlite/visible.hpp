// The columns that a reader's row of a post is made from, in one order.
#pragma once
#include "server/store/rows.hpp"
#include "server/store/sqlite/connection.hpp"
#include "server/store/sqlite/labels.hpp"

// Of a view named v: visible_post or let_through_post.
#define VISIBLE                                                                                              \
    "v.id, v.thread_id, v.circle_id, v.author_id, v.number, v.version, v.text_sealed, v.outcome, v.labels, " \
    "v.created_at, v.version_at"

namespace holdfast::store::sqlite {

inline visible_post_row visible_from(rows const& found)
{
    visible_post_row row;
    row.id = found.as<post_id>(0);
    row.thread = found.as<thread_id>(1);
    row.circle = found.as<circle_id>(2);
    row.author = found.as<account_id>(3);
    row.number = static_cast<int>(found.integer(4));
    row.version = static_cast<int>(found.integer(5));
    row.text = found.sealed(6);
    row.folded = found.text(7) == "fold";
    row.labels = labels_from(found.text(8));
    row.created_at = found.time(9);
    row.version_at = found.time(10);
    return row;
}

} // namespace holdfast::store::sqlite
