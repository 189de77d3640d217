// A token bucket: so many at once, so many a second after that. Pure; the caller gives the time.
#pragma once
#include <algorithm>
#include <chrono>

namespace holdfast {

struct bucket_rate {
    double burst = 0;      // tokens when full
    double per_second = 0; // refill
    friend bool operator==(bucket_rate const&, bucket_rate const&) = default;
};

class token_bucket {
  public:
    using time = std::chrono::steady_clock::time_point;

    token_bucket(bucket_rate rate, time now) : tokens_(rate.burst), last_(now) {}

    bool take(bucket_rate rate, time now)
    {
        auto const passed = std::chrono::duration<double>(now - last_).count();
        tokens_ = std::min(rate.burst, tokens_ + passed * rate.per_second);
        last_ = now;
        if (tokens_ < 1) return false;
        tokens_ -= 1;
        return true;
    }
    bool is_full(bucket_rate rate, time now) const
    {
        return tokens_ + std::chrono::duration<double>(now - last_).count() * rate.per_second >= rate.burst;
    }
    int seconds_until_one(bucket_rate rate) const
    {
        if (tokens_ >= 1) return 0;
        return std::max(1, static_cast<int>((1 - tokens_) / rate.per_second + 0.999));
    }

  private:
    double tokens_;
    time last_;
};

} // namespace holdfast
