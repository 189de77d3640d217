// What people also say on ordinary days: tablets at hand, letters written, a bridge walked to, "I'll do it
// tonight". Alone it says nothing of dying; beside a word of it, it does. All sentences were written for
// these tests.
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
auto does_not_say(label about)
{
    return [about](char const* text) { CHECK(score_of(text, about) < 0.5); };
}
auto says(label about)
{
    return [about](char const* text) { CHECK(score_of(text, about) >= 0.6); };
}
} // namespace

TEST_CASE("a name is no cry for help, whatever words it is like")
{
    screen const made(shipped_policy());
    check_all(
        {"Ama", "Sedge", "Linnet", "Sedge again", "Kofi from up north", "Nan of four"},
        [&](char const* name) {
            input said;
            said.text = name;
            said.kind = text_kind::name;
            auto const decided = made.decide(said);
            CHECK(decided.risk == 0);
            CHECK(decided.outcome == outcome::publish);
            said.kind = text_kind::post;
            if (std::string_view(name).find(' ') == std::string_view::npos)
                CHECK(made.decide(said).risk == 0);
        }
    );
    input heard;
    heard.kind = text_kind::name;
    heard.text = "going to kill myself";
    CHECK(made.decide(heard).risk >= 4);
}

TEST_CASE("who passes on where help is waits for nobody")
{
    for (auto const* const text :
         {"Shout, text 85258.",
          "Text HOME to 741741",
          "Call or text 988, they were kind to me.",
          "Grief line 1300 845 745 is open till late.",
          "the farmers line 03000 111 999 was kind to me",
          "The council has a free line, 0800 138 7777, they answer until midnight."})
        is_read_at_once(text);
    CHECK(stops(decided("Cheap loans, call 0800 123 4567 today for your cash, and 85258").outcome));
}

TEST_CASE("who stays with somebody is not held for it")
{
    screen const made(shipped_policy());
    check_all(
        {"I am sorry it is so heavy.",
         "I'm so sorry it's this heavy. I'm here, and I'm not going anywhere.",
         "I'm here and I'm not leaving tonight.",
         "I'm sorry you have to go through this."},
        [&](char const* text) {
            input said;
            said.text = text;
            auto const decided = made.decide(said);
            CHECK(decided.risk == 0);
            CHECK(decided.outcome != outcome::hold);
        }
    );
}

TEST_CASE("an ordinary day is no risk")
{
    check_all(
        {"It's working, I can't believe it.",
         "The biscuit box is empty again.",
         "I went to the cliffs and flew my kite.",
         "We've set a date for the move.",
         "I'll do it tonight, promise: the whole tax return.",
         "I've got the tablets from the vet for the old cat.",
         "I wrote a letter to my landlord and kept a copy.",
         "I passed my driving test on the second attempt.",
         "My first attempt at bread came out flat.",
         "I tried to plait her hair on Sunday, and this morning I tried again.",
         "The fourth attempt at quitting is going well.",
         "I had to say goodbye to my colleagues today, and I brought cake.",
         "We said goodbye to our old dog on Monday.",
         "Rest at last, the house is empty and the kettle is on.",
         "I've taken all my tablets for today and fed the cat.",
         "There's no point going on Saturday, it's shut.",
         "I'd rather die than sing in public.",
         "I gave my bike to my niece, she has grown so much.",
         "We're leaving at the weekend, the caravan is packed.",
         "I've made my mind up: the blue curtains.",
         "Everything is arranged for Saturday's fair.",
         "I looked up how to knit a heel.",
         "We took them all to the zoo."},
        has_risk(0, 0)
    );
}

TEST_CASE("beside a word of dying the same things are none")
{
    check_all(
        {"I'll do it tonight. I can't stay alive any longer.",
         "I want to die. I've got the tablets from the chemist.",
         "I've made my mind up. I don't want to be alive.",
         "I went to the cliffs and looked down. I want to kill myself."},
        has_risk(4, 6)
    );
}

TEST_CASE("two of them are none either")
{
    check_all(
        {"I wrote a note to my kids. Everything is arranged. I'll do it on Friday, I've made my mind up. It "
         "will all be "
         "over by Saturday."},
        has_risk(4, 6)
    );
}

TEST_CASE("what says enough by itself needs no other word")
{
    check_all(
        {"I've just taken the whole packet.",
         "I swallowed thirty sertraline.",
         "I took all my mum's painkillers.",
         "I've climbed over the railing.",
         "The pills are lined up in front of me.",
         "I'm going to take every one of my tablets tonight.",
         "I skip my insulin so that I die."},
        has_risk(4, 6)
    );
}

TEST_CASE("everyday words under a cry for help mean more")
{
    auto const reply = std::string_view(
        "Everything you need is in the drawer, the tablets are right there, so off you go and get on with it."
    );
    auto const about = static_cast<std::size_t>(label::self_harm_encouragement);
    CHECK(weighed(reply).scores[about] < 0.5);
    CHECK(weighed(reply, {"I want to kill myself tonight."}).scores[about] >= 0.6);
}

TEST_CASE("ordinary advice pushes nobody, and ordinary questions ask for no way to die")
{
    check_all(
        {"Third time lucky, you'll get your licence.",
         "Save yourself the trouble and book online.",
         "Your tablets are in the drawer, love.",
         "Your family would be glad of a postcard.",
         "We're waiting for you with the cake."},
        does_not_say(label::self_harm_encouragement)
    );
    check_all(
        {"I know the way, I used to deliver post there.",
         "How do people do it with three jobs?",
         "How long does it take to hang a door?",
         "Best place to cut a pear?",
         "Take it on an empty stomach, says the leaflet.",
         "The trick is to take them off before they burn."},
        does_not_say(label::method_info)
    );
}

TEST_CASE("who asks whether anyone else feels so speaks of themselves")
{
    check_all({"does anyone else wish to never wake up", "anybody else want to die"}, has_risk(1, 3));
}

TEST_CASE("a group in one sentence and contempt for them in the next")
{
    check_all(
        {"A family of refugees lives upstairs. They're vermin.",
         "The Jews have a shop there. They should be locked up.",
         "I hope all the immigrants drown.",
         "No Muslim should be allowed to teach.",
         "There isn't a decent Traveller anywhere.",
         "I'd never rent to a Pole."},
        says(label::hate)
    );
    check_all(
        {"A family of refugees lives upstairs. They're lovely.",
         "The rats are back. They're vermin.",
         "I love that Muslims feed the whole street in Ramadan.",
         "We found a chink in the curtains.",
         "The sheep graze along the dyke by the sea.",
         "My aunt says that gays are sick. I left the table."},
        does_not_say(label::hate)
    );
}

TEST_CASE("an aunt's praise, a quarrel at home and where somebody works wait for nobody")
{
    check_all(
        {"You're so mature for your age, your nan is proud of you.",
         "Gosh, you are mature for sixteen, well done with the exams."},
        [](char const* text) { CHECK(score_of(text, label::grooming) < 0.6); }
    );
    check_all(
        {"You'll pay for that, I'm telling Mum!",
         "You will pay for this in the morning, that was a strong curry."},
        [](char const* text) { CHECK(score_of(text, label::threat) < 0.5); }
    );
    check_all(
        {"I work at the florist's on Mill Lane.", "I work at the call centre near the park."},
        [](char const* text) { CHECK(score_of(text, label::pii) < 0.6); }
    );
}

TEST_CASE("a farewell that names nothing is heard where two of its signs stand together")
{
    check_all(
        {"After Friday nobody has to worry about me.", "By the weekend you won't have to put up with me."},
        has_risk(3, 6)
    );
    check_all(
        {"My sister can have my records. I won't need my room anymore.",
         "Nobody needs to look after me from Monday on. I feel so calm now that I've decided."},
        has_risk(4, 6)
    );
    check_all(
        {"I stopped my tablets in spring and kept every box. Thank you all for being so kind to me here.",
         "I wrote down all the passwords for my wife. It's strange how light I feel.",
         "I've kept my promise long enough. The insurance is sorted and I've paid the funeral."},
        has_risk(3, 6)
    );
    check_all(
        {"We move to Leeds on Friday. I wrote down all the passwords and gave my bike to my nephew. I feel "
         "so light.",
         "I'm leaving this circle, it was lovely knowing you. My nephew can have my place in the rota.",
         "Thank you all for being so kind to me. I paid the rent today.",
         "I've cancelled my gym and I'm feeling very peaceful after yoga.",
         "Thanks for having me everyone. I finally cleared my debts, so relieved for the first time in "
         "years.",
         "Dad died in May. I've sorted the insurance and paid the funeral, and my sister can have his "
         "records."},
        has_risk(0, 2)
    );
    check_all(
        {"My sister can have my records, I only stream now.",
         "I won't need my coat anymore, it's spring.",
         "You don't have to worry about me, the scan was clear.",
         "I feel calm now that it's decided: we take the red sofa."},
        has_risk(0, 2)
    );
}

TEST_CASE("what would count beside a word of dying holds nothing, but is told to what is learned")
{
    auto const alone = weighed("I'll do it tonight, promise: the whole tax return.");
    CHECK(alone.risk < 1);
    CHECK(alone.features[index_of(feature::lone_intent)] >= 0.5F);
    CHECK(alone.features[index_of(feature::intent)] < 0.5F);
    auto const in_company = weighed("I want to die. I'll do it tonight.");
    CHECK(in_company.features[index_of(feature::lone_intent)] == 0);
    CHECK(in_company.features[index_of(feature::intent)] >= 0.5F);
}

TEST_CASE("words of a topic are counted once each and hold nothing")
{
    auto const once = weighed("The museum shows a nude by a painter from Leeds.");
    auto const often = weighed("The nude, the nude, the nude by a painter from Leeds.");
    CHECK(once.scores[static_cast<std::size_t>(label::sexual)] < 0.5);
    CHECK(once.features[index_of(feature::explicit_words)] > 0);
    CHECK(
        often.features[index_of(feature::explicit_words)] <=
        once.features[index_of(feature::explicit_words)] * 1.2F
    );
}
