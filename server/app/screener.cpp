#include "server/app/screener.hpp"

#include "server/base/failpoint.hpp"

#include <stdexcept>

namespace holdfast::app {

namespace {
using steady = std::chrono::steady_clock;

moderation::decision decide(
    moderation::screen const& screen, moderation::input const& text, steady::time_point deadline
)
{
    if (failpoint("screen/error")) throw std::runtime_error("failure point screen/error");
    if (failpoint("screen/crash")) throw 0; // not even a std::exception
    auto const forced_timeout = failpoint("screen/timeout");
    auto const time_left = [&] { return !forced_timeout && steady::now() < deadline; };
    auto decided = screen.decide(text, time_left);
    if (time_left()) return decided;
    // Too late is too late, also when it finished: what was seen of risk still counts for care.
    auto late = moderation::could_not_screen("screen.timeout", "Our automatic check took too long, so a person looks first.");
    late.risk = decided.risk;
    late.risk_score = decided.risk_score;
    late.triage = decided.triage;
    late.labels = decided.labels;
    late.scores = decided.scores;
    late.policy = decided.policy;
    return late;
}
} // namespace

screener::screener(moderation::screen screen, std::chrono::milliseconds time_max)
    : screen_(std::move(screen)), time_max_(time_max)
{
}

screened screener::screen(moderation::input const& text) const
{
    auto const start = steady::now();
    screened made;
    try {
        made.decision = decide(screen_, text, start + time_max_);
    } catch (...) { // fail closed, whatever it was
        made.decision = moderation::could_not_screen(
            "screen.failed", "Our automatic check did not work this time, so a person looks first."
        );
        made.decision.policy = screen_.rules().id();
    }
    made.micros = std::chrono::duration_cast<std::chrono::microseconds>(steady::now() - start).count();
    if (listener_) listener_(made);
    return made;
}

bool screener::passes(moderation::input const& text) const
{
    return screen(text).decision.outcome == moderation::outcome::publish;
}

} // namespace holdfast::app
