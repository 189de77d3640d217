#include "server/base/worker_pool.hpp"

#include "server/base/resumption.hpp"

namespace holdfast {

worker_pool::worker_pool(std::size_t threads, std::size_t queue_max) : queue_max_(queue_max)
{
    for (std::size_t made = 0; made < threads; ++made)
        threads_.emplace_back([this] { work(); });
}

worker_pool::~worker_pool()
{
    {
        std::lock_guard const hold(guard_);
        closing_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_)
        thread.join();
}

bool worker_pool::post(std::function<void()> job)
{
    {
        std::lock_guard const hold(guard_);
        if (closing_ || jobs_.size() >= queue_max_) return false;
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

std::size_t worker_pool::waiting() const
{
    std::lock_guard const hold(guard_);
    return jobs_.size();
}

void worker_pool::work()
{
    std::unique_lock hold(guard_);
    for (;;) {
        wake_.wait(hold, [this] { return closing_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        auto const job = std::move(jobs_.front());
        jobs_.pop_front();
        hold.unlock();
        job();
        hold.lock();
    }
}

task<bool> done_by(worker_pool& pool, std::function<void()> job)
{
    auto is_full = false;
    auto begin = [&pool, &is_full, job = std::move(job)](resumption go_on) {
        auto const taken = pool.post([job, go_on] {
            job();
            go_on();
        });
        if (taken) return; // it may be done, and this coroutine gone, before we are here
        is_full = true;
        go_on();
    };
    co_await until_resumed(std::move(begin));
    co_return !is_full;
}

} // namespace holdfast
