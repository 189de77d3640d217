// So many requests for an address or a person, whatever else they have.
#include "server/http/rate_limits.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace holdfast;
using namespace holdfast::http;

namespace {
rate_settings slow()
{
    rate_settings made;
    made.read = {5, 0.001};
    made.write = {3, 0.001};
    made.sign_in = {2, 0.001};
    return made;
}
int taken(rate_limits& limits, rate_kind kind, std::string const& who)
{
    int count = 0;
    while (count < 100 && limits.ask(kind, who) == 0)
        ++count;
    return count;
}
} // namespace

TEST_CASE("each kind has its own measure, for each by itself, and says how long to wait")
{
    rate_limits limits(slow());
    CHECK(taken(limits, rate_kind::read, "192.0.2.1") == 5);
    CHECK(taken(limits, rate_kind::write, "192.0.2.1") == 3);
    CHECK(taken(limits, rate_kind::sign_in, "192.0.2.1") == 2);
    CHECK(taken(limits, rate_kind::hear, "192.0.2.1") == 3); // as often as one may write, besides writing
    CHECK(taken(limits, rate_kind::sign_in, "192.0.2.2") == 2);
    CHECK(limits.ask(rate_kind::sign_in, "192.0.2.1") > 900);
}

TEST_CASE("all addresses of one IPv6 network are one; an IPv4 address is one in both forms")
{
    rate_limits limits(slow());
    CHECK(taken(limits, rate_kind::sign_in, "2001:db8:1:2::1") == 2);
    CHECK(taken(limits, rate_kind::sign_in, "2001:db8:1:2:ffff:ffff:ffff:ffff") == 0);
    CHECK(taken(limits, rate_kind::sign_in, "2001:db8:1:3::1") == 2);
    CHECK(taken(limits, rate_kind::sign_in, "192.0.2.7") == 2);
    CHECK(taken(limits, rate_kind::sign_in, "::ffff:192.0.2.7") == 0);
}

TEST_CASE("a crowd of addresses is forgotten before it fills the memory, and is never refused for it")
{
    rate_limits limits(slow());
    for (int number = 0; number < 400'000; ++number) {
        REQUIRE(limits.ask(rate_kind::read, "10." + std::to_string(number)) == 0);
    }
    CHECK(limits.size() <= 320'000);
}

TEST_CASE("switched off, nobody waits")
{
    auto off = slow();
    off.enabled = false;
    rate_limits limits(off);
    CHECK(taken(limits, rate_kind::sign_in, "192.0.2.1") == 100);
}
