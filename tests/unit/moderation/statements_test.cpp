// What one breath says, cut where another thing is said: what stands in one piece takes nothing from another.
#include "moderation/rules/statements.hpp"

#include "moderation/rules/tense.hpp"
#include "reading.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace holdfast::moderation;

namespace {
// The words as the lexicon knows them, with a bar between statements.
std::string pieces(std::string_view text)
{
    auto const seen = read_text(text);
    auto const words = shipped().spell(seen);
    auto const numbers = statements_in(words);
    std::string made;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (at > 0) made += numbers[at] != numbers[at - 1] ? " | " : " ";
        made += words[at].text;
    }
    return made;
}

tense told(std::string_view text)
{
    auto const seen = read_text(text);
    return tense_at(shipped().spell(seen), 0);
}
} // namespace

TEST_CASE("an I begins a new statement, with a comma, an 'and' or nothing before it")
{
    CHECK(pieces("I have nobody and I want to die") == "i have nobody and | i want to die");
    CHECK(pieces("nobody cares i want to die") == "nobody cares | i want to die");
    CHECK(pieces("not ok, I feel low") == "not ok | i feel low");
    CHECK(pieces("he left so I cry") == "he left so | i cry");
    CHECK(pieces("He is here. She is not.") == "he is here | she is not");
    CHECK(pieces("").empty());
}

TEST_CASE("what is thought or said by somebody is a part of it")
{
    for (auto const* const whole :
         {"i do not think i want to die",
          "he told me you are useless",
          "the reason i stay",
          "if i see it again i will scream",
          "in my novel i die",
          "so bored i could die"}) {
        CHECK(pieces(whole) == whole);
    }
    CHECK(pieces("so sad I want to die") == "so sad | i want to die");
}

TEST_CASE("a verb that shares a 'not' belongs to it, and what nobody does ends with them")
{
    CHECK(pieces("never wake up and want to die") == "never wake up and want to die");
    CHECK(pieces("please do not go and kill yourself") == "please do not go and kill yourself");
    CHECK(pieces("nobody cares and want to die") == "nobody cares and | want to die");
    CHECK(pieces("the flat is cold going to end it") == "the flat is cold | going to end it");
    CHECK(pieces("people want to help") == "people want to help");
}

TEST_CASE("you, with what you are or should do, begins a new statement; an urge does too")
{
    CHECK(pieces("take care you are useless") == "take care | you are useless");
    CHECK(pieces("i will find you tonight") == "i will find you tonight");
    CHECK(pieces("not my problem go kill yourself") == "not my problem | go kill yourself");
    CHECK(pieces("i will not go kill anyone") == "i will not go kill anyone");
}

TEST_CASE("what is so now is told from what was, and from what would be")
{
    for (auto const* const now :
         {"i want to", "I really don't want to", "i am going", "I've just", "I'd rather"})
        CHECK(told(now) == tense::present);
    for (auto const* const other : {"i wanted to", "i would think", "i did want", "to end it", "i"})
        CHECK(told(other) == tense::untold);
    CHECK(told("I have decided") == tense::perfect);
}
