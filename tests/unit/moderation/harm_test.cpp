// What the rules promise about harm to others. All sentences were written for these tests.
#include "reading.hpp"
#include "tests/unit/support/texts.hpp"

#include <catch2/catch.hpp>

using namespace holdfast::moderation;

namespace {
constexpr double counts = 0.6;
constexpr double spam_counts = 0.75;

auto says(label about)
{
    return [about](char const* text) {
        CHECK(score_of(text, about) >= (about == label::spam ? spam_counts : counts));
    };
}

void check_none(std::initializer_list<char const*> texts)
{
    check_all(texts, [](char const* text) {
        auto const seen = weighed(text);
        for (std::size_t at = 0; at < label_count; ++at) {
            auto const about = static_cast<label>(at);
            if (about == label::abuse_danger || about == label::self_harm) continue; // no offences
            INFO(name_of(about));
            CHECK(seen.scores[at] < 0.5);
        }
    });
}
} // namespace

TEST_CASE("telling somebody to die")
{
    check_all(
        {
            "go kill yourself",
            "why don't you just end it, nobody cares",
            "you should really just die",
            "do the world a favour and jump",
            "the bridge is that way, off you go",
            "i bet you're too scared to actually do it",
            "no one would even come to your funeral",
            "just take the pills and stop whining",
            "cut deeper next time",
            "hang yourself freak",
            "the world would be better without you in it",
            "you'd be better off dead",
            "end your life already",
            "neck yourself",
            "everybody wants you dead, do us a favour",
            "drink some bleach",
            "slit your wrists lol",
        },
        says(label::self_harm_encouragement)
    );
}

TEST_CASE("looking for somebody to die with")
{
    check_all(
        {
            "looking for a suicide partner in Manchester",
            "who wants to die together this weekend",
            "I don't want to do it by myself, anyone want to join me? we could jump together",
            "need a ctb buddy",
            "let's make a pact and go at the same time",
        },
        says(label::self_harm_encouragement)
    );
}

TEST_CASE("giving the how")
{
    check_all(
        {
            "two boxes of those with whisky will do it, message me for the exact dose",
            "here's how to tie the knot so it holds",
            "the most peaceful method is helium, pm me for a guide",
            "most effective way to go is an exit bag",
            "I know a method that never fails, dm me",
            "cut along the vein not across",
            "this site lists lethal doses for everything",
            "you need at least 60 of them to die",
        },
        says(label::method_info)
    );
}

TEST_CASE("asking for the how")
{
    check_all(
        {
            "what's the quickest way to die without pain",
            "how many sleeping tablets would kill me?",
            "does drowning hurt?",
            "where can I get nembutal",
            "is 20 grams of paracetamol lethal?",
            "how do I tie a noose",
            "whats a painless way to go",
            "how much insulin would it take to not wake up",
        },
        says(label::method_info)
    );
}

TEST_CASE("praising and teaching starvation")
{
    check_all(
        {
            "day 4 of my water fast, who's joining me",
            "need meanspo please, call me fat so I stop eating",
            "how do I purge without anyone hearing",
            "what's everyone's ugw? mine is 39kg",
            "looking for a fasting buddy, 300 cals max",
            "best laxatives to stay thin?",
            "hunger is just weakness leaving the body",
            "how to hide food at dinner so mum thinks I ate",
            "nothing tastes as good as skinny feels",
            "post your body checks below girls",
            "ana tips anyone? I want to be bones",
        },
        says(label::pro_eating_disorder)
    );
}

TEST_CASE("putting somebody down")
{
    check_all(
        {
            "you are such a whiny little loser",
            "nobody here likes you, just leave",
            "what a waste of oxygen you are",
            "you're fat, ugly and nobody will ever love you",
            "stupid bitch, stop posting",
            "you're nothing but an attention whore",
            "everyone is laughing at you behind your back",
            "grow a spine you crybaby",
            "you sicken me",
            "you are the dumbest person on this forum",
            "get lost freak",
            "your mother should have aborted you",
        },
        says(label::harassment)
    );
}

TEST_CASE("threats")
{
    check_all(
        {
            "I will find you and I will hurt you",
            "you're dead when I see you",
            "I know which school your kids go to",
            "watch your back tonight",
            "I'm going to beat you to a pulp",
            "I'm gonna bring a gun to school tomorrow",
            "we'll burn your house down with you in it",
            "sleep with one eye open",
            "I'll leak your nudes unless you answer me",
        },
        says(label::threat)
    );
}

TEST_CASE("contempt for people for who they are")
{
    check_all(
        {
            "all muslims are terrorists and should be kicked out",
            "trans people are mentally ill freaks",
            "I hate gays, they make me sick",
            "jews are ruining this country",
            "women are too stupid to vote",
            "go back to where you came from, we don't want your kind here",
            "black people are animals",
            "disabled people are a drain and should be put down",
            "filthy gypsies everywhere stealing",
            "send all the refugees back on a leaky boat",
            "people with your skin colour don't belong here",
        },
        says(label::hate)
    );
}

TEST_CASE("advertising and scams")
{
    check_all(
        {
            "earn 2000 weekly working from your phone, ask me how on telegram",
            "I lost everything to scammers until a recovery agent got my bitcoin back, contact him on "
            "whatsapp",
            "click the link in my bio for free followers",
            "instant loans no credit check apply now",
            "buy cheap replica watches today, limited offer",
            "congratulations you've been selected to win a free iphone, claim your prize",
            "powerful spell caster brought my ex back in 24 hours",
            "double your bitcoin with our trading platform",
        },
        says(label::spam)
    );
}

TEST_CASE("drawing somebody into secrecy")
{
    check_all(
        {
            "are you home alone? send me a pic, this is our little secret",
            "don't tell your parents about us, they wouldn't understand",
            "you're very mature for your age, let's move to whatsapp",
            "I can buy you robux if you send me a photo",
            "let's talk on kik instead, it's more private there",
            "what school do you go to? I could pick you up",
            "how old are you sweetie? want to meet up just us two",
            "delete these messages after you read them",
            "13 is old enough, age is just a number",
        },
        says(label::grooming)
    );
}

TEST_CASE("trade in drugs")
{
    check_all(
        {
            "where can I buy xanax without a prescription",
            "got percs and addys for sale, dm me",
            "anyone selling their leftover adderall?",
            "looking for a dealer in Cardiff for some ket",
            "I'll trade my sertraline for your zopiclone",
            "plug available, discreet shipping on all meds",
            "need oxy asap who's got some",
        },
        says(label::drug_sourcing)
    );
}

TEST_CASE("medical advice that harms")
{
    check_all(
        {
            "stop taking your meds, they're poison",
            "you can cure bipolar with a juice cleanse",
            "psychiatrists just want to keep you drugged for profit",
            "throw your pills away and pray, god will heal you",
            "schizophrenia is caused by demons, doctors lie to you",
            "turpentine cured my cousin's cancer",
            "vaccines gave my kid autism",
            "you don't need insulin, just stop eating sugar",
        },
        says(label::medical_misinformation)
    );
}

TEST_CASE("sexual talk aimed at others")
{
    check_all(
        {
            "send me a nude and I'll be your friend",
            "any horny girls want to chat tonight?",
            "selling my feet pics, dm",
            "what are you wearing right now baby",
            "I want to lick you all over",
            "looking for a hookup near Bristol",
            "show me your tits",
            "trade pics? I'm hard right now",
        },
        says(label::sexual)
    );
}

TEST_CASE("somebody in danger")
{
    check_all(
        {
            "he's outside my door again and I'm scared he'll hurt me",
            "my husband threatened to kill me if I leave",
            "my stepfather touches me when mum is at work",
            "she hits me every day and I don't know where to go",
            "I'm locked in the bathroom, he's smashing things",
            "my partner strangled me on Sunday",
            "my ex is following me home from work",
            "dad came home drunk and he's got the belt out",
            "my uncle makes me touch him",
            "he took my passport and won't let me leave the house",
        },
        says(label::abuse_danger)
    );
}

TEST_CASE("recovery from an eating disorder is welcome")
{
    check_none({
        "I finished a whole plate of pasta and didn't purge",
        "two months in recovery from bulimia and I had cake at my birthday",
        "my meal plan scares me but my dietitian is kind",
        "I'm scared of gaining weight in treatment",
        "any tips for eating breakfast when you're anxious?",
        "I used to starve myself, now I eat with my family",
    });
}

TEST_CASE("being hard on oneself or on things is no insult to others")
{
    check_none({
        "I'm a complete idiot for trusting him",
        "I feel so stupid and ugly",
        "my laptop is a worthless piece of junk",
        "this printer is trash",
        "I called myself a loser again today",
    });
}

TEST_CASE("saying who one is, and speaking against hate, is no hate")
{
    check_none({
        "I'm trans and my dad won't speak to me",
        "being black in this town is exhausting",
        "I'm a muslim woman and I wear a hijab",
        "as a gay man I've been called a faggot at work",
        "I'm autistic and I struggle with noise",
        "my jewish grandmother survived the war",
        "it is wrong to say immigrants are criminals",
    });
}

TEST_CASE("medicine talked over with a doctor is fine")
{
    check_none({
        "has anyone had weight gain on mirtazapine?",
        "my doctor is tapering me off venlafaxine slowly",
        "I missed two doses of my lithium, should I ring the pharmacist?",
        "does the brain fog on quetiapine go away",
        "how much ibuprofen can I take for a migraine, my GP is closed",
        "starting adderall next week, nervous",
    });
}

TEST_CASE("telling what was done to oneself is never an offence")
{
    check_none({
        "my uncle abused me when I was small",
        "I was sexually assaulted at a party last year",
        "I can't enjoy sex since the rape",
        "antidepressants killed my libido",
        "my ex pressured me into sending nudes and I feel ashamed",
        "I think I'm asexual and I don't know how to tell my partner",
    });
}

TEST_CASE("help is no harm")
{
    check_none({
        "I'm so glad you're still here",
        "you are not alone in this, please keep talking",
        "have you got anyone who could sit with you tonight?",
        "sending you a big hug, you deserve kindness",
        "would you consider ringing the Samaritans?",
        "I've been there too and I'm rooting for you",
        "do you feel safe right now?",
    });
}

TEST_CASE("advice, forms and small talk are no harm, though their words stand in harm too")
{
    check_none({
        "After a rape you may feel nothing at all for a while",
        "Please never blame yourself or your body for what he did",
        "She said we're finished, and then she rang every evening",
        "I'll get you started with the housing form on Monday",
        "You deserve a warm meal and a long sleep",
        "The second page needs to be filled in first",
        "Some talks should be done in private",
        "From what you write I would say that you feel burnt out",
        "I hope he hasn't broken his wrist",
        "You are the best dog sitter in the street",
        "Your parents are in a hard place with this, and so are you",
        "Instagram is full of perfect kitchens",
        "Half of twitter is still asleep",
        "My grandson was asleep on my lap, so I stayed",
        "I'd use your gut here, you know him better than we do",
        "I hope you and your family have a quiet weekend",
        "Everything good you deserve, and more of it",
        "Try the soup, you won't be sorry",
        "Don't let their moods drag you down",
        "Imagine being so calm that you forget the exam",
        "My sister is cricket crazy and so are most women in our street",
        "That song is my ringtone now",
        "I got rid of the old sofa at last",
        "It's easier to get a gun there than a library card",
    });
    CHECK(score_of("You needs to be filled in, mate, and I'm the one to do it", label::violence) >= counts);
    CHECK(
        score_of("Nobody is home? Your parents are out till late? Keep it our secret", label::grooming) >=
        counts
    );
}

TEST_CASE("figures of speech are no threats")
{
    check_none({
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
    });
}

TEST_CASE("help lines and ordinary numbers")
{
    check_none({
        "you can text HOME to 741741",
        "childline is 0800 1111",
        "it's 24/7 on 13 11 14",
        "I turned 45 and weigh 180 pounds",
        "the meeting is 10/10/2024 at 14:30, room 204",
    });
}

TEST_CASE("what may sound smaller than it feels gets a nudge, never a score")
{
    for (auto const* const text :
         {"at least you have your health",
          "just be positive",
          "other people have it so much worse",
          "everything happens for a reason",
          "you just need to toughen up"}) {
        INFO(text);
        auto const seen = weighed(text);
        CHECK(seen.nudge);
        CHECK(seen.risk < 1);
    }
    CHECK_FALSE(weighed("they told me to just be positive and it hurt").nudge);
    CHECK_FALSE(weighed("that sounds so hard, I'm glad you wrote").nudge);
}

TEST_CASE("a hidden spelling is told beside what it hides")
{
    CHECK(has_finding(weighed("go k1ll y0urself"), "evasion"));
    CHECK(has_finding(weighed("k y s"), "phrase.self_harm_encouragement"));
    CHECK_FALSE(has_finding(weighed("go kill yourself"), "evasion"));
}
