// How care went in the last days, as CSV: no person is in it.
#pragma once
#include "server/cli/config.hpp"

#include <ostream>

namespace holdfast::cli {

int run_care_figures(config const& settings, int days, std::ostream& out);

} // namespace holdfast::cli
