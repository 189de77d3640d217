// Keeps the search index behind the event log: puts in what was let through, takes out what was taken down.
// It follows at a walking pace and lets people's writes go first, so a new post is found a moment later, and
// after a rush when the rush is over.
#pragma once
#include "server/base/result.hpp"
#include "server/base/task.hpp"

#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <memory>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;

struct caught_up {
    std::size_t events = 0; // looked at in this round
    bool is_all = true;     // false: there is more, and people's writes go first
};
task<result<caught_up>> catch_up(store::database& database, texts& vault);

class search_index {
  public:
    search_index(boost::asio::io_context& io, store::database& database, texts& vault);
    ~search_index();
    search_index(search_index const&) = delete;
    search_index& operator=(search_index const&) = delete;

    void start();
    void stop();
    void wake(); // from any thread: something was committed

  private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace holdfast::app
