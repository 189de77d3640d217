#include "server/base/token_bucket.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace std::chrono_literals;

TEST_CASE("a bucket gives so many at once, then as many as time brings")
{
    bucket_rate const rate{3, 0.5};
    token_bucket::time const start{};
    token_bucket bucket(rate, start);
    for (int count = 0; count < 3; ++count)
        CHECK(bucket.take(rate, start));
    CHECK_FALSE(bucket.take(rate, start));
    CHECK(bucket.seconds_until_one(rate) == 2);
    CHECK_FALSE(bucket.take(rate, start + 1s));
    CHECK(bucket.take(rate, start + 2s));
    CHECK_FALSE(bucket.take(rate, start + 2s));
}

TEST_CASE("asking in vain costs nothing, and waiting as long as was said is long enough")
{
    bucket_rate const rate{1, 0.3};
    token_bucket::time now{};
    token_bucket bucket(rate, now);
    CHECK(bucket.take(rate, now));
    for (int count = 0; count < 100; ++count)
        CHECK_FALSE(bucket.take(rate, now));
    now += std::chrono::seconds(bucket.seconds_until_one(rate));
    CHECK(bucket.take(rate, now));
}

TEST_CASE("a bucket never holds more than it may, however long it waits, and knows when it is full")
{
    bucket_rate const rate{2, 10};
    token_bucket::time const start{};
    token_bucket bucket(rate, start);
    CHECK(bucket.is_full(rate, start));
    CHECK(bucket.take(rate, start + 24h));
    CHECK(bucket.take(rate, start + 24h));
    CHECK_FALSE(bucket.take(rate, start + 24h));
    CHECK_FALSE(bucket.is_full(rate, start + 24h));
    CHECK(bucket.is_full(rate, start + 25h));
}
