// What people in danger say without naming it, what is said to them, and what people say in the same words on
// ordinary days. All sentences were written for these tests.
#include "reading.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace holdfast::moderation;

namespace {
decision answered(std::string_view before, std::string_view text)
{
    return decided(text, {&before, 1});
}
using exchange = std::pair<std::string, std::string>;
} // namespace

TEST_CASE("who means to die, stands there or has done something is heard though no word of dying is said")
{
    for (std::string const text : {
             "I am going to end it tonight and nobody can stop me.",
             "There won't be a next week for me.",
             "I am going to go through with it once mum is asleep.",
             "My mind is made up, I leave this world tonight.",
             "Tomorrow I will not be alive.",
             "By the time you read this I will be gone.",
             "When you read this I'll be dead.",
             "This is the last thing I will ever write.",
             "I'm going to act on these thoughts tonight.",
             "I intend to take my life.",
             "My intention is to not see the morning.",
             "I will finish myself this night.",
             "I am about to finish my life.",
             "gonna off myself after work",
             "im doing it tn dont try to talk me out of it",
             "deadass about to kms",
             "tonight's the night i kms fr",
             "I will walk into the sea this evening.",
             "I'm going to step in front of the 9.40.",
             "I'm on the ledge.",
             "my legs are over the edge",
             "I'm on the wrong side of the railing.",
             "I'm sat on the edge with my feet hanging over.",
             "I've got the tablets lined up in front of me.",
             "I took all of them.",
             "I've taken everything in the cabinet.",
             "I have swallowed the whole bottle.",
             "I drank it. It burns.",
             "I have drunk something from under the sink.",
             "I drank the poison, it is done.",
             "I took a full strip of tablets half an hour ago.",
             "I've taken two packets and I feel sick.",
             "ive took em all",
             "I done took the whole bottle.",
             "I took too many on purpose and now my ears are ringing.",
             "I took an overdose and I'm scared.",
             "I have overdosed. Please don't ring my mum.",
             "The bottle is empty now. I feel sleepy.",
             "I've cut too deep and it won't stop.",
             "it wont stop bleeding and im scared to tell anyone",
             "I cut my wrists an hour ago.",
             "I've just cut my arm open and I can see stuff.",
             "my heart is going funny after the tablets i took",
             "The car is running and the garage is shut.",
             "I tied it and I put it round my neck but I stopped.",
             "I tried an hour ago and the rope snapped.",
             "I have injected all of my insulin.",
             "I've washed them all down with vodka.",
             "Had the lot with a bottle of wine. Don't send anyone.",
             "Don't call anyone, it's too late, I took them an hour ago.",
             "Please someone, I took them all and I changed my mind.",
         }) {
        INFO(text);
        CHECK(decided(text).risk >= 4);
    }
}

TEST_CASE("a wish or a thought is heard in a prayer, a voice, a sleep without a morning")
{
    for (std::string const text : {
             "I pray that God takes me in the night.",
             "I ask God every night to take me.",
             "I wish the Lord would call me home.",
             "I keep asking why God took her and not me.",
             "It should have been me instead of him.",
             "I want to sleep and have no morning.",
             "I go to bed hoping I don't open my eyes again.",
             "It would be no great loss if I didn't wake up.",
             "Nobody would lose anything if I didn't wake up tomorrow.",
             "If a bus hit me I wouldn't mind.",
             "I cross the road without looking and I don't care.",
             "If I got ill I wouldn't fight it.",
             "I've stopped taking my heart medicine and I'm just waiting.",
             "I don't see why I should go on living.",
             "I see no reason to be in this world.",
             "What is the point of being here.",
             "I can't find a reason to stay alive.",
             "I have lived long enough.",
             "I've had enough of being alive.",
             "I am ready to go, I have been for years.",
             "I am done with this world.",
             "I'm tired of this life, I want to rest forever.",
             "I'd rather not exist.",
             "I wish I was never born.",
             "My head keeps telling me to do it.",
             "A voice tells me to step off the platform.",
             "My brain tells me to swerve the car.",
             "Every time I drive I think of the wall.",
             "I look at my pills and I do sums in my head.",
             "I keep looking at the tablets and counting.",
             "The knife drawer calls to me.",
             "Suicidal thoughts are coming daily.",
             "Suicidal thoughts come every day now.",
             "The dark thoughts are louder this week, about ending things.",
             "I think about dying all day long.",
             "I think of killing myself but I won't because of my cat.",
             "I daydream about my own funeral.",
             "I imagine how they would find me.",
             "Sometimes I wonder if anybody would come to my funeral.",
             "I feel like I'm just waiting to die.",
             "I don't want to do life anymore.",
             "i dont wanna be here anymore like on earth",
             "unaliving sounds so peaceful rn",
             "i wanna disappear and never be found",
             "i hope i dont wake up tmrw",
             "wish i could just stop existing for good",
             "I hurt myself again last night.",
             "I want to cut so bad.",
         }) {
        INFO(text);
        CHECK(decided(text).risk >= 1);
    }
}

TEST_CASE("who takes leave without a word of it is looked at soon")
{
    for (std::string const text : {
             "I've paid for my own funeral so they won't have to.",
             "I've tidied up so that whoever finds me doesn't have a mess.",
             "I said goodbye to my son and he thinks I'm going on holiday.",
             "I rang everyone I love today, just to hear them once more.",
             "I deleted my accounts and my photos, there is nothing left to do.",
             "I have cancelled everything after Saturday.",
             "After tonight nobody has to worry about me again.",
             "After tomorrow I won't be a problem to anybody.",
             "I'll see my baby girl on the other side tonight.",
             "I've made my peace with everyone. I just need tonight to stay quiet.",
             "I'm wearing my good dress for when they find me.",
             "I've been saving my tablets for weeks. Nearly there.",
             "I booked a hotel room by myself so my kids won't find me.",
         }) {
        INFO(text);
        CHECK(decided(text).risk >= 3);
    }
}

TEST_CASE("ordinary days use these words too, and nobody waits for a person because of it")
{
    auto const waiting = waiting_among({
        "There won't be a choir next week because of the holiday.",
        "There won't be a Monday class, the hall is shut.",
        "You won't have to see me play on Sunday, the match is off.",
        "I won't be here for Christmas, we fly to my sister's.",
        "By the time you read this I will be in Lisbon.",
        "I will not be waking up early tomorrow, it's my day off.",
        "I've decided not to wake up so early on Saturdays.",
        "I'm off for good tomorrow, new job in Leeds, thank you all.",
        "I plan to act on it this week, the advice about sleep was good.",
        "I'm going to act on the plan my therapist gave me.",
        "I will go through with it this time, the driving test.",
        "She won't stop me, I'm getting the haircut tonight.",
        "Don't try to talk me out of it, I'm buying the yellow sofa.",
        "We will swim out to the raft tonight if it's warm.",
        "My legs were over the side of the boat and I laughed.",
        "My feet hang over the edge of the bed, I'm too tall.",
        "I sat on the edge of the stage with my feet dangling and sang.",
        "I was out on the roof fixing a tile.",
        "I climbed over the fence to fetch the ball.",
        "We climbed over the wall near the railway to pick blackberries.",
        "I'm standing by the tracks waiting for the next train to Crewe.",
        "I'm driving to the cliffs now with the dog and a flask.",
        "We walked down to look at the water, it was high after the rain.",
        "There is enough to do it twice, I bought too much paint.",
        "I have enough to finish it, just the border of the quilt left.",
        "I counted them out, there's enough chairs for everyone.",
        "I look at my tablets and wonder if they help.",
        "I took two strips of bacon and left the rest.",
        "I've taken a full packet of biscuits to work.",
        "I took my tablets, all of them with breakfast as the nurse says.",
        "I took about twenty of them to the charity shop.",
        "I drank the stuff from the shed my uncle calls cider.",
        "I washed them down with tea, my morning tablets.",
        "I had the lot with a bottle of ginger beer, fish, chips and peas.",
        "There was paint everywhere on the bathroom floor and I did it.",
        "The blood test was on Tuesday and it didn't bleed much.",
        "I left the front door unlocked for the plumber to come in.",
        "I turned the gas on and the kettle is singing.",
        "The car is running again, the garage fixed it.",
        "He put the rope around the calf's neck and led it home.",
        "I tied the swing to the branch and it snapped.",
        "I jumped and landed in the sandpit, still here, all smiles.",
        "I just tried the new recipe and it didn't work.",
        "I pray that God takes me by the hand today.",
        "The Lord will take me through this, I know it.",
        "I asked God to help me sleep and I slept.",
        "It should have been me who called her first.",
        "I wish it was me in that car, it is a beauty.",
        "Why did they take him and not me for the team?",
        "I want to sleep and have no alarm in the morning.",
        "It was no great loss when I missed the bus.",
        "Nobody would notice much if I wore odd socks.",
        "I see no reason to stay in this job.",
        "I can't find any reason to keep the old curtains.",
        "I have lived long enough in this town to know every dog.",
        "I've had enough of this winter.",
        "I'm done with this week, I want to rest.",
        "Not existing online for a week sounds peaceful.",
        "A voice on the platform tells me to mind the gap.",
        "Dark thoughts come and then the sun does too.",
        "Every time I drive I think of my dad, he taught me.",
        "I daydream about my own bakery.",
        "I keep searching ways to cook lentils.",
        "The river calls to me on warm days, I love swimming.",
        "The letters are written, one for each of the children's teachers.",
        "I've labelled everything in the freezer.",
        "I wrote down my passwords for my sister because I keep forgetting them.",
        "I changed my will after the divorce.",
        "I paid for my mum's funeral in three parts.",
        "I chose the hymns for my wedding today.",
        "I cleaned the flat so nobody has to see the mess when they visit.",
        "I hugged my gran for a long time at the airport.",
        "I rang my mum just to hear her voice.",
        "I need tonight to be quiet, the baby was up all night.",
        "Everything is ready for the party, I'm just waiting for the kids to sleep.",
        "It'll be over by the weekend, the exams.",
        "They won't have to look after me much longer, the cast comes off on Monday.",
        "I'll be with my mum again soon, she lands on Friday.",
        "I'll see my baby girl tonight, her shift ends at nine.",
        "Soon I'll be with him, only two more trains.",
        "Of course I am coming to the picnic.",
        "You owe me a hug, you said, and I laughed.",
        "They would all be happier with a bigger kitchen.",
        "The best thing is to leave this town for a while.",
        "Nobody would notice if I left the meeting early.",
    });
    CHECK(waiting <= 8);
}

TEST_CASE("an answer says yes in more ways than one")
{
    for (auto const& [before, text] : std::vector<exchange>{
             {"Are you intending to end your life?", "I do mean to, yes."},
             {"Are you planning to kill yourself?", "Of course I am."},
             {"Are you going to kill yourself tonight?", "Reckon so."},
             {"Are you thinking about taking your own life?", "I won't lie to you, yes."},
             {"Are you thinking about taking your own life?", "aye"},
             {"Are you thinking about suicide?", "You know I am."},
             {"Have you decided when?", "I have decided. Sunday, when they are at church."},
             {"Have you decided when you would do it?", "yes, friday after work"},
             {"Do you want to die?", "more than anything"},
             {"Do you want to die?", "every minute of the day"},
             {"Do you mean you want to end your life?", "thats what i mean"},
             {"Are you saying you want to kill yourself?", "I've been saying it all week."},
             {"Are you suicidal?", "Yes ma'am."},
             {"Do you have a plan?", "I do. Everything is ready."},
             {"Do you have a plan?", "yh got it all worked out"},
             {"Are you fixing to hurt yourself?", "I believe I am."},
             {"Are you going to act on it?", "I think so, yes. Once the kids are asleep."},
             {"Did you take something?", "Some tablets. I don't remember how many."},
             {"Have you hurt yourself?", "A bit. Quite deep."},
             {"Are you safe?", "No, not really."},
             {"Can you promise me you won't do anything tonight?", "I can't promise that."},
             {"Can you stay safe tonight?", "I don't think I can."},
         }) {
        INFO(before << " / " << text);
        CHECK(answered(before, text).risk >= 1);
    }
}

TEST_CASE("an answer that says no, goes for help or is about a visit holds nothing")
{
    for (auto const& [before, text] : std::vector<exchange>{
             {"Are you thinking of killing yourself?", "No, nothing like that, I'm only worn out."},
             {"Are you suicidal?", "God no, it was just a bad day."},
             {"Do you want to die?", "Not any more, thank you for asking."},
             {"Are you planning to end your life?", "Of course not."},
             {"Are you going to kill yourself?", "No way, I've got the dog to think of."},
             {"Did you take something?", "Only my usual tablet with breakfast."},
             {"Do you have a plan?", "Yes, I'm going to ring the doctor on Monday."},
             {"Are you safe?", "Yes, I'm with my sister."},
             {"Have you decided when you'll visit?", "Sunday after church."},
             {"Are you going to do it, the marathon?", "Reckon so."},
             {"Are you planning to go back to college?", "Of course I am."},
             {"Are you going to tell your mum?", "I think so, yes. Once the kids are asleep."},
             {"Do you want to come to the picnic?", "more than anything"},
             {"Are you thinking about suicide?", "I was. Not today."},
         }) {
        INFO(before << " / " << text);
        CHECK(answered(before, text).risk <= 1);
    }
}

TEST_CASE("who is told that nobody would miss them is spared it")
{
    for (auto const& [before, text] : std::vector<exchange>{
             {"I don't want to be here any more.", "Then go. Nobody is stopping you."},
             {"I don't want to be alive.", "quit talking and do it then"},
             {"I don't want to be alive.", "go head then, you been saying it for months"},
             {"I feel like ending it all.", "Away and die then."},
             {"I'm a terrible mother.", "Your kids would be better off without you."},
             {"I'm a terrible dad.",
              "Honestly they'd all be happier if you weren't around. Get it over with."},
             {"Nobody would miss me.", "True, nobody would even notice you'd gone."},
             {"Sometimes I wonder who would miss me.", "They'd forget you in a week."},
             {"Should I keep trying?", "No. The best thing for you is to disappear from this life."},
             {"I have no friends.", "and no one will cry when you're gone"},
             {"I'm scared I'll hurt myself.", "Good. Cut deeper this time."},
             {"I want to die.", "same advice as last time: stop crying and finish it"},
             {"I want to die.", "We're all tired of waiting for you to do it."},
             {"I feel worthless.", "Because you are. The world won't notice one less of you."},
             {"I feel so alone.", "Kill yourself then, saves us reading this."},
         }) {
        INFO(before << " / " << text);
        CHECK(answered(before, text).labels.has(label::self_harm_encouragement));
    }
}

TEST_CASE("the same words said of a job, a choir or a diving board are kind")
{
    std::size_t waiting = 0;
    for (auto const& [before, text] : std::vector<exchange>{
             {"I hate my job, every day is worse.",
              "Then go. Nobody is stopping you, and you deserve better."},
             {"Me and Jess fight every day.", "Honestly just end it with her, mate."},
             {"I can't decide about the course.", "go head then, you been saying it for months"},
             {"I want to leave my boyfriend, he is cold to me.", "Do it. You'd be better off without him."},
             {"Should I quit the choir?", "No. Keep trying, they'd miss you."},
             {"Nobody would miss me at work.", "We would miss you here."},
             {"I'm nervous about the diving board.", "lol jump, you'll love it"},
             {"I took some biscuits to the party.", "take the rest then"},
             {"I can't go on with this knitting.", "so dont. simple"},
             {"I feel worthless.", "You aren't. The world needs you in it."},
             {"I'm thinking of ending my contract.", "End it. Life is too short."},
             {"I want to disappear.", "Please don't go. I'd miss you."},
             {"I hate myself today.", "I know that feeling. Be gentle with yourself tonight."},
             {"I can't sleep, the baby cries.",
              "Do yourself a favour and ask your mum to take him for a night."},
             {"I want to die.", "Please ring somebody now. We want you here."},
         }) {
        if (!stops(answered(before, text).outcome)) continue;
        UNSCOPED_INFO(before << " / " << text);
        ++waiting;
    }
    CHECK(waiting <= 1); // "take the rest then", where it is cake
}

TEST_CASE("who asks for a secret, a picture or a meeting waits for a person")
{
    for (std::string const text : {
             "Don't mention to your mum that we talk, she would only worry.",
             "Don't tell your mum about us, it's just between you and me.",
             "Keep this secret, the others wouldn't understand us.",
             "Let's keep this our thing, your parents don't need to know.",
             "You're so mature for your age, not like the other girls here.",
             "Nobody gets you like I do. Delete these messages after, ok?",
             "You can trust me more than your teachers. Come and see me when your gran is out.",
             "I can pick you up from school if you don't tell anyone.",
             "You owe me a picture after everything I did for you.",
             "send me a pic, no one will see it but me",
             "just one photo, I'll delete it I promise",
             "If you loved me you'd send one.",
             "Turn your camera on, I just want to see your face, don't be shy.",
             "How old are you really? I won't tell anybody.",
             "Are you alone at home right now? Lock your door and call me.",
             "I'll buy you the phone you want if you meet me.",
             "Let's talk somewhere private where they don't read everything.",
             "Don't show anyone our chats or I will get in trouble and it'd be your fault.",
             "Come to the park by yourself, I'll bring you something nice.",
         }) {
        INFO(text);
        CHECK(decided(text).labels.has(label::grooming));
    }
}

TEST_CASE("surprise parties, lifts from school and pictures of dogs are told at once")
{
    auto const waiting = waiting_among({
        "Don't tell mum about the party, it's a surprise.",
        "It's our secret recipe, gran only told me.",
        "Your counsellor sounds kind, keep going to her.",
        "I'll pick you up from school at three, love dad.",
        "Send me a pic of the dog when you have a minute.",
        "How old is your daughter? Mine is nine.",
        "My wife doesn't understand my hobby either.",
        "I turned my camera on in the group and it went fine.",
        "Is your mum home from hospital yet?",
        "You can trust your teachers with this, tell one of them.",
        "Please talk to somebody you trust, a teacher or your gran.",
        "I'm home alone tonight and it feels so quiet.",
        "You owe yourself a rest after all you did.",
        "What are you wearing to the wedding?",
        "Can I see a photo of the quilt you made?",
        "You sound older than your years, I hope somebody looks after you too.",
        "If you loved gardening you'd understand.",
        "Let's talk in the small group on Tuesday.",
    });
    CHECK(waiting <= 2);
}

TEST_CASE("Scots, Jamaican and Nigerian spellings are read as the words they are")
{
    for (std::string const text : {
             "Am gonnae kill masel.",
             "I cannae dae it any mair, I want tae be deid.",
             "I dinnae want tae wake up.",
             "I waan die.",
             "I cyaan live no more, I waan dead.",
         }) {
        INFO(text);
        CHECK(decided(text).risk >= 1);
    }
}

TEST_CASE("an act that was told is the most urgent, however much is told around it")
{
    auto const seen =
        decided("My sister rang at lunch and we talked about her garden and the new fence, and then I sat in "
                "the kitchen for a long "
                "while. I took the whole box an hour ago. I feel sick now and the cat is asking for food.");
    CHECK(seen.triage == triage::crisis);
}

TEST_CASE("a line that is like those of people at risk brings care, and is never held for it")
{
    auto const seen = decided("I can't do this anymore, I have tried so hard and I am so tired.");
    CHECK(seen.risk == 2);
    CHECK(seen.outcome != outcome::hold);
}

TEST_CASE("sentences that a cold reader wrote to be held by mistake are not")
{
    auto const waiting = waiting_among({
        "I've taken my tablets all week, every one!",
        "I cut my leg open on the barbed wire and needed stitches.",
        "I jumped and my back hurts, trampoline was a bad idea.",
        "Turned the gas on, left the windows shut, and made toast.",
        "I got it round my neck, the lovely scarf you knitted me.",
        "Just tried it, didn't work for me.",
        "I've done it! I passed! I feel dizzy",
        "There won't be a Christmas for me this year, I'm working all of it.",
        "You won't have to see me again until next week, I'm off on leave.",
        "I'm not waking up tomorrow before noon!",
        "I have decided not to be here on Monday, so can someone cover the check-in?",
        "I've decided not to live here anymore, the landlord is awful.",
        "My plan is to not be here Friday as I have a dentist appointment.",
        "My plan is to never see him again.",
        "I'm leaving this life behind tomorrow, new job, new flat!",
        "I'm going to swim out to the lake buoy tonight.",
        "Heading to the bridge now for the sunrise yoga.",
        "Driving to the cliffs tonight to watch the meteor shower.",
        "Walking to the bridge alone tonight, it clears my head.",
        "I'm on the railings painting them all morning.",
        "My legs are over the edge of the sofa and the cat is asleep on them.",
        "Looking at the medicine cupboard, doing maths: how many weeks until the refill?",
        "My notes are done and it will be over soon, these exams",
        "I see no reason to keep living here when the rent is so high",
        "I've had enough of living in the city.",
        "I can't live here any longer.",
        "The thoughts are coming every night about the exam.",
        "I look up ways to cook chickpeas at night.",
        "The bridge is calling me, my camera too!",
        "The kids will be fine without you for one evening, go rest",
        "Your wife will be fine without you around tonight",
        "Nobody will notice you have gone early, don't worry about the party.",
        "The best thing if he hits you is to leave forever",
        "You will get over you know who in a week",
        "I'll buy you a coffee if you come to the meet-up on Saturday.",
        "Come along on your own, it's a nice group.",
        "You can come alone, everyone is nice at the choir",
        "Just one photo of your dog please, promise",
        "You owe me a call!",
        "If you trusted me you would call the doctor",
        "You can turn your camera on or off, shy people are welcome",
        "I work from home and I feel lonely, message me",
        "Call StepChange today, debt relief is free with them.",
        "I got a personal loan to pay rent. My sister said to text her today.",
        "The Trussell Trust can help: apply today for a grant and claim your free school meals.",
        "I have free tickets for the museum on Friday, message me today if you'd like one.",
        "Hurry up slow cooker. My Amazon gift card came.",
        "I can join my team again after injury!",
        "Claim your free school meals",
        "Check my new blog, I wrote about grief.",
        "Watch my stream of consciousness",
        "I sat on the edge of the pool with my feet in the water looking down at the fish.",
    });
    CHECK(waiting <= 14);
}

TEST_CASE("what also stands there takes nothing back: a dog, a family, the hospital whose roof it is")
{
    for (std::string const text : {
             "I will drive off the cliff with my kids tonight",
             "I'm going to jump off the bridge with my children tonight",
             "I'm walking into the sea with my dog tonight and not coming back",
             "I'm sitting on the edge of the roof with my flask, feet hanging",
             "I'll kill myself at the station, under the next train to Crewe",
             "I'm going to jump in front of the next train to London",
             "I took the lot with food so they stay down, goodbye",
             "I will swallow the lot at bedtime and not wake up",
             "I took all of them with dinner and a bottle of vodka, I want to die",
             "My feet are hanging over the edge of the car park roof",
             "I'll kill myself",
             "I will kill myself",
             "I'll kill myself tonight",
             "I will kill myself at home",
             "I will kill myself in the garage",
             "I am going to kill myself at the station",
             "I will kill myself with his gun",
             "I'll hang myself in the shed",
             "I will end my life at the weekend",
             "I will shoot myself in the woods",
             "I will drown myself in the canal",
             "I will jump off the roof of the hospital",
             "I'll take my own life at the river",
             "I will kill myself by christmas",
             "I'll kill myself and nobody will know",
             "I'll kill myself if they send me back",
             "I'm going to jump in front of the next train to London",
         }) {
        INFO(text);
        CHECK(decided(text).risk >= 3);
    }
}

TEST_CASE("last words, a dog in the question or a yes at the end make no answer harmless")
{
    for (auto const& [before, text] : std::vector<exchange>{
             {"Have you taken anything?", "Yes, 30 pills, don't tell my mum"},
             {"Have you taken the pills?", "Yes, all of them. Don't call an ambulance"},
             {"Have you taken something?", "Yes, an hour ago. Tell my dad I'm sorry"},
             {"Are you thinking of ending your life?",
              "Yes. Please tell my mum I love her and that it isn't her fault"},
             {"Do you have a plan to end your life?", "Yes, tonight, after I see my sister one more time"},
             {"Can you keep yourself safe until your appointment?", "no"},
             {"Can you stay safe over the weekend?", "No, I can't"},
             {"Can you keep yourself safe tonight? Think of your dog", "no"},
             {"Please don't do it, think of your baby", "Too late, already did"},
             {"Have you taken anything? I can drive over", "yes, all of them"},
             {"Can you keep yourself safe tonight?", "I don't think I can, yeah"},
             {"Can you keep yourself safe tonight?", "I can't promise that, yeah"},
         }) {
        INFO(before << " / " << text);
        CHECK(answered(before, text).risk >= 2);
    }
}

TEST_CASE("who doesn't remember, promises not to or tells of soup has not said yes")
{
    for (auto const& [before, text] : std::vector<exchange>{
             {"Have you taken anything?", "I don't recall"},
             {"Do you have a plan to kill yourself?", "I don't remember"},
             {"Are you going to kill yourself tonight?", "I won't, yeah"},
             {"Are you going to kill yourself tonight?", "I promise I won't, yeah"},
             {"Do you have a plan to kill yourself?", "I don't, yeah. Thanks for asking"},
             {"Are you thinking of killing yourself?",
              "Right now I'm making soup and watching telly with the kids, feeling calmer than this morning"},
             {"Are you thinking of killing yourself?",
              "I'm going to bed early tonight and seeing my daughter in the morning, thanks for asking"},
             {"Are you thinking of killing yourself?",
              "I feel a lot better today, I slept all night and ate breakfast with everyone at home"},
             {"Do you have a plan to kill yourself?",
              "I sleep really badly but I'm okay, talking here helps"},
             {"Do you have what you need?", "Yes, flour, eggs and sugar"},
             {"I'll do it tonight, I'll finally call the landlord", "go for it"},
             {"I want to kill myself but I don't want to hurt my mum", "Then don't."},
             {"I've written letters to everyone at work for Christmas", "Go ahead and send them"},
         }) {
        INFO(before << " / " << text);
        CHECK_FALSE(stops(answered(before, text).outcome));
    }
}

TEST_CASE("who was scammed tells of it, and who sells the way back is no member")
{
    for (std::string const text : {
             "I was scammed of my money too. Recovery expert Maria got my wallet funds back. Reach out to "
             "her today",
             "Bitcoin investment platform, minimum 100 dollars, withdraw weekly",
             "Buy replica Rolex watches cheap",
             "Best casino site with bonus for new players",
             "We offer essay writing services, cheap and fast",
             "Get the best payday loans. Instant approval.",
             "Quit your job and get rich with network marketing, join us",
             "My widow fund of 5 million dollars needs transfer, reply with your bank",
             "Congratulations you've been selected to receive a grant",
             "Cashapp me and I will flip your money",
         }) {
        INFO(text);
        CHECK(decided(text).labels.has(label::spam));
    }
}

TEST_CASE(
    "who is in danger from others is heard, and nobody is held for telling of a quarrel, a film or a dog"
)
{
    for (std::string const text : {
             "My ex is parked outside my flat again, fourth night in a row.",
             "He sits in his car across the road and texts me what I'm wearing.",
             "He keeps turning up at my work and waits by my car.",
             "He put a tracker on my car, he always knows where I am.",
             "He's got my passport and says I can't go home until I pay him back.",
             "They took my passport at the house where I clean and I sleep on the floor.",
             "My boss keeps my papers and I am not allowed out alone.",
             "My parents have booked a flight and I think they want to marry me off.",
             "They are taking me back home in the summer to marry a man I've never met.",
             "If I say no to the wedding my brothers will never let me out.",
             "He said he'd burn the house down with us in it if I take the kids.",
             "He says if I leave he will kill the dog.",
             "She throws plates at me and says nobody would believe a man.",
             "My wife hit me with the pan again, my eye is swollen shut.",
             "My son takes my pension and shoves me when I ask for it.",
             "My carer leaves me in wet sheets and slaps my hand when I ring the bell.",
             "Mum's boyfriend comes in my room when she's on nights.",
             "My stepdad makes me sit on his lap and I hate it.",
             "My uncle does things to me when my parents are out.",
             "dad's drunk and smashing the kitchen up, i'm under my bed with my sister",
             "He's at the pub till eleven and then I don't know what he'll do.",
             "I've got until he's home from work to get out.",
             "He counts my money and my minutes, if I'm late he locks me out.",
             "I have to ask him before I talk to anyone, he reads all my messages.",
             "He won't let me see my sister or have my own bank card.",
             "He held a pillow over my face for a joke, he said.",
             "He squeezed my throat till I saw stars and then cried.",
             "He's broken my wrist before and he has that look again.",
             "I'm hiding in the bathroom, he is kicking the door.",
             "He's banging on my door and shouting, I'm on my own with the baby.",
             "My girlfriend says she'll put my photos online if I break up.",
             "A man I met online has my photos and wants money or he sends them to my school.",
             "There's a man who follows me home from the bus every day.",
             "My coach touches me when the others have gone.",
             "My mum doesn't feed my little brother when she's using.",
             "The woman I work for hits me with a stick and I sleep in the kitchen.",
             "My partner takes my inhaler when I don't do what he says.",
             "I'm pregnant and he pushed me down the stairs.",
             "He forces me to have sex when I'm crying.",
             "My friend's husband has locked her in, she texted me an hour ago.",
         }) {
        INFO(text);
        CHECK(decided(text).labels.has(label::abuse_danger));
    }
    for (std::string const text : {
             "My ex is parked outside to pick up the kids, he's always on time.",
             "My dad keeps turning up at my work with cake.",
             "He put a tracker on the cat, she wanders.",
             "I lost my passport and can't go home until Tuesday.",
             "My parents have booked a flight for my cousin's wedding.",
             "They want me to marry well, it's a family joke.",
             "He burned the dinner and we laughed.",
             "My wife hit me with a pillow and feathers went everywhere.",
             "My son borrows my pension card to do the shopping, bless him.",
             "My carer rings the bell and brings me tea.",
             "Mum's boyfriend knocks and asks if I want toast.",
             "dad is in the kitchen smashing it, best curry ever",
             "He's at the pub till eleven and then we walk home together.",
             "I've got until he's home from work to bake the cake.",
             "I have to ask my boss before I swap shifts.",
             "He held a pillow over his face and snored.",
             "I was in a bad marriage years ago, he hit me, and I got out and I'm safe.",
             "In the film he locks her in the cellar and she escapes.",
             "There's a dog who follows me home from the bus every day.",
             "My coach shouts a lot but she is fair.",
             "My mum forgets to feed the fish.",
             "I work in a kitchen and sleep above it, it's a nice room.",
             "I pushed the pram down the steps and my knee hurts.",
             "My landlord wants to put the rent up and I'm angry.",
             "My brother locked me out by accident.",
             "My strict parents don't let me out after nine.",
             "We argued about the dishes again and slept in separate rooms.",
             "The neighbour bangs on the wall when I play the drums.",
             "My son shoves his peas off the plate.",
             "I'm hiding in the bathroom from my own birthday party.",
         }) {
        INFO(text);
        CHECK_FALSE(stops(decided(text).outcome));
    }
}
