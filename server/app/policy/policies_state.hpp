// What the parts of the policies' service share: its state.
#pragma once
#include "server/app/policy/policies.hpp"

#include <atomic>
#include <mutex>

namespace holdfast::app {

struct policies::state {
    state(store::database& data, texts& sealed, screener& screens, clock const& now)
        : database(data), vault(sealed), screen(screens), time(now)
    {
    }

    store::database& database;
    texts& vault;
    screener& screen;
    clock const& time;
    // Counted on the writer thread, inside the transactions: their order is the order of the commits.
    std::atomic<std::uint64_t> changes{0};
    std::mutex guard;
    std::shared_ptr<moderation::policy const> file; // the host's, without the desk's changes; under guard
};

} // namespace holdfast::app
