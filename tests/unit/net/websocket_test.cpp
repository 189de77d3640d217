// The live connection as a browser sees it: Beast's own client where a good peer is wanted, raw frames where
// a bad or a slow one is.
#include "server/base/limits.hpp"
#include "tests/unit/net/server_under_test.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <catch2/catch.hpp>

#include <atomic>
#include <mutex>

using namespace holdfast;
using namespace holdfast::net;
using namespace holdfast::net::test;
using namespace std::chrono_literals;
namespace websocket = boost::beast::websocket;

namespace {
class browser {
  public:
    explicit browser(std::uint16_t port) : socket_(io_)
    {
        socket_.next_layer().connect({boost::asio::ip::address_v4::loopback(), port});
        socket_.handshake("a", "/live");
    }
    void say(std::string const& text) { socket_.write(boost::asio::buffer(text)); }
    void say_binary(std::string const& bytes)
    {
        socket_.binary(true);
        socket_.write(boost::asio::buffer(bytes));
    }
    void ping() { socket_.ping("are you there"); }
    std::string hear()
    {
        boost::beast::flat_buffer buffer;
        socket_.read(buffer);
        return boost::beast::buffers_to_string(buffer.data());
    }
    bool heard_binary() const { return socket_.got_binary(); }
    // The code of the close that comes next; 0 when the connection just ends.
    int close_code()
    {
        boost::beast::flat_buffer buffer;
        boost::system::error_code failed;
        while (!failed)
            socket_.read(buffer, failed);
        return failed == websocket::error::closed ? socket_.reason().code : 0;
    }
    void close() { socket_.close(websocket::close_code::normal); }

  private:
    boost::asio::io_context io_;
    websocket::stream<boost::asio::ip::tcp::socket> socket_;
};

std::string const upgrade_fields =
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

std::string frame(unsigned first_byte, std::string const& payload)
{
    std::string made(1, static_cast<char>(first_byte));
    made += static_cast<char>(0x80 + payload.size());
    made += std::string(4, '\0'); // a mask that changes nothing
    return made + payload;
}

raw_client& upgraded(raw_client& client)
{
    client.send(get("/live", upgrade_fields));
    CHECK(client.read_answer().status == 101);
    return client;
}

// Knows the socket it was given last, so that a test can send to it from its own thread.
class audience {
  public:
    handlers serving()
    {
        auto made = echoes();
        made.on_live = [this](std::shared_ptr<request>, std::shared_ptr<live_socket> socket) {
            return listen(std::move(socket));
        };
        return made;
    }
    std::shared_ptr<live_socket> wait_for_one()
    {
        for (;;) {
            std::lock_guard const hold(guard_);
            if (auto const socket = last_.lock()) return socket;
        }
    }
    std::atomic<int> ended = 0;

  private:
    task<void> listen(std::shared_ptr<live_socket> socket)
    {
        {
            std::lock_guard const hold(guard_);
            last_ = socket;
        }
        for (;;) {
            auto const message = co_await socket->read();
            if (!message) break;
        }
        ++ended;
    }
    std::mutex guard_;
    std::weak_ptr<live_socket> last_; // guarded by guard_
};

auto text_of(std::string text)
{
    return std::make_shared<std::string const>(std::move(text));
}
} // namespace

TEST_CASE("messages go both ways, whole and in order")
{
    running_server server;
    browser one(server.port());
    for (auto const size : {0U, 1U, 125U, 126U, 65535U, 65536U}) {
        std::string const text(size, 'x');
        one.say(text);
        CHECK(one.hear() == text);
    }
    one.say("gr\xC3\xBC\xC3\x9F dich");
    CHECK(one.hear() == "gr\xC3\xBC\xC3\x9F dich");
    one.close();
    CHECK(server.becomes([](server_load load) { return load.live == 0 && load.connections == 0; }));
}

TEST_CASE("a ping between messages is answered between messages")
{
    running_server server;
    browser one(server.port());
    for (int made = 0; made < 20; ++made) {
        one.ping();
        one.say("hello");
        CHECK(one.hear() == "hello");
    }
}

TEST_CASE("what is not text is closed with the reason's code")
{
    running_server server;
    browser one(server.port());
    SECTION("binary")
    {
        one.say_binary("x");
        CHECK(one.close_code() == 1003);
    }
    SECTION("not UTF-8")
    {
        one.say("\xFF");
        CHECK(one.close_code() == 1007);
    }
    SECTION("too long")
    {
        one.say(std::string(limits::live_message_bytes_max + 1, 'x'));
        CHECK(one.close_code() == 1009);
    }
    CHECK(server.becomes([](server_load load) { return load.live == 0; }));
}

TEST_CASE("binary is echoed where the program allows it")
{
    auto options = on_any_port();
    options.live_binary = true;
    running_server server(options);
    browser one(server.port());
    one.say_binary(std::string("\0\xFF", 2));
    CHECK(one.hear() == std::string("\0\xFF", 2));
    CHECK(one.heard_binary());
}

TEST_CASE("frames against the protocol end the connection with 1002")
{
    running_server server;
    raw_client client(server.port());
    upgraded(client);
    SECTION("a reserved bit")
    {
        client.send(frame(0xC1, "x"));
    }
    SECTION("an unknown opcode")
    {
        client.send(frame(0x83, "x"));
    }
    SECTION("a continuation of nothing")
    {
        client.send(frame(0x80, "x"));
    }
    SECTION("without a mask")
    {
        client.send("\x81\x01x");
    }
    CHECK(client.read_to_end().substr(0, 4) == "\x88\x02\x03\xEA");
}

TEST_CASE("an upgrade can be refused, and can't carry anything behind it")
{
    auto serve = echoes();
    auto refuses = GENERATE(true, false);
    if (refuses) {
        serve.on_upgrade = [](std::shared_ptr<request>) -> task<std::optional<response>> {
            response made;
            made.status = 403;
            co_return std::optional<response>(std::move(made));
        };
    }
    running_server server(on_any_port(), serve);
    raw_client client(server.port());
    client.send(get("/live", upgrade_fields) + (refuses ? "" : frame(0x81, "too early")));
    CHECK(client.read_answer().status == (refuses ? 403U : 400U));
    CHECK(client.is_closed());
}

TEST_CASE("a good upgrade of the wrong kind is not taken for one")
{
    running_server server;
    raw_client client(server.port());
    SECTION("without a key")
    {
        client.send(get("/live", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")
        );
        auto const made = client.read_answer();
        CHECK(made.status == 400);
        CHECK(made.has("content-type: application/problem+json"));
    }
    SECTION("another version")
    {
        client.send(
            get("/live",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
        );
        auto const made = client.read_answer();
        CHECK(made.status == 426);
        CHECK(made.has("sec-websocket-version: 13"));
        CHECK(made.has("content-type: application/problem+json"));
    }
    SECTION("another protocol")
    {
        client.send(get("/live", "Connection: Upgrade\r\nUpgrade: h2c\r\n"));
        CHECK(client.read_answer().status == 200);
    }
}

TEST_CASE("messages sent from several threads all arrive, each whole")
{
    audience listeners;
    running_server server(on_any_port(), listeners.serving(), 2);
    browser one(server.port());
    auto const socket = listeners.wait_for_one();
    std::vector<std::thread> senders;
    for (int sender = 0; sender < 4; ++sender) {
        senders.emplace_back([&, sender] {
            for (int made = 0; made < 200; ++made)
                socket->send(text_of(std::to_string(sender) + std::string(300, 'x')));
        });
    }
    std::array<int, 4> heard{};
    for (int made = 0; made < 800; ++made) {
        auto const text = one.hear();
        REQUIRE(text.size() == 301);
        ++heard.at(static_cast<std::size_t>(text.front() - '0'));
    }
    CHECK(heard == std::array<int, 4>{200, 200, 200, 200});
    for (auto& sender : senders)
        sender.join();
}

TEST_CASE("a reader that takes nothing is dropped with 1013 and costs nobody else")
{
    audience listeners;
    auto options = on_any_port();
    running_server server(options, listeners.serving());
    browser slow(server.port());
    auto const socket = listeners.wait_for_one();
    auto const large = text_of(std::string(60'000, 'x'));
    for (int made = 0; made < 500; ++made)
        socket->send(large); // 30 MB: past the socket's and the queue's room
    CHECK(slow.close_code() == 1013);
    CHECK(server.becomes([&](server_load load) { return load.live == 0 && listeners.ended == 1; }));
}

TEST_CASE("a reader that never reads again is let go all the same")
{
    audience listeners;
    auto options = on_any_port();
    options.times.live_close = 100ms;
    running_server server(options, listeners.serving());
    raw_client silent(server.port());
    upgraded(silent);
    auto const socket = listeners.wait_for_one();
    auto const large = text_of(std::string(60'000, 'x'));
    for (int made = 0; made < 500; ++made)
        socket->send(large);
    CHECK(server.becomes([](server_load load) { return load.connections == 0; }));
}

TEST_CASE("a peer that answers no ping is let go")
{
    audience listeners;
    auto options = on_any_port();
    options.times.live_idle = 100ms;
    options.times.live_close = 100ms;
    running_server server(options, listeners.serving());
    raw_client silent(server.port());
    upgraded(silent);
    CHECK(silent.read_exactly(2) == std::string("\x89\x00", 2));
    CHECK(server.becomes([](server_load load) { return load.connections == 0; }));
}

TEST_CASE("closing sends what waits first, and the peer hears why")
{
    audience listeners;
    running_server server(on_any_port(), listeners.serving());
    browser one(server.port());
    auto const socket = listeners.wait_for_one();
    socket->send(text_of("one"));
    socket->send(text_of("two"));
    socket->close(4401, "Please sign in again.");
    socket->send(text_of("never"));
    CHECK(one.hear() == "one");
    CHECK(one.hear() == "two");
    CHECK(one.close_code() == 4401);
    CHECK(server.becomes([&](server_load load) { return load.connections == 0 && listeners.ended == 1; }));
}

TEST_CASE("stopping the server tells live peers to come back")
{
    running_server server;
    browser one(server.port());
    one.say("hello");
    one.hear();
    server.stop();
    CHECK(one.close_code() == 1001);
    CHECK(server.becomes([](server_load load) { return load.connections == 0; }));
}

TEST_CASE("a live handler that fails closes with 1011 and nothing more")
{
    auto serve = echoes();
    serve.on_live = [](std::shared_ptr<request>, std::shared_ptr<live_socket>) -> task<void> {
        throw std::runtime_error("a secret detail");
        co_return;
    };
    running_server server(on_any_port(), serve);
    browser one(server.port());
    CHECK(one.close_code() == 1011);
}

TEST_CASE("a peer that vanishes ends its session")
{
    audience listeners;
    running_server server(on_any_port(), listeners.serving());
    {
        raw_client gone(server.port());
        upgraded(gone);
        REQUIRE(server.becomes([](server_load load) { return load.live == 1; }));
    }
    CHECK(server.becomes([&](server_load load) { return load.connections == 0 && listeners.ended == 1; }));
}
