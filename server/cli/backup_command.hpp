// Copying the data of a folder, and putting a copy back.
#pragma once
#include "server/cli/config.hpp"

#include <ostream>

namespace holdfast::cli {

// Also while a server runs. Never over another file.
int run_backup(config const& settings, std::filesystem::path const& to, std::ostream& out);
// Into a folder without a database, after a look at the copy.
int run_restore(config const& settings, std::filesystem::path const& from, std::ostream& out);

} // namespace holdfast::cli
