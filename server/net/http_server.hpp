// Listens, reads requests strictly, hands them to the handlers and writes their answers; hands upgraded
// connections to the live handler. Construct, start(), and stop() before the io_context ends. start and stop
// are called from any thread; handlers run on each connection's strand.
#pragma once
#include "server/base/limits.hpp"
#include "server/net/http.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace holdfast::net {

// How long the server waits for a peer.
struct server_times {
    using span = std::chrono::steady_clock::duration;
    span head = limits::head_time_max;
    span body = limits::body_time_max;
    span idle = limits::idle_time_max;
    span write = limits::write_time_max;
    span linger = std::chrono::seconds(2);     // after the last answer, for what a peer still sends
    span live_idle = limits::live_idle_max;    // pings at half of it
    span live_close = std::chrono::seconds(5); // for the last frames and the close, both ways
    friend bool operator==(server_times const&, server_times const&) = default;
};

struct server_options {
    std::string host = "127.0.0.1";   // an address, or "unix:/path/of/socket"
    std::uint16_t port = 8080;        // 0: any free one
    bool may_listen_publicly = false; // plain text beyond loopback is refused unless the host says so
    bool trusts_proxy = false;        // take the peer's address from X-Forwarded-For
    bool live_binary = false;         // accept binary messages, for the conformance suites alone
    std::size_t connections_max = limits::connections_max;
    std::size_t known_bodies_bytes_max = limits::known_bodies_bytes_max; // of all connections together
    std::size_t strangers_bodies_bytes_max = limits::strangers_bodies_bytes_max;
    server_times times{};
    friend bool operator==(server_options const&, server_options const&) = default;
};

struct server_load {
    std::size_t connections = 0; // live ones among them
    std::size_t live = 0;
};

class http_server {
  public:
    // Throws std::runtime_error with a plain sentence when the address can't be taken.
    http_server(boost::asio::io_context& io, server_options options, handlers serve);
    ~http_server();
    http_server(http_server const&) = delete;
    http_server& operator=(http_server const&) = delete;

    void start();
    std::uint16_t port() const; // 0 for a Unix socket
    server_load load() const;
    // Takes no more connections, lets running requests finish and tells live sockets to come back later.
    void stop();

  private:
    class state;
    std::shared_ptr<state> state_;
};

} // namespace holdfast::net
