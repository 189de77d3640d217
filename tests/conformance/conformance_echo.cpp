// An echo behind the same listener, head validator, body reader and WebSocket session as Holdfast, so that
// outside suites test those and nothing else: HTTP answers 200 with the request's body, its method and its
// target in fields; a WebSocket on any path sends back every message. Prints one line when it listens; ends
// on SIGTERM.
#include "server/net/http_server.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <iostream>
#include <stdexcept>

using namespace holdfast;

namespace {
task<net::response> echo(std::shared_ptr<net::request> asked)
{
    net::response made;
    made.headers.emplace_back("content-type", "application/octet-stream");
    made.headers.emplace_back("echo-method", net::name_of(asked->method));
    made.headers.emplace_back("echo-target", asked->target);
    made.body = std::make_shared<std::string const>(std::move(asked->body));
    co_return made;
}

task<std::optional<net::response>> admit(std::shared_ptr<net::request>)
{
    co_return std::nullopt;
}

task<void> echo_live(std::shared_ptr<net::request>, std::shared_ptr<net::live_socket> socket)
{
    for (;;) {
        auto message = co_await socket->read();
        if (!message) co_return;
        socket->send(std::make_shared<std::string const>(std::move(*message)));
    }
}

// "127.0.0.1:9001", "[::1]:9001" or "unix:/path".
net::server_options options_for(std::string const& listen)
{
    net::server_options made;
    made.live_binary = true;
    if (listen.starts_with("unix:")) {
        made.host = listen;
        return made;
    }
    auto const colon = listen.rfind(':');
    if (colon == std::string::npos) throw std::runtime_error("--listen wants HOST:PORT.");
    auto host = listen.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    auto const port = std::stoul(listen.substr(colon + 1));
    if (port > 65535) throw std::runtime_error("A port is at most 65535.");
    made.host = host;
    made.port = static_cast<std::uint16_t>(port);
    return made;
}
} // namespace

int main(int count, char** words)
{
    CLI::App app("An echo behind Holdfast's transport, for conformance suites");
    std::string listen = "127.0.0.1:9001";
    bool publicly = false;
    app.add_option("--listen", listen, "HOST:PORT, or unix:PATH");
    app.add_flag("--public", publicly, "allow an address beyond this machine");
    CLI11_PARSE(app, count, words);
    try {
        boost::asio::io_context io;
        auto options = options_for(listen);
        options.may_listen_publicly = publicly;
        net::handlers const serve{echo, admit, echo_live};
        net::http_server server(io, options, serve);
        boost::asio::signal_set stop(io, SIGINT, SIGTERM);
        stop.async_wait([&](boost::system::error_code, int) { server.stop(); });
        server.start();
        std::cout << "listening on " << options.host << ':' << server.port() << std::endl;
        io.run();
    } catch (std::exception const& failed) {
        std::cerr << failed.what() << '\n';
        return 1;
    }
    return 0;
}
