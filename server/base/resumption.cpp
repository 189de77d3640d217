#include "server/base/resumption.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <utility>

namespace holdfast {

namespace {
struct start {
    std::function<void(resumption)> begin;

    template <class Handler>
    void operator()(Handler handler)
    {
        auto const executor = boost::asio::get_associated_executor(handler);
        auto shared = std::make_shared<Handler>(std::move(handler)); // std::function wants copies
        auto const call = std::move(begin); // ours: the coroutine may go on, and end, before this returns
        // Moved, so that the handler ends where it belongs and not on the other thread.
        call([executor, mine = std::move(shared)]() mutable {
            boost::asio::post(executor, [last = std::move(mine)] { (*last)(); });
        });
    }
};
} // namespace

task<void> until_resumed(std::function<void(resumption)> begin)
{
    start from_here{std::move(begin)};
    co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void()>(
        std::move(from_here), boost::asio::use_awaitable
    );
}

} // namespace holdfast
