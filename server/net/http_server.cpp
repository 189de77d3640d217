#include "server/net/http_server.hpp"

#include "server/base/limits.hpp"
#include "server/base/log.hpp"
#include "server/net/connections.hpp"
#include "server/net/http_connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <stdexcept>

namespace holdfast::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {
constexpr auto to_tuple = asio::as_tuple(asio::use_awaitable);

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

class http_server::state : public std::enable_shared_from_this<http_server::state> {
  public:
    state(asio::io_context& io, server_options options, handlers serve)
        : io_(io), acceptor_(asio::make_strand(io)), options_(std::move(options)), serve_(std::move(serve))
    {
        boost::system::error_code failed;
        auto const address = asio::ip::make_address(options_.host, failed);
        if (failed) throw std::runtime_error("\"" + options_.host + "\" is not an address.");
        if (!address.is_loopback() && !options_.may_listen_publicly) {
            throw std::runtime_error(
                "Holdfast speaks plain HTTP and listens on this machine alone; a proxy in front speaks HTTPS. "
                "If you know that nobody can listen in, set server.may_listen_publicly."
            );
        }
        tcp::endpoint const endpoint(address, options_.port);
        acceptor_.open(endpoint.protocol(), failed);
        if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
        if (!failed) acceptor_.bind(endpoint, failed);
        if (!failed) acceptor_.listen(1024, failed);
        if (failed) {
            throw std::runtime_error(
                "Port " + std::to_string(options_.port) + " of " + options_.host + " can't be used: " + failed.message()
            );
        }
        port_ = acceptor_.local_endpoint().port();
    }

    void start() { asio::co_spawn(acceptor_.get_executor(), accept_all(shared_from_this()), log_what_escaped); }

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
    static task<void> accept_all(std::shared_ptr<state> self)
    {
        asio::steady_timer pause(self->acceptor_.get_executor());
        while (!self->all_.stopping()) {
            auto const strand = asio::make_strand(self->io_);
            auto [failed, socket] = co_await self->acceptor_.async_accept(strand, to_tuple);
            if (failed == asio::error::operation_aborted) co_return;
            if (failed) { // out of descriptors, most likely: those who wait stay in the backlog meanwhile
                pause.expires_after(std::chrono::milliseconds(50));
                co_await pause.async_wait(to_tuple);
                continue;
            }
            if (self->all_.count() >= limits::connections_max) continue; // closes it
            asio::co_spawn(strand, serve(self, std::move(socket)), log_what_escaped);
        }
    }

    // Keeps what the connection refers to alive until it ends.
    static task<void> serve(std::shared_ptr<state> self, tcp::socket socket)
    {
        co_await run_connection(std::move(socket), self->serve_, self->all_, self->options_);
    }

    asio::io_context& io_;
    tcp::acceptor acceptor_;
    server_options options_;
    handlers serve_;
    connections all_;
    std::uint16_t port_ = 0;
};

http_server::http_server(asio::io_context& io, server_options options, handlers serve)
    : state_(std::make_shared<state>(io, std::move(options), std::move(serve)))
{
}
http_server::~http_server() = default;
void http_server::start() { state_->start(); }
void http_server::stop() { state_->stop(); }
std::uint16_t http_server::port() const { return state_->port(); }
server_load http_server::load() const { return state_->load(); }

} // namespace holdfast::net
