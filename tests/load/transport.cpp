// Holdfast's transport by itself, to be measured beside ceiling_beast: the real listener, head check,
// connection and live session, with nothing behind them.
//   transport serve --bytes N     answers every request with the same body
//   transport deliveries          sends messages to many live subscribers and prints deliveries a second
#include "server/net/http_server.hpp"

#include <CLI/CLI.hpp>
#include <arpa/inet.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

using namespace holdfast;

namespace {
using steady = std::chrono::steady_clock;

task<std::optional<net::response>> admit(std::shared_ptr<net::request>)
{
    co_return std::nullopt;
}

net::handlers constant(std::size_t bytes)
{
    net::handlers made;
    auto const body = std::make_shared<std::string const>(bytes, 'x');
    made.on_request = [body](std::shared_ptr<net::request>) -> task<net::response> {
        net::response answer;
        answer.headers.emplace_back("content-type", "application/json");
        answer.body = body;
        co_return answer;
    };
    made.on_upgrade = admit;
    return made;
}

int serve(std::uint16_t port, std::size_t bytes, std::size_t threads)
{
    boost::asio::io_context io;
    net::server_options options;
    options.port = port;
    net::http_server server(io, options, constant(bytes));
    boost::asio::signal_set stop(io, SIGINT, SIGTERM);
    stop.async_wait([&](boost::system::error_code, int) { server.stop(); });
    server.start();
    std::cout << "listening on 127.0.0.1:" << server.port() << std::endl;
    std::vector<std::jthread> workers;
    for (std::size_t made = 1; made < threads; ++made)
        workers.emplace_back([&io] { io.run(); });
    io.run();
    return 0;
}

class audience {
  public:
    task<void> listen(std::shared_ptr<net::live_socket> socket)
    {
        std::list<std::shared_ptr<net::live_socket>>::iterator place;
        {
            std::lock_guard const hold(guard_);
            place = sockets_.insert(sockets_.end(), socket);
        }
        for (;;) {
            auto const message = co_await socket->read();
            if (!message) break;
        }
        std::lock_guard const hold(guard_);
        sockets_.erase(place);
    }
    void send(std::shared_ptr<std::string const> const& text)
    {
        std::lock_guard const hold(guard_);
        for (auto const& socket : sockets_)
            socket->send(text);
    }
    std::size_t count()
    {
        std::lock_guard const hold(guard_);
        return sockets_.size();
    }

  private:
    std::mutex guard_;
    std::list<std::shared_ptr<net::live_socket>> sockets_; // guarded by guard_
};

// Subscribers that count the bytes they get: as cheap as a client can be, so that the server is what is
// measured.
class subscribers {
  public:
    subscribers(std::uint16_t port, std::size_t count) : poll_(::epoll_create1(EPOLL_CLOEXEC))
    {
        for (std::size_t made = 0; made < count; ++made)
            files_.push_back(connect(port));
    }
    ~subscribers()
    {
        for (auto const file : files_)
            ::close(file);
        ::close(poll_);
    }
    subscribers(subscribers const&) = delete;
    subscribers& operator=(subscribers const&) = delete;

    void read_until(std::size_t bytes)
    {
        std::vector<char> buffer(256 * 1024);
        std::array<epoll_event, 256> events{};
        while (got < bytes) {
            auto const ready = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 5000);
            if (ready <= 0) throw std::runtime_error("the frames stopped coming");
            for (int index = 0; index < ready; ++index) {
                auto const size = ::recv(
                    events.at(static_cast<std::size_t>(index)).data.fd, buffer.data(), buffer.size(), 0
                );
                if (size <= 0) throw std::runtime_error("a subscriber was dropped");
                got += static_cast<std::size_t>(size);
            }
        }
    }
    std::atomic<std::size_t> got = 0;

  private:
    int connect(std::uint16_t port)
    {
        auto const file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        sockaddr any{};
        std::memcpy(&any, &address, sizeof any);
        if (file < 0 || ::connect(file, &any, sizeof any) != 0) throw std::runtime_error("can't connect");
        constexpr std::string_view ask =
            "GET /live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        if (::send(file, ask.data(), ask.size(), 0) < 0) throw std::runtime_error("can't ask");
        std::string answer;
        while (!answer.ends_with("\r\n\r\n")) {
            char one = 0;
            if (::recv(file, &one, 1, 0) <= 0) throw std::runtime_error("no answer to the upgrade");
            answer += one;
        }
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = file;
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, file, &event);
        return file;
    }
    int poll_;
    std::vector<int> files_;
};

std::size_t resident_kib()
{
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
    }
    return 0;
}

void allow_many_files()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

int deliveries(
    std::size_t peers, std::size_t messages, std::size_t bytes, std::size_t at_once, std::size_t threads
)
{
    allow_many_files();
    boost::asio::io_context io;
    audience all;
    auto made = constant(0);
    made.on_live = [&all](std::shared_ptr<net::request>, std::shared_ptr<net::live_socket> socket) {
        return all.listen(std::move(socket));
    };
    net::server_options options;
    options.port = 0;
    net::http_server server(io, options, made);
    server.start();
    std::vector<std::jthread> workers;
    for (std::size_t worker = 0; worker < threads; ++worker)
        workers.emplace_back([&io] { io.run(); });
    {
        auto const before = resident_kib();
        subscribers listening(server.port(), peers);
        while (all.count() < peers)
            std::this_thread::yield();
        std::cout << "memory for an idle live connection: " << (resident_kib() - before) * 1024 / peers
                  << " bytes\n";
        auto const frame = bytes + (bytes < 126 ? 2 : bytes <= 0xFFFF ? 4 : 10);
        auto const text = std::make_shared<std::string const>(bytes, 'x');
        auto const began = steady::now();
        for (std::size_t sent = 0; sent < messages;) {
            auto const now = std::min(at_once, messages - sent);
            auto const burst = [&all, &text, now] {
                for (std::size_t one = 0; one < now; ++one)
                    all.send(text);
            };
            boost::asio::post(io, burst);
            sent += now;
            listening.read_until(sent * peers * frame);
        }
        auto const seconds = std::chrono::duration<double>(steady::now() - began).count();
        std::cout << peers << " subscribers, " << bytes << " bytes, " << at_once
                  << " at once: " << static_cast<std::size_t>(static_cast<double>(messages * peers) / seconds)
                  << " deliveries a second\n";
    }
    server.stop();
    return 0;
}
} // namespace

int main(int count, char** words)
{
    CLI::App app("Holdfast's transport by itself, for benchmarks");
    app.require_subcommand(1);
    std::uint16_t port = 0;
    std::size_t bytes = 300;
    std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
    std::size_t peers = 1000;
    std::size_t messages = 1000;
    std::size_t at_once = 100;
    auto* const serving = app.add_subcommand("serve", "answer every request with the same body");
    serving->add_option("--port", port, "on 127.0.0.1; 0 takes any");
    auto* const delivering = app.add_subcommand("deliveries", "count deliveries to live subscribers");
    delivering->add_option("--subscribers", peers)->check(CLI::PositiveNumber);
    delivering->add_option("--messages", messages)->check(CLI::PositiveNumber);
    delivering
        ->add_option("--at-once", at_once, "messages that are sent before the subscribers are waited for")
        ->check(CLI::PositiveNumber);
    for (auto* const command : {serving, delivering}) {
        command->add_option("--bytes", bytes, "of a body or a message");
        command->add_option("--threads", threads)->check(CLI::PositiveNumber);
    }
    CLI11_PARSE(app, count, words);
    try {
        return serving->parsed() ? serve(port, bytes, threads)
                                 : deliveries(peers, messages, bytes, at_once, threads);
    } catch (std::exception const& failed) {
        std::cerr << failed.what() << '\n';
        return 1;
    }
}
