// Bringing a database to this program's schema, without serving it.
#pragma once
#include "server/cli/config.hpp"

#include <ostream>

namespace holdfast::cli {

int run_migrate(config const& settings, std::ostream& out);

} // namespace holdfast::cli
