#include "server/http/rendered_cache.hpp"

#include <catch2/catch.hpp>

using namespace holdfast::http;

namespace {
void keep(rendered_cache& in, std::string key, std::uint64_t version, std::string content)
{
    auto const bytes = content.size();
    in.keep(std::move(key), version, std::make_shared<std::string const>(std::move(content)), bytes);
}
} // namespace

TEST_CASE("a copy is given out for the very version it was made from")
{
    rendered_cache cache;
    keep(cache, "a", 1, "old");
    REQUIRE(cache.find("a", 1));
    CHECK(*cache.find("a", 1) == "old");
    CHECK_FALSE(cache.find("a", 2));
    CHECK_FALSE(cache.find("b", 1));
    keep(cache, "a", 2, "new");
    CHECK_FALSE(cache.find("a", 1));
    CHECK(*cache.find("a", 2) == "new");
}

TEST_CASE("it stays within its bound, and goes on working past it")
{
    rendered_cache cache;
    for (int number = 0; number < 70; ++number)
        keep(cache, std::to_string(number), 1, std::string(1024 * 1024, 'x'));
    CHECK_FALSE(cache.find("0", 1));
    CHECK(cache.find("69", 1));
    for (int number = 0; number < 200; ++number)
        keep(cache, "the same", 1, std::string(1024 * 1024, 'x'));
    CHECK(cache.find("69", 1)); // what is replaced does not count twice
}
