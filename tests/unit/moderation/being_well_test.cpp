// What somebody can rely on who has long been well and tells how it was: the circle reads it at once. And
// what somebody can rely on for whom it has come back: a person looks first. All texts were written for these
// tests.
#include "reading.hpp"
#include "tests/unit/support/texts.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace holdfast::moderation;

namespace {
void waits_for_a_person(char const* text)
{
    auto const seen = decided(text);
    CHECK(seen.outcome == outcome::hold);
    CHECK(seen.risk >= 4);
}
} // namespace

TEST_CASE("who has long been well tells how it was, and the circle reads it at once")
{
    check_all(
        {"I'm nineteen and I wanted to say to the younger ones that it does pass. At fifteen I was cutting "
         "every day and I "
         "took pills twice, my mum slept on my floor for a month. I haven't hurt myself in three and a half "
         "years. I still "
         "have bad days, but a bad day now is a bad day, and I eat toast and go to bed.",
         "My husband asked me to write this. I tried to kill myself after our daughter was born. That was "
         "eleven years "
         "back, and I was on the mother and baby unit for nine weeks. She starts big school on Monday. I've "
         "been well ever "
         "since, I take my tablets every morning, and I cry at assemblies like everyone else.",
         "When I was at university I stopped eating, stopped sleeping and wrote goodbye letters to my "
         "flatmates. One of "
         "them came home early because her gig was cancelled. These days I coach the under elevens, badly. I "
         "can't "
         "remember the last time I thought about dying, it isn't there. Her band is still terrible.",
         "I lost my farm in the drought and I went down to the shed with the rope. My dog wouldn't stop "
         "barking. That's "
         "eight years ago. I drive the school bus now, mate, best job I've had. No dark thoughts in years. "
         "If it's you in "
         "the shed tonight, go and pat the dog first and then ring somebody.",
         "For years after the assault I self harmed and I thought I would be dead by twenty five. Well, I "
         "turned forty on "
         "Saturday and we had a bouncy castle. Trauma therapy worked for me, slowly. I don't get the urges "
         "now. When I was "
         "new here I needed to hear a boring happy ending."},
        is_read_at_once
    );
}

TEST_CASE("who tells of better years and is not well now is seen")
{
    check_all(
        {"I have been fine for years, everyone thinks so, I run the bake sale and I do the rota. Tonight I'm "
         "going to do "
         "it. The letters are on the kitchen table and the cat is at my mum's. I'm sorry.",
         "I haven't hurt myself in two years and I have a chip for it. I want to die anyway. I have the rope "
         "in the "
         "garage, I have had it since spring, and I look at it every day when I get the bike out.",
         "Six months self harm free and tonight I broke it. Not even sad, just blank. I don't want to be "
         "here, I have the "
         "blade and the bath is running. Don't tell me I'm doing well because I'm not.",
         "No bad thoughts in months, then today out of nowhere I took everything in the cabinet. I'm scared "
         "now. My hands "
         "are cold. I don't know what to do.",
         "People tell me I'm so strong because I survived my attempt ten years ago. I'm not strong, I was "
         "just found. I "
         "think about doing it again most days, properly, and this time I would go where nobody walks a "
         "dog."},
        waits_for_a_person
    );
}

TEST_CASE("what is dated soon after it is told is of that time")
{
    CHECK(risk_of("I tried to kill myself. My brother found me. That was twelve years ago.") <= 1);
    CHECK(
        risk_of("I tried to kill myself last night. My brother found me. He was here twelve years ago too."
        ) >= 3
    );
}

TEST_CASE("how long it has lasted is not how long ago it was")
{
    CHECK(risk_of("I want to kill myself. It's been ten years of this.") >= 2);
    CHECK(risk_of("I want to die. It is six months now without him.") >= 1);
    CHECK(
        risk_of("I've been in recovery for five years. I bought pills and I'm going to take them all tonight."
        ) >= 4
    );
    CHECK(risk_of("I took an overdose. It's been a year since mum died.") >= 3);
    CHECK(risk_of("I took an overdose. It has been two years since he left.") >= 3);
    CHECK(risk_of("I tried to kill myself. This is three years of hell now.") >= 3);
    CHECK(risk_of("I'm going to end it. It's been three years and nothing changed.") >= 4);
}

TEST_CASE("what comes after the now is not of back then")
{
    CHECK(risk_of("In my old job I was fine but now I plan to jump off the bridge.") >= 3);
    CHECK(risk_of("Until I was sixteen I was okay, now I want to die.") >= 1);
    CHECK(risk_of("I wanted to die back then, now I plan holidays.") <= 1);
}

TEST_CASE("years without joy are not years of being well")
{
    for (std::string const text :
         {"I haven't wanted to live in years.",
          "I haven't felt happy in years.",
          "I haven't felt anything for years."}) {
        INFO(text);
        CHECK(weighed(text).features[index_of(feature::well)] == 0);
    }
    CHECK(weighed("I haven't wanted to die since 2017.").features[index_of(feature::well)] == 1);
}

TEST_CASE("a denial ends where its author says I again")
{
    CHECK(risk_of("I'm not suicidal, I just want to die") >= 2);
    CHECK(risk_of("I don't want to die, I want to sleep") == 0);
    CHECK(risk_of("No dark thoughts in months and then today I took all my pills.") == 6);
    CHECK(risk_of("No dark thoughts in months and today I took all my pills.") == 6);
}
