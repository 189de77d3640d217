// The ceiling that the server is measured against: a bare Beast server of the same shape (a strand and a
// coroutine for each connection, keep-alive, TCP_NODELAY), without a look at the head, limits, time-outs,
// routes or accounts. It answers every request with the same body of --bytes. Prints one line when it
// listens.
#include <CLI/CLI.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {
constexpr auto to_tuple = asio::as_tuple(asio::use_awaitable);

struct constant {
    std::string type;
    std::string body;
};

asio::awaitable<void> serve(tcp::socket socket, constant const& always)
{
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    boost::beast::flat_buffer buffer;
    for (;;) {
        http::request<http::string_body> asked;
        auto const [read_failed, read] = co_await http::async_read(socket, buffer, asked, to_tuple);
        if (read_failed) co_return;
        http::response<http::span_body<char const>> made(http::status::ok, asked.version());
        made.set(http::field::content_type, always.type);
        made.body() = boost::beast::span<char const>(always.body.data(), always.body.size());
        made.content_length(always.body.size());
        made.keep_alive(asked.keep_alive());
        auto const [write_failed, written] = co_await http::async_write(socket, made, to_tuple);
        if (write_failed || !asked.keep_alive()) co_return;
    }
}

asio::awaitable<void> accept_all(tcp::acceptor& acceptor, asio::io_context& io, constant const& always)
{
    for (;;) {
        auto const strand = asio::make_strand(io);
        auto [failed, socket] = co_await acceptor.async_accept(strand, to_tuple);
        if (failed) co_return;
        asio::co_spawn(strand, serve(std::move(socket), always), asio::detached);
    }
}
} // namespace

int main(int count, char** words)
{
    CLI::App app("A bare Beast server that answers a constant, as a ceiling for benchmarks");
    std::uint16_t port = 0;
    std::size_t bytes = 1000;
    std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
    std::string type = "application/json";
    app.add_option("--port", port, "on 127.0.0.1; 0 takes any");
    app.add_option("--bytes", bytes, "of the body");
    app.add_option("--type", type, "of the body");
    app.add_option("--threads", threads)->check(CLI::PositiveNumber);
    CLI11_PARSE(app, count, words);
    asio::io_context io;
    constant const always{type, std::string(bytes, 'x')};
    tcp::endpoint const endpoint(asio::ip::address_v4::loopback(), port);
    tcp::acceptor acceptor(io, endpoint);
    asio::signal_set stop(io, SIGINT, SIGTERM);
    stop.async_wait([&](boost::system::error_code, int) { io.stop(); });
    asio::co_spawn(io, accept_all(acceptor, io, always), asio::detached);
    std::cout << "listening on 127.0.0.1:" << acceptor.local_endpoint().port() << std::endl;
    std::vector<std::jthread> workers;
    for (std::size_t made = 1; made < threads; ++made)
        workers.emplace_back([&io] { io.run(); });
    io.run();
    return 0;
}
