// Forms that carry a file (RFC 7578).
#pragma once
#include "server/http/answers.hpp"

namespace holdfast::http {

// The parts of a multipart form by name, a file's as it is; the last of a name counts. bad_request when it is
// no such form.
result<fields> multipart_fields(net::request const& asked);

} // namespace holdfast::http
