#include "server/base/clock.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace std::chrono_literals;

TEST_CASE("times are told as ISO 8601 in UTC, to the millisecond")
{
    CHECK(iso8601(timestamp(0ms)) == "1970-01-01T00:00:00.000Z");
    CHECK(iso8601(timestamp(951'782'400'007ms)) == "2000-02-29T00:00:00.007Z");
    CHECK(iso8601(timestamp(-1ms)) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("times are read as programs and forms send them, and nothing else is a time")
{
    CHECK(time_from_iso8601("1970-01-01T00:00:00.000Z") == timestamp(0ms));
    CHECK(time_from_iso8601("2000-02-29T00:00:00.007Z") == timestamp(951'782'400'007ms));
    CHECK(time_from_iso8601("2000-02-29T00:00:01Z") == timestamp(951'782'401'000ms));
    CHECK(time_from_iso8601("2000-02-29T01:00") == timestamp(951'786'000'000ms));
    for (auto const* wrong :
         {"",
          "Z",
          "now",
          "2000-02-30T00:00",
          "2000-02-29",
          "2000-02-29T24:00",
          "2000-02-29T00:61",
          "2000-02-29 00:00",
          "2000-2-29T00:00:0",
          "2000-02-29T00:00:00+01:00"}) {
        INFO(wrong);
        CHECK_FALSE(time_from_iso8601(wrong));
    }
}
