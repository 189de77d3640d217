// Inside server/net only: one upgraded connection, to its end. Includes Beast.
#pragma once
#include "server/net/connections.hpp"
#include "server/net/http.hpp"
#include "server/net/http_server.hpp"
#include "server/net/whole_writes.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

namespace holdfast::net {

struct upgrade {
    live_stream stream;
    boost::beast::http::request<boost::beast::http::empty_body> head;
    std::shared_ptr<request> asked;

    upgrade(
        live_stream stream_taken,
        boost::beast::http::request<boost::beast::http::empty_body> head_taken,
        std::shared_ptr<request> asked_for
    )
        : stream(std::move(stream_taken)), head(std::move(head_taken)), asked(std::move(asked_for))
    {
    }
};

task<void> run_websocket(
    std::unique_ptr<upgrade> from,
    handlers const& serve,
    connections& all,
    connections::entry& listed,
    server_options const& options
);

} // namespace holdfast::net
