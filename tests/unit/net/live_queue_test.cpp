#include "server/net/live_queue.hpp"

#include "server/base/limits.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using net::live_queue;

namespace {
auto message(std::string text)
{
    return std::make_shared<std::string const>(std::move(text));
}
} // namespace

TEST_CASE("what waits for one subscriber comes out as one piece, in order")
{
    live_queue queue;
    CHECK(queue.push(message("one"), false).must_write);
    CHECK_FALSE(queue.push(message("two"), false).must_write);
    CHECK(queue.next_batch().frames == "\x81\x03one\x81\x03two");
    CHECK(queue.next_batch().frames.empty());
    CHECK(queue.push(message("three"), true).must_write);
    CHECK(queue.next_batch().frames == "\x82\x05three");
}

TEST_CASE("frames are as long as RFC 6455 says")
{
    std::string out;
    net::append_frame(out, std::string(125, 'a'), false);
    CHECK(out.substr(0, 2) == "\x81\x7D");
    out.clear();
    net::append_frame(out, std::string(126, 'a'), false);
    CHECK(out.substr(0, 4) == std::string("\x81\x7E\x00\x7E", 4));
    out.clear();
    net::append_frame(out, std::string(65535, 'a'), false);
    CHECK(out.substr(0, 4) == "\x81\x7E\xFF\xFF");
    out.clear();
    net::append_frame(out, std::string(65536, 'a'), false);
    CHECK(out.substr(0, 10) == std::string("\x81\x7F\0\0\0\0\0\x01\0\0", 10));
    CHECK(out.size() == 65546);
}

TEST_CASE("a subscriber with too many messages waiting is dropped, not waited for")
{
    live_queue queue;
    for (std::size_t made = 0; made < limits::live_queue_frames_max; ++made)
        queue.push(message("x"), false);
    auto const change = queue.push(message("one too many"), false);
    CHECK(change.closes);
    CHECK_FALSE(queue.push(message("later"), false).closes);
    auto const batch = queue.next_batch();
    CHECK(batch.frames.empty());
    REQUIRE(batch.closing);
    CHECK(batch.closing->code == 1013);
}

TEST_CASE("a subscriber with too many bytes waiting is dropped")
{
    live_queue queue;
    auto const large = message(std::string(limits::live_message_bytes_max, 'x'));
    for (std::size_t made = 0; made < 16; ++made)
        CHECK_FALSE(queue.push(large, false).closes);
    CHECK(queue.push(message("x"), false).closes);
}

TEST_CASE("a batch is bounded, and what is left comes next")
{
    live_queue queue;
    auto const large = message(std::string(50'000, 'x'));
    for (int made = 0; made < 3; ++made)
        queue.push(large, false);
    for (int made = 0; made < 3; ++made)
        CHECK(queue.next_batch().frames.size() == 50'004);
    CHECK(queue.next_batch().frames.empty());
}

TEST_CASE("what waits is written before the close, and nothing after it")
{
    live_queue queue;
    queue.push(message("last words"), false);
    CHECK(queue.close({1001, "later"}).closes);
    CHECK_FALSE(queue.close({1000, ""}).closes);
    queue.push(message("too late"), false);
    CHECK(queue.next_batch().frames == "\x81\x0Alast words");
    auto const batch = queue.next_batch();
    CHECK(batch.frames.empty());
    REQUIRE(batch.closing);
    CHECK(batch.closing->code == 1001);
    CHECK_FALSE(queue.push(message("never"), false).must_write);
}
