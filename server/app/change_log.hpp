// How often each thread and circle changed since the start: what rendered copies are checked against.
// Bumped after a commit and before its author is answered, so that one always reads one's own writes.
#pragma once
#include "server/base/id.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace holdfast::app {

class change_log {
  public:
    void thread_changed(thread_id const& thread)
    {
        auto& part = parts_[std::hash<thread_id>()(thread) % parts_.size()];
        std::lock_guard const hold(part.guard);
        ++part.counts[thread];
    }
    // For changes in unknown places, such as an account that was erased.
    void everything_changed() { ++epoch_; }
    // Ask before reading the store, and keep the answer with what was made from it.
    std::uint64_t version_of(thread_id const& thread) const
    {
        auto const& part = parts_[std::hash<thread_id>()(thread) % parts_.size()];
        std::lock_guard const hold(part.guard);
        auto const found = part.counts.find(thread);
        return epoch_ + (found == part.counts.end() ? 0 : found->second);
    }

  private:
    struct shard {
        mutable std::mutex guard;
        std::unordered_map<thread_id, std::uint64_t>
            counts; // one small entry per thread written to since start
    };
    std::atomic<std::uint64_t> epoch_ = 0;
    std::array<shard, 16> parts_;
};

} // namespace holdfast::app
