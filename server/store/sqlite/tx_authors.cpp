// What facilitators know of an author in their circle.
#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

author_counts tx::author_counts(circle_id const& circle, account_id const& author)
{
    store::author_counts made;
    {
        auto joined = database_.query(
            "SELECT joined_at FROM membership WHERE circle_id = ? AND account_id = ?", circle, author
        );
        if (joined.next()) made.joined_at = joined.time(0);
    }
    {
        auto posts = database_.query(
            "SELECT total(shown) FROM (SELECT shown_version IS NOT NULL AND removed_at IS NULL AS shown FROM post "
            "WHERE author_id = ? AND circle_id = ? ORDER BY id DESC LIMIT 500)",
            author,
            circle
        );
        if (posts.next()) made.posts = static_cast<int>(posts.real(0));
    }
    auto decided = database_.query(
        "SELECT verdict, count(*) FROM (SELECT verdict FROM review_item WHERE circle_id = ? AND author_id = "
        "? "
        "AND verdict IS NOT NULL AND lane <> 'care' ORDER BY rowid DESC LIMIT 200) GROUP BY verdict",
        circle,
        author
    );
    while (decided.next()) {
        auto const verdict = domain::verdict_named(decided.text(0));
        if (verdict) made.decided[static_cast<std::size_t>(*verdict)] = static_cast<int>(decided.integer(1));
    }
    return made;
}

std::vector<note_row> tx::notes_about(circle_id const& circle, account_id const& account, std::size_t limit)
{
    std::vector<note_row> made;
    auto found = database_.query(
        "SELECT id, item_id, by, words_sealed, folded, at FROM review_note WHERE circle_id = ? AND "
        "account_id "
        "= ? ORDER BY at DESC LIMIT ?",
        circle,
        account,
        static_cast<std::int64_t>(limit)
    );
    while (found.next()) {
        made.push_back(
            {found.as<note_id>(0),
             circle,
             account,
             found.as<review_item_id>(1),
             found.as<account_id>(2),
             found.sealed(3),
             found.integer(4) != 0,
             found.time(5)}
        );
    }
    return made;
}

void tx::add_note(note_row const& made)
{
    database_.change(
        "INSERT INTO review_note (id, circle_id, account_id, item_id, by, words_sealed, folded, at) VALUES "
        "(?, "
        "?, ?, ?, ?, ?, ?, ?)",
        made.id,
        made.circle,
        made.account,
        made.item,
        made.by,
        made.words,
        made.folded,
        made.at
    );
}

} // namespace holdfast::store::sqlite
