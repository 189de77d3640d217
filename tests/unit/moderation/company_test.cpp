// A cry for help stays one whatever else is said beside it, with or without a full stop between: that nobody
// rang, that it was better once, that a film was on. And what harms others stays what it is beside a kind
// word. All sentences were written for these tests.
#include "reading.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace holdfast::moderation;

namespace {
using texts = std::vector<std::string>;

// Everything in `before`, joined to everything in `said` in each way that people join what they write.
texts said_after(texts const& before, texts const& said)
{
    texts made;
    for (auto const& first : before) {
        for (std::string const join : {" and ", ", ", " so ", " but ", " ", "; ", ". ", "\n", " because "}) {
            for (auto const& second : said)
                made.push_back(first + join + second);
        }
    }
    return made;
}

texts said_before(texts const& said, texts const& after)
{
    texts made;
    for (auto const& first : said) {
        for (std::string const join : {" ", ", ", " and ", " but ", ". "}) {
            for (auto const& second : after)
                made.push_back(first + join + second);
        }
    }
    return made;
}

void are_at_least(texts const& all, int risk)
{
    for (auto const& text : all) {
        if (decided(text).risk < risk) FAIL_CHECK(text);
    }
}

texts const unrelated_denials{
    "I have nobody",
    "nobody cares",
    "nothing helps",
    "I'm not ok",
    "I am not well",
    "I haven't eaten in days",
    "I never leave the house",
    "not one person rang",
    "my mum didn't answer",
    "without her I am nothing",
    "I don't have friends",
    "I can't do this",
    "I don't want to scare anyone",
    "no offence"};
texts const other_times{
    "ten years ago I lost my son",
    "last year I lost my job",
    "I used to be happy",
    "when I was a kid he hurt me",
    "back then I had hope",
    "years ago I was raped",
    "it has been two years since he died"};
texts const other_people{
    "my husband left me",
    "my boss fired me",
    "my daughter won't talk to me",
    "he said he hates me",
    "they laughed at me",
    "I'm worried about my son"};
texts const better_days{
    "I was doing better",
    "I was six months clean",
    "I got help last year",
    "I was in recovery",
    "I felt hopeful on Monday"};
texts const stories{
    "I watched a film",
    "I finished my book",
    "I wrote a song",
    "my game crashed",
    "I'm writing my story",
    "I read the news"};
texts const kindness{
    "thank you all for listening",
    "you are all lovely",
    "take care of yourselves",
    "you deserve better",
    "are you ok",
    "please hold on to my things",
    "I'm glad you are ok"};
texts const afterwards{
    "please help me",
    "what should I do",
    "my kids are asleep",
    "nobody knows",
    "don't tell anyone",
    "I don't want to worry you",
    "I hope you are all well",
    "it was a long day",
    "I feel better now that I said it"};

texts const wishes{"I want to die", "I wish I was dead", "I don't want to be alive any more"};
texts const thoughts{
    "I want to kill myself", "I keep thinking about suicide", "I can't stop thinking about killing myself"};
texts const intents{
    "I am going to kill myself later tonight",
    "I have decided to end my life",
    "I'm going to jump off the bridge tonight",
    "I've just cut my wrists"};
} // namespace

TEST_CASE("a cry for help is heard beside a 'not' of something else, another time, a story or a kind word")
{
    for (auto const& beside :
         {unrelated_denials, other_times, other_people, better_days, stories, kindness}) {
        are_at_least(said_after(beside, wishes), 1);
        are_at_least(said_after(beside, thoughts), 2);
        are_at_least(said_after(beside, intents), 4);
    }
}

TEST_CASE("a cry for help is heard whatever comes after it")
{
    are_at_least(said_before(wishes, afterwards), 1);
    are_at_least(said_before(thoughts, afterwards), 2);
    are_at_least(said_before(intents, afterwards), 4);
}

TEST_CASE("a cry for help is heard in a breath that began with a laugh")
{
    are_at_least(
        {"he cried and then made toast lol and the car is dead and I want to die",
         "lol anyway the bus was late and nobody sat with me and I want to kill myself",
         "I keep thinking about suicide lol",
         "haha I don't want to be alive any more"},
        1
    );
}

TEST_CASE("somebody who takes leave is heard though they are kind to others in the same breath")
{
    are_at_least(
        {"Take care everyone. This is the last you will hear from me.",
         "Thank you for sharing this year with me. I have had enough now and I am slipping out quietly.",
         "Please hold on to my guitar. Where I am going I will not need it.",
         "Keep fighting, the lot of you. I have no fight left and I am done after tonight.",
         "Please tell someone to feed the cat. I am not going to be here.",
         "take care, I won't bother anyone again after tonight",
         "I am so sorry for what you will find tomorrow. Tell mum I loved her."},
        4
    );
}

TEST_CASE("a cry for help without an 'I' of its own is heard too")
{
    are_at_least(
        {"nobody rang and dying sounds nice",
         "nobody rang and suicide is all I think about",
         "years ago I was raped and suicide is on my mind every day",
         "never been loved want to die",
         "not doing great life is shit wanna die",
         "I didn't sleep all night I want to die",
         "I'm not ok so tired I want to die",
         "nobody knows I want to die"},
        1
    );
    are_at_least(
        {"nobody cares and gonna kill myself",
         "nobody cares gonna kill myself",
         "nobody rang and planning to end it tonight"},
        4
    );
}

TEST_CASE("what is denied in one breath with 'and' and 'so' stays denied")
{
    for (std::string const text : {
             "I don't want to hurt myself and I don't want to die, I just want to sleep.",
             "I have no plans to kill myself and I am safe and I am with my sister.",
             "I never want to feel that again and I never want to hurt myself again.",
             "I am not suicidal and I would never do that so please don't call anyone.",
             "No thoughts of suicide and no plan, I am just so tired and I want to sleep.",
             "I'm not saying I want to die and I'm not saying I'd do it, it's just heavy.",
             "I don't want to go and kill myself",
             "I never wake up and want to die anymore",
             "I don't stay up and keep thinking about suicide any more",
             "please don't go and kill yourself",
             "ten years ago I would think about suicide every day",
             "when I was a teenager I did want to die",
             "in my teens I'd often want to kill myself",
             "when I was 15 all I could think was I want to die",
             "I used to want to die and I used to cut and I don't any more.",
             "When I was 16 I cut myself and I wanted to kill myself, now I teach yoga.",
             "My friend said she wants to kill herself and I don't know what to do.",
             "I watched a film where she kills herself and I cried all night.",
         })
        is_read_at_once(text);
}

TEST_CASE("what was said to somebody isn't held against them, in however long a breath they tell it")
{
    for (std::string const text : {
             "He told me you are worthless and you should kill yourself.",
             "They called me a worthless piece of shit and told me go kill yourself.",
             "I was told you are disgusting and you should be ashamed for years.",
         })
        is_read_at_once(text);
}

TEST_CASE("what harms somebody waits for a person though a kind, idle or denying word stands beside it")
{
    texts const beside{
        "take care",
        "thank you for sharing",
        "are you ok",
        "stay safe",
        "I brought you cake",
        "I watched a film",
        "I don't care",
        "I used to like you",
        "haha"};
    texts const harms{
        "you should kill yourself",
        "I will find you and I will hurt you",
        "you are a worthless piece of shit",
        "send me nudes"};
    for (auto const& text : said_after(beside, harms)) {
        INFO(text);
        CHECK(stops(decided(text).outcome));
    }
}
