// A write that makes no row which could keep its key: one that is sent again is known, and not done twice.
#pragma once
#include "server/base/result.hpp"
#include "server/store/tx.hpp"

#include <string>

namespace holdfast::app {

struct keyed_write {
    account_id by;
    std::string key;
    store::hash256 body_hash{};
};

// Was it done before? key_reused: another one came with this key. The first thing in its transaction.
inline result<bool> was_done(store::read_tx& tx, keyed_write const& write)
{
    auto const before = tx.write_done_with(write.by, write.key);
    if (before && *before != write.body_hash) return errc::key_reused;
    return before.has_value();
}

// For a write that comes without a key and can be repeated as it is: it is known by what it is about. A space
// is in no key that a client sends.
inline keyed_write write_about(account_id const& by, std::string about, store::hash256 const& body_hash)
{
    return {by, "about " + std::move(about), body_hash};
}

// Did the same person do the very same before? What else happened meanwhile is not asked: the answer is the
// same.
inline bool is_repeated(store::read_tx& tx, keyed_write const& write)
{
    return tx.write_done_with(write.by, write.key) == write.body_hash;
}

inline void keep(store::write_tx& tx, keyed_write const& write)
{
    tx.keep_write(write.by, write.key, write.body_hash);
}

} // namespace holdfast::app
