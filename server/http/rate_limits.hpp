// How often an address or an account may ask, by kind of request. Addresses are kept only as keyed hashes,
// only in memory, only while their bucket is not full again. Thread-safe.
#pragma once
#include "server/base/token_bucket.hpp"

#include <array>
#include <cstdint>
#include <mutex>
#include <random>
#include <string_view>
#include <unordered_map>

namespace holdfast::http {

enum class rate_kind : std::uint8_t { read, write, sign_in };

struct rate_settings {
    bool enabled = true;
    bucket_rate read{400, 40};
    bucket_rate write{40, 2};
    bucket_rate sign_in{10, 0.2};
};

class rate_limits {
  public:
    explicit rate_limits(rate_settings settings);

    // 0: go on; else the seconds after which to try again.
    int ask(rate_kind kind, std::string_view who);

  private:
    struct shard {
        std::mutex guard;
        std::unordered_map<std::uint64_t, token_bucket> buckets; // guarded by guard
    };
    bucket_rate rate_of(rate_kind kind) const;

    rate_settings settings_;
    std::uint64_t key_[2];
    std::array<shard, 16> shards_;
};

} // namespace holdfast::http
