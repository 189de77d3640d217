#include "server/store/sqlite/migrate.hpp"

#include "embedded/schema.hpp"
#include "server/base/failpoint.hpp"

#include <stdexcept>
#include <vector>

namespace holdfast::store::sqlite {

namespace {
constexpr std::int64_t file_mark = 0x484f4c44; // "HOLD"

// "sqlite/0001_initial.sql" …, in order; the number of the file is the version it leads to.
std::vector<std::string_view> steps()
{
    std::vector<std::string_view> made;
    for (auto const& [name, content] : embedded::schema()) {
        if (name.starts_with("sqlite/")) made.push_back(content);
    }
    return made;
}
} // namespace

int newest_schema()
{
    return static_cast<int>(steps().size());
}

int migrate(connection& database)
{
    auto const version = database.single("PRAGMA user_version");
    auto const kind = database.single("PRAGMA application_id");
    auto const all = steps();
    if (version > 0 && kind != file_mark) {
        throw std::runtime_error("This database belongs to another program.");
    }
    if (version > static_cast<std::int64_t>(all.size())) {
        throw std::runtime_error(
            "This database was written by a newer Holdfast (schema " + std::to_string(version) +
            ", this one knows " + std::to_string(all.size()) + "). Please use that version or newer."
        );
    }
    int taken = 0;
    for (auto step = static_cast<std::size_t>(version); step < all.size(); ++step) {
        database.run("BEGIN IMMEDIATE");
        try {
            database.run(std::string(all[step]));
            if (failpoint("migrate/step")) throw std::runtime_error("failure point migrate/step");
            database.run("PRAGMA application_id = " + std::to_string(file_mark));
            database.run("PRAGMA user_version = " + std::to_string(step + 1));
            database.run("COMMIT");
        } catch (...) {
            if (database.in_transaction()) database.run("ROLLBACK");
            throw;
        }
        ++taken;
    }
    return taken;
}

void check_at_start(connection& database)
{
    // The tables every start depends on, read through their indices; the whole file is `holdfast check`'s
    // job.
    database.single("SELECT count(*) FROM sqlite_schema");
    database.single("SELECT max(number) FROM event");
    database.single("SELECT max(number) FROM audit");
}

} // namespace holdfast::store::sqlite
