#include "moderation/reading/view.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace holdfast::moderation;

namespace {
std::string words_of(view const& seen)
{
    std::string made;
    for (auto const& one : seen.words)
        made += (made.empty() ? "" : " ") + std::string(one.text);
    return made;
}
} // namespace

TEST_CASE("letters are compared without case, width, accents, look-alikes and hidden marks")
{
    CHECK(words_of(read_text("Hello WORLD")) == "hello world");
    CHECK(words_of(read_text("caf\u00E9 \uFF46\uFF55\uFF4C\uFF4C")) == "cafe full");
    CHECK(words_of(read_text("d\u0456e \u043Aill")) == "die kill"); // Cyrillic
    CHECK(
        words_of(read_text("\u03BAill \U0001D5F1\U0001D5F6\U0001D5F2")) == "kill die"
    ); // Greek, mathematical
    CHECK(words_of(read_text("k\u200Bi\u200Bl\u200Bl")) == "kill");
    CHECK(words_of(read_text("k\u0336i\u0336l\u0336l\u0336")) == "kill");
    CHECK(words_of(read_text("\U0001F130\U0001F131\U0001F132")) == "abc"); // letters in boxes
    CHECK(read_text("k\u200Bill").words[0].disguised);
    CHECK_FALSE(read_text("caf\u00E9").words[0].disguised);
}

TEST_CASE("every word keeps its place in the original")
{
    std::string const text = "I \u2018really\u2019 can\u2019t, \U0001F480 ok";
    auto const seen = read_text(text);
    REQUIRE(seen.words.size() == 5);
    CHECK(
        text.substr(seen.words[2].where.begin, seen.words[2].where.end - seen.words[2].where.begin) ==
        "can\u2019t"
    );
    CHECK(seen.words[2].text == "cant");
    CHECK(seen.words[2].apostrophe);
    CHECK(seen.words[3].emoji);
}

TEST_CASE("sentences end at signs and lines, questions are told apart")
{
    auto const seen = read_text("Are you there? I am here.\nSo am I\nand still so\n- item one\n- item two");
    REQUIRE(seen.sentences.size() == 5);
    CHECK(seen.sentences[0].question);
    CHECK_FALSE(seen.sentences[1].question);
    CHECK_FALSE(seen.sentences[2].listed);
    CHECK(seen.sentences[3].listed);
    CHECK(seen.words.back().sentence == 4);
}

TEST_CASE("a word a sentence or a line is one breath")
{
    CHECK(read_text("I. Want. To. Go.").words.back().sentence == 0);
    CHECK(read_text("i\nwant\nto\ngo").words.back().sentence == 0);
}

TEST_CASE("what is quoted is marked, what is never closed again isn't")
{
    auto const quoted = [](std::string_view text) {
        std::string made;
        for (auto const& one : read_text(text).words)
            made += one.quoted ? 'q' : '.';
        return made;
    };
    CHECK(quoted("she \"left us\" today") == ".qq.");
    CHECK(quoted("she \u201Cleft us\u201D today") == ".qq.");
    CHECK(quoted("he sang 'let me go' and cried") == "..qqq..");
    CHECK(quoted("a \" b c d") == "....");
    CHECK(quoted("run `make it` now") == ".qq.");
    CHECK(quoted("> you said so\nI did") == "qqq..");
    CHECK(quoted("don't say I'm 'cause it isn't") == "......");
}

TEST_CASE("a link is one word, whatever it says")
{
    CHECK(words_of(read_text("see https://example.org/do-not-read-me now")) == "see link now");
}

TEST_CASE("any bytes are read")
{
    CHECK(read_text("").words.empty());
    CHECK(read_text(std::string_view("\0\xFF\xC3", 3)).broken_bytes == 2);
    CHECK(read_text(std::string(300, 'a')).words[0].text.size() == 64);
    CHECK(read_text("one two").unread_from == 7);
}
