// Whole connections: any bytes from a peer get answers that are well formed, and then an end.
#include "server/net/connections.hpp"
#include "server/net/http_connection.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

using namespace holdfast;
using fuzz::must;
namespace asio = boost::asio;
using local = asio::local::stream_protocol;

namespace {
// Answers with what it understood, as the router would read it.
net::handlers echo()
{
    net::handlers made;
    made.on_request = [](std::shared_ptr<net::request> asked) -> task<net::response> {
        must(
            asked->target.starts_with('/') || asked->target.starts_with('?') || asked->target == "*",
            "a target is a path"
        );
        for (auto const& [name, value] : asked->headers) {
            must(
                name.find_first_of("\r\n: ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos,
                "names are lower case and whole"
            );
            must(value.find_first_of("\r\n") == std::string::npos, "values are one line");
        }
        net::response answer;
        answer.body = std::make_shared<std::string const>(std::to_string(asked->body.size()));
        co_return answer;
    };
    made.on_upgrade = [](std::shared_ptr<net::request>) -> task<std::optional<net::response>> {
        std::optional<net::response> none;
        co_return none;
    };
    made.on_live = [](std::shared_ptr<net::request>, std::shared_ptr<net::live_socket> socket) -> task<void> {
        for (;;) {
            auto const text = co_await socket->read();
            if (!text) co_return;
            socket->send(std::make_shared<std::string const>(*text));
        }
    };
    return made;
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size > 32 * 1024) return 0; // what fits into the socket at once
    asio::io_context io;
    local::socket peer(io);
    local::socket ours(io);
    asio::local::connect_pair(peer, ours);
    asio::write(peer, asio::buffer(data, size));
    peer.shutdown(local::socket::shutdown_send);
    static auto const serve = echo();
    net::server_options options;
    options.times.linger = std::chrono::milliseconds(1);
    options.times.live_close = std::chrono::milliseconds(1);
    net::connections all(options.known_bodies_bytes_max, options.strangers_bodies_bytes_max);
    asio::generic::stream_protocol::socket socket(std::move(ours));
    auto work = net::run_connection(std::move(socket), "", serve, all, options);
    asio::co_spawn(io, std::move(work), [](std::exception_ptr failed) {
        must(!failed, "nothing is thrown");
    });
    std::string answers;
    std::array<char, 4096> room{};
    peer.non_blocking(true);
    auto const take_answers = [&] {
        boost::system::error_code failed;
        for (auto got = peer.read_some(asio::buffer(room), failed); got > 0;
             got = peer.read_some(asio::buffer(room), failed)) {
            answers.append(room.data(), got);
        }
    };
    while (!io.stopped() && io.run_one() > 0)
        take_answers();
    take_answers();
    must(all.count() == 0, "the connection has ended");
    must(answers.empty() || answers.starts_with("HTTP/1.1 "), "an answer is HTTP");
    must(answers.find("HTTP/1.1 500") == std::string::npos, "nothing went wrong inside");
    return 0;
}
