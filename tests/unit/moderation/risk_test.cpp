// What the rules promise about the author's own risk. All sentences were written for these tests.
#include "reading.hpp"
#include "tests/unit/support/texts.hpp"

#include <catch2/catch.hpp>

using namespace holdfast::moderation;

namespace {
auto has_risk(int least, int most)
{
    return [least, most](char const* text) {
        auto const risk = risk_of(text);
        CHECK(risk >= least);
        CHECK(risk <= most);
    };
}
} // namespace

TEST_CASE("who asks what to do after an act of their own is in danger, and who asks for somebody else is not")
{
    check_all(
        {
            "I took all my pills, what should I do?",
            "Drank bleach earlier, what do I do now",
            "Took all the tablets an hour ago, who should I call?",
            "I swallowed the lot, who can I tell?",
            "I cut too deep, what do I do",
            "how do I get help, I've taken too many tablets",
            "I'm standing on the ledge, what should I say to my mum?",
        },
        [](char const* text) { CHECK(weighed(text).risk >= 4); }
    );
    check_all(
        {
            "My brother took all his pills, what should I do?",
            "My friend wants to kill herself, what can I do for her?",
            "My toddler drank bleach, who should I call?",
        },
        [](char const* text) { CHECK(weighed(text).risk < 1); }
    );
}

TEST_CASE("figures of speech are no risk")
{
    check_all(
        {
            "this assignment is gonna kill me",
            "my boss is going to murder me if I miss another standup",
            "I nearly died when he walked in on us singing",
            "that punchline absolutely killed me",
            "I'd die for a cold lemonade right about now",
            "we're dying to meet the baby",
            "she's drop dead gorgeous",
            "the traffic on the ring road is killing my soul today",
            "you slay me with these memes",
            "my phone died halfway through the call",
            "I could kill a curry tonight",
            "the silence in that meeting was deadly",
            "so bored I could die",
            "I'm dead, your cat's face",
            "these new boots are murder on my heels",
            "he's going to kill it on stage tonight",
            "my knees are killing me after leg day",
            "don't let one bad grade kill your vibe",
            "I almost died laughing at that reel",
            "shoot me a message when you land",
            "let's just shoot some hoops after class",
            "I'd sell a kidney for a nap",
            "mate this hangover will be the death of me",
            "texting your ex is social suicide",
            "we did suicides until the coach got bored",
            "suicide wings are on the menu, dare you",
            "he made a suicidal lunge for the ball",
            "watched a suicide squad trailer",
            "my gran is a killer at cards",
            "kill the lights before you leave",
            "cut it out you two",
            "I need to cut my hair, it's a mess",
        },
        has_risk(0, 0)
    );
}

TEST_CASE("games and stories are no risk")
{
    check_all(
        {
            "I keep dying on the second boss, any builds?",
            "shot myself with my own rocket launcher in that match",
            "hang on, respawning, who killed me",
            "in my novel the detective's wife takes her own life in act two",
            "my dnd character threw himself off the tower to save the party",
            "just finished the episode where she ends her life and I'm in bits",
            "Romeo poisons himself and I still cry every time",
            "I jumped off the map and died again, stupid controls",
        },
        has_risk(0, 0)
    );
}

TEST_CASE("what is denied is not said")
{
    check_all(
        {
            "I am not going to hurt myself, I just needed to say it",
            "honestly I've never been suicidal, only exhausted",
            "no plans to end my life or anything, I'm just low",
            "I don't want to kill myself. I want this week to be over",
            "not that I'd ever do anything to myself",
            "I wouldn't dream of ending it, my kids need me",
            "please don't worry, I'm safe and I'm not thinking of dying",
            "I have zero intention of harming myself",
            "I can't say I've ever wanted to die",
            "suicide isn't something I'd ever consider",
            "I'm not in danger, I only want to talk",
            "it's not like I'm planning to kill myself lol",
            "never self harmed, never will",
            "I didn't mean I want to die, I meant I'm tired",
        },
        has_risk(0, 1)
    );
}

TEST_CASE("what was overcome is past")
{
    check_all(
        {
            "three years back I overdosed, this morning I held my daughter",
            "I used to want to die every day. I don't anymore",
            "when I was sixteen I tried to kill myself, I'm thirty now and happy",
            "it's been 400 days since I last cut",
            "looking back at my attempt, I'm thankful they found me",
            "Ten years ago today I tried to end my life, and this morning I burnt the toast.",
            "I was hospitalised for suicidal thoughts in 2019 and life is good now",
            "there was a time I planned my own death. Now I plan holidays",
            "ten months without self harm today",
            "I survived my suicide attempt and I want you to know it gets better",
            "as a teen I burned myself, therapy taught me other ways",
            "I wanted to end it all last winter, so glad I called someone",
        },
        has_risk(0, 1)
    );
}

TEST_CASE("a worry about somebody else is not the author's risk")
{
    check_all(
        {
            "my best mate keeps saying he wants to die and I don't know how to help",
            "how do I talk to my daughter about her self harm?",
            "my boyfriend threatened to kill himself if I leave",
            "I think my student is suicidal, who do I call?",
            "a guy at work said he's going to end it, should I tell HR?",
            "my little brother tried to hang himself last night, we're at the hospital",
            "my wife has been cutting, what can I do?",
            "someone I met online says they took pills and went quiet, help",
            "scared my mum will overdose again",
            "my friend texted me goodbye and now her phone is off",
            "she told me she has a plan and I promised not to tell",
            "how can I support a friend who is suicidal without making it worse",
        },
        has_risk(0, 2)
    );
}

TEST_CASE("grief is no risk of its own")
{
    check_all(
        {
            "my dad killed himself when I was nine",
            "it's two years since my sister died by suicide",
            "we buried my cousin on Friday, he hanged himself",
            "I keep replaying the night my husband shot himself",
            "lost my best friend to an overdose",
            "how do you live with losing a child to suicide",
            "my neighbour took her life in March and her garden is blooming",
        },
        has_risk(0, 1)
    );
}

TEST_CASE("quoted songs and headlines are not the author's words")
{
    check_all(
        {
            "\"I wanna die but I can't\" is such a good chorus",
            "that lyric, \"let me go under the water\", makes me cry",
            "my favourite line in the film is 'I don't want to live in a world without you'",
            "the article said a man had killed himself on the tracks",
        },
        has_risk(0, 1)
    );
}

TEST_CASE("talk about the subject is no risk")
{
    check_all(
        {
            "our school is running a suicide awareness week",
            "I'm writing an essay about suicide rates among farmers",
            "does talking about suicide make it more likely? the evidence says no",
            "training as a volunteer for a crisis line, learning about risk factors for suicide",
            "the documentary about self harm in prisons was hard to watch",
        },
        has_risk(0, 0)
    );
}

TEST_CASE("a hard time is no wish to die")
{
    check_all(
        {
            "I cried in the supermarket again",
            "I feel so alone it's like I'm invisible",
            "my chest gets tight and I can't breathe when I go out",
            "I hate my job and I hate who I've become",
            "everything is too much today",
            "I'm so tired of pretending I'm fine",
            "I had a panic attack and thought I was dying",
            "I'm scared of dying, my heart keeps skipping",
            "nothing makes me happy these days",
        },
        has_risk(0, 1)
    );
}

TEST_CASE("offering help is no risk")
{
    check_all(
        {
            "I'm so glad you're still here",
            "you are not alone in this, please keep talking",
            "have you got anyone who could sit with you tonight?",
            "sending you a big hug, you deserve kindness",
            "would you consider ringing the Samaritans?",
            "I've been there too and I'm rooting for you",
            "do you feel safe right now?",
        },
        has_risk(0, 0)
    );
}

TEST_CASE("a wish to be dead")
{
    check_all(
        {
            "I'd rather not be alive tbh",
            "wish I'd never been born",
            "if I got hit by a bus tomorrow I wouldn't mind",
            "I pray every night that I won't wake up",
            "nobody would notice if I was gone",
            "I'm tired of being alive",
            "what's the point of being here anymore",
            "they'd all be happier without me",
            "I just want to sleep and never wake",
            "hoping something takes me out soon",
            "I don't see a reason to keep living",
            "I want to stop existing",
            "can't wait to be dead honestly",
            "I dont wanna be alive no more",
        },
        has_risk(1, 2)
    );
}

TEST_CASE("thoughts of suicide")
{
    check_all(
        {
            "I want to kill myself",
            "keep having thoughts of ending my life",
            "i cant stop thinking about dying",
            "suicide is all I think about lately",
            "feeling really suicidal today",
            "I think about killing myself every single day",
            "part of me wants to just end it",
            "maybe I should just die",
            "I need to die",
            "the urge to end everything is so strong",
            "why shouldn't I kill myself",
            "honestly death is the only way out for me",
            "I'd kill myself if it weren't for my mum",
        },
        has_risk(2, 4)
    );
}

TEST_CASE("thoughts of a way")
{
    check_all(
        {
            "thinking about jumping off the bridge near my flat",
            "I've been imagining hanging myself in the garage",
            "keep picturing driving my car into a wall",
            "I want to overdose on my meds",
            "thought about slitting my wrists in the bath",
            "I wonder what it would feel like to step off the platform",
            "looking at the rope in the shed and thinking about it",
            "I could swallow everything in the medicine cabinet",
            "sometimes I want to walk into traffic",
            "can't stop thinking about the gun in dad's drawer and ending it",
        },
        has_risk(3, 5)
    );
}

TEST_CASE("intent and plans")
{
    check_all(
        {
            "I'm gonna do it tonight, I've made up my mind",
            "tonight I'm ending my life",
            "I have decided to die on my birthday",
            "this weekend I'm going to hang myself",
            "I wrote letters to everyone, it'll be over by morning",
            "I've got the pills and I know when everyone's out",
            "I've picked the day and the bridge",
            "everything's arranged, I gave my dog to my sister, I won't be here on Monday",
            "I'm going to jump as soon as it gets dark",
            "by this time tomorrow I'll be dead",
            "this is my last post, goodbye",
            "I've stockpiled enough tablets to not wake up",
            "goodbye everybody, you did what you could, I'm done",
            "I bought the rope yesterday and I'm using it tonight",
            "set the date, wrote the note, nothing left to do",
            "im finna end it all tonight fr",
            "I shall take my life tonight itself",
            "my mind's made up, nobody can stop me now",
        },
        has_risk(4, 6)
    );
}

TEST_CASE("an attempt under way, or just made")
{
    check_all(
        {
            "I've swallowed a whole box of paracetamol",
            "took 40 sleeping pills about ten minutes ago",
            "I cut my wrists and there's so much blood",
            "just overdosed, im scared",
            "I tried to kill myself last night",
            "I tried to end my life two years ago, and this morning I tried again.",
            "I tried hanging myself this morning but my flatmate came home",
            "the pills are kicking in, bye",
            "I already took them all, it's too late",
            "I'm on the wrong side of the railing",
            "drank bleach an hour ago, my throat is burning",
        },
        has_risk(5, 6)
    );
}

TEST_CASE("hurting oneself")
{
    check_all(
        {
            "I cut again today",
            "burnt myself with a lighter again",
            "I can't stop hurting myself",
            "relapsed last night after 3 months, my thighs are a mess",
            "I've been scratching my arms till they bleed",
            "punched the wall till my knuckles bled, I need to hurt myself",
            "the blade is calling me",
            "I deserve pain so I cut",
        },
        has_risk(1, 4)
    );
}

TEST_CASE("coded, misspelled and hidden words say the same")
{
    check_all(
        {
            "gonna unalive myself",
            "kms kms kms I'm so done",
            "thinking of catching the bus for good",
            "feeling sewerslidal tonight",
            "want to yeet myself off a bridge",
            "i wanna die fr fr",
            "wanna do a kermit sewerside",
            "thinking bout self deleting",
            "s u i c i d e is all i want",
            "i want 2 die",
            "want too end my life",
            "im gona kil my self",
            "i wish to suicide",
            "planning to off myself soon",
            "K I L L   M E, I want to d1e",
        },
        has_risk(2, 5)
    );
}

TEST_CASE("a denial ends where a new thought begins")
{
    check_all(
        {"I'm not suicidal but I can't stop thinking about killing myself",
         "I never wanted to die until now, now I want to die"},
        has_risk(2, 6)
    );
    check_all({"I can't not think about killing myself", "I don't know if I want to die"}, has_risk(1, 6));
}

TEST_CASE("a long post is not riskier for being long")
{
    std::string text;
    for (int line = 0; line < 200; ++line)
        text += "Today I walked the dog and talked with my sister about dinner. ";
    CHECK(risk_of(text) == 0);
    CHECK(risk_of(text + "I wish I was dead.") == risk_of("I wish I was dead."));
}

TEST_CASE("every finding has a rule, a reason and a place")
{
    std::string_view const text = "Hello all. I have decided to die on Sunday.";
    auto const seen = weighed(text);
    REQUIRE_FALSE(seen.findings.empty());
    for (auto const& one : seen.findings) {
        CHECK_FALSE(one.rule.empty());
        CHECK_FALSE(one.reason.empty());
        CHECK(one.where.end <= text.size());
        CHECK(one.where.begin < one.where.end);
    }
    CHECK(has_finding(seen, "risk.intent"));
}
