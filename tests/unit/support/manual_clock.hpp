// A clock that goes only where a test sends it.
#pragma once
#include "server/base/clock.hpp"

#include <atomic>

namespace holdfast::tests {

class manual_clock final : public clock {
  public:
    explicit manual_clock(timestamp start) : now_ms_(start.time_since_epoch().count()) {}
    timestamp now() const override { return timestamp(std::chrono::milliseconds(now_ms_.load())); }
    void advance(std::chrono::milliseconds by) { now_ms_ += by.count(); }

  private:
    std::atomic<std::chrono::milliseconds::rep> now_ms_;
};

} // namespace holdfast::tests
