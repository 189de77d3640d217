// Runs the screen with a time budget and fails closed: whatever goes wrong in there, the answer is hold.
// It hears a text as it was written and, where Markdown makes that another, as people will read it; the
// stricter of both counts. Knows which policy decides where: the host's, or in a circle with a policy of its
// own the stricter of both. May be called from any thread; policies may be replaced while it runs.
#pragma once
#include "moderation/policy/ruling.hpp"
#include "moderation/screen.hpp"
#include "server/base/id.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/post.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace holdfast::app {

class second_reader;

// The screen does not work just now, and these words can't wait for a person.
error try_again();

struct screened {
    moderation::decision decision;
    std::int64_t micros = 0;             // of the screen itself
    std::optional<bool> second_answered; // none: nobody else was asked
};

// Reads the texts that a post answers, oldest first.
using look_back = std::function<task<result<std::vector<std::string>>>()>;

using policy_ptr = std::shared_ptr<moderation::policy const>;

class screener {
  public:
    screener(moderation::screen screen, std::chrono::milliseconds time_max);

    // By the host's policy: for what belongs to no circle, and for the shell.
    screened screen(moderation::input const& text) const;
    screened screen(moderation::input const& text, circle_id const& circle) const;
    // For care in private writing: by the host's policy, told to nobody and counted nowhere.
    moderation::decision look(moderation::input const& text) const;
    // A post, by itself; where it hinges on what it answers, that is looked for (it may be empty: it answers
    // nothing) and the post is screened with it. Also asks the second reader, who can only raise.
    // `apart`: the parts of it that pages show each by itself, where they don't show it as one.
    // Errors are those of looking back: then nothing was decided.
    task<result<screened>> screen_post(
        circle_id circle, domain::post_text content, look_back before, std::vector<std::string> apart = {}
    ) const;
    // May this short text of those who look after people (a reason, an agreement, a circle's name) be shown
    // at once? Naming a topic that a note would stand before is no reason against it: they have to speak of
    // it. Otherwise `returned` with `noticed` about the field, or with its language; try_again() while the
    // screen doesn't work.
    result<void> check(moderation::input const& text, std::string_view field, std::string_view noticed) const;
    result<void> check(
        moderation::input const& text,
        circle_id const& circle,
        std::string_view field,
        std::string_view noticed
    ) const;

    // Policies. Budgets are resolved here.
    policy_ptr host_policy() const;
    policy_ptr own_policy(circle_id const& circle) const; // null: none
    std::string policy_id(circle_id const& circle) const; // that decides there
    moderation::policy resolved(moderation::policy rules) const { return screen_.resolved(std::move(rules)); }
    void use(moderation::policy host);
    // `change` counts up with each change of that circle's; an older one that comes late is ignored.
    void use_in(circle_id const& circle, std::optional<moderation::policy> own, std::uint64_t change);

    // Set before the first use; outlives the screener. Null: texts go nowhere.
    void ask_also(second_reader* second) { second_ = second; }
    std::string second_name() const; // "" without one

    // Told of each run's time, for metrics. Set before the first use.
    void on_screened(std::function<void(screened const&)> listener) { listener_ = std::move(listener); }

  private:
    struct circle_policies {
        policy_ptr own;
        policy_ptr laid_over;
        std::uint64_t change = 0;
    };
    policy_ptr policy_in(circle_id const& circle) const;
    screened
    run(moderation::input const& text,
        moderation::policy const& rules,
        std::vector<std::string> const& apart = {}) const;

    moderation::screen screen_;
    std::chrono::milliseconds time_max_;
    std::function<void(screened const&)> listener_;
    second_reader* second_ = nullptr;
    mutable std::mutex guard_;
    policy_ptr host_;                                        // guarded by guard_
    std::unordered_map<circle_id, circle_policies> circles_; // guarded by guard_
};

} // namespace holdfast::app
