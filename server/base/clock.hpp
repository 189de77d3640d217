// Time comes from one injected clock, so that tests run through days in milliseconds.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast {

using timestamp = std::chrono::sys_time<std::chrono::milliseconds>; // UTC

class clock {
  public:
    virtual ~clock() = default;
    virtual timestamp now() const = 0;
};

class system_clock final : public clock {
  public:
    timestamp now() const override
    {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

std::string iso8601(timestamp at); // "2026-05-01T08:00:00.000Z"
// The same, also without a fraction, seconds or the Z, as forms send it; always UTC.
std::optional<timestamp> time_from_iso8601(std::string_view text);

} // namespace holdfast
