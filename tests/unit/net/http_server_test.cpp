// Listening, limits and leaving: what a host can rely on.
#include "tests/unit/net/server_under_test.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>

#include <atomic>
#include <fcntl.h>
#include <filesystem>
#include <sys/resource.h>
#include <unistd.h>

using namespace holdfast;
using namespace holdfast::net;
using namespace holdfast::net::test;
using namespace std::chrono_literals;

namespace {
std::string refusal_of(server_options options)
{
    boost::asio::io_context io;
    try {
        http_server const server(io, std::move(options), echoes());
    } catch (std::runtime_error const& failed) {
        return failed.what();
    }
    return "";
}

// A handler that answers when it is told to.
class slow_handler {
  public:
    task<response> answer(std::shared_ptr<request> asked)
    {
        boost::asio::steady_timer wait(asked->executor);
        ++running;
        while (!go_on) {
            wait.expires_after(1ms);
            co_await wait.async_wait(boost::asio::use_awaitable);
        }
        response made;
        made.body = std::make_shared<std::string const>("finished");
        co_return made;
    }
    handlers serving()
    {
        auto made = echoes();
        made.on_request = [this](std::shared_ptr<request> asked) { return answer(std::move(asked)); };
        return made;
    }
    std::atomic<int> running = 0;
    std::atomic<bool> go_on = false;
};

// Lets this process open no further file while it lives.
class no_more_files {
  public:
    no_more_files()
    {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        auto const next = ::fcntl(0, F_DUPFD_CLOEXEC, 0);
        ::close(next);
        auto none = before_;
        none.rlim_cur = static_cast<rlim_t>(next);
        ::setrlimit(RLIMIT_NOFILE, &none);
    }
    ~no_more_files() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    no_more_files(no_more_files const&) = delete;
    no_more_files& operator=(no_more_files const&) = delete;

  private:
    rlimit before_{};
};
} // namespace

TEST_CASE("plain text beyond this machine is refused unless the host says so")
{
    for (auto const& host : {"0.0.0.0", "::"}) {
        auto options = on_any_port();
        options.host = host;
        CHECK(refusal_of(options).find("listens on this machine alone") != std::string::npos);
        options.may_listen_publicly = true;
        CHECK(refusal_of(options).empty());
    }
}

TEST_CASE("an address that can't be taken is said in words")
{
    running_server server;
    auto options = on_any_port();
    options.port = server.port();
    CHECK(refusal_of(options).find("can't be used") != std::string::npos);
    options.host = "somewhere";
    CHECK(refusal_of(options) == "\"somewhere\" is not an address.");
    options.host = "unix:/no/such/folder/socket";
    CHECK(refusal_of(options).find("can't be used") != std::string::npos);
    options.host = "unix:" + std::string(200, 'x');
    CHECK(refusal_of(options).find("too long") != std::string::npos);
}

TEST_CASE("a proxy can reach the server by a Unix socket")
{
    auto const path =
        std::filesystem::temp_directory_path() / ("holdfast_net_test_" + std::to_string(::getpid()));
    auto options = on_any_port();
    options.host = "unix:" + path.string();
    options.trusts_proxy = true;
    {
        running_server server(options);
        raw_client client(path.string());
        client.send(get("/a", "X-Forwarded-For: 192.0.2.7\r\n"));
        CHECK(client.read_answer().has("echo-address: 192.0.2.7\r\n"));
        CHECK(
            refusal_of(options).find("can't be used") != std::string::npos
        ); // one that answers is not taken over
    }
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("when the system gives no more descriptors, people wait and are served later")
{
    boost::asio::io_context io;
    http_server server(io, on_any_port(), echoes());
    raw_client client(server.port()); // in the backlog
    client.send(get("/a"));
    server.start();
    {
        no_more_files const scarce;
        auto const steps = io.run_for(300ms);
        CHECK(server.load().connections == 0);
        CHECK(steps < 100); // it waits, and does not spin
    }
    std::thread thread([&] { io.run(); });
    CHECK(client.read_answer().status == 200);
    server.stop();
    thread.join();
}

TEST_CASE("past the largest number of connections the next is let go at once")
{
    auto options = on_any_port();
    options.connections_max = 2;
    running_server server(options);
    raw_client first(server.port());
    raw_client second(server.port());
    REQUIRE(server.becomes([](server_load load) { return load.connections == 2; }));
    raw_client third(server.port());
    CHECK(third.is_closed());
    first.send(get("/a"));
    CHECK(first.read_answer().status == 200);
}

TEST_CASE("stopping finishes what runs, ends what idles and takes nothing new")
{
    slow_handler slow;
    auto options = on_any_port();
    options.times.linger = 50ms;
    running_server server(options, slow.serving());
    raw_client idle(server.port());
    raw_client busy(server.port());
    busy.send(get("/a"));
    REQUIRE(server.becomes([&](server_load load) { return load.connections == 2 && slow.running == 1; }));
    server.stop();
    CHECK(idle.is_closed());
    slow.go_on = true;
    auto const made = busy.read_answer();
    CHECK(made.body == "finished");
    CHECK(made.has("Connection: close\r\n"));
    CHECK(busy.is_closed());
    CHECK(server.becomes([](server_load load) { return load.connections == 0; }));
    CHECK_THROWS(raw_client(server.port()));
}

TEST_CASE("many peers at once on several threads each get their own answers")
{
    running_server server(on_any_port(), echoes(), 2);
    std::atomic<int> good = 0;
    std::vector<std::thread> peers;
    for (int peer = 0; peer < 8; ++peer) {
        peers.emplace_back([&, peer] {
            raw_client client(server.port());
            for (int made = 0; made < 50; ++made) {
                auto const body = std::to_string(peer) + " " + std::to_string(made);
                client.send(
                    "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
                    "\r\n\r\n" + body
                );
                if (client.read_answer().body == body) ++good;
            }
        });
    }
    for (auto& peer : peers)
        peer.join();
    CHECK(good == 400);
}
