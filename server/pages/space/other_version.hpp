// Two devices saved at once: the version that didn't come last is shown on the page of its record, what it
// says differently, until its writer has what they need.
#pragma once
#include "server/app/space/pacing.hpp"
#include "server/app/space/space.hpp"
#include "server/pages/view.hpp"

#include <string>
#include <vector>

namespace holdfast::pages {

// "" when there is none. `place` is the page of the record; its presses go to place/other.
std::string others_html(
    renderer::parts const& with,
    domain::private_kind kind,
    std::vector<app::private_text> const& versions,
    std::string const& place,
    app::own_clock const& clock
);

} // namespace holdfast::pages
