// Inside server/net only: one HTTP connection, from its first byte to its last. No Beast in this header.
#pragma once
#include "server/net/connections.hpp"
#include "server/net/http.hpp"
#include "server/net/http_server.hpp"

#include <boost/asio/generic/stream_protocol.hpp>

namespace holdfast::net {

// Runs on the socket's strand. What it refers to outlives it.
task<void> run_connection(
    boost::asio::generic::stream_protocol::socket socket,
    std::string peer_address,
    handlers const& serve,
    connections& all,
    server_options const& options
);

} // namespace holdfast::net
