// Signed-in people, in memory until something about their account changes. Thread-safe; bounded.
#pragma once
#include "server/domain/account.hpp"
#include "server/store/rows.hpp"

#include <cstdint>
#include <cstring>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace holdfast::app {

struct hash_of_hash {
    std::size_t operator()(store::hash256 const& value) const
    {
        std::size_t taken;
        std::memcpy(&taken, value.data(), sizeof taken);
        return taken;
    }
};

struct remembered_session {
    domain::principal_ptr who;
    timestamp expires_at;
    timestamp fresh_until = timestamp::max(); // when what it may do changes by itself: a limit ends
};

class session_cache {
  public:
    // A load notes the count first; what it found is kept only when nothing changed meanwhile.
    std::uint64_t changes() const
    {
        std::lock_guard const hold(guard_);
        return changes_;
    }
    std::optional<remembered_session> find(store::hash256 const& token) const
    {
        std::lock_guard const hold(guard_);
        auto const found = by_token_.find(token);
        if (found == by_token_.end()) return std::nullopt;
        return found->second;
    }
    void remember(store::hash256 const& token, remembered_session session, std::uint64_t changes_before)
    {
        std::lock_guard const hold(guard_);
        if (changes_ != changes_before) return;
        if (by_token_.size() >= sessions_max) {
            by_token_.clear();
            tokens_of_.clear();
        }
        tokens_of_.emplace(session.who->account, token);
        by_token_[token] = std::move(session);
    }
    void forget(account_id const& account)
    {
        std::lock_guard const hold(guard_);
        ++changes_;
        auto const [first, last] = tokens_of_.equal_range(account);
        for (auto entry = first; entry != last; ++entry)
            by_token_.erase(entry->second);
        tokens_of_.erase(first, last);
    }

  private:
    static constexpr std::size_t sessions_max = 50'000; // about 20 MB; emptied when it grows past it

    mutable std::mutex guard_;
    std::uint64_t changes_ = 0;
    std::unordered_map<store::hash256, remembered_session, hash_of_hash> by_token_;
    std::unordered_multimap<account_id, store::hash256> tokens_of_;
};

} // namespace holdfast::app
