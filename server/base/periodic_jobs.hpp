// Jobs done again and again while the server runs, each after a pause of its own: a slow one holds up no
// other. What a job has to do must be in rows, so that the first look after a restart makes good what was
// missed.
#pragma once
#include "server/base/result.hpp"
#include "server/base/task.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace holdfast {

class periodic_jobs {
  public:
    using job = std::function<task<result<std::size_t>>()>; // how many it did

    explicit periodic_jobs(boost::asio::io_context& io);
    ~periodic_jobs();
    periodic_jobs(periodic_jobs const&) = delete;
    periodic_jobs& operator=(periodic_jobs const&) = delete;

    // Before start(). What `run` captures outlives the io_context's run; `name` is for the log, when it
    // fails.
    void add(std::string name, std::chrono::milliseconds pause, job run);
    void start();
    void stop(); // cuts pauses short; what a job is at, it finishes

  private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace holdfast
