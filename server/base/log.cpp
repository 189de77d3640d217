#include "server/base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace holdfast::log {

namespace {
spdlog::logger& logger()
{
    static auto const made = [] {
        auto fresh = spdlog::stderr_logger_mt("holdfast");
        fresh->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
        fresh->flush_on(spdlog::level::info);
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

} // namespace holdfast::log
