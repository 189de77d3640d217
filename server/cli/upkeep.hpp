// What a host does with a data folder from the shell: check it, copy it, put a copy back, see what it holds.
#pragma once
#include "server/cli/config.hpp"

#include <ostream>
#include <string>

namespace holdfast::cli {

int run_check(
    config const& settings, std::ostream& out
); // 0: all good; 1: something was changed or is missing
int run_backup(config const& settings, std::filesystem::path const& to, std::ostream& out);
int run_restore(config const& settings, std::filesystem::path const& from, std::ostream& out);
int run_migrate(config const& settings, std::ostream& out);
// How care went in the last days, as CSV: no person is in it.
int run_care_figures(config const& settings, int days, std::ostream& out);
int run_what_we_hold(config const& settings, std::string const& nickname, std::ostream& out);

} // namespace holdfast::cli
