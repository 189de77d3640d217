#include "server/store/check.hpp"

#include "server/sealing/secret.hpp"
#include "server/store/sqlite/audit_hash.hpp"
#include "server/store/sqlite/connection.hpp"

namespace holdfast::store {

namespace {
void check_audit(sqlite::connection& database, std::vector<std::string>& problems)
{
    std::string before;
    std::int64_t expected = 1;
    auto found = database.query(
        "SELECT number, at, actor, action, circle_id, object, detail, hash FROM audit ORDER BY number"
    );
    while (found.next()) {
        auto const number = found.integer(0);
        auto const actor = found.is_null(2) ? std::string() : found.as<account_id>(2).text();
        auto const circle = found.is_null(4) ? std::string() : found.as<circle_id>(4).text();
        auto const hash = sqlite::audit_hash(
            before,
            number,
            found.integer(1),
            actor,
            std::string(found.text(3)),
            circle,
            std::string(found.text(5)),
            std::string(found.text(6))
        );
        if (number != expected) {
            problems.push_back("The audit log has a gap before entry " + std::to_string(number) + ".");
            return;
        }
        if (found.hash(7) != hash) {
            problems.push_back("The audit log was changed at entry " + std::to_string(number) + ".");
            return;
        }
        before = found.bytes(7);
        ++expected;
    }
}
} // namespace

std::vector<std::string> check_file(std::string const& file)
{
    std::vector<std::string> problems;
    try {
        sqlite::connection database(file, sqlite::open_mode::reader);
        {
            auto found = database.query("PRAGMA integrity_check(20)");
            while (found.next()) {
                if (found.text(0) != "ok")
                    problems.push_back("The file's structure: " + std::string(found.text(0)));
            }
        }
        auto const broken = database.single("SELECT count(*) FROM pragma_foreign_key_check");
        if (broken > 0) problems.push_back(std::to_string(broken) + " rows refer to rows that are missing.");
        check_audit(database, problems);
    } catch (std::exception const& failed) {
        problems.push_back(std::string("The file can't be read: ") + failed.what());
    }
    return problems;
}

void copy_file(std::string const& from, std::string const& to)
{
    sqlite::connection database(from, sqlite::open_mode::reader);
    database.run("PRAGMA query_only = OFF"); // it writes to the copy alone
    database.change("VACUUM INTO ?", to);
}

} // namespace holdfast::store
