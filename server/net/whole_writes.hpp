// Inside server/net only. A stream under Beast's WebSocket whose writes never interleave: Beast writes pongs
// and close frames when it likes, the live session writes many finished frames at once, and each of the two
// reaches the peer in one piece, in order, without being copied. One strand. Includes Beast.
#pragma once
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include <deque>
#include <memory>
#include <utility>

namespace holdfast::net {

using live_stream = boost::asio::generic::stream_protocol::socket;

class whole_writes {
  public:
    using next_layer_type = live_stream;
    using executor_type = live_stream::executor_type;

    explicit whole_writes(live_stream stream) : shared_(std::make_shared<state>(std::move(stream))) {}
    ~whole_writes()
    {
        if (!shared_) return;
        boost::system::error_code ignored;
        shared_->stream.close(ignored); // a write that waits for a silent peer must not keep it open
    }
    whole_writes(whole_writes&&) = default;
    whole_writes& operator=(whole_writes&&) = default;

    next_layer_type& next_layer() { return shared_->stream; }
    next_layer_type const& next_layer() const { return shared_->stream; }
    executor_type get_executor() { return shared_->stream.get_executor(); }

    template <class Buffers, class Token>
    auto async_read_some(Buffers const& buffers, Token&& token)
    {
        return shared_->stream.async_read_some(buffers, std::forward<Token>(token));
    }

    // Completes when all of the bytes were written, or none more can be.
    template <class Buffers, class Token>
    auto async_write_some(Buffers const& buffers, Token&& token)
    {
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [shared = shared_](auto handler, Buffers bytes) {
                auto start = [shared, bytes, handler = std::move(handler)]() mutable {
                    auto& stream = shared->stream;
                    boost::asio::async_write(
                        stream, bytes, finish<decltype(handler)>{shared, std::move(handler)}
                    );
                };
                if (std::exchange(shared->is_busy, true)) {
                    shared->waiting.emplace_back(std::move(start));
                } else {
                    start();
                }
            },
            token,
            buffers
        );
    }

  private:
    struct state {
        explicit state(live_stream taken) : stream(std::move(taken)) {}
        live_stream stream;
        bool is_busy = false;
        std::deque<boost::asio::any_completion_handler<void()>> waiting; // writes that have not begun
    };

    template <class Handler>
    struct finish {
        std::shared_ptr<state> shared;
        Handler handler;

        using executor_type = live_stream::executor_type;
        executor_type get_executor() const { return shared->stream.get_executor(); }

        void operator()(boost::system::error_code failed, std::size_t size)
        {
            if (shared->waiting.empty()) {
                shared->is_busy = false;
            } else {
                auto next = std::move(shared->waiting.front());
                shared->waiting.pop_front();
                std::move(next)();
            }
            boost::asio::dispatch(boost::beast::bind_front_handler(std::move(handler), failed, size));
        }
    };

    std::shared_ptr<state> shared_;
};

inline void teardown(boost::beast::role_type role, whole_writes& stream, boost::system::error_code& failed)
{
    using boost::beast::websocket::teardown;
    teardown(role, stream.next_layer(), failed);
}

template <class Handler>
void async_teardown(boost::beast::role_type role, whole_writes& stream, Handler&& handler)
{
    using boost::beast::websocket::async_teardown;
    async_teardown(role, stream.next_layer(), std::forward<Handler>(handler));
}

} // namespace holdfast::net
