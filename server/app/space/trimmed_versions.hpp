// Which versions of a record stay when they become many: the newest, and of the older ones those that
// somebody would miss. Pure.
#pragma once
#include "server/app/space/space.hpp"

#include <vector>

namespace holdfast::app {

struct trimming {
    std::vector<int> going; // versions
    int settled = 0; // every version up to this one was built on, or is settled: what goes can't show it
};

// The newest private_versions_max stay. Of the older ones: the first; another device's that is not settled,
// with what came since, which shows what was built on; and of a goal those where its words, or where it
// stands, changed. Past private_versions_kept_max these go too: what came since first, then the goal's, then
// the other devices', of each the oldest first; the first version stays. `versions` is all of one record,
// oldest first, with the one that is being added.
trimming trimmed_versions(domain::private_kind kind, std::vector<private_text> const& versions);

} // namespace holdfast::app
