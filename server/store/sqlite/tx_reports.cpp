// What members tell about posts, and what they ask to be looked at again.
#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

namespace {
#define REPORT                                                                                               \
    "post_id, version, reporter_id, item_id, circle_id, category, words_sealed, folded, snapshot_sealed, "   \
    "weight, created_at, made_a_change FROM report "

report_row report_from(rows const& found)
{
    report_row row;
    row.post = found.as<post_id>(0);
    row.version = static_cast<int>(found.integer(1));
    row.reporter = found.as<account_id>(2);
    row.item = found.as<review_item_id>(3);
    row.circle = found.as<circle_id>(4);
    row.category = domain::report_category_named(found.text(5)).value_or(domain::report_category::other);
    row.words = found.sealed(6);
    row.folded = found.integer(7) != 0;
    row.snapshot = found.sealed(8);
    row.weight = found.real(9);
    row.at = found.time(10);
    if (!found.is_null(11)) row.made_a_change = found.integer(11) != 0;
    return row;
}

std::vector<report_row> all_reports(rows found)
{
    std::vector<report_row> made;
    while (found.next())
        made.push_back(report_from(found));
    return made;
}

#define APPEAL "item_id, post_id, version, author_id, at, closed_at, upheld FROM appeal "

std::optional<appeal_row> appeal_from(rows& found)
{
    if (!found.next()) return std::nullopt;
    appeal_row row;
    row.item = found.as<review_item_id>(0);
    row.post = found.as<post_id>(1);
    row.version = static_cast<int>(found.integer(2));
    row.author = found.as<account_id>(3);
    row.at = found.time(4);
    if (!found.is_null(5)) row.closed_at = found.time(5);
    if (!found.is_null(6)) row.upheld = found.integer(6) != 0;
    return row;
}
} // namespace

std::optional<report_row> tx::report_by(post_id const& post, int version, account_id const& reporter)
{
    auto found = database_.query(
        "SELECT " REPORT "WHERE post_id = ? AND version = ? AND reporter_id = ?", post, version, reporter
    );
    if (!found.next()) return std::nullopt;
    return report_from(found);
}

std::vector<report_row> tx::reports_on(review_item_id const& item)
{
    return all_reports(database_.query("SELECT " REPORT "WHERE item_id = ? ORDER BY created_at", item));
}

std::vector<report_row> tx::reports_by(account_id const& reporter, std::size_t limit)
{
    return all_reports(database_.query(
        "SELECT " REPORT "WHERE reporter_id = ? ORDER BY created_at DESC LIMIT ?",
        reporter,
        static_cast<std::int64_t>(limit)
    ));
}

reporter_record tx::reporter(account_id const& account)
{
    auto found = database_.query("SELECT changed, unchanged FROM reporter WHERE account_id = ?", account);
    if (!found.next()) return {};
    return {static_cast<int>(found.integer(0)), static_cast<int>(found.integer(1))};
}

void tx::add_report(report_row const& made)
{
    database_.change(
        "INSERT INTO report (post_id, version, reporter_id, item_id, circle_id, category, words_sealed, "
        "folded, snapshot_sealed, weight, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.post,
        made.version,
        made.reporter,
        made.item,
        made.circle,
        domain::name_of(made.category),
        made.words,
        made.folded,
        made.snapshot,
        made.weight,
        made.at
    );
}

void tx::close_reports(review_item_id const& item, bool made_a_change)
{
    for (auto const& one : reports_on(item)) {
        if (one.made_a_change) continue;
        database_.change(
            "INSERT INTO reporter (account_id, changed, unchanged) VALUES (?1, ?2, 1 - ?2) ON CONFLICT DO "
            "UPDATE SET "
            "changed = changed + ?2, unchanged = unchanged + 1 - ?2",
            one.reporter,
            made_a_change
        );
    }
    database_.change(
        "UPDATE report SET made_a_change = ? WHERE item_id = ? AND made_a_change IS NULL", made_a_change, item
    );
    // What was reported is kept for deciding; of a text that its author took down nothing stays after that.
    database_.change(
        "UPDATE report SET snapshot_sealed = x'' WHERE item_id = ? AND EXISTS (SELECT 1 FROM post p WHERE "
        "p.id = "
        "report.post_id AND p.removed_at IS NOT NULL)",
        item
    );
}

std::optional<appeal_row> tx::appeal_on(post_id const& post, int version)
{
    auto found = database_.query("SELECT " APPEAL "WHERE post_id = ? AND version = ?", post, version);
    return appeal_from(found);
}

std::optional<appeal_row> tx::appeal(review_item_id const& item)
{
    auto found = database_.query("SELECT " APPEAL "WHERE item_id = ?", item);
    return appeal_from(found);
}

std::vector<appeal_row> tx::appeals_by(account_id const& author)
{
    // By way of the author's posts: they are found by an index.
    auto found = database_.query(
        "SELECT " APPEAL
        "WHERE post_id IN (SELECT id FROM post WHERE author_id = ?1) AND author_id = ?1 ORDER BY at",
        author
    );
    std::vector<appeal_row> made;
    while (auto row = appeal_from(found))
        made.push_back(*row);
    return made;
}

std::vector<appeal_message_row> tx::appeal_messages(review_item_id const& item)
{
    std::vector<appeal_message_row> made;
    auto found = database_.query(
        "SELECT number, by, words_sealed, folded, at FROM appeal_message WHERE item_id = ? ORDER BY number",
        item
    );
    while (found.next()) {
        made.push_back(
            {item,
             static_cast<int>(found.integer(0)),
             found.as<account_id>(1),
             found.sealed(2),
             found.integer(3) != 0,
             found.time(4)}
        );
    }
    return made;
}

void tx::add_appeal(appeal_row const& made)
{
    database_.change(
        "INSERT INTO appeal (item_id, post_id, version, author_id, at) VALUES (?, ?, ?, ?, ?)",
        made.item,
        made.post,
        made.version,
        made.author,
        made.at
    );
}

void tx::add_appeal_message(appeal_message_row const& made)
{
    database_.change(
        "INSERT INTO appeal_message (item_id, number, by, words_sealed, folded, at) VALUES (?, ?, ?, ?, ?, "
        "?)",
        made.item,
        made.number,
        made.by,
        made.words,
        made.folded,
        made.at
    );
}

void tx::close_appeal(review_item_id const& item, bool upheld, timestamp at)
{
    database_.change("UPDATE appeal SET closed_at = ?, upheld = ? WHERE item_id = ?", at, upheld, item);
}

} // namespace holdfast::store::sqlite
