// Every seal that the host key opens, for `holdfast check`.
#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

namespace {
// Each gives: row, circle, whose, version, number, sealed.
char const* query_for(sealed_column what)
{
    switch (what) {
    case sealed_column::key:
        return "SELECT '', iif(kind = 'circle', owner, NULL), iif(kind = 'author', owner, NULL), 0, 0, "
               "wrapped "
               "FROM wrapped_key";
    case sealed_column::nickname:
        return "SELECT '', NULL, id, 0, 0, nickname_sealed FROM account WHERE erased_at IS NULL";
    case sealed_column::circle:
        return "SELECT '', id, NULL, 0, 0, texts_sealed FROM circle";
    case sealed_column::circle_policy:
        return "SELECT id, circle_id, NULL, 0, 0, text_sealed FROM circle_policy";
    case sealed_column::circle_policy_wish: // '': to have none
        return "SELECT id, circle_id, NULL, 0, 0, text_sealed FROM circle_policy_wish WHERE id <> ''";
    case sealed_column::application:
        return "SELECT lower(hex(id)), circle_id, account_id, 0, 0, words_sealed FROM application WHERE "
               "words_sealed <> x''";
    case sealed_column::post_version: // only what was taken down is empty
        return "SELECT lower(hex(v.post_id)), p.circle_id, v.author_id, v.version, 0, v.text_sealed FROM "
               "post_version v JOIN post p ON p.id = v.post_id WHERE v.text_sealed <> x'' OR p.removed_at IS "
               "NULL";
    case sealed_column::decision: // only those of an erased account are empty
        return "SELECT lower(hex(d.post_id)), p.circle_id, p.author_id, d.version, d.number, d.detail_sealed "
               "FROM decision d JOIN post p ON p.id = d.post_id WHERE d.detail_sealed <> x'' OR p.removed_at "
               "IS NULL";
    case sealed_column::report:
        return "SELECT lower(hex(item_id)), circle_id, reporter_id, 0, 0, words_sealed FROM report WHERE "
               "words_sealed <> x''";
    case sealed_column::report_snapshot: // the post as it was
        return "SELECT lower(hex(r.post_id)), p.circle_id, p.author_id, r.version, 0, r.snapshot_sealed FROM "
               "report r JOIN post p ON p.id = r.post_id WHERE r.snapshot_sealed <> x''";
    case sealed_column::review_note:
        return "SELECT lower(hex(id)), circle_id, account_id, 0, 0, words_sealed FROM review_note WHERE "
               "words_sealed <> x''";
    case sealed_column::circle_limit:
        return "SELECT lower(hex(id)), circle_id, account_id, 0, 0, reason_sealed FROM circle_limit WHERE "
               "reason_sealed <> x''";
    case sealed_column::appeal_message:
        return "SELECT lower(hex(m.item_id)) || '.' || m.number, i.circle_id, a.author_id, 0, 0, "
               "m.words_sealed FROM appeal_message m JOIN appeal a ON a.item_id = m.item_id JOIN review_item "
               "i "
               "ON i.id = m.item_id WHERE m.words_sealed <> x''";
    case sealed_column::concern:
        return "SELECT lower(hex(id)), circle_id, by_id, 0, 0, words_sealed FROM concern WHERE words_sealed "
               "<> "
               "x''";
    case sealed_column::talk_message:
        return "SELECT lower(hex(t.id)) || '.' || m.number, t.circle_id, t.member_id, 0, 0, m.words_sealed "
               "FROM "
               "talk_message m JOIN talk t ON t.id = m.talk_id WHERE m.words_sealed <> x''";
    case sealed_column::duty:
        return "SELECT lower(hex(id)), circle_id, account_id, 0, 0, note_sealed FROM duty WHERE note_sealed "
               "<> "
               "x''";
    case sealed_column::partnership:
        return "SELECT lower(hex(p.post_id)), s.circle_id, p.member_id, 0, 0, p.wishes_sealed FROM "
               "partnership "
               "p JOIN share s ON s.post_id = p.post_id WHERE p.wishes_sealed <> x''";
    case sealed_column::notice_wish:
        return "SELECT '', NULL, account_id, 0, 0, wish_sealed FROM notice_wish";
    }
    throw std::logic_error("a sealed column without its query");
}
} // namespace

void tx::each_sealed(sealed_column what, std::function<void(sealed_row const&)> const& look)
{
    auto found = database_.query(query_for(what));
    while (found.next()) {
        sealed_row row;
        row.row = found.text(0);
        row.circle = found.maybe<circle_id>(1);
        row.whose = found.maybe<account_id>(2);
        row.version = static_cast<int>(found.integer(3));
        row.number = static_cast<int>(found.integer(4));
        row.sealed = found.sealed(5);
        look(row);
    }
}

} // namespace holdfast::store::sqlite
