#include "server/app/desk/audit_log.hpp"

#include "server/app/texts.hpp"
#include "server/store/database.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <limits>

namespace holdfast::app {

namespace {
constexpr std::int64_t looked_through_max = 20'000; // about 10 ms
constexpr std::size_t exported_max = 50'000;

// A quoted value whenever a comma, a quote or a line break could be in it; never one that a table program
// would take for a formula: all values are ids, times, names of actions and JSON.
std::string quoted(std::string const& value)
{
    std::string made = "\"";
    for (auto const one : value) {
        if (one == '"') made += '"';
        made += one;
    }
    return made + '"';
}

// Entries of earlier versions said what the screen made of a text, and so how its author was. The chain keeps
// them as they are; nobody is shown it.
void leave_state_out(store::audit_entry& entry)
{
    boost::system::error_code failed;
    auto detail = boost::json::parse(entry.detail, failed);
    if (failed || !detail.is_object()) return;
    auto& object = detail.get_object();
    if (object.erase("outcome") + object.erase("triage") == 0) return;
    entry.detail = boost::json::serialize(object);
}

std::string line_of(store::audit_row row)
{
    leave_state_out(row.entry);
    auto const& entry = row.entry;
    std::string made = std::to_string(row.number) + ',' + iso8601(entry.at) + ',';
    if (entry.actor) made += entry.actor->text();
    made += ',' + entry.action + ',';
    if (entry.circle) made += entry.circle->text();
    made += ',' + quoted(entry.object) + ',' + quoted(entry.detail) + "\r\n";
    return made;
}

void put_names(store::read_tx& tx, texts& vault, audit_page& to)
{
    for (auto const& row : to.entries) {
        if (!row.entry.actor || to.names.contains(*row.entry.actor)) continue;
        auto const name = vault.open_nickname(tx, *row.entry.actor);
        if (name && !name->empty()) to.names[*row.entry.actor] = *name;
    }
}
} // namespace

std::string what_was_read(store::audit_entry const& entry)
{
    boost::system::error_code failed;
    auto const detail = boost::json::parse(entry.detail, failed);
    auto const* const what = failed || !detail.is_object() ? nullptr : detail.as_object().if_contains("read");
    return what && what->is_string() ? std::string(what->as_string()) : std::string();
}

task<result<audit_page>> audit_log::entries(
    domain::principal_ptr who,
    store::audit_filter wanted,
    std::optional<std::int64_t> before,
    std::size_t limit
)
{
    if (!who || !who->is_lead) co_return errc::not_found;
    auto& vault = vault_;
    auto read = [&vault, wanted, before, limit](store::read_tx& tx) -> result<audit_page> {
        auto const newest = wanted.until ? tx.first_audit_since(*wanted.until) : tx.last_audit_number() + 1;
        auto const oldest = wanted.from ? tx.first_audit_since(*wanted.from) - 1 : std::int64_t{0};
        auto const from = std::min(before.value_or(newest), newest);
        auto const after = std::max(oldest, from - 1 - looked_through_max);
        audit_page made;
        made.entries = tx.audit(wanted, after, from, limit);
        for (auto& one : made.entries)
            leave_state_out(one.entry);
        if (made.entries.size() == limit) {
            made.next = made.entries.back().number;
        } else if (after > oldest) {
            made.next = after + 1;
        }
        put_names(tx, vault, made);
        return made;
    };
    auto found = co_await database_.read(std::move(read));
    co_return found;
}

task<result<std::string>> audit_log::csv(domain::principal_ptr who, store::audit_filter wanted)
{
    if (!who || !who->is_lead) co_return errc::not_found;
    auto note = [who, at = time_.now()](store::write_tx& tx) -> result<void> {
        tx.append_audit({at, who->account, "audit.exported", std::nullopt, "", "{}"});
        return result<void>();
    };
    auto const noted = co_await database_.write(std::move(note));
    if (!noted) co_return noted.error();
    auto read = [wanted](store::read_tx& tx) -> result<std::string> {
        auto const newest = wanted.until ? tx.first_audit_since(*wanted.until) : tx.last_audit_number() + 1;
        std::string made = "number,at,actor,action,circle,object,detail\r\n";
        for (auto const& row : tx.audit(wanted, 0, newest, exported_max))
            made += line_of(row);
        return made;
    };
    auto made = co_await database_.read(std::move(read));
    co_return made;
}

task<result<audit_page>>
audit_log::about(domain::principal_ptr who, std::optional<std::int64_t> before, std::size_t limit)
{
    if (!who) co_return errc::not_found;
    auto read = [before, limit, account = who->account](store::read_tx& tx) -> result<audit_page> {
        audit_page made;
        made.entries =
            tx.audit_concerning(account, before.value_or(std::numeric_limits<std::int64_t>::max()), limit);
        if (made.entries.size() == limit) made.next = made.entries.back().number;
        return made;
    };
    auto found = co_await database_.read(std::move(read));
    co_return found;
}

} // namespace holdfast::app
