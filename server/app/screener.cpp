#include "server/app/screener.hpp"

#include "server/app/second_reader.hpp"
#include "server/base/failpoint.hpp"

#include <ctime>
#include <stdexcept>

namespace holdfast::app {

namespace {
using steady = std::chrono::steady_clock;

// The budget is the processor's time for one text: nobody's words wait for a person because the machine was
// busy with others just then.
std::chrono::nanoseconds processor_time()
{
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

moderation::decision decide(
    moderation::screen const& screen,
    moderation::input const& text,
    moderation::policy const& rules,
    std::chrono::nanoseconds time_max
)
{
    if (failpoint("screen/error")) throw std::runtime_error("failure point screen/error");
    if (failpoint("screen/crash")) throw 0; // not even a std::exception
    auto const forced_timeout = failpoint("screen/timeout");
    moderation::decision decided;
    // A virtual machine that stands still for a moment counts as time of ours: one more try tells that from a
    // text that does take too long.
    for (int tries = 0; tries < 2; ++tries) {
        auto const time_left = [&, end = processor_time() + time_max] {
            return !forced_timeout && processor_time() < end;
        };
        decided = screen.decide(text, rules, time_left);
        if (time_left()) return decided;
    }
    // Too late is too late, also when it finished: what was seen of risk still counts for care.
    auto late = moderation::could_not_screen(
        "screen.timeout", "Our automatic check took too long, so a person looks first."
    );
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
    : screen_(std::move(screen)), time_max_(time_max),
      host_(std::make_shared<moderation::policy const>(screen_.rules()))
{
}

screened screener::screen(moderation::input const& text) const
{
    auto const rules = host_policy();
    auto made = run(text, *rules);
    if (listener_) listener_(made);
    return made;
}

screened screener::screen(moderation::input const& text, circle_id const& circle) const
{
    auto const rules = policy_in(circle);
    auto made = run(text, *rules);
    if (listener_) listener_(made);
    return made;
}

moderation::decision screener::look(moderation::input const& text) const
{
    auto const rules = host_policy();
    return run(text, *rules).decision;
}

task<screened>
screener::screen_post(circle_id circle, domain::post_text content, std::vector<std::string> before) const
{
    auto const rules = policy_in(circle);
    std::vector<std::string_view> const context(before.begin(), before.end());
    moderation::input input;
    input.text = content.text;
    input.title = content.title;
    input.context = context;
    auto made = run(input, *rules);
    // A cry for help that a person reads first anyway stays here: nothing could be gained by sending it out.
    auto const stays =
        made.decision.outcome == moderation::outcome::hold && made.decision.triage >= moderation::triage::red;
    if (second_ != nullptr && !stays) {
        auto words = content.title.empty() ? content.text : content.title + "\n" + content.text;
        auto const opinion = co_await second_->read(std::move(words));
        made.second_answered = opinion.has_value();
        if (opinion) moderation::raise(made.decision, *opinion, content.text.size(), *rules);
    }
    if (listener_) listener_(made);
    co_return made;
}

screened screener::run(moderation::input const& text, moderation::policy const& rules) const
{
    auto const start = steady::now();
    screened made;
    try {
        made.decision = decide(screen_, text, rules, time_max_);
    } catch (...) { // fail closed, whatever it was
        made.decision = moderation::could_not_screen(
            "screen.failed", "Our automatic check did not work this time, so a person looks first."
        );
        made.decision.policy = rules.id();
    }
    made.micros = std::chrono::duration_cast<std::chrono::microseconds>(steady::now() - start).count();
    return made;
}

bool screener::passes(moderation::input const& text) const
{
    return !moderation::stops(screen(text).decision.outcome);
}

bool screener::passes(moderation::input const& text, circle_id const& circle) const
{
    return !moderation::stops(screen(text, circle).decision.outcome);
}

std::string screener::second_name() const
{
    return second_ == nullptr ? std::string() : second_->name();
}

policy_ptr screener::host_policy() const
{
    std::lock_guard const hold(guard_);
    return host_;
}

policy_ptr screener::policy_in(circle_id const& circle) const
{
    std::lock_guard const hold(guard_);
    auto const found = circles_.find(circle);
    return found == circles_.end() || !found->second.laid_over ? host_ : found->second.laid_over;
}

policy_ptr screener::own_policy(circle_id const& circle) const
{
    std::lock_guard const hold(guard_);
    auto const found = circles_.find(circle);
    return found == circles_.end() ? nullptr : found->second.own;
}

std::string screener::policy_id(circle_id const& circle) const
{
    return policy_in(circle)->id();
}

void screener::use(moderation::policy host)
{
    auto const made = std::make_shared<moderation::policy const>(resolved(std::move(host)));
    std::lock_guard const hold(guard_);
    host_ = made;
    for (auto& [circle, policies] : circles_) {
        if (policies.own)
            policies.laid_over = std::make_shared<moderation::policy const>(laid_over(*host_, *policies.own));
    }
}

void screener::use_in(circle_id const& circle, std::optional<moderation::policy> own, std::uint64_t change)
{
    std::shared_ptr<moderation::policy const> made;
    if (own) made = std::make_shared<moderation::policy const>(resolved(std::move(*own)));
    std::lock_guard const hold(guard_);
    auto& policies = circles_[circle];
    if (change < policies.change) return;
    policies.own = made;
    policies.laid_over =
        made ? std::make_shared<moderation::policy const>(laid_over(*host_, *made)) : nullptr;
    policies.change = change;
}

} // namespace holdfast::app
