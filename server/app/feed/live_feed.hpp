// The live feed: after each commit it reads the event log once and gives every subscriber of a topic the same
// frames, in order. One strand owns the table and the number of the last delivered event, and subscribing
// happens on that strand too: what came before is read from the log up to that number, what comes later is
// delivered. So nothing is lost and nothing comes twice, whatever happens to connections.
#pragma once
#include "server/app/texts.hpp"
#include "server/base/task.hpp"
#include "server/store/rows.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class live_feed {
  public:
    using frame = std::shared_ptr<std::string const>;
    using sink = std::function<void(frame)>; // called on the feed's strand; may not block
    using subscription = std::uint64_t;

    live_feed(boost::asio::io_context& io, store::database& database, texts& vault);
    ~live_feed();
    live_feed(live_feed const&) = delete;
    live_feed& operator=(live_feed const&) = delete;

    // Told when a role was changed, also by another process. Set before start().
    void on_role_changed(std::function<void(account_id const&)> listener);
    void start();
    void stop();
    void wake(); // from any thread: something was committed

    // From any thread. With `after`, what the topic carried since that event comes first; when that is too
    // much, one frame of type "reset" says to read the page anew. `name` is the topic as the client wrote it.
    subscription subscribe(store::topic what, std::string name, std::optional<std::int64_t> after, sink to);
    // From here on it carries something else, in the same order. One frame of type "reset" says so to who
    // was told that they are subscribed.
    void change(subscription which, store::topic what);
    void unsubscribe(subscription which);
    std::size_t subscribers() const;
    std::int64_t delivered() const; // the newest event that everybody was told; ask before reading a page

  private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace holdfast::app
