#include "server/store/sqlite/care_tables.hpp"

namespace holdfast::store::sqlite {

namespace {
std::optional<domain::care_card> card_from(rows found)
{
    if (!found.next()) return std::nullopt;
    domain::care_card made;
    made.post = found.as<post_id>(0);
    made.triage = moderation::triage_named(found.text(1)).value_or(moderation::triage::crisis);
    made.shown = found.integer(2) != 0 ? domain::care_shown::whole : domain::care_shown::brief;
    made.at = found.time(3);
    if (!found.is_null(4)) made.safe_at = found.time(4);
    return made;
}
} // namespace

std::optional<domain::care_card> care_tables::card(post_id const& post)
{
    return card_from(database_.query(
        "SELECT post_id, triage, whole, at, safe_at FROM care_card WHERE post_id = ? ORDER BY version DESC "
        "LIMIT 1",
        post
    ));
}

std::optional<domain::care_card> care_tables::last_whole_card(account_id const& author)
{
    return card_from(database_.query(
        "SELECT post_id, triage, whole, at, safe_at FROM care_card WHERE account_id = ? AND whole = 1 "
        "ORDER BY at DESC LIMIT 1",
        author
    ));
}

void care_tables::add_card(account_id const& author, int version, domain::care_card const& made)
{
    database_.change(
        "INSERT INTO care_card (post_id, version, account_id, triage, whole, at) VALUES (?, ?, ?, ?, ?, ?)",
        made.post,
        version,
        author,
        moderation::name_of(made.triage),
        made.shown == domain::care_shown::whole,
        made.at
    );
}

bool care_tables::mark_cards_safe(post_id const& post, timestamp at)
{
    // Said once around an evening: it counts for what they were shown before, too.
    return database_.change(
               "UPDATE care_card SET safe_at = ?2 WHERE safe_at IS NULL AND account_id = (SELECT account_id "
               "FROM "
               "care_card WHERE post_id = ?1 LIMIT 1) AND at <= ?2",
               post,
               at
           ) > 0;
}

} // namespace holdfast::store::sqlite
