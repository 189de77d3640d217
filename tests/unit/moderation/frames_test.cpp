// The same things said in other words: frames with what they name, and their harmless neighbours. All
// sentences were written for these tests.
#include "reading.hpp"
#include "tests/unit/support/texts.hpp"

#include <catch2/catch.hpp>

using namespace holdfast::moderation;

namespace {
auto says(label about)
{
    return [about](char const* text) { CHECK(score_of(text, about) >= 0.6); };
}
auto does_not_say(label about)
{
    return [about](char const* text) { CHECK(score_of(text, about) < 0.5); };
}
auto has_risk(int least, int most)
{
    return [least, most](char const* text) {
        auto const risk = risk_of(text);
        CHECK(risk >= least);
        CHECK(risk <= most);
    };
}
} // namespace

TEST_CASE("not wanting to be is said in many ways")
{
    check_all(
        {"I would rather not wake up at all",
         "not existing sounds so restful",
         "I wouldn't care if a lorry hit me",
         "they'd all cope without me",
         "so weary of being alive",
         "I pray my heart gives out in the night",
         "the good Lord can take me any time now"},
        has_risk(1, 2)
    );
    check_all(
        {"I would rather not wake up at five again",
         "I'm sick of living with my brother",
         "they'll cope without me while I'm on leave"},
        has_risk(0, 0)
    );
}

TEST_CASE("hurting oneself is told from an accident by what it is for")
{
    check_all(
        {"I scratch my arms until they bleed when I feel stupid",
         "burned my thigh with a lighter again, only thing that helps",
         "the urge to cut won't let go of me"},
        has_risk(2, 3)
    );
    check_all({"burned my hand on the oven again", "I scratched my leg while gardening"}, has_risk(0, 0));
}

TEST_CASE("an act under way is told by what was taken and how the body answers")
{
    check_all(
        {"I took the tablets and everything is going dark",
         "swallowed both boxes, it's too late now",
         "I'm standing on the other side of the barrier",
         "I tried to drown myself on Monday",
         "the belt is round my neck"},
        has_risk(5, 6)
    );
    check_all(
        {"I took my tablets on time every morning this week", "we live on the other side of the bridge"},
        has_risk(0, 1)
    );
}

TEST_CASE("asking how one would die, and how a medicine is taken")
{
    check_all(
        {"what's the gentlest way to go",
         "how deep would the water have to be so I don't survive",
         "which of my tablets are lethal"},
        says(label::method_info)
    );
    check_all(
        {"how many of these tablets can I take a day with a cold",
         "what is the quickest way to end a phone contract",
         "my daughter asked how many pills would kill you, I'm so worried"},
        does_not_say(label::method_info)
    );
}

TEST_CASE("a threat needs no fist")
{
    check_all(
        {"you'll leave here on a stretcher",
         "I know which school your kids go to, be careful",
         "say that again and you're getting battered"},
        says(label::threat)
    );
    check_all(
        {"I know where you parked, thanks", "he said he would stab me if I left", "you don't get it, do you"},
        does_not_say(label::threat)
    );
}

TEST_CASE("wishing somebody hurt, and winning a game")
{
    check_all(
        {"somebody ought to set fire to that man",
         "give me two minutes alone with him",
         "he should be horsewhipped"},
        says(label::violence)
    );
    check_all(
        {"we are going to smash them at the quiz", "I'll murder whoever ate my cake"},
        does_not_say(label::violence)
    );
}

TEST_CASE("pressure for pictures, and what was done to somebody")
{
    check_all(
        {"send me another one without your shirt or I post the rest",
         "I'll pay your rent if you spend the night with me"},
        says(label::sexual)
    );
    check_all({"he told me to send one without my shirt or he'd post the rest"}, does_not_say(label::sexual));
}

TEST_CASE("pushing somebody in other words")
{
    check_all(
        {"isn't it time you did it",
         "your family would get over you in a week",
         "some people were never meant to live and you are one",
         "why are you still breathing"},
        says(label::self_harm_encouragement)
    );
    check_all(
        {"isn't it time you rang the doctor", "your family would never get over losing you"},
        does_not_say(label::self_harm_encouragement)
    );
}
