#include "server/cli/care_figures_command.hpp"

#include "server/app/care/care.hpp"
#include "server/app/care/figures.hpp"
#include "server/cli/program.hpp"

#include <stdexcept>

namespace holdfast::cli {

namespace {
task<void> print_figures(app::services const& services, int days, std::ostream& out)
{
    auto const host = std::make_shared<domain::principal>(); // on the machine itself; the figures name nobody
    host->is_lead = true;
    domain::principal_ptr const as_lead = host;
    auto const made = co_await services.care.reporting.of_last(as_lead, days);
    if (!made) throw std::runtime_error("Days are a number from 1 to 3660.");
    out << app::csv_of(*made);
}
} // namespace

int run_care_figures(config const& settings, int days, std::ostream& out)
{
    need_database(settings);
    shell open(settings, standing::beside_a_server);
    open.run([&] { return print_figures(open.services(), days, out); });
    return 0;
}

} // namespace holdfast::cli
