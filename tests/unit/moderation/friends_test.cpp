// What people promise and advise each other every day uses the verbs of threats: nobody waits for a person
// because of it. All sentences were put together for these tests.
#include "reading.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace holdfast::moderation;

namespace {
void is_not_held(std::string const& text)
{
    INFO(text);
    auto const seen = decided(text);
    CHECK(seen.outcome != outcome::hold);
    CHECK(seen.outcome != outcome::give_back);
    CHECK(seen.risk < 3);
}
} // namespace

TEST_CASE("what friends do for each other is no threat")
{
    for (std::string const who :
         {"I'll",
          "We'll",
          "My friends will",
          "My brother will",
          "Somebody will",
          "They can",
          "I can",
          "I'm going to",
          "We're going to",
          "I'd love to",
          "Let me",
          "I hope we can"}) {
        for (std::string const what : {
                 "visit you on Tuesday",
                 "come over with soup",
                 "come round at six",
                 "find you a chair",
                 "find you at the break",
                 "wait for you by the gate",
                 "wait for you after work",
                 "pick you up tonight",
                 "get you a ticket",
                 "get you home safe",
                 "show you what I knitted",
                 "show you the garden",
                 "teach you how to knit",
                 "take you to the clinic",
                 "take you out for lunch",
                 "bring you the book",
                 "follow you on the route",
                 "follow you there",
                 "watch you play on Saturday",
                 "watch you graduate",
                 "catch you later",
                 "see you tomorrow",
                 "see you at the meeting",
                 "meet you outside",
                 "meet you at the station alone so we can talk",
                 "call you tonight",
                 "text you the address of the clinic",
                 "send you a picture of the dog",
                 "hold you in my thoughts",
                 "hold your hand",
                 "look after you",
                 "look for you in the crowd",
                 "miss you",
                 "be thinking of you",
                 "be right behind you",
                 "be there for you",
                 "cook for you",
                 "beat you at chess",
                 "beat you to the last biscuit",
                 "race you to the sea",
                 "end up sitting with you",
                 "finish it with you",
                 "break it to you gently",
                 "cut you a slice",
                 "cut your hair",
                 "drop you off",
                 "drag you to choir",
                 "drown you in tea",
                 "knock on your door with cake",
                 "leave you a key",
                 "let you sleep",
                 "make you a brew",
                 "make you laugh",
                 "make you proud",
                 "put you in touch with Denise",
                 "put you up for the night",
                 "run you a bath",
                 "save you a seat",
                 "sort you out with a coat",
                 "tell you everything on Friday",
                 "tell your sister you called",
                 "warn you about the stairs",
                 "keep you company",
                 "keep an eye on you",
                 "hand you the baby",
                 "help you move",
                 "hit you up next week",
                 "buy you a drink",
                 "burn you a CD",
                 "bury the hatchet with you",
                 "carry you through this week",
                 "come with you",
                 "come for you at four",
                 "come to get you at four",
                 "come and get you from the station",
             }) {
            is_not_held(who + " " + what + ".");
        }
    }
}

TEST_CASE("advice for an ordinary day is no harm")
{
    for (std::string const how :
         {"Could you", "You should", "Why don't you", "You can always", "Please", "You'll"}) {
        for (std::string const what : {
                 "eat something and rest",
                 "go to bed early",
                 "take your tablets with food",
                 "stop worrying about it",
                 "jump in whenever you like",
                 "jump into the call",
                 "hang in there",
                 "hang around after",
                 "hang up if it's too much",
                 "cut yourself some slack",
                 "cut down on the coffee",
                 "kill some time at the library",
                 "drop the class",
                 "drop me a line",
                 "end the call if you need to",
                 "leave him a note",
                 "leave the house today",
                 "take a long walk",
                 "take it one day at a time",
                 "try again tomorrow",
                 "try it once more",
                 "do it your way",
                 "do it tonight while you have the nerve",
                 "finish the letter",
                 "send him the letter",
                 "tell someone",
                 "tell your doctor",
                 "keep it to yourself for now",
                 "keep going",
                 "stay in bed",
                 "shut the door and breathe",
                 "shut your eyes for a minute",
                 "lose the guilt",
                 "lose a bit of the noise",
                 "weigh it up",
                 "weigh yourself less often",
                 "skip lunch with her if it hurts",
                 "skip the meeting",
                 "burn the letters",
                 "burn a candle for him",
                 "drink more water",
                 "drink less",
                 "go swimming",
                 "go to the bridge and look at the boats",
                 "die of boredom with us",
                 "live a little",
             }) {
            is_not_held(how + " " + what + ".");
        }
    }
}

TEST_CASE("where somebody will be is no threat")
{
    for (std::string const who : {"I'll be", "We'll be", "My mum will be", "She's going to be"}) {
        for (std::string const where :
             {"at the library",
              "in the garden",
              "outside the clinic",
              "by the gate",
              "behind the stall",
              "near the station"})
            is_not_held(who + " " + where + " until five.");
    }
}

TEST_CASE("the same verbs are a threat where they are meant as one")
{
    for (std::string const text :
         {"We will find you and you will pay for this.",
          "I know your street. I'll be waiting for you when you're alone.",
          "My brothers are coming round with a bat.",
          "Someone will pay you a visit if you tell anyone.",
          "I'll be outside your house tonight.",
          "I will find out where you live."}) {
        INFO(text);
        CHECK(decided(text).outcome == outcome::hold);
    }
}
