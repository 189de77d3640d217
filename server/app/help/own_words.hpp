// A cry for help in words that were meant for something else: an application, a report, asking for another
// look. In the transaction that takes them.
#pragma once
#include "moderation/types.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/result.hpp"
#include "server/domain/review.hpp"

#include <string>

namespace holdfast::store {
class write_tx;
}

namespace holdfast::app {

class texts;

struct own_words {
    account_id writer;
    circle_id circle;
    std::string words;
    moderation::decision seen;
    timestamp at;
};

// Rings for the writer among those who look after the circle, who can read the words, when they speak of risk
// or danger. Nothing when they don't, or when nobody could read them yet: a person reads them anyway.
result<void> ring_for_writer(
    store::write_tx& tx, texts& vault, own_words const& sent, domain::review_clocks const& clocks
);

} // namespace holdfast::app
