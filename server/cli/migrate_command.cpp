#include "server/cli/migrate_command.hpp"

#include "server/cli/core.hpp"

namespace holdfast::cli {

int run_migrate(config const& settings, std::ostream& out)
{
    need_database(settings);
    folder_lock const alone(settings.data);
    core const all(settings, standing::sole_owner);
    out << "The database has this program's schema.\n";
    return 0;
}

} // namespace holdfast::cli
