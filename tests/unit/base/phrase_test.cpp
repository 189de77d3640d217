// Words of ours are marked where they are said; what a member writes is never one of them.
#include "server/base/phrase.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;

namespace {
std::string in_capitals(phrase const& wanted)
{
    return "[" + std::string(wanted.english) + "]";
}
} // namespace

TEST_CASE("a phrase is English until somebody wants it in another language")
{
    CHECK(in_english(say("Your words are saved.")) == "Your words are saved.");
    CHECK(spoken("before " + say("Day") + " after", in_capitals) == "before [Day] after");
    CHECK(say("").empty());
}

TEST_CASE("what was said is not said again")
{
    CHECK(in_english(say(say("Day"))) == "Day");
}

TEST_CASE("values are filled in once, and phrases may stand in them")
{
    CHECK(in_english(say("{name} has it.", {{"name", "Wren"}})) == "Wren has it.");
    CHECK(in_english(say("{a} and {b}", {{"a", "{b}"}, {"b", "two"}})) == "{b} and two");
    CHECK(in_english(say("{unknown} {", {{"a", "1"}})) == "{unknown} {");
    auto const inner = say("{day} May", {{"day", "3"}});
    CHECK(spoken(say("until {when}", {{"when", inner}}), in_capitals) == "[until [3 May]]");
}

TEST_CASE("a number has the form for one, and the form for many")
{
    CHECK(in_english(say_count(1, "{count} post", "{count} posts")) == "1 post");
    CHECK(in_english(say_count(2, "{count} post", "{count} posts")) == "2 posts");
    CHECK(in_english(say_count(0, "{count} post", "{count} posts")) == "0 posts");
}

TEST_CASE("what looks like a mark and is none stays as it is; what was cut off is left out")
{
    CHECK_FALSE(has_phrases("Day"));
    CHECK(
        in_english("\x02"
                   "0123456789abcdef\x1f"
                   "Day\x03") == "\x02"
                                 "0123456789abcdef\x1f"
                                 "Day\x03"
    );
    auto const marked = say("Day");
    CHECK(in_english("a " + marked.substr(0, marked.size() - 1)) == "a ");
}
