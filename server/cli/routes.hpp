// The whole table of routes, as the server serves it and as `holdfast routes` prints it.
#pragma once
#include "server/http/rendered_cache.hpp"
#include "server/http/router.hpp"
#include "server/pages/pages.hpp"

#include <ostream>
#include <vector>

namespace holdfast::cli {

std::vector<http::route> all_routes(http::rendered_cache& cache, pages::renderer const& pages);
int print_routes(std::ostream& out, bool as_json);

} // namespace holdfast::cli
