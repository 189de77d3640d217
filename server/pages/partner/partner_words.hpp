// How a partnership is shown, alike on the pages about it.
#pragma once
#include "server/domain/partner.hpp"
#include "server/pages/view.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace holdfast::pages {

// The four switches, each with what would be seen of the goal, if its words are here.
view grants_view(domain::partner_grants const& chosen, boost::json::object const* goal);
domain::partner_grants grants_in(http::fields const& form);
// What is shown of the goal and what was said, the newest first and in parts. Of somebody who is put aside
// nothing is shown.
void put_words_between(
    view& to,
    renderer::parts const& with,
    http::context const& asked,
    domain::partnership const& between,
    bool is_aside
);
// The other one is put aside, as the reader chose in My pace.
task<bool> is_put_aside(http::context asked, std::string nickname);

} // namespace holdfast::pages
