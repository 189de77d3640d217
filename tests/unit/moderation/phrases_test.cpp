#include "moderation/rules/lexicon.hpp"
#include "moderation/training/random.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

using namespace holdfast::moderation;

namespace {
lexicon with(std::string const& patterns)
{
    lexicon made;
    made.add(
        "words",
        "[same]\nim = \"i am\"\n[traits]\nfiller = [\"really\", \"so\"]\n[class]\nfruit = \"apple|pear "
        "tree|plum\""
    );
    made.add("test", "[[group]]\nkind = \"idiom\"\nweight = 1\nreason = \"r\"\nany = [" + patterns + "]");
    made.finish();
    return made;
}

std::vector<std::string> found(std::string const& patterns, std::string_view text)
{
    auto const phrases = with(patterns);
    auto const seen = read_text(text);
    auto const words = phrases.spell(seen);
    std::vector<std::string> made;
    for (auto const& one : phrases.find(words)) {
        std::string here;
        for (auto at = one.first; at <= one.last; ++at)
            here += (here.empty() ? "" : " ") + std::string(words[at].text);
        made.push_back(here);
    }
    return made;
}
using list = std::vector<std::string>;
} // namespace

TEST_CASE("a phrase is its words in a row, in one sentence")
{
    CHECK(found("\"red door\"", "the red door") == list{"red door"});
    CHECK(found("\"red door\"", "red. Big door").empty());
    CHECK(found("\"red door\"", "door red").empty());
}

TEST_CASE("one of several, one that may be missing, a gap, a class")
{
    CHECK(
        found("\"(red|dark green) door\"", "dark green door, red door") == list{"dark green door", "red door"}
    );
    CHECK(found("\"red [big] door\"", "red door") == list{"red door"});
    CHECK(found("\"red [big] door\"", "red big door") == list{"red big door"});
    CHECK(found("\"red ..2 door\"", "red and heavy door") == list{"red and heavy door"});
    CHECK(found("\"red ..2 door\"", "red and very heavy door").empty());
    CHECK(found("\"eat (<fruit>|bread)\"", "eat pear tree") == list{"eat pear tree"});
    CHECK(found("\"(a [big|old] (house|hut)) burns\"", "a old hut burns") == list{"a old hut burns"});
}

TEST_CASE("fillers may stand anywhere, short forms are read alike")
{
    CHECK(found("\"i am red\"", "im so really red") == list{"i am so really red"});
    CHECK(found("\"im red\"", "I am red") == list{"i am red"});
}

namespace {
lexicon with_groups(std::vector<std::string> const& patterns)
{
    lexicon made;
    made.add("words", "[class]\nfruit = \"apple|pear tree|plum\"");
    std::string groups;
    for (auto const& one : patterns)
        groups += "[[group]]\nkind = \"idiom\"\nweight = 1\nreason = \"r\"\nany = [\"" + one + "\"]\n";
    made.add("test", groups);
    made.finish();
    return made;
}

using place = std::array<std::uint32_t, 3>; // first, last, group

std::vector<place> places(lexicon const& phrases, std::string_view text)
{
    auto const seen = read_text(text);
    auto const words = phrases.spell(seen);
    std::vector<place> made;
    for (auto const& one : phrases.find(words))
        made.push_back({one.first, one.last, one.group});
    return made;
}
} // namespace

TEST_CASE("phrases looked for together are found as each is alone, in the order of the text")
{
    // Many share words, so that they are looked for at the same places and need the same others.
    std::vector<std::string> const patterns{
        "red door",
        "red door opens",
        "red ..2 door",
        "(old|red) door",
        "door [is] red",
        "eat <fruit>",
        "eat <fruit> old",
        "<fruit> door",
        "pear tree opens",
        "(pear tree|pear|old door) is red",
        "door"};
    auto const together = with_groups(patterns);
    std::vector<lexicon> each;
    for (auto const& one : patterns)
        each.push_back(with_groups({one}));
    training::random_numbers numbers(5);
    constexpr std::string_view words[] = {
        "red", "door", "opens", "old", "is", "eat", "apple", "pear", "tree", "plum", "and", "."};
    std::size_t hits = 0;
    for (int text = 0; text < 300; ++text) {
        std::string made;
        for (int at = 0; at < 40; ++at)
            made += std::string(words[numbers.below(std::size(words))]) + " ";
        std::vector<place> alone;
        for (std::uint32_t group = 0; group < patterns.size(); ++group) {
            for (auto one : places(each[group], made)) {
                one[2] = group;
                alone.push_back(one);
            }
        }
        std::sort(alone.begin(), alone.end());
        hits += alone.size();
        REQUIRE(places(together, made) == alone);
    }
    CHECK(hits > 1000);
}

TEST_CASE("a broken file is refused with its name and cause")
{
    CHECK_THROWS_WITH(with("\"(red door\""), Catch::Contains("not closed"));
    CHECK_THROWS_WITH(with("\"<tree> falls\""), Catch::Contains("no such class"));
    CHECK_THROWS_WITH(with("\"[red]\""), Catch::Contains("nothing must be there"));
    CHECK_THROWS_WITH(with("\"red? door\""), Catch::Contains("no word"));
    CHECK_NOTHROW(with("\"(a b c d e f g h i j k l m n o|q)\""));
    CHECK_THROWS_WITH(
        with("\"(a b c d e f g h i j k l m n o p|q)\""), Catch::Contains("more than 15 words in a row")
    );
    lexicon made;
    CHECK_THROWS_WITH(made.add("x.toml", "[[group]]\nkind = "), Catch::Contains("x.toml, line 2"));
    CHECK_THROWS_WITH(
        made.add("x.toml", "[[group]]\nkind = \"idiom\"\nweight = 3\nreason = \"\"\n"),
        Catch::Contains("weight")
    );
}
