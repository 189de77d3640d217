#include "moderation/details.hpp"

#include <catch2/catch.hpp>

using namespace holdfast::moderation;

TEST_CASE("a plus between a letter and a digit is read past")
{
    CHECK(find_details("a+1").empty());
    CHECK(find_details("x+12+3").empty());
    CHECK(find_details("5+").empty());
}
