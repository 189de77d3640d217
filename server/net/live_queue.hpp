// What waits to be sent to one subscriber: bounded, so that a slow reader is dropped and never waited for.
// Inside server/net only; any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace holdfast::net {

struct live_close {
    std::uint16_t code = 1000;
    std::string reason;
};

class live_queue {
  public:
    struct change {
        bool must_write = false; // nobody writes yet: the caller is to take batches until there are none
        bool closes = false;     // this call closed the queue
    };

    // A message past the limits closes the queue with 1013 and drops what waits. Dropped once it is closed.
    change push(std::shared_ptr<std::string const> message, bool is_binary);
    // What waits already is still written; the first close counts.
    change close(live_close with);
    struct batch {
        std::string frames; // many messages as finished frames in one piece
        std::optional<live_close> closing;
    };

    bool may_gather() const; // something waits, and less than fills a batch
    // No frames: nothing waits, and the caller's writing ends here, with the close if there is one.
    batch next_batch();

  private:
    struct waiting {
        std::shared_ptr<std::string const> message;
        bool is_binary;
    };

    change close_locked(live_close with);

    mutable std::mutex guard_; // of all below
    std::deque<waiting> queue_;
    std::size_t bytes_ = 0;
    bool is_writing_ = false;
    std::optional<live_close> closing_;
};

// RFC 6455, 5.2: a whole message in one unmasked frame, as servers send.
void append_frame(std::string& out, std::string const& message, bool is_binary);

} // namespace holdfast::net
