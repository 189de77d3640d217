// What a short answer means under the text that it answers. All sentences were written for these tests.
#include "moderation/training/random.hpp"
#include "reading.hpp"

#include <catch2/catch.hpp>
#include <iterator>

using namespace holdfast::moderation;

namespace {
double pushed(std::string_view answer, std::string_view before)
{
    return weighed(answer, {before}).scores[static_cast<std::size_t>(label::self_harm_encouragement)];
}
} // namespace

TEST_CASE("a short yes under a question about dying says what the question asked")
{
    CHECK(weighed("yes, tonight", {"Are you thinking of ending your life?"}).risk >= 4);
    CHECK(weighed("yeah", {"Do you want to die?"}).risk >= 1);
    CHECK(weighed("no, never", {"Do you want to die?"}).risk == 0);
    CHECK(weighed("yes, tonight", {"Are you coming to the film?"}).risk == 0);
}

TEST_CASE("a time, a place or an amount says yes too")
{
    CHECK(weighed("after midnight", {"When do you think you would do it?"}).risk >= 4);
    CHECK(weighed("in my coat pocket", {"Have you got any pills near you?"}).risk >= 4);
    CHECK(weighed("about twenty pills", {"Have you swallowed anything?"}).risk >= 5);
    CHECK(weighed("after midnight", {"When do you think the train comes?"}).risk == 0);
    CHECK(weighed("in my coat pocket", {"Have you got your keys?"}).risk == 0);
}

TEST_CASE("no is a yes where safety is asked for")
{
    CHECK(weighed("no, I don't think I can", {"Will you be safe until morning?"}).risk >= 4);
    CHECK(weighed("yes, my sister is here", {"Will you be safe until morning?"}).risk < 2);
}

TEST_CASE("too late is a deed where somebody pleads")
{
    CHECK(weighed("too late, I already took them", {"Please don't take them, wait for me."}).risk >= 5);
    CHECK(weighed("too late, they sold out", {"Get me a ticket."}).risk == 0);
}

TEST_CASE("a push under a cry for help is the worst that can be said there")
{
    auto const* const cry = "I can't do this, I want to die tonight.";
    for (auto const* const push :
         {"go ahead", "jump then", "hurry up", "no loss", "who cares", "about time lol"}) {
        INFO(push);
        CHECK(pushed(push, cry) >= 0.75);
    }
    for (auto const* const kind :
         {"please don't, I'm here",
          "don't do it",
          "go and ring somebody now, I'll stay",
          "do you want to talk?"}) {
        INFO(kind);
        CHECK(pushed(kind, cry) < 0.3);
    }
    CHECK(pushed("go ahead", "Shall I tell you about my holiday?") == 0);
}

TEST_CASE("a text says when it hinges on what it answers: when it is short, or its words mean more there")
{
    for (auto const* const hinges :
         {"yes, tonight",
          "go ahead",
          "ok",
          "I'll do it tonight, promise: the whole tax return, and then the garden too."}) {
        INFO(hinges);
        CHECK(weighed(hinges).hinges_on_context);
    }
    for (auto const* const by_itself :
         {"",
          "The garden is full of bees again and I sat between the beans for an hour with my tea.",
          "I want to die, and I have wanted to since the summer, and nobody here knows about it but you."}) {
        INFO(by_itself);
        CHECK_FALSE(weighed(by_itself).hinges_on_context);
    }
}

TEST_CASE("a text that doesn't say so is read alike whatever it answers")
{
    constexpr std::string_view words[] = {
        "i",     "you",  "want", "to",  "die",  "tonight", "yes",   "pills", "letter", "it",      "do",
        "jump",  "kill", "the",  "dog", "walk", "bridge",  "never", "hate",  "garden", "goodbye", "my",
        "quick", "try",  "have", "cut", "not",  "friend",  "said",  "done",  "sleep",  "help",
    };
    training::random_numbers numbers(11);
    int alone = 0, with = 0;
    for (int at = 0; at < 2'000; ++at) {
        std::string text;
        for (auto count = 5 + numbers.below(30); count > 0; --count)
            text.append(words[numbers.below(std::size(words))]).append(numbers.below(8) == 0 ? ". " : " ");
        auto const by_itself = weighed(text);
        (by_itself.hinges_on_context ? with : alone) += 1;
        if (by_itself.hinges_on_context) continue;
        INFO(text);
        for (auto const* const before : {"I want to die tonight.", "Have you got any pills near you?"}) {
            auto const there = weighed(text, {before});
            CHECK(there.risk == by_itself.risk);
            CHECK(there.scores == by_itself.scores);
            CHECK(there.features == by_itself.features);
            CHECK(there.findings.size() == by_itself.findings.size());
        }
    }
    CHECK(alone > 200);
    CHECK(with > 200);
}
