// How often an address or an account may ask, by kind of request. Addresses are kept only as keyed hashes,
// only in memory, only while their bucket is not full again. Thread-safe; bounded.
#pragma once
#include "server/base/token_bucket.hpp"

#include <array>
#include <cstdint>
#include <mutex>
#include <random>
#include <string_view>
#include <unordered_map>

namespace holdfast::http {

enum class rate_kind : std::uint8_t {
    read,
    write,
    sign_in,
    hear, // words that were refused are listened to: as often as one may write
};

struct rate_settings {
    bool enabled = true;
    bucket_rate read{400, 40};
    bucket_rate write{40, 2};
    bucket_rate sign_in{10, 0.2};
    friend bool operator==(rate_settings const&, rate_settings const&) = default;
};

class rate_limits {
  public:
    explicit rate_limits(rate_settings settings);

    // 0: go on; else the seconds after which to try again. `who` is an account's id or an address: of IPv6
    // its first half counts, since whoever has one address has all the others of that network.
    int ask(rate_kind kind, std::string_view who);
    std::size_t size(); // buckets in memory

  private:
    struct counted {
        rate_kind kind;
        token_bucket bucket;
    };
    struct shard {
        std::mutex guard;
        std::unordered_map<std::uint64_t, counted> buckets; // guarded by guard
    };
    bucket_rate rate_of(rate_kind kind) const;
    void make_room(shard& part, token_bucket::time now) const;

    rate_settings settings_;
    std::uint64_t key_[2];
    std::array<shard, 16> shards_;
};

} // namespace holdfast::http
