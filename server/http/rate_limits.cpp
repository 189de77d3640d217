#include "server/http/rate_limits.hpp"

#include "server/base/id.hpp"

#include <boost/asio/ip/address.hpp>

#include <cstring>
#include <functional>
#include <string>

namespace holdfast::http {

namespace {
constexpr std::size_t buckets_max = 20'000; // per shard, about 1 MB

std::string network_of(std::string_view who)
{
    boost::system::error_code failed;
    auto const address = boost::asio::ip::make_address_v6(std::string(who), failed);
    if (failed) return std::string(who);
    if (address.is_v4_mapped())
        return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address).to_string();
    auto const bytes = address.to_bytes();
    return std::string(bytes.begin(), bytes.begin() + 8);
}
} // namespace

rate_limits::rate_limits(rate_settings settings) : settings_(settings)
{
    auto const random = random_128();
    std::memcpy(key_, random.data(), sizeof key_);
}

bucket_rate rate_limits::rate_of(rate_kind kind) const
{
    switch (kind) {
    case rate_kind::read:
        return settings_.read;
    case rate_kind::write:
    case rate_kind::hear:
        return settings_.write;
    case rate_kind::sign_in:
        return settings_.sign_in;
    }
    return settings_.read;
}

int rate_limits::ask(rate_kind kind, std::string_view who)
{
    if (!settings_.enabled) return 0;
    std::string named(reinterpret_cast<char const*>(key_), sizeof key_);
    named += static_cast<char>(kind);
    named += network_of(who);
    auto const name = static_cast<std::uint64_t>(std::hash<std::string>()(named)) ^ key_[1];
    auto const rate = rate_of(kind);
    auto const now = std::chrono::steady_clock::now();
    auto& part = shards_[name % shards_.size()];
    std::lock_guard const hold(part.guard);
    auto found = part.buckets.find(name);
    if (found == part.buckets.end()) {
        if (part.buckets.size() >= buckets_max) make_room(part, now);
        found = part.buckets.emplace(name, counted{kind, token_bucket(rate, now)}).first;
    }
    auto& bucket = found->second.bucket;
    return bucket.take(rate, now) ? 0 : bucket.seconds_until_one(rate);
}

std::size_t rate_limits::size()
{
    std::size_t made = 0;
    for (auto& part : shards_) {
        std::lock_guard const hold(part.guard);
        made += part.buckets.size();
    }
    return made;
}

// Full buckets say nothing. When most of them say something, memory comes first: all start again.
void rate_limits::make_room(shard& part, token_bucket::time now) const
{
    std::erase_if(part.buckets, [&](auto const& entry) {
        return entry.second.bucket.is_full(rate_of(entry.second.kind), now);
    });
    if (part.buckets.size() > buckets_max / 2) part.buckets.clear();
}

} // namespace holdfast::http
