// Rendered copies of threads, kept until the thread changes. The key says what the reader may see; the
// version comes from the change log, asked before the store was read. Thread-safe; bounded.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace holdfast::http {

class rendered_cache {
  public:
    using body = std::shared_ptr<std::string const>;

    body find(std::string const& key, std::uint64_t version) const
    {
        std::lock_guard const hold(guard_);
        auto const found = kept_.find(key);
        return found != kept_.end() && found->second.version == version ? found->second.rendered : nullptr;
    }

    void keep(std::string key, std::uint64_t version, body rendered)
    {
        std::lock_guard const hold(guard_);
        bytes_ += rendered->size();
        if (bytes_ > bytes_max) { // simplest bound: start again, it refills in milliseconds
            kept_.clear();
            bytes_ = rendered->size();
        }
        auto& place = kept_[std::move(key)];
        if (place.rendered) bytes_ -= std::min(bytes_, place.rendered->size());
        place = {version, std::move(rendered)};
    }

  private:
    static constexpr std::size_t bytes_max = 64 * 1024 * 1024;
    struct copy {
        std::uint64_t version = 0;
        body rendered;
    };
    mutable std::mutex guard_;
    std::unordered_map<std::string, copy> kept_; // guarded by guard_
    std::size_t bytes_ = 0;                      // guarded by guard_
};

} // namespace holdfast::http
