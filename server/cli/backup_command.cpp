#include "server/cli/backup_command.hpp"

#include "server/cli/core.hpp"
#include "server/store/check.hpp"

#include <stdexcept>
#include <sys/stat.h>

namespace holdfast::cli {

namespace {
constexpr ::mode_t for_others = 077; // what a file made now keeps from them
}

int run_backup(config const& settings, std::filesystem::path const& to, std::ostream& out)
{
    need_database(settings);
    ::umask(for_others);
    if (std::filesystem::exists(to))
        throw std::runtime_error(to.string() + " exists already. Please choose a new name.");
    store::copy_file(settings.database_path().string(), to.string(), store::file_state::in_use);
    out << "Copied to " << to.string() << ".\nThe host key " << settings.key_path().string()
        << " is not in it. Keep a copy of the key in another place: without it nothing can be opened.\n";
    return 0;
}

int run_restore(config const& settings, std::filesystem::path const& from, std::ostream& out)
{
    folder_lock const alone(settings.data);
    if (std::filesystem::exists(settings.database_path())) {
        throw std::runtime_error(
            "There is a database in " + settings.data.string() + " already. Please move it away first."
        );
    }
    auto const problems = store::check_file(from.string(), store::file_state::at_rest);
    if (!problems.empty()) throw std::runtime_error("The copy is damaged: " + problems.front());
    ::umask(for_others);
    std::filesystem::create_directories(settings.data);
    store::copy_file(from.string(), settings.database_path().string(), store::file_state::at_rest);
    out << "Restored. Now run: holdfast check\n";
    return 0;
}

} // namespace holdfast::cli
