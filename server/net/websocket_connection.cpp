#include "server/net/websocket_connection.hpp"

#include "server/base/limits.hpp"
#include "server/base/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <deque>
#include <mutex>

namespace holdfast::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

namespace {
constexpr auto to_tuple = asio::as_tuple(asio::use_awaitable);

class live_connection final : public live_socket, public std::enable_shared_from_this<live_connection> {
  public:
    live_connection(beast::tcp_stream stream, bool binary_allowed)
        : socket_(std::move(stream)), binary_allowed_(binary_allowed)
    {
        websocket::stream_base::timeout times;
        times.handshake_timeout = limits::head_time_max;
        times.idle_timeout = limits::live_idle_max;
        times.keep_alive_pings = true;
        socket_.set_option(times);
        socket_.read_message_max(limits::live_message_bytes_max);
        socket_.auto_fragment(false);
    }

    task<bool> accept(beast::http::request<beast::http::string_body> const& head)
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
        {
            std::lock_guard const hold(guard_);
            if (closing_) return;
            if (queue_.size() >= limits::live_queue_frames_max || queued_bytes_ + text->size() > limits::live_queue_bytes_max) {
                // Too slow: dropped, never waited for. It comes back and resumes.
                closing_ = true;
                close_code_ = 1013;
                close_reason_ = "Please come back and resume.";
                queue_.clear();
            } else {
                queued_bytes_ += text->size();
                queue_.push_back(std::move(text));
            }
            if (writing_) return;
            writing_ = true;
        }
        start_writing();
    }

    void close(std::uint16_t code, std::string reason) override
    {
        {
            std::lock_guard const hold(guard_);
            if (closing_) return;
            closing_ = true;
            close_code_ = code;
            close_reason_ = std::move(reason);
            if (writing_) return;
            writing_ = true;
        }
        start_writing();
    }

  private:
    void start_writing()
    {
        auto const executor = socket_.get_executor();
        asio::co_spawn(executor, write_all(shared_from_this()), asio::detached);
    }

    std::shared_ptr<std::string const> next()
    {
        std::lock_guard const hold(guard_);
        if (queue_.empty()) {
            if (!closing_) writing_ = false;
            return nullptr;
        }
        auto made = std::move(queue_.front());
        queue_.pop_front();
        queued_bytes_ -= made->size();
        return made;
    }

    static task<void> write_all(std::shared_ptr<live_connection> self)
    {
        while (auto const text = self->next()) {
            self->socket_.text(!self->answers_binary_);
            auto const bytes = asio::buffer(*text);
            auto const [failed, size] = co_await self->socket_.async_write(bytes, to_tuple);
            if (failed) co_return; // the reader notices too and ends the session
        }
        auto const closing = self->is_closing();
        if (!closing) co_return;
        websocket::close_reason const reason(static_cast<websocket::close_code>(self->close_code_), self->close_reason_);
        co_await self->socket_.async_close(reason, to_tuple);
    }

    bool is_closing() const
    {
        std::lock_guard const hold(guard_);
        return closing_;
    }

    websocket::stream<beast::tcp_stream, false> socket_;
    bool binary_allowed_;
    bool answers_binary_ = false;
    mutable std::mutex guard_;
    std::deque<std::shared_ptr<std::string const>> queue_; // guarded by guard_
    std::size_t queued_bytes_ = 0;                         // guarded by guard_
    bool writing_ = false;                                 // guarded by guard_
    bool closing_ = false;                                 // guarded by guard_; with it, code and reason stand
    std::uint16_t close_code_ = 1000;
    std::string close_reason_;
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
} // namespace

task<void> run_websocket(
    std::unique_ptr<upgrade> from, handlers const& serve, connections& all, server_options const& options
)
{
    from->stream.expires_never(); // Beast's WebSocket has its own time-outs
    auto const live = std::make_shared<live_connection>(std::move(from->stream), options.live_binary);
    auto const accepted = co_await live->accept(from->head);
    if (!accepted) co_return;
    counted const one_more(all.live);
    std::weak_ptr<live_connection> const weak = live;
    connections::stop_one stop = [weak] {
        if (auto const open = weak.lock()) open->close(1001, "The server restarts. Please come back in a moment.");
    };
    connections::entry const listed(all, std::move(stop));
    std::shared_ptr<live_socket> const socket = live;
    co_await serve.on_live(from->asked, socket);
    live->close(1000, "");
}

} // namespace holdfast::net
