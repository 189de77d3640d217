// What is private in a copy that somebody took of their data, read strictly: all of it is good, or it is said
// what is not and where. Pure.
#pragma once
#include "server/app/space/space.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

struct imported_record {
    domain::private_kind kind = domain::private_kind::journal;
    private_id id;                      // as it was where the copy was made
    std::vector<private_text> versions; // oldest first, never empty
};

// invalid names places such as "private.journal[3][0].text"; too_large: more than import_bytes_max.
result<std::vector<imported_record>> records_in(std::string_view file);

} // namespace holdfast::app
