// The ceiling of delivery: a bare Beast server that, for each request it answers, gives every upgraded
// connection one more copy of the same finished frame. Frames that wait for a connection are written in one
// go from one buffer made at the start. No screen, store, topics, sessions, limits or time-outs. Prints one
// line when it listens.
#include <CLI/CLI.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <atomic>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {
constexpr auto to_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t frames_at_once = 1024;

struct all_frames {
    std::size_t size;
    std::string bytes; // frames_at_once of them
};

all_frames frames_of(std::size_t payload)
{
    std::string one{static_cast<char>(0x81)};
    if (payload < 126) {
        one += static_cast<char>(payload);
    } else {
        one += static_cast<char>(126);
        one += static_cast<char>(payload >> 8 & 0xFFU);
        one += static_cast<char>(payload & 0xFFU);
    }
    one += std::string(payload, 'x');
    all_frames made{one.size(), {}};
    for (std::size_t at = 0; at < frames_at_once; ++at)
        made.bytes += one;
    return made;
}

class subscriber : public std::enable_shared_from_this<subscriber> {
  public:
    subscriber(tcp::socket socket, all_frames const& frames) : socket_(std::move(socket)), frames_(frames) {}

    void one_more()
    {
        if (waiting_.fetch_add(1) > 0) return; // whoever writes takes it along
        asio::post(socket_.get_executor(), [self = shared_from_this()] { self->write(); });
    }

  private:
    void write()
    {
        auto const count = std::min(waiting_.load(), frames_at_once);
        asio::async_write(
            socket_,
            asio::buffer(frames_.bytes.data(), count * frames_.size),
            [self = shared_from_this(), count](boost::system::error_code failed, std::size_t) {
                if (!failed && self->waiting_.fetch_sub(count) > count) self->write();
            }
        );
    }

    tcp::socket socket_;
    all_frames const& frames_;
    std::atomic<std::size_t> waiting_ = 0;
};

class hall {
  public:
    explicit hall(std::size_t payload) : frames_(frames_of(payload)) {}
    void admit(tcp::socket socket)
    {
        auto const one = std::make_shared<subscriber>(std::move(socket), frames_);
        std::lock_guard const hold(guard_);
        all_.push_back(one);
    }
    void tell_all()
    {
        std::lock_guard const hold(guard_);
        for (auto const& one : all_)
            one->one_more();
    }

  private:
    all_frames frames_;
    std::mutex guard_;
    std::vector<std::shared_ptr<subscriber>> all_; // guarded by guard_
};

asio::awaitable<void> serve(tcp::socket socket, hall& all)
{
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    boost::beast::flat_buffer buffer;
    for (;;) {
        http::request<http::string_body> asked;
        auto const [read_failed, read] = co_await http::async_read(socket, buffer, asked, to_tuple);
        if (read_failed) co_return;
        auto const upgrades = asked.find(http::field::upgrade) != asked.end();
        http::response<http::empty_body> made(
            upgrades ? http::status::switching_protocols : http::status::no_content, asked.version()
        );
        if (upgrades) {
            made.set(http::field::upgrade, "websocket");
            made.set(http::field::connection, "upgrade");
        } else {
            all.tell_all();
        }
        auto const [write_failed, written] = co_await http::async_write(socket, made, to_tuple);
        if (write_failed) co_return;
        if (upgrades) {
            all.admit(std::move(socket));
            co_return;
        }
    }
}

asio::awaitable<void> accept_all(tcp::acceptor& acceptor, asio::io_context& io, hall& all)
{
    for (;;) {
        auto const strand = asio::make_strand(io);
        auto [failed, socket] = co_await acceptor.async_accept(strand, to_tuple);
        if (failed) co_return;
        asio::co_spawn(strand, serve(std::move(socket), all), asio::detached);
    }
}

void allow_many_files()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}
} // namespace

int main(int count, char** words)
{
    CLI::App app("A bare Beast server that writes to many subscribers, as a ceiling for benchmarks");
    std::size_t bytes = 300;
    std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
    app.add_option("--bytes", bytes, "of a message")->check(CLI::Range(1, 65535));
    app.add_option("--threads", threads)->check(CLI::PositiveNumber);
    CLI11_PARSE(app, count, words);
    allow_many_files();
    hall all(bytes);
    asio::io_context io;
    tcp::endpoint const endpoint(asio::ip::address_v4::loopback(), 0);
    tcp::acceptor acceptor(io, endpoint);
    asio::signal_set stop(io, SIGINT, SIGTERM);
    stop.async_wait([&](boost::system::error_code, int) { io.stop(); });
    asio::co_spawn(io, accept_all(acceptor, io, all), asio::detached);
    std::cout << "listening on 127.0.0.1:" << acceptor.local_endpoint().port() << std::endl;
    std::vector<std::jthread> workers;
    for (std::size_t made = 1; made < threads; ++made)
        workers.emplace_back([&io] { io.run(); });
    io.run();
    return 0;
}
