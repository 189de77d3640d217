// The screen: text and context in, decision out. Pure: no I/O, no clock, no threads of its own; one
// object may be used from many threads at once. The whole pipeline reads top to bottom in screen.cpp.
#pragma once
#include "moderation/learned/model.hpp"
#include "moderation/policy/policy.hpp"
#include "moderation/types.hpp"

#include <functional>
#include <memory>

namespace holdfast::moderation {

// Asked between steps of the pipeline; false means the caller's time is up. May be empty: no limit.
using keep_going = std::function<bool()>;

class screen {
  public:
    // The lexicons, models and calibration that this build ships, with `rules` on top.
    explicit screen(policy rules);
    // The same with another model than the shipped one.
    screen(policy rules, model learned);

    // Decides about any bytes: invalid UTF-8, NULs, empty and very long texts included. Never throws for
    // what the text contains. When keep_going says stop, the decision is `hold` with the finding
    // "screen.timeout" and whatever risk was already seen.
    decision decide(input const& text, keep_going const& time_left = {}) const;
    // The same under other rules, which resolved() has made ready: a circle's, or ones to compare with.
    decision decide(input const& text, policy const& rules, keep_going const& time_left = {}) const;

    // Gives each rule with a budget for false holds the threshold that keeps to it on ordinary texts, and
    // none above what the lexicon is sure of: a budget never lets a plain hit pass.
    policy resolved(policy rules) const;
    policy const& rules() const;

  private:
    struct parts;
    std::shared_ptr<parts const> parts_; // never changes, so copies share it
};

// The decision of a screen that could not look: hold, with one finding that says why.
decision could_not_screen(std::string_view rule, std::string_view reason);

} // namespace holdfast::moderation
