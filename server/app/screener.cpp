#include "server/app/screener.hpp"

#include "server/app/second_reader.hpp"
#include "server/base/failpoint.hpp"
#include "server/markdown/markdown.hpp"

#include <algorithm>
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
    moderation::leave_unread(
        decided, "screen.timeout", "Our automatic check took too long, so a person looks first."
    );
    return decided;
}

// A text and those it answers as pages show them.
struct read_text {
    std::string text;
    std::vector<std::string> before;
    bool is_other = false; // than they were written
};

std::string as_shown(std::string_view text, std::vector<std::string> const& apart)
{
    if (apart.empty()) return markdown::visible_text(text);
    std::string made;
    for (auto const& part : apart)
        made.append(markdown::visible_text(part)).append("\n\n");
    return made;
}

read_text as_people_read(moderation::input const& text, std::vector<std::string> const& apart)
{
    read_text made;
    made.is_other = markdown::may_read_otherwise(text.text) ||
                    std::any_of(text.context.begin(), text.context.end(), markdown::may_read_otherwise);
    if (!made.is_other) return made;
    made.text = as_shown(text.text, apart);
    made.is_other = made.text != text.text;
    for (auto const& one : text.context) {
        made.before.push_back(markdown::visible_text(one));
        made.is_other = made.is_other || made.before.back() != one;
    }
    return made;
}

moderation::decision decide_read(
    moderation::screen const& screen,
    moderation::input text,
    read_text const& read,
    moderation::policy const& rules,
    std::chrono::nanoseconds time_max
)
{
    std::vector<std::string_view> const context(read.before.begin(), read.before.end());
    text.text = read.text;
    text.context = context;
    return decide(screen, text, rules, time_max);
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

task<result<screened>> screener::screen_post(
    circle_id circle, domain::post_text content, look_back before, std::vector<std::string> apart
) const
{
    auto const rules = policy_in(circle);
    moderation::input input;
    input.text = content.text;
    input.title = content.title;
    auto made = run(input, *rules, apart);
    if (made.decision.hinges_on_context && before) {
        auto const answered = co_await before();
        if (!answered) co_return answered.error();
        std::vector<std::string_view> const context(answered->begin(), answered->end());
        input.context = context;
        auto const micros_alone = made.micros;
        made = run(input, *rules, apart);
        made.micros += micros_alone;
    }
    // A cry for help that a person reads first anyway stays here: nothing could be gained by sending it out.
    auto const stays =
        made.decision.outcome == moderation::outcome::hold && made.decision.triage >= moderation::triage::red;
    if (second_ != nullptr && !stays) {
        auto words = as_shown(content.text, apart);
        if (!content.title.empty()) words = content.title + "\n" + words;
        auto const opinion = co_await second_->read(std::move(words));
        made.second_answered = opinion.has_value();
        if (opinion) moderation::raise(made.decision, *opinion, content.text.size(), *rules);
    }
    if (listener_) listener_(made);
    co_return made;
}

screened screener::run(
    moderation::input const& text, moderation::policy const& rules, std::vector<std::string> const& apart
) const
{
    auto const start = steady::now();
    screened made;
    try {
        made.decision = decide(screen_, text, rules, time_max_);
        auto const read = as_people_read(text, apart);
        if (read.is_other) {
            auto const other = decide_read(screen_, text, read, rules, time_max_);
            moderation::take_stricter(made.decision, other, text.text.size(), rules);
        }
    } catch (...) { // fail closed, whatever it was
        made.decision = moderation::could_not_screen(
            "screen.failed", "Our automatic check did not work this time, so a person looks first."
        );
        made.decision.policy = rules.id();
    }
    made.micros = std::chrono::duration_cast<std::chrono::microseconds>(steady::now() - start).count();
    return made;
}

namespace {
result<void> answer_to(moderation::decision const& made, std::string_view field, std::string_view noticed)
{
    if (!moderation::stops(made.outcome)) return result<void>();
    if (moderation::is_only_in_another_language(made)) {
        error back{errc::returned};
        back.fields.push_back(
            {std::string(field),
             "Our automatic check reads English only, and these words are shown at once. Could you say it in "
             "English?"}
        );
        return back;
    }
    if (moderation::is_only_unread(made)) return try_again();
    error back{errc::returned};
    back.fields.push_back({std::string(field), std::string(noticed)});
    return back;
}
} // namespace

error try_again()
{
    error made{errc::overloaded};
    made.detail = "Our automatic check does not work just now, so nothing was taken. Please try again in a "
                  "few minutes.";
    return made;
}

result<void>
screener::check(moderation::input const& text, std::string_view field, std::string_view noticed) const
{
    return answer_to(screen(text).decision, field, noticed);
}

result<void> screener::check(
    moderation::input const& text, circle_id const& circle, std::string_view field, std::string_view noticed
) const
{
    return answer_to(screen(text, circle).decision, field, noticed);
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
