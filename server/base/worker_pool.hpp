// A few threads with a bounded queue for work that would block or hog a network thread. A full queue
// refuses before accepting, so that back-pressure reaches the person who asked.
#pragma once
#include "server/base/result.hpp"
#include "server/base/task.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace holdfast {

class worker_pool {
  public:
    worker_pool(std::size_t threads, std::size_t queue_max);
    ~worker_pool(); // finishes what was accepted
    worker_pool(worker_pool const&) = delete;
    worker_pool& operator=(worker_pool const&) = delete;

    // Queues the job, or returns false at once when the queue is full or the pool is closing.
    bool post(std::function<void()> job);
    std::size_t waiting() const;

  private:
    void work();

    mutable std::mutex guard_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_; // guarded by guard_
    bool closing_ = false;                   // guarded by guard_
    std::size_t queue_max_;
    std::vector<std::thread> threads_;
};

namespace detail {
template <class R, class F>
struct offloaded {
    worker_pool& pool;
    F work;
    errc when_full;

    template <class Handler>
    void operator()(Handler handler)
    {
        auto const executor = boost::asio::get_associated_executor(handler);
        auto const shared = std::make_shared<Handler>(std::move(handler)); // std::function wants copies
        auto job = [mine = shared, executor, todo = std::move(work)]() mutable {
            std::optional<R> made(todo());
            // Moved, so that the handler ends where it belongs and not on the pool's thread.
            boost::asio::dispatch(executor, [shared = std::move(mine), value = std::move(*made)]() mutable {
                (*shared)(std::move(value));
            });
        };
        auto const accepted = pool.post(std::move(job));
        if (!accepted) {
            boost::asio::post(executor, [shared, code = when_full] { (*shared)(R(code)); });
        }
    }
};
} // namespace detail

// Runs `work` (returning some result<T>) on the pool and resumes on the caller's executor. `when_full` is
// the answer when the pool's queue is full. `work` may not throw.
template <class F>
auto offload(worker_pool& pool, errc when_full, F work) -> task<decltype(work())>
{
    using made = decltype(work());
    detail::offloaded<made, F> start{pool, std::move(work), when_full};
    made value = co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void(made)>(
        std::move(start), boost::asio::use_awaitable
    );
    co_return value;
}

} // namespace holdfast
