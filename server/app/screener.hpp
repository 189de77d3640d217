// Runs the screen with a time budget and fails closed: whatever goes wrong in there, the answer is hold.
// May be called from any thread.
#pragma once
#include "moderation/screen.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace holdfast::app {

struct screened {
    moderation::decision decision;
    std::int64_t micros = 0;
};

class screener {
  public:
    screener(moderation::screen screen, std::chrono::milliseconds time_max);

    screened screen(moderation::input const& text) const;
    // May this short text (a nickname, a reason, a circle's name) be shown to others at once?
    bool passes(moderation::input const& text) const;

    // Told of each run's time, for metrics. Set before the first use.
    void on_screened(std::function<void(screened const&)> listener) { listener_ = std::move(listener); }

  private:
    moderation::screen screen_;
    std::chrono::milliseconds time_max_;
    std::function<void(screened const&)> listener_;
};

} // namespace holdfast::app
