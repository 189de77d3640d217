// A body ends at the same byte for every reader of it, or it is refused.
#include "server/net/body_reader.hpp"

#include <catch2/catch.hpp>

using holdfast::net::body_reader;

namespace {
constexpr std::size_t bytes_max = 1000;

struct outcome {
    unsigned status;
    bool is_done;
    std::string body;
    std::size_t taken;
};

outcome read_chunked(std::string const& bytes)
{
    auto reader = body_reader::chunked(bytes_max);
    auto const taken = reader.take(bytes);
    return {reader.status(), reader.is_done(), reader.body, taken};
}
} // namespace

TEST_CASE("a body of a known length ends there")
{
    auto reader = body_reader::of_length(5, bytes_max);
    CHECK(reader.take("hel") == 3);
    CHECK_FALSE(reader.is_done());
    CHECK(reader.take("loGET /") == 2);
    CHECK(reader.is_done());
    CHECK(reader.body == "hello");
    CHECK(reader.take("GET /") == 0);
    CHECK(body_reader::of_length(0, bytes_max).is_done());
    CHECK(body_reader::of_length(bytes_max, bytes_max).status() == 0);
    CHECK(body_reader::of_length(bytes_max + 1, bytes_max).status() == 413);
}

TEST_CASE("chunks are put together, wherever they are cut")
{
    std::string const bytes = "5\r\nhello\r\n00a;name=\"value; x\"\r\n, circle !\r\n0\r\nTrailer: x\r\n\r\n";
    std::string const next = "GET / HTTP/1.1\r\n";
    auto const whole = read_chunked(bytes + next);
    CHECK(whole.is_done);
    CHECK(whole.body == "hello, circle !");
    CHECK(whole.taken == bytes.size());
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        auto reader = body_reader::chunked(bytes_max);
        auto const first = reader.take(bytes.substr(0, cut));
        auto const second = reader.take(bytes.substr(first) + next);
        CHECK(first + second == bytes.size());
        CHECK(reader.is_done());
        CHECK(reader.body == whole.body);
    }
}

TEST_CASE("chunks with a second meaning are refused")
{
    for (auto const& bytes : {"5\nhello\r\n",          "5\r\nhello\n",           "5\r\nhelloX\r\n",
                              "5\r\nhello\r\r\n",      "0x5\r\nhello\r\n",       "+5\r\nhello\r\n",
                              "-5\r\nhello\r\n",       " 5\r\nhello\r\n",        "5 \r\nhello\r\n",
                              "5x\r\nhello\r\n",       "\r\nhello\r\n",          ";a\r\nhello\r\n",
                              "5;a\x01\r\nhello\r\n",  "5;a\x7f\r\nhello\r\n",   "5;a\rb\r\nhello\r\n",
                              "5\t;a\nb\r\nhello\r\n", "000000005\r\nhello\r\n", "ffffffffffffffff\r\n",
                              "10000000000000005\r\n", "0\r\nno colon\r\n\r\n",  "0\r\n folded: x\r\n\r\n",
                              "0\r\nA : x\r\n\r\n",    "0\r\nA: x\n\r\n",        "0\r\n\n",
                              "0\r\nA: \x01\r\n\r\n"}) {
        INFO(bytes);
        CHECK(read_chunked(bytes).status == 400);
    }
}

TEST_CASE("chunks, extensions and trailers have an end")
{
    CHECK(read_chunked("3e8\r\n" + std::string(1000, 'a') + "\r\n0\r\n\r\n").is_done);
    CHECK(read_chunked("3e9\r\n").status == 413);
    CHECK(read_chunked("3e8\r\n" + std::string(1000, 'a') + "\r\n1\r\n").status == 413);
    CHECK(read_chunked("1;" + std::string(2000, 'a')).status == 400);
    std::string extensions;
    for (int made = 0; made < 20; ++made)
        extensions += "1;" + std::string(900, 'x') + "\r\na\r\n";
    CHECK(read_chunked(extensions).status == 413);
    std::string trailers = "0\r\n";
    for (int made = 0; made < 1000; ++made)
        trailers += "Name: a value\r\n";
    CHECK(read_chunked(trailers).status == 413);
}
