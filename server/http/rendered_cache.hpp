// What was made of threads for readers, kept until the thread changes. The key says what the reader may see;
// the version comes from the change log, asked before the store was read. Thread-safe; bounded.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace holdfast::http {

template <class Made>
class kept_until_changed {
  public:
    std::shared_ptr<Made const> find(std::string const& key, std::uint64_t version) const
    {
        std::lock_guard const hold(guard_);
        auto const found = kept_.find(key);
        return found != kept_.end() && found->second.version == version ? found->second.made : nullptr;
    }

    void keep(std::string key, std::uint64_t version, std::shared_ptr<Made const> made, std::size_t bytes)
    {
        std::lock_guard const hold(guard_);
        bytes_ += bytes;
        if (bytes_ > bytes_max) { // simplest bound: start again, it refills in milliseconds
            kept_.clear();
            bytes_ = bytes;
        }
        auto& place = kept_[std::move(key)];
        bytes_ -= place.bytes;
        place = {version, bytes, std::move(made)};
    }

  private:
    static constexpr std::size_t bytes_max = 32 * 1024 * 1024;
    struct copy {
        std::uint64_t version = 0;
        std::size_t bytes = 0;
        std::shared_ptr<Made const> made;
    };
    mutable std::mutex guard_;
    std::unordered_map<std::string, copy> kept_; // guarded by guard_
    std::size_t bytes_ = 0;                      // guarded by guard_
};

using rendered_cache = kept_until_changed<std::string>; // bodies of answers

} // namespace holdfast::http
