// How a partnership is shown, alike on the pages about it.
#pragma once
#include "server/domain/partner.hpp"
#include "server/pages/parts.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace holdfast::pages {

// The four switches, each with what would be seen of the goal, if its words are here.
view grants_view(domain::partner_grants const& chosen, boost::json::object const* goal);
domain::partner_grants grants_in(http::fields const& form);
// The two, and the part of what they said that the address asks for. Of somebody who is put aside nothing is
// shown.
struct words_between {
    domain::partnership between;
    domain::partner_said_part part;
    bool is_aside = false;
    std::string from; // the same part again, behind the path: "" is the newest, also as it grows
};
task<result<words_between>> words_asked_for(http::context asked, post_id between);
void put_words_between(view& to, renderer::parts const& with, words_between const& all);
// The other one is put aside, as the reader chose in My pace.
task<bool> is_put_aside(http::context asked, std::string nickname);

} // namespace holdfast::pages
