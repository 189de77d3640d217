// What the file says about one person to whoever holds it and the host key.
#pragma once
#include "server/cli/config.hpp"

#include <ostream>
#include <string>

namespace holdfast::cli {

int run_what_we_hold(config const& settings, std::string const& nickname, std::ostream& out);

} // namespace holdfast::cli
