// The strict head validator: any bytes get a verdict, and a good head can be cut in one way only.
#include "server/net/head_validator.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace holdfast;
using fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const bytes = fuzz::text_of(data, size);
    auto const end = net::find_head_end(bytes, 0);
    must(end.length <= bytes.size(), "the head ends inside");
    // A head that trickles in is found at the same place.
    net::head_end trickled;
    for (std::size_t seen = 0; seen < bytes.size() && trickled.length == 0 && !trickled.is_broken; ++seen) {
        trickled = net::find_head_end(bytes.substr(0, seen + 1), seen);
    }
    must(trickled.length == end.length && trickled.is_broken == end.is_broken, "trickling changes nothing");
    auto const head = end.length > 0 ? bytes.substr(0, end.length) : bytes;
    auto const verdict = net::validate_head(head);
    if (verdict.status != 0) {
        must(verdict.status >= 400 && verdict.status < 600 && !verdict.reason.empty(), "a refusal says why");
        return 0;
    }
    must(end.length == head.size(), "a good head ends with its empty line");
    must(head.find('\0') == std::string_view::npos, "no NUL");
    for (auto at = head.find('\n'); at != std::string_view::npos; at = head.find('\n', at + 1))
        must(head[at - 1] == '\r', "no bare line feed");
    auto const line = head.substr(0, head.find("\r\n"));
    auto const target = line.substr(line.find(' ') + 1, line.rfind(' ') - line.find(' ') - 1);
    auto const path = net::origin_form(target);
    must(path.starts_with('/') || path.starts_with('?') || path == "*", "a path, or the server itself");
    return 0;
}
