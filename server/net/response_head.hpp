// The head of an answer as bytes. Inside server/net only; any thread.
#pragma once
#include "server/net/http.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace holdfast::net {

struct head_form {
    bool is_http_10 = false; // the peer's version: says aloud what HTTP/1.1 takes for granted
    bool closes = false;     // the connection ends after this answer
};

// Appends status line, date, the answer's own fields, content-length and connection to `out`. False, with
// `out` as it was, when a field would break the head open (a line end or a NUL in it): a mistake of ours.
bool write_head(std::string& out, response const& answer, head_form form);

// Whether this status carries a body at all (RFC 9110, 6.4.1).
bool has_body(unsigned status);

// RFC 9457, with fixed words; the connection closes after it.
response problem(unsigned status, std::string_view detail);

} // namespace holdfast::net
