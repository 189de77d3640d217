// A strict look at the raw head of a request, before any parser sees it. Beast's own parser lets several
// ambiguous requests through, and ambiguity is how requests are smuggled past a proxy (RFC 9112, sections
// 2 to 6, 11.2). Pure; any bytes.
#pragma once
#include "server/base/limits.hpp"

#include <cstddef>
#include <string_view>

namespace holdfast::net {

struct head_verdict {
    unsigned status = 0;     // 0: good; else what to answer before closing
    std::string_view reason; // for the answer's detail, fixed words
};

// The length of the head including its empty line, or npos while that has not come yet. Searching goes on
// from `already_seen` bytes, so that a head that trickles in is read once.
std::size_t head_length(std::string_view bytes, std::size_t already_seen);

// `head` ends with its empty line.
head_verdict validate_head(std::string_view head);

} // namespace holdfast::net
