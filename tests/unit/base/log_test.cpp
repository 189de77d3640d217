#include "server/base/log.hpp"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <future>
#include <string>

using namespace holdfast;

namespace {
// Standard error as a pipe, until it goes out of scope; what it held before is drained by read().
class standard_error_as_pipe {
  public:
    standard_error_as_pipe() : before_(::dup(STDERR_FILENO))
    {
        REQUIRE(::pipe2(ends_.data(), O_CLOEXEC) == 0);
        REQUIRE(::dup2(ends_[1], STDERR_FILENO) == STDERR_FILENO);
        REQUIRE(::fcntl(ends_[0], F_SETFL, O_NONBLOCK) == 0);
    }
    ~standard_error_as_pipe()
    {
        ::dup2(before_, STDERR_FILENO);
        for (int const each : {before_, ends_[0], ends_[1]})
            ::close(each);
    }
    standard_error_as_pipe(standard_error_as_pipe const&) = delete;
    standard_error_as_pipe& operator=(standard_error_as_pipe const&) = delete;

    std::string read() const
    {
        std::string all;
        std::array<char, 4096> some{};
        for (ssize_t got = 0; (got = ::read(ends_[0], some.data(), some.size())) > 0;)
            all.append(some.data(), static_cast<std::size_t>(got));
        return all;
    }

  private:
    int before_;
    std::array<int, 2> ends_{};
};

bool holds(std::string const& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}
} // namespace

TEST_CASE("a log that nobody reads stops nobody, and says later how much is missing")
{
    std::string early;
    std::string late;
    auto const dropped_before = log::dropped();
    std::uint64_t dropped = 0;
    {
        standard_error_as_pipe const pipe;
        auto lines = std::async(std::launch::async, [] {
            for (int line = 0; line < 5000; ++line)
                log::warning("line " + std::to_string(line) + " of a long evening");
        });
        auto const in_time = lines.wait_for(std::chrono::seconds(10)) == std::future_status::ready;
        dropped = log::dropped() - dropped_before;
        early = pipe.read(); // lets a writer that waits go on, so that this test ends when it fails
        CHECK(in_time);
        lines.wait();
        log::info("the reader is back");
        late = pipe.read();
    }
    CHECK(holds(early, "line 0 of a long evening\n"));
    CHECK(early.back() == '\n');
    CHECK(dropped > 0);
    CHECK(holds(late, std::to_string(dropped) + " lines before this one found no reader\n"));
    CHECK(holds(late, "the reader is back\n"));
    CHECK(log::dropped() - dropped_before == dropped);
}

TEST_CASE("a line longer than a pipe takes at once is cut, and the next one starts afresh")
{
    std::string read;
    {
        standard_error_as_pipe const pipe;
        log::info(std::string(100'000, 'x'));
        log::info("the next line");
        read = pipe.read();
    }
    CHECK(read.size() < 5000);
    CHECK(holds(read, "x\n"));
    CHECK(holds(read, "info the next line\n"));
}
