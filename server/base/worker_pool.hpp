// A few threads with a bounded queue for work that would block or hog a network thread. A full queue
// refuses before accepting, so that back-pressure reaches the person who asked.
#pragma once
#include "server/base/result.hpp"
#include "server/base/task.hpp"

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

// Runs the job on the pool and comes back when it is done; false: the queue was full, and it was not begun.
task<bool> done_by(worker_pool& pool, std::function<void()> job);

// Runs `work` (returning some result<T>) on the pool and resumes on the caller's executor. `when_full` is
// the answer when the pool's queue is full. `work` may not throw.
template <class F>
auto offload(worker_pool& pool, errc when_full, F work) -> task<decltype(work())>
{
    auto const answer = std::make_shared<std::optional<decltype(work())>>();
    std::function<void()> job = [answer, todo = std::move(work)]() mutable { answer->emplace(todo()); };
    auto const is_done = co_await done_by(pool, std::move(job));
    if (!is_done) co_return when_full;
    co_return std::move(**answer);
}

} // namespace holdfast
