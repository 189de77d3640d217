// Inside server/net only: one HTTP connection, from its first byte to its last. No Beast in this header.
#pragma once
#include "server/net/connections.hpp"
#include "server/net/http.hpp"

#include <boost/asio/ip/tcp.hpp>

namespace holdfast::net {

task<void> run_connection(
    boost::asio::ip::tcp::socket socket, handlers const& serve, connections& all, server_options const& options
);

} // namespace holdfast::net
