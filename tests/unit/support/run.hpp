// Runs one coroutine to its end, as a request would, and gives back what it made.
#pragma once
#include "server/base/task.hpp"
#include "tests/unit/support/result_text.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace holdfast::tests {

// One for each thread, and none ends before the program does: a worker's thread may still be handing over its
// answer when the coroutine that waited for it has it already. In the server the same holds by the order of
// declaration.
inline boost::asio::io_context& io_of_this_thread()
{
    static std::mutex guard;
    static std::deque<boost::asio::io_context> all;
    thread_local boost::asio::io_context* const mine = [] {
        std::lock_guard const hold(guard);
        return &all.emplace_back();
    }();
    mine->restart();
    return *mine;
}

template <class R>
task<void> keep(task<R> work, std::optional<R>& made)
{
    auto value = co_await std::move(work);
    made.emplace(std::move(value));
}

template <class R>
R run(task<R> work)
{
    auto& io = io_of_this_thread();
    std::optional<R> made;
    std::exception_ptr failed;
    boost::asio::co_spawn(io, keep(std::move(work), made), [&](std::exception_ptr thrown) {
        failed = thrown;
    });
    io.run();
    if (failed) std::rethrow_exception(failed);
    return std::move(*made);
}

// Starts all of them before any can end; results in the order of the works.
template <class R>
std::vector<std::optional<R>> run_together(std::vector<task<R>> works)
{
    auto& io = io_of_this_thread();
    std::vector<std::optional<R>> made(works.size());
    std::exception_ptr failed;
    for (std::size_t at = 0; at < works.size(); ++at) {
        boost::asio::co_spawn(io, keep(std::move(works[at]), made[at]), [&](std::exception_ptr thrown) {
            if (thrown) failed = thrown;
        });
    }
    io.run();
    if (failed) std::rethrow_exception(failed);
    return made;
}

} // namespace holdfast::tests
