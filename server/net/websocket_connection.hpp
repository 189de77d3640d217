// Inside server/net only: one upgraded connection. Includes Beast.
#pragma once
#include "server/net/connections.hpp"
#include "server/net/http.hpp"

#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

namespace holdfast::net {

struct upgrade {
    boost::beast::tcp_stream stream;
    boost::beast::http::request<boost::beast::http::string_body> head;
    std::shared_ptr<request> asked;

    upgrade(
        boost::beast::tcp_stream stream_taken,
        boost::beast::http::request<boost::beast::http::string_body> head_taken,
        std::shared_ptr<request> asked_for
    )
        : stream(std::move(stream_taken)), head(std::move(head_taken)), asked(std::move(asked_for))
    {
    }
};

task<void> run_websocket(
    std::unique_ptr<upgrade> from, handlers const& serve, connections& all, server_options const& options
);

} // namespace holdfast::net
