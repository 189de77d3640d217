// What a copy of somebody's data holds of company for a goal. A yes can't come from a file, and what others
// said is theirs. What its owner said themselves comes back, as pieces of their journal. Pure.
#pragma once
#include "server/app/languages.hpp"
#include "server/app/space/space.hpp"

#include <boost/json/object.hpp>

#include <vector>

namespace holdfast::app {

struct imported_record {
    domain::private_kind kind = domain::private_kind::journal;
    private_id id;                      // as it was where the copy was made
    std::vector<private_text> versions; // oldest first, never empty
};

struct imported_company {
    post_id id;
    bool as_member = true;              // it was about a goal of theirs, and it went on
    std::vector<imported_record> words; // their own
};

// invalid names places such as "partners[0].said[2].day". No "partners": none.
result<std::vector<imported_company>> company_in(boost::json::object const& copy, language const& spoken);

} // namespace holdfast::app
