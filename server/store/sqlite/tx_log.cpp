#include "server/store/sqlite/labels.hpp"
#include "server/store/sqlite/tx.hpp"

#include <algorithm>

namespace holdfast::store::sqlite {

namespace {
event_row event_from(rows const& found)
{
    event_row row;
    row.number = found.integer(0);
    row.type = found.text(1);
    row.circle = found.maybe<circle_id>(2);
    row.thread = found.maybe<thread_id>(3);
    row.post = found.maybe<post_id>(4);
    row.account = found.maybe<account_id>(5);
    row.at = found.time(6);
    return row;
}

std::vector<event_row> all_events(rows found)
{
    std::vector<event_row> made;
    while (found.next())
        made.push_back(event_from(found));
    return made;
}

// What several queries found, each in order and none beyond the limit.
std::vector<event_row> first_of(std::vector<event_row> all, std::size_t limit)
{
    std::sort(all.begin(), all.end(), [](auto const& left, auto const& right) {
        return left.number < right.number;
    });
    if (all.size() > limit) all.resize(limit);
    return all;
}

// 56 bits: among all the words of a circle no two meet by chance, and the index stays small.
std::string phrase_of(hash256 const& term)
{
    return hex_of(std::span(term).first(7));
}
} // namespace

std::int64_t tx::last_event()
{
    auto found = database_.query("SELECT max(number) FROM event");
    return found.next() ? found.integer(0) : 0;
}

std::vector<event_row> tx::events_after(std::int64_t number, std::size_t limit)
{
    return all_events(database_.query(
        "SELECT number, type, circle_id, thread_id, post_id, account_id, at FROM event WHERE number > ? "
        "ORDER BY number LIMIT ?",
        number,
        static_cast<std::int64_t>(limit)
    ));
}

// Of one circle: what its readers hear, or what those who look after it hear.
std::vector<event_row> tx::circle_events(
    circle_id const& circle, bool review, std::int64_t after, std::int64_t upto, std::size_t limit
)
{
    return all_events(database_.query(
        "SELECT number, type, circle_id, thread_id, post_id, account_id, at FROM event WHERE circle_id = ? "
        "AND number > ? AND number <= ? AND account_id IS NULL AND (type LIKE 'review.%') = ? "
        "ORDER BY number LIMIT ?",
        circle,
        after,
        upto,
        review,
        static_cast<std::int64_t>(limit)
    ));
}

std::vector<event_row>
tx::events_of(topic const& of, std::int64_t after, std::int64_t upto, std::size_t limit)
{
    auto const most = static_cast<std::int64_t>(limit);
    switch (of.what) {
    case topic::kind::thread: {
        auto const object = thread_id::parse(of.object).value_or(thread_id());
        auto made = all_events(database_.query(
            "SELECT number, type, circle_id, thread_id, post_id, account_id, at FROM event WHERE thread_id = "
            "? AND "
            "number > ? AND number <= ? AND account_id IS NULL AND type NOT LIKE 'review.%' "
            "ORDER BY number LIMIT ?",
            object,
            after,
            upto,
            most
        ));
        auto const whole = all_events(database_.query(
            "SELECT number, type, circle_id, thread_id, post_id, account_id, at FROM event WHERE circle_id = "
            "? "
            "AND number > ? AND number <= ? AND type LIKE 'circle.%' ORDER BY number LIMIT ?",
            circle_id::parse(of.within).value_or(circle_id()),
            after,
            upto,
            most
        ));
        made.insert(made.end(), whole.begin(), whole.end());
        return first_of(std::move(made), limit);
    }
    case topic::kind::circle: {
        auto const object = circle_id::parse(of.object).value_or(circle_id());
        return circle_events(object, false, after, upto, limit);
    }
    case topic::kind::review: {
        std::vector<event_row> made;
        for (auto const& circle : of.circles) {
            auto const some = circle_events(circle, true, after, upto, limit);
            made.insert(made.end(), some.begin(), some.end());
        }
        return first_of(std::move(made), limit);
    }
    case topic::kind::me: {
        auto const object = account_id::parse(of.object).value_or(account_id());
        return all_events(database_.query(
            "SELECT number, type, circle_id, thread_id, post_id, account_id, at FROM event WHERE account_id "
            "= ? AND "
            "number > ? AND number <= ? ORDER BY number LIMIT ?",
            object,
            after,
            upto,
            most
        ));
    }
    }
    return {};
}

std::int64_t tx::consumed(std::string_view consumer)
{
    auto found = database_.query("SELECT number FROM consumer WHERE name = ?", consumer);
    return found.next() ? found.integer(0) : 0;
}

void tx::set_consumed(std::string_view consumer, std::int64_t number)
{
    database_.change(
        "INSERT INTO consumer (name, number) VALUES (?, ?) ON CONFLICT DO UPDATE SET number = "
        "excluded.number",
        consumer,
        number
    );
}

std::vector<visible_post_row>
tx::search(circle_id const& circle, std::vector<hash256> const& terms, std::size_t limit)
{
    std::string all;
    for (auto const& term : terms) {
        if (!all.empty()) all += " AND ";
        all += '"' + phrase_of(term) + '"';
    }
    std::vector<post_id> ids;
    if (!all.empty()) {
        auto found = database_.query(
            "SELECT v.id FROM post_search s JOIN visible_post v ON v.post_row = s.rowid "
            "WHERE post_search MATCH ? AND v.circle_id = ? ORDER BY v.created_at DESC LIMIT ?",
            all,
            circle,
            static_cast<std::int64_t>(limit)
        );
        while (found.next())
            ids.push_back(found.as<post_id>(0));
    }
    std::vector<visible_post_row> made;
    for (auto const& id : ids) {
        if (auto row = visible_post(id)) made.push_back(std::move(*row));
    }
    return made;
}

void tx::index_post(post_id const& post, int version, std::vector<hash256> const& terms)
{
    std::string words;
    for (auto const& term : terms)
        words += phrase_of(term) + ' ';
    database_.change(
        "INSERT INTO post_search (rowid, terms) SELECT post_row, ? FROM visible_post WHERE id = ? AND "
        "version = ?",
        words,
        post,
        version
    );
}

void tx::unindex_post(post_id const& post)
{
    database_.change("DELETE FROM post_search WHERE rowid = (SELECT row FROM post WHERE id = ?)", post);
}

void tx::append_event(event_row const& event)
{
    database_.change(
        "INSERT INTO event (type, circle_id, thread_id, post_id, account_id, at) VALUES (?, ?, ?, ?, ?, ?)",
        event.type,
        event.circle,
        event.thread,
        event.post,
        event.account,
        event.at
    );
    appended_events_ = true;
}

std::optional<hash256> tx::write_done_with(account_id const& by, std::string_view idempotency_key)
{
    auto found = database_.query(
        "SELECT body_hash FROM keyed_write WHERE account_id = ? AND idempotency_key = ?", by, idempotency_key
    );
    if (!found.next()) return std::nullopt;
    return found.hash(0);
}

void tx::keep_write(account_id const& by, std::string_view idempotency_key, hash256 const& body_hash)
{
    database_.change(
        "INSERT INTO keyed_write (account_id, idempotency_key, body_hash) VALUES (?, ?, ?)",
        by,
        idempotency_key,
        body_hash
    );
}

} // namespace holdfast::store::sqlite
