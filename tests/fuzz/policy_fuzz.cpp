// The policy format: a policy, or an error with its cause.
#include "moderation/policy/policy.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace holdfast;
using fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const made = moderation::parse_policy(fuzz::text_of(data, size), "file");
    if (auto const* const broken = std::get_if<moderation::policy_error>(&made))
        must(!broken->cause.empty(), "an error says why");
    return 0;
}
