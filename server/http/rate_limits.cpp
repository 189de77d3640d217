#include "server/http/rate_limits.hpp"

#include "server/base/id.hpp"

#include <cstring>
#include <functional>
#include <string>

namespace holdfast::http {

namespace {
constexpr std::size_t buckets_max = 20'000; // per shard, about 1 MB
}

rate_limits::rate_limits(rate_settings settings) : settings_(settings)
{
    auto const random = random_128();
    std::memcpy(key_, random.data(), sizeof key_);
}

bucket_rate rate_limits::rate_of(rate_kind kind) const
{
    switch (kind) {
    case rate_kind::read: return settings_.read;
    case rate_kind::write: return settings_.write;
    case rate_kind::sign_in: return settings_.sign_in;
    }
    return settings_.read;
}

int rate_limits::ask(rate_kind kind, std::string_view who)
{
    if (!settings_.enabled) return 0;
    std::string named(reinterpret_cast<char const*>(key_), sizeof key_);
    named += static_cast<char>(kind);
    named += who;
    auto const name = static_cast<std::uint64_t>(std::hash<std::string>()(named)) ^ key_[1];
    auto const rate = rate_of(kind);
    auto const now = std::chrono::steady_clock::now();
    auto& part = shards_[name % shards_.size()];
    std::lock_guard const hold(part.guard);
    if (part.buckets.size() >= buckets_max) {
        std::erase_if(part.buckets, [&](auto const& entry) { return entry.second.is_full(rate, now); });
    }
    auto& bucket = part.buckets.try_emplace(name, rate, now).first->second;
    return bucket.take(rate, now) ? 0 : bucket.seconds_until_one(rate);
}

} // namespace holdfast::http
