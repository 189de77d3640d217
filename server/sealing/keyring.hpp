// The keys: one per author and per circle, random, wrapped by the host key, unwrapped in memory while in
// use. What somebody wrote in a circle is sealed under both, so that destroying either shreds it.
// Thread-safe.
#pragma once
#include "server/sealing/secret.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace holdfast::sealing {

class keyring {
  public:
    explicit keyring(secret_ptr host_key);

    // A fresh key for an owner ("author" or "circle" and its id), in memory from now on; returns it wrapped.
    std::string create(std::string_view kind, std::string_view owner);
    // From memory, or null.
    secret_ptr find(std::string_view kind, std::string_view owner) const;
    // Unwraps and keeps; null when it was wrapped by another host key or changed.
    secret_ptr unwrap(std::string_view kind, std::string_view owner, std::string_view wrapped);
    void forget(std::string_view kind, std::string_view owner);
    // Forgets for good: a read that still finds the wrapped key in its older snapshot does not bring it back.
    void shred(std::string_view kind, std::string_view owner);

    // A keyed hash for look-ups ("nickname", "token" …); purposes don't mix.
    hash256 hash(std::string_view purpose, std::initializer_list<std::string_view> parts) const;

  private:
    static constexpr std::size_t keys_max = 200'000; // about 30 MB; emptied when it grows past it

    bool keep(std::string name, secret_ptr key); // false: shredded

    secret_ptr host_key_;
    secret_ptr wrapping_key_;
    secret_ptr hashing_key_;
    mutable std::mutex guard_;
    std::unordered_map<std::string, secret_ptr> keys_; // guarded by guard_
    std::unordered_set<std::string> shredded_; // guarded by guard_; since the start, one per erased account
};

// Reads the host key from a file of 64 hex digits with mode 0600 (0640 is taken too); makes one when there is
// none and `may_create`. Throws std::runtime_error with a plain sentence otherwise.
secret_ptr load_host_key(std::string const& path, bool may_create);

} // namespace holdfast::sealing
