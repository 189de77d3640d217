#include "server/net/websocket_connection.hpp"

#include "server/base/limits.hpp"
#include "server/base/log.hpp"
#include "server/base/to_tuple.hpp"
#include "server/net/live_queue.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <atomic>

namespace holdfast::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

namespace {
constexpr auto gather_time = std::chrono::milliseconds(40); // nobody sees it

class live_connection final : public live_socket, public std::enable_shared_from_this<live_connection> {
  public:
    live_connection(live_stream stream, server_options const& options)
        : socket_(std::move(stream)), executor_(socket_.get_executor()), gathering_(executor_),
          deadline_(executor_), written_out_(executor_), binary_allowed_(options.live_binary),
          close_time_(options.times.live_close)
    {
        websocket::stream_base::timeout times;
        times.handshake_timeout = options.times.live_close;
        times.idle_timeout = options.times.live_idle;
        times.keep_alive_pings = true;
        socket_.set_option(times);
        socket_.read_message_max(limits::live_message_bytes_max);
        written_out_.expires_at(asio::steady_timer::time_point::max());
    }

    task<bool> accept(beast::http::request<beast::http::empty_body> const& head)
    {
        auto const [failed] = co_await socket_.async_accept(head, to_tuple);
        co_return !failed;
    }

    task<std::optional<std::string>> read() override
    {
        beast::flat_buffer buffer;
        auto const [failed, size] = co_await socket_.async_read(buffer, to_tuple);
        if (failed) co_return std::nullopt;
        if (!socket_.got_text() && !binary_allowed_) {
            close(1003, "Only text is understood here.");
            co_return std::nullopt;
        }
        answers_binary_ = !socket_.got_text();
        co_return std::optional<std::string>(beast::buffers_to_string(buffer.cdata()));
    }

    void send(std::shared_ptr<std::string const> text) override
    {
        auto const change = queue_.push(std::move(text), answers_binary_);
        follow(change);
    }

    void close(std::uint16_t code, std::string reason) override
    {
        auto const change = queue_.close({code, std::move(reason)});
        follow(change);
    }

    // Until the last frame and the close are written, or the time for that has passed.
    task<void> end()
    {
        close(1000, "");
        if (!is_written_out_) co_await written_out_.async_wait(to_tuple);
        deadline_.cancel();
    }

  private:
    void follow(live_queue::change change)
    {
        if (change.must_write) asio::co_spawn(executor_, write_all(shared_from_this()), asio::detached);
        if (!change.closes) return;
        auto hurry = [self = shared_from_this()] { self->start_deadline(); };
        asio::post(executor_, std::move(hurry));
    }

    // A peer that takes nothing can't be told goodbye for ever.
    void start_deadline()
    {
        if (is_written_out_) return;
        deadline_.expires_after(close_time_);
        deadline_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
            auto const self = weak.lock();
            boost::system::error_code ignored;
            if (!cancelled && self) self->socket_.next_layer().next_layer().close(ignored);
        });
    }

    // The first message goes at once; those that follow on its heels are gathered for a moment and go
    // together.
    task<void> gather()
    {
        auto const due = written_at_ + gather_time;
        if (!queue_.may_gather() || std::chrono::steady_clock::now() >= due) co_return;
        gathering_.expires_at(due);
        co_await gathering_.async_wait(to_tuple);
    }

    static task<void> write_all(std::shared_ptr<live_connection> self)
    {
        live_queue::batch batch;
        auto good = true;
        while (good) {
            co_await self->gather();
            batch = self->queue_.next_batch();
            if (batch.frames.empty()) break;
            auto const bytes = asio::buffer(batch.frames);
            auto const [failed, size] = co_await self->socket_.next_layer().async_write_some(bytes, to_tuple);
            self->written_at_ = std::chrono::steady_clock::now();
            // After a close frame, which Beast may have sent meanwhile, nothing may follow.
            good = !failed && self->socket_.is_open();
        }
        if (good && !batch.closing) co_return;
        if (good && self->socket_.is_open()) {
            websocket::close_reason const reason(
                static_cast<websocket::close_code>(batch.closing->code), batch.closing->reason
            );
            [[maybe_unused]] auto const [failed] = co_await self->socket_.async_close(reason, to_tuple);
        }
        self->queue_.close({});
        self->is_written_out_ = true;
        self->written_out_.cancel();
        self->deadline_.cancel();
    }

    websocket::stream<whole_writes, false> socket_;
    asio::any_io_executor const executor_;
    asio::steady_timer gathering_;
    std::chrono::steady_clock::time_point written_at_;
    asio::steady_timer deadline_;
    asio::steady_timer written_out_; // cancelled when is_written_out_ comes true
    bool is_written_out_ = false;
    bool const binary_allowed_;
    std::chrono::steady_clock::duration const close_time_;
    std::atomic<bool> answers_binary_ = false;
    live_queue queue_;
};

class counted {
  public:
    explicit counted(std::atomic<std::size_t>& count) : count_(count) { ++count_; }
    ~counted() { --count_; }
    counted(counted const&) = delete;
    counted& operator=(counted const&) = delete;

  private:
    std::atomic<std::size_t>& count_;
};

task<void>
serve_live(std::shared_ptr<live_connection> live, std::shared_ptr<request> asked, handlers const& serve)
{
    try {
        std::shared_ptr<live_socket> const socket = live;
        co_await serve.on_live(std::move(asked), socket);
    } catch (std::exception const& failed) {
        log::error(std::string("a live connection failed: ") + failed.what());
        live->close(1011, "Something went wrong on our side.");
    }
}
} // namespace

task<void> run_websocket(
    std::unique_ptr<upgrade> from,
    handlers const& serve,
    connections& all,
    connections::entry& listed,
    server_options const& options
)
{
    auto const live = std::make_shared<live_connection>(std::move(from->stream), options);
    auto const accepted = co_await live->accept(from->head);
    if (!accepted) co_return;
    auto asked = std::move(from->asked);
    from.reset();
    counted const one_more(all.live);
    std::weak_ptr<live_connection> const weak = live;
    connections::stop_one stop = [weak] {
        if (auto const open = weak.lock())
            open->close(1001, "The server restarts. Please come back in a moment.");
    };
    listed.change(std::move(stop));
    co_await serve_live(live, std::move(asked), serve);
    co_await live->end();
}

} // namespace holdfast::net
