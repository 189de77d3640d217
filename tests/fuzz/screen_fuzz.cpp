// The screen: any bytes in any part get a decision that makes sense.
#include "moderation/screen.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <array>

using namespace holdfast;
using fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static moderation::screen const screen(moderation::shipped_policy());
    auto rest = fuzz::text_of(data, size);
    moderation::input input;
    std::array<std::string_view, 2> context{};
    if (!rest.empty()) {
        auto const first = static_cast<unsigned char>(rest.front());
        rest.remove_prefix(1);
        input.kind = static_cast<moderation::text_kind>(first % 3);
        if (first & 4U) input.title = fuzz::take(rest);
        if (first & 8U) {
            for (auto& one : context)
                one = fuzz::take(rest);
            input.context = context;
        }
    }
    input.text = rest;
    auto const made = screen.decide(input);
    must(
        made.risk >= 0 && made.risk <= 6 && made.risk_score >= 0 && made.risk_score <= 6,
        "risk is on its scale"
    );
    must(made.risk == 0 || made.outcome != moderation::outcome::give_back, "crisis is never returned");
    for (auto const score : made.scores)
        must(score >= 0 && score <= 1, "scores are on their scale");
    for (auto const& one : made.findings)
        must(
            one.where.begin <= one.where.end && one.where.end <= input.text.size(),
            "a finding lies in the text"
        );
    must(!made.policy.empty(), "a decision names its policy");
    auto stop = [] { return false; };
    must(screen.decide(input, stop).outcome == moderation::outcome::hold, "without time it is held");
    return 0;
}
