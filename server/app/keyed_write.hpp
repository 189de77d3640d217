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

} // namespace holdfast::app
