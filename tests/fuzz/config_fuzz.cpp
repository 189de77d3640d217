// The configuration file: read, or refused in words; and what was read can be worked with.
#include "server/cli/config.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <stdexcept>

using namespace holdfast;
using fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    try {
        auto const made = cli::parse_config(fuzz::text_of(data, size), "file");
        for (auto const& rate : {made.rates.read, made.rates.write, made.rates.sign_in}) {
            must(rate.per_second > 0 && rate.burst >= 1, "a limit lets something through");
            token_bucket bucket(rate, {});
            bucket.take(rate, {});
            must(bucket.seconds_until_one(rate) <= 1000, "and says when");
        }
        for (auto const& due : made.clocks.due)
            must(due.count() >= 1, "what waits is due some time");
        must(made.hash_threads >= 1, "somebody can sign in");
    } catch (std::runtime_error const& refused) {
        must(
            std::string_view(refused.what()).starts_with("file") ||
                std::string_view(refused.what()).find("HOST:PORT") != std::string_view::npos,
            "a refusal names the file"
        );
    }
    return 0;
}
