#include "server/base/id.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <type_traits>

using namespace holdfast;

TEST_CASE("an id is printed as 32 lower-case hex digits and read back")
{
    auto const made = post_id::random();
    CHECK(made.text().size() == 32);
    CHECK(post_id::parse(made.text()) == made);
    CHECK(post_id::from(made.raw()) == made);
    CHECK(made.is_set());
    CHECK_FALSE(post_id().is_set());
}

TEST_CASE("anything else is no id")
{
    std::string const good(32, 'a');
    CHECK(post_id::parse(good));
    for (auto const& text :
         {std::string(),
          good.substr(1),
          good + "a",
          std::string(32, 'A'),
          std::string(32, 'g'),
          std::string(32, ' '),
          std::string(32, '\0'),
          "0x" + good.substr(2)}) {
        INFO(text);
        CHECK_FALSE(post_id::parse(text));
    }
    CHECK_FALSE(post_id::from(std::span<std::byte const>()));
}

TEST_CASE("ids don't repeat, and one kind can't stand for another")
{
    std::set<post_id> many;
    for (int count = 0; count < 1000; ++count)
        many.insert(post_id::random());
    CHECK(many.size() == 1000);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<post_id, thread_id>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<circle_id, account_id>);
}
