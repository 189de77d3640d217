#include "server/store/sqlite/care_tables.hpp"

namespace holdfast::store::sqlite {

namespace {
#define TALK                                                                                                 \
    "t.id, t.circle_id, t.member_id, t.post_id, t.alarm_id, t.opened_by, t.opened_at, t.closed_at, "         \
    "t.last_number, coalesce(m.from_member, t.opened_by = t.member_id) AS waits, "                           \
    "coalesce(m.at, t.opened_at) AS last_at FROM talk t "                                                    \
    "LEFT JOIN talk_message m ON m.talk_id = t.id AND m.number = t.last_number "
#define WAITING_FIRST "ORDER BY waits DESC, CASE WHEN waits THEN last_at END, last_at DESC LIMIT ?"
#define MESSAGE                                                                                              \
    "talk_id, number, writer_id, from_member, folded, words_sealed, idempotency_key, body_hash, at"

talk_row talk_from(rows const& found)
{
    talk_row row;
    row.id = found.as<talk_id>(0);
    row.circle = found.as<circle_id>(1);
    row.member = found.as<account_id>(2);
    row.post = found.as<post_id>(3);
    row.alarm = found.as<alarm_id>(4);
    row.opened_by = found.as<account_id>(5);
    row.opened_at = found.time(6);
    if (!found.is_null(7)) row.closed_at = found.time(7);
    row.last_number = static_cast<int>(found.integer(8));
    row.waits = found.integer(9) != 0;
    row.last_at = found.time(10);
    return row;
}

std::optional<talk_row> one_talk(rows found)
{
    if (!found.next()) return std::nullopt;
    return talk_from(found);
}

std::vector<talk_row> all_talks(rows found)
{
    std::vector<talk_row> made;
    while (found.next())
        made.push_back(talk_from(found));
    return made;
}

message_row message_from(rows const& found)
{
    message_row row;
    row.talk = found.as<talk_id>(0);
    row.number = static_cast<int>(found.integer(1));
    row.writer = found.as<account_id>(2);
    row.from_member = found.integer(3) != 0;
    row.folded = found.integer(4) != 0;
    row.words = found.sealed(5);
    row.idempotency_key = found.text(6);
    row.body_hash = found.hash(7);
    row.at = found.time(8);
    return row;
}
} // namespace

std::optional<talk_row> care_tables::talk(talk_id const& id)
{
    return one_talk(database_.query("SELECT " TALK "WHERE t.id = ?", id));
}

std::optional<talk_row> care_tables::open_talk(circle_id const& circle, account_id const& member)
{
    return one_talk(database_.query(
        "SELECT " TALK "WHERE t.circle_id = ? AND t.member_id = ? AND t.closed_at IS NULL", circle, member
    ));
}

std::vector<talk_row> care_tables::talks_of(account_id const& member, std::size_t limit)
{
    return all_talks(database_.query(
        "SELECT " TALK "WHERE t.member_id = ? ORDER BY t.opened_at DESC LIMIT ?",
        member,
        static_cast<std::int64_t>(limit)
    ));
}

std::vector<talk_row> care_tables::talks_open(std::optional<circle_id> circle, std::size_t limit)
{
    auto const most = static_cast<std::int64_t>(limit);
    if (!circle) {
        return all_talks(database_.query("SELECT " TALK "WHERE t.closed_at IS NULL " WAITING_FIRST, most));
    }
    return all_talks(database_.query(
        "SELECT " TALK "WHERE t.circle_id = ? AND t.closed_at IS NULL " WAITING_FIRST, *circle, most
    ));
}

std::vector<message_row> care_tables::messages_after(talk_id const& talk, int number, std::size_t limit)
{
    auto found = database_.query(
        "SELECT " MESSAGE " FROM talk_message WHERE talk_id = ? AND number > ? ORDER BY number LIMIT ?",
        talk,
        number,
        static_cast<std::int64_t>(limit)
    );
    std::vector<message_row> made;
    while (found.next())
        made.push_back(message_from(found));
    return made;
}

std::optional<message_row>
care_tables::message_made_with(account_id const& writer, std::string_view idempotency_key)
{
    auto found = database_.query(
        "SELECT " MESSAGE " FROM talk_message WHERE writer_id = ? AND idempotency_key = ?",
        writer,
        idempotency_key
    );
    if (!found.next()) return std::nullopt;
    return message_from(found);
}

void care_tables::add_talk(talk_row const& made)
{
    database_.change(
        "INSERT INTO talk (id, circle_id, member_id, post_id, alarm_id, opened_by, opened_at) VALUES (?, ?, "
        "?, ?, ?, "
        "?, ?)",
        made.id,
        made.circle,
        made.member,
        made.post,
        made.alarm,
        made.opened_by,
        made.opened_at
    );
}

void care_tables::reopen_talk(talk_id const& id)
{
    database_.change("UPDATE talk SET closed_at = NULL, closed_by = NULL WHERE id = ?", id);
}

void care_tables::close_talk(talk_id const& id, account_id const& by, timestamp at)
{
    database_.change("UPDATE talk SET closed_at = ?, closed_by = ? WHERE id = ?", at, by, id);
}

void care_tables::add_message(message_row const& made)
{
    database_.change(
        "INSERT INTO talk_message (" MESSAGE ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.talk,
        made.number,
        made.writer,
        made.from_member,
        made.folded,
        made.words,
        made.idempotency_key,
        made.body_hash,
        made.at
    );
    database_.change("UPDATE talk SET last_number = ? WHERE id = ?", made.number, made.talk);
}

} // namespace holdfast::store::sqlite
