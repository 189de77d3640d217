#include "server/net/http_server.hpp"

#include "server/base/limits.hpp"
#include "server/base/log.hpp"
#include "server/base/to_tuple.hpp"
#include "server/net/connections.hpp"
#include "server/net/http_connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace holdfast::net {

namespace asio = boost::asio;
using stream = asio::generic::stream_protocol;

namespace {
constexpr int backlog = 1024;
constexpr auto accept_pause = std::chrono::milliseconds(50);

void log_what_escaped(std::exception_ptr failed)
{
    if (!failed) return;
    try {
        std::rethrow_exception(failed);
    } catch (std::exception const& error) {
        log::error(std::string("a connection ended: ") + error.what());
    }
}
} // namespace

// A TCP or a Unix acceptor behind one type: what differs is how it is opened and what a peer is called.
class http_server::state : public std::enable_shared_from_this<http_server::state> {
  public:
    state(asio::io_context& io, server_options options, handlers serve)
        : io_(io), acceptor_(asio::make_strand(io)), options_(std::move(options)), serve_(std::move(serve)),
          all_(options_.known_bodies_bytes_max, options_.strangers_bodies_bytes_max)
    {
        constexpr std::string_view unix_mark = "unix:";
        if (options_.host.starts_with(unix_mark)) {
            listen_unix(options_.host.substr(unix_mark.size()));
        } else {
            listen_tcp();
        }
    }
    ~state()
    {
        if (!socket_file_.empty()) ::unlink(socket_file_.c_str());
    }
    state(state const&) = delete;
    state& operator=(state const&) = delete;

    void start()
    {
        asio::co_spawn(acceptor_.get_executor(), accept_all(shared_from_this()), log_what_escaped);
    }

    void stop()
    {
        auto close = [self = shared_from_this()] {
            boost::system::error_code ignored;
            self->acceptor_.close(ignored);
        };
        asio::post(acceptor_.get_executor(), std::move(close));
        all_.stop_all();
    }

    std::uint16_t port() const { return port_; }
    server_load load() const { return {all_.count(), all_.live}; }

  private:
    void listen_tcp()
    {
        boost::system::error_code failed;
        auto const address = asio::ip::make_address(options_.host, failed);
        if (failed) throw std::runtime_error("\"" + options_.host + "\" is not an address.");
        if (!address.is_loopback() && !options_.may_listen_publicly) {
            throw std::runtime_error("Holdfast speaks plain HTTP and listens on this machine alone; a proxy "
                                     "in front speaks HTTPS. "
                                     "If you know that nobody can listen in, set server.may_listen_publicly."
            );
        }
        asio::ip::tcp::endpoint const endpoint(address, options_.port);
        acceptor_.open(endpoint.protocol(), failed);
        if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
        if (!failed) acceptor_.bind(endpoint, failed);
        if (!failed) acceptor_.listen(backlog, failed);
        if (failed) {
            throw std::runtime_error(
                "Port " + std::to_string(options_.port) + " of " + options_.host +
                " can't be used: " + failed.message()
            );
        }
        asio::ip::tcp::endpoint taken;
        auto const bound = acceptor_.local_endpoint();
        std::memcpy(taken.data(), bound.data(), bound.size());
        port_ = taken.port();
    }

    void listen_unix(std::string const& path)
    {
        if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path)) {
            throw std::runtime_error("\"" + path + "\" is too short or too long for a Unix socket.");
        }
        remove_left_socket(path);
        asio::local::stream_protocol::endpoint const endpoint(path);
        boost::system::error_code failed;
        acceptor_.open(endpoint.protocol(), failed);
        if (!failed) acceptor_.bind(endpoint, failed);
        if (!failed) socket_file_ = path;
        if (!failed) acceptor_.listen(backlog, failed);
        if (failed)
            throw std::runtime_error("The Unix socket " + path + " can't be used: " + failed.message());
    }

    // One that a killed server left behind is removed; one that answers, or any other file, is not ours to
    // take.
    void remove_left_socket(std::string const& path)
    {
        struct stat found {};
        if (::stat(path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) return;
        boost::system::error_code failed;
        asio::local::stream_protocol::socket probe(io_);
        asio::local::stream_protocol::endpoint const endpoint(path);
        probe.connect(endpoint, failed);
        if (failed == asio::error::connection_refused) ::unlink(path.c_str());
    }

    static task<void> accept_all(std::shared_ptr<state> self)
    {
        asio::steady_timer pause(self->acceptor_.get_executor());
        while (!self->all_.stopping()) {
            auto const strand = asio::make_strand(self->io_);
            stream::socket socket(strand);
            auto const [failed] = co_await self->acceptor_.async_accept(socket, to_tuple);
            if (failed == asio::error::operation_aborted) co_return;
            if (failed) { // out of descriptors, most likely: those who wait stay in the backlog meanwhile
                pause.expires_after(accept_pause);
                co_await pause.async_wait(to_tuple);
                continue;
            }
            if (self->all_.count() >= self->options_.connections_max) continue; // closes it
            asio::co_spawn(strand, serve(self, std::move(socket)), log_what_escaped);
        }
    }

    // Keeps what the connection refers to alive until it ends.
    static task<void> serve(std::shared_ptr<state> self, stream::socket socket)
    {
        auto address = peer_address(socket);
        co_await run_connection(
            std::move(socket), std::move(address), self->serve_, self->all_, self->options_
        );
    }

    static std::string peer_address(stream::socket& socket)
    {
        boost::system::error_code failed;
        auto const peer = socket.remote_endpoint(failed);
        auto const family = peer.data()->sa_family;
        if (failed || (family != AF_INET && family != AF_INET6)) return {};
        socket.set_option(asio::ip::tcp::no_delay(true), failed);
        asio::ip::tcp::endpoint made;
        std::memcpy(made.data(), peer.data(), std::min(peer.size(), made.capacity()));
        return made.address().to_string();
    }

    asio::io_context& io_;
    asio::basic_socket_acceptor<stream> acceptor_;
    server_options options_;
    handlers serve_;
    connections all_;
    std::uint16_t port_ = 0;
    std::string socket_file_; // made by us, removed at the end
};

http_server::http_server(asio::io_context& io, server_options options, handlers serve)
    : state_(std::make_shared<state>(io, std::move(options), std::move(serve)))
{
}
http_server::~http_server() = default;
void http_server::start()
{
    state_->start();
}
void http_server::stop()
{
    state_->stop();
}
std::uint16_t http_server::port() const
{
    return state_->port();
}
server_load http_server::load() const
{
    return state_->load();
}

} // namespace holdfast::net
