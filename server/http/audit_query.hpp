// What of the audit log is asked for, from a query: the same words for the page, the API and the CSV.
#pragma once
#include "server/base/result.hpp"
#include "server/store/rows.hpp"

#include <string_view>

namespace holdfast::http {

// ?actor=ID&circle=ID&action=BEGINNING&object=ID&from=YYYY-MM-DD&to=YYYY-MM-DD (that day included), all of it
// optional. invalid: which of them is none.
result<store::audit_filter> audit_filter_of(std::string_view query);

} // namespace holdfast::http
