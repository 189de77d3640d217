// What is private in a copy that somebody took of their data, read strictly: all of it is good, or it is said
// what is not and where. Pure.
#pragma once
#include "server/app/space/import_partners.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

struct imported_copy {
    std::vector<imported_record> records;
    std::vector<imported_company> company; // import_partners.hpp
};

// invalid names places such as "private.journal[3][0].text"; too_large: more than import_bytes_max.
result<imported_copy> copy_in(std::string_view file, language const& spoken);

} // namespace holdfast::app
