// How the host's shell reaches a running server: a socket in the data folder, which only its owner can open,
// with one JSON object a line each way. So one process alone writes the database: SQLite before 3.51.3 can
// corrupt its log when two do.
#pragma once
#include "server/app/services.hpp"
#include "server/base/task.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace holdfast::cli {

struct role_change {
    std::string nickname;
    std::string role;   // "lead", "no-lead", "facilitator", "member", "none"
    std::string circle; // its id's text, for roles in a circle
};

// Makes the change; "" when it is done, else a plain sentence that says why not.
task<std::string> change_role(app::services const& services, role_change wanted);

class control_server {
  public:
    // Takes the socket; the caller holds the folder's lock. Throws std::runtime_error with a plain sentence.
    control_server(
        boost::asio::io_context& io, std::filesystem::path const& folder, app::services const& services
    );
    ~control_server();
    control_server(control_server const&) = delete;
    control_server& operator=(control_server const&) = delete;

    void start();
    void stop(); // from the io_context's thread

  private:
    task<void> accept_all();

    std::filesystem::path const socket_;
    app::services const& services_;
    boost::asio::local::stream_protocol::acceptor acceptor_;
};

// Asks the server that serves `folder`; none when no server does. Blocks.
std::optional<std::string> ask_server(std::filesystem::path const& folder, role_change const& wanted);

} // namespace holdfast::cli
