// Whether anything in a data folder was changed from outside, or is missing.
#pragma once
#include "server/cli/config.hpp"

#include <ostream>

namespace holdfast::cli {

// 0: all good; 1: it says what is not.
int run_check(config const& settings, std::ostream& out);

} // namespace holdfast::cli
