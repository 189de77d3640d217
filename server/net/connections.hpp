// The connections that are open, so that they can be counted, limited and told to finish. Inside server/net
// only; any thread.
#pragma once
#include "server/net/body_budget.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>

namespace holdfast::net {

class connections {
  public:
    connections(std::size_t known_bodies_bytes, std::size_t strangers_bodies_bytes)
        : known_bodies(known_bodies_bytes), strangers_bodies(strangers_bodies_bytes)
    {
    }

    using stop_one = std::function<void()>; // any thread; asks one connection to finish

    class entry {
      public:
        entry(connections& all, stop_one stop);
        ~entry();
        entry(entry const&) = delete;
        entry& operator=(entry const&) = delete;
        // What stops this connection from now on. Called at once when everything is stopping already.
        void change(stop_one stop);

      private:
        connections& all_;
        std::list<stop_one>::iterator place_;
    };

    void stop_all();
    bool stopping() const { return stopping_; }
    std::size_t count() const { return count_; }
    std::atomic<std::size_t> live = 0;
    body_budget known_bodies;     // of people who are signed in
    body_budget strangers_bodies; // so that strangers can't take the memory of all

  private:
    std::mutex guard_;
    std::list<stop_one> open_; // guarded by guard_
    std::atomic<std::size_t> count_ = 0;
    std::atomic<bool> stopping_ = false; // set before open_ is read, so that whoever comes later sees it
};

} // namespace holdfast::net
