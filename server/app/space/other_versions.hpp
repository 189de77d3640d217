// Two devices that saved at once: both versions are kept, and the one that didn't come last waits to be seen
// until its writer says that they have what they need. Pure.
#pragma once
#include "server/app/space/space.hpp"

#include <vector>

namespace holdfast::app {

// Those of one record, oldest first, that no later version began from, and that say something else than every
// later one. `versions` is not empty.
std::vector<private_text> other_versions(std::vector<private_text> const& versions);

// The record as whoever changes it had it before them; as it is now when that version is gone.
boost::json::object const& seen_by(std::vector<private_text> const& versions, int based_on);

// The newest with those before it ("earlier") and the numbers of the other versions ("others").
boost::json::object json_of_all(std::vector<private_text> const& versions);

} // namespace holdfast::app
