// A strict look at the raw head of a request, before any parser sees it. Beast's own parser lets several
// ambiguous requests through, and ambiguity is how requests are smuggled past a proxy (RFC 9112, sections
// 2 to 6, 11.2). Pure functions; any bytes, any thread.
#pragma once
#include "server/base/limits.hpp"

#include <cstddef>
#include <string_view>

namespace holdfast::net {

struct head_verdict {
    unsigned status = 0;     // 0: good; else what to answer before closing
    std::string_view reason; // for the answer's detail, fixed words
};

struct head_end {
    std::size_t length = 0; // of the head with its empty line; 0 while that has not come yet
    bool is_broken = false; // a line ends in a way that no later byte can mend
};

// Looks for the empty line. `already_seen` bytes were looked at before, so that a head that trickles in is
// read once.
head_end find_head_end(std::string_view bytes, std::size_t already_seen);

// `head` ends with its empty line. Statuses: 400, 414, 417, 431, 501, 505.
head_verdict validate_head(std::string_view head);

// The rules that field lines of a trailer share with those of a head. `line` is without its CR LF.
bool is_field_line(std::string_view line);

// A valid target without scheme and host: "http://name/path?query" becomes "/path?query".
std::string_view origin_form(std::string_view target);

} // namespace holdfast::net
