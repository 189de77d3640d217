// The body reader: the same body whatever pieces it arrives in, never more than it may hold.
#include "server/net/body_reader.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>

using namespace holdfast;
using fuzz::must;

namespace {
constexpr std::size_t bytes_max = 512;

struct outcome {
    std::string body;
    std::size_t taken = 0;
    unsigned status = 0;
    bool done = false;
    friend bool operator==(outcome const&, outcome const&) = default;
};

outcome read(std::string_view bytes, std::size_t piece, bool chunked)
{
    auto reader = chunked ? net::body_reader::chunked(bytes_max)
                          : net::body_reader::of_length(bytes.size() / 2, bytes_max);
    outcome made;
    while (made.taken < bytes.size() && !reader.is_done() && reader.status() == 0) {
        auto const rest = bytes.substr(made.taken, piece);
        auto const taken = reader.take(rest);
        must(taken <= rest.size(), "takes no more than there is");
        must(taken > 0 || reader.is_done() || reader.status() != 0, "goes on");
        made.taken += taken;
        must(reader.body.size() <= bytes_max, "stays within its bound");
    }
    made.status = reader.status();
    made.done = reader.is_done();
    if (made.status == 0) made.body = reader.body;
    if (made.status != 0) made.taken = 0; // where exactly it gave up doesn't matter: the connection ends
    return made;
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size < 2) return 0;
    auto const chunked = (data[0] & 1) != 0;
    auto const piece = std::max<std::size_t>(1, data[1]);
    auto const bytes = fuzz::text_of(data + 2, size - 2);
    must(read(bytes, bytes.size() + 1, chunked) == read(bytes, piece, chunked), "pieces change nothing");
    return 0;
}
