#include "server/base/log.hpp"

#include <poll.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>
#include <climits>
#include <memory>
#include <mutex>
#include <string>

namespace holdfast::log {

namespace {
std::atomic<std::uint64_t> lines_dropped = 0;

// spdlog's own sinks wait as long as a full pipe is full, and with them every thread that has something to
// say. A queue of lines would only move that to the end of the program, which then could not stop.
class standard_error : public spdlog::sinks::base_sink<std::mutex> {
  private:
    void sink_it_(spdlog::details::log_msg const& message) override
    {
        if (untold_ > 0) {
            auto const note = std::to_string(untold_) + " lines before this one found no reader";
            if (write(spdlog::details::log_msg("holdfast", spdlog::level::warn, note))) untold_ = 0;
        }
        if (untold_ > 0 || !write(message)) {
            ++untold_;
            ++lines_dropped;
        }
    }
    void flush_() override {}

    // What fits into PIPE_BUF is written at once and whole, or not at all, once a descriptor is ready.
    bool write(spdlog::details::log_msg const& message)
    {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        if (line.size() > PIPE_BUF) {
            line.resize(PIPE_BUF);
            line[PIPE_BUF - 1] = '\n';
        }
        pollfd ready{.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
        return ::poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT) != 0 &&
               ::write(STDERR_FILENO, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    }

    std::uint64_t untold_ = 0; // guarded by the mutex of base_sink
};

spdlog::logger& logger()
{
    static auto const made = [] {
        auto fresh = std::make_unique<spdlog::logger>("holdfast", std::make_shared<standard_error>());
        fresh->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
        return fresh;
    }();
    return *made;
}
} // namespace

void info(std::string_view what)
{
    logger().info(what);
}
void warning(std::string_view what)
{
    logger().warn(what);
}
void error(std::string_view what)
{
    logger().error(what);
}

std::uint64_t dropped()
{
    return lines_dropped;
}

} // namespace holdfast::log
