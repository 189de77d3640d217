// The composition root: makes every part of the server once, in the order in which they need each other,
// and takes them down in reverse. Nothing else in the program wires things together; there are no singletons.
#pragma once
#include "server/app/services.hpp"
#include "server/cli/config.hpp"
#include "server/cli/core.hpp"

#include <boost/asio/signal_set.hpp>

#include <functional>
#include <memory>
#include <string>

namespace holdfast::cli {

class program {
  public:
    // Opens the store and takes the address. Throws std::runtime_error with a plain sentence.
    explicit program(config const& settings);
    ~program();
    program(program const&) = delete;
    program& operator=(program const&) = delete;

    app::services const& services() const;
    std::uint16_t port() const;
    // Runs `work` (a coroutine) to its end on this thread, before serve(): for set-up from the shell.
    void run_first(std::function<task<void>()> work);
    // Serves until SIGINT or SIGTERM, then drains: running requests finish, live sockets are told to come
    // back.
    void serve(std::function<void()> when_ready);

  private:
    struct parts;
    static void watch_policy(boost::asio::signal_set& changed, parts& of);
    std::unique_ptr<parts> parts_;
};

// The services alone, without a network: for commands from the host's shell. Beside a running server they
// may only read; as the folder's sole owner (throws when a server has it) they may write.
class shell {
  public:
    shell(config const& settings, standing as);
    ~shell();
    app::services const& services() const;
    void run(std::function<task<void>()> work);

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace holdfast::cli
