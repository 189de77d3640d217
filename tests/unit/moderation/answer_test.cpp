// What a short answer means under the text that it answers. All sentences were written for these tests.
#include "reading.hpp"

#include <catch2/catch.hpp>

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
