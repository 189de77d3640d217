#include "tests/unit/support/run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <deque>
#include <exception>
#include <mutex>

namespace holdfast::tests {

namespace {
// One for each thread, and none ends before the program does: a worker's thread may still be handing over its
// answer when the coroutine that waited for it has it already. In the server the same holds by the order of
// declaration.
boost::asio::io_context& io_of_this_thread()
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
} // namespace

void run_all(std::vector<task<void>> works)
{
    auto& io = io_of_this_thread();
    std::exception_ptr failed;
    for (auto& work : works) {
        boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr thrown) {
            if (thrown) failed = thrown;
        });
    }
    io.run();
    if (failed) std::rethrow_exception(failed);
}

} // namespace holdfast::tests
