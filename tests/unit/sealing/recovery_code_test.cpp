// Recovery codes: as people copy them from paper.
#include "server/sealing/recovery_code.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace holdfast::sealing;

TEST_CASE("a code is six groups of four, without letters that look alike, and never the same twice")
{
    std::set<std::string> seen;
    for (int count = 0; count < 200; ++count) {
        auto const code = random_recovery_code();
        CHECK(code.size() == 29);
        CHECK(code.find_first_of("ILOU") == std::string::npos);
        for (std::size_t at = 4; at < code.size(); at += 5)
            CHECK(code[at] == '-');
        seen.insert(code);
    }
    CHECK(seen.size() == 200);
}

TEST_CASE("small letters, spaces, no dashes and look-alikes are understood")
{
    CHECK(folded_recovery_code("7KQ0-M1T1") == "7KQ0M1T1");
    CHECK(folded_recovery_code(" 7kqo m1tl ") == "7KQ0M1T1");
    CHECK(folded_recovery_code("7KQO–MIT1") == "7KQ0M1T1");
    CHECK(folded_recovery_code("7KQ0-M1T2") != folded_recovery_code("7KQ0-M1T1"));
}
