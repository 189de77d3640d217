#include "server/store/check.hpp"

#include "server/store/sqlite/audit_chain.hpp"
#include "server/store/sqlite/audit_hash.hpp"
#include "server/store/sqlite/connection.hpp"

#include <filesystem>

namespace holdfast::store {

namespace {
sqlite::open_mode mode_for(std::string const& file, file_state state)
{
    auto const has_log = std::filesystem::exists(file + "-wal") || std::filesystem::exists(file + "-journal");
    return state == file_state::at_rest && !has_log ? sqlite::open_mode::at_rest : sqlite::open_mode::reader;
}
} // namespace

std::vector<std::string> check_file(std::string const& file, file_state state)
{
    std::vector<std::string> problems;
    try {
        sqlite::connection database(file, mode_for(file, state));
        {
            auto found = database.query("PRAGMA integrity_check(20)");
            while (found.next()) {
                if (found.text(0) != "ok")
                    problems.push_back("The file's structure: " + std::string(found.text(0)));
            }
        }
        auto const broken = database.single("SELECT count(*) FROM pragma_foreign_key_check");
        if (broken > 0) problems.push_back(std::to_string(broken) + " rows refer to rows that are missing.");
        sqlite::check_audit(database, file, problems);
    } catch (std::exception const& failed) {
        problems.push_back(std::string("The file can't be read: ") + failed.what());
    }
    return problems;
}

void copy_file(std::string const& from, std::string const& to, file_state state)
{
    sqlite::connection database(from, mode_for(from, state));
    database.run("PRAGMA query_only = OFF"); // it writes to the copy alone
    database.change("VACUUM INTO ?", to);
    // What was seen of another database's log that stood here says nothing about this one.
    std::filesystem::remove(sqlite::witness_of(to));
}

} // namespace holdfast::store
