// The audit log: appended in the transaction of what it tells of, read in pages that stay small however long
// it gets.
#include "server/store/sqlite/audit_hash.hpp"
#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

namespace {
std::vector<audit_row> all_entries(rows found)
{
    std::vector<audit_row> made;
    while (found.next()) {
        audit_row row;
        row.number = found.integer(0);
        row.entry.at = found.time(1);
        row.entry.actor = found.maybe<account_id>(2);
        row.entry.action = found.text(3);
        row.entry.circle = found.maybe<circle_id>(4);
        row.entry.object = found.text(5);
        row.entry.detail = found.text(6);
        made.push_back(std::move(row));
    }
    return made;
}
} // namespace

void tx::append_audit(audit_entry const& entry)
{
    std::string before;
    std::int64_t number = 1;
    {
        auto head = database_.query("SELECT number, hash FROM audit_head");
        if (head.next()) {
            number = head.integer(0) + 1;
            before = head.bytes(1);
        } else { // somebody took it away: the log goes on, and the missing head goes on telling so
            number = last_audit_number() + 1;
        }
    }
    auto const actor = entry.actor ? entry.actor->text() : std::string();
    auto const circle = entry.circle ? entry.circle->text() : std::string();
    auto const detail = entry.concerns ? with_concern(entry.detail, *entry.concerns) : entry.detail;
    auto const at = static_cast<std::int64_t>(entry.at.time_since_epoch().count());
    auto const hash = audit_hash(before, number, at, actor, entry.action, circle, entry.object, detail);
    database_.change(
        "INSERT INTO audit (number, at, actor, action, circle_id, object, detail, hash) VALUES (?, ?, ?, ?, "
        "?, ?, ?, ?)",
        number,
        entry.at,
        entry.actor,
        entry.action,
        entry.circle,
        entry.object,
        detail,
        hash
    );
    database_.change("UPDATE audit_head SET number = ?, hash = ?", number, hash);
    if (!entry.concerns) return;
    database_.change("INSERT INTO audit_concern (number, account_id) VALUES (?, ?)", number, *entry.concerns);
}

std::int64_t tx::last_audit_number()
{
    auto found = database_.query("SELECT max(number) FROM audit");
    return found.next() ? found.integer(0) : 0;
}

std::int64_t tx::first_audit_since(timestamp at)
{
    // Times rise with numbers, but for the milliseconds that entries wait for each other.
    std::int64_t low = 1;
    auto high = last_audit_number() + 1;
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        auto found =
            database_.query("SELECT at FROM audit WHERE number >= ? ORDER BY number LIMIT 1", middle);
        if (found.next() && found.time(0) < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

std::vector<audit_row>
tx::audit(audit_filter const& wanted, std::int64_t after, std::int64_t before, std::size_t limit)
{
    return all_entries(database_.query(
        "SELECT number, at, actor, action, circle_id, object, detail FROM audit WHERE number > ?1 AND number "
        "< ?2 AND (?3 IS NULL OR actor = ?3) AND (?4 IS NULL OR circle_id = ?4) AND substr(action, 1, "
        "length(?5)) = ?5 AND (?6 = '' OR object = ?6) AND (?7 IS NULL OR at >= ?7) AND (?8 IS NULL OR at < "
        "?8) ORDER BY number DESC LIMIT ?9",
        after,
        before,
        wanted.actor,
        wanted.circle,
        wanted.action,
        wanted.object,
        wanted.from,
        wanted.until,
        static_cast<std::int64_t>(limit)
    ));
}

std::vector<audit_row> tx::audit_concerning(account_id const& account, std::int64_t before, std::size_t limit)
{
    return all_entries(database_.query(
        "SELECT a.number, a.at, a.actor, a.action, a.circle_id, a.object, a.detail FROM audit_concern c JOIN "
        "audit a ON a.number = c.number WHERE c.account_id = ? AND c.number < ? ORDER BY c.number DESC "
        "LIMIT ?",
        account,
        before,
        static_cast<std::int64_t>(limit)
    ));
}

} // namespace holdfast::store::sqlite
