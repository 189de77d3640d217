// What a live client says: understood in one way, or refused.
#include "server/live/message.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace holdfast;
using fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const made = live::parse_message(std::string(fuzz::text_of(data, size)));
    if (!made) {
        must(made.error().code == errc::bad_request, "a refusal is a bad request");
        return 0;
    }
    must(made->subscribe.empty() != made->unsubscribe.empty(), "one of the two");
    if (made->after) must(*made->after >= 0, "not before the beginning");
    return 0;
}
