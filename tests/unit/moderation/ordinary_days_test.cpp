// What people promise and advise each other every day uses the verbs of threats: nobody waits for a person
// because of it. All sentences were put together for these tests.
#include "reading.hpp"

#include <catch2/catch.hpp>
#include <cctype>
#include <string>
#include <vector>

using namespace holdfast::moderation;

TEST_CASE(
    "what friends do for each other is no threat: of more than a thousand ways to say it two at most wait"
)
{
    std::vector<std::string> said;
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
            said.push_back(who + " " + what + ".");
        }
    }
    auto const waiting = waiting_among(said);
    CHECK(waiting <= 2);
}

TEST_CASE("advice for an ordinary day is no harm, and hardly ever waits")
{
    std::vector<std::string> all;
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
            all.push_back(how + " " + what + ".");
        }
    }
    CHECK(waiting_among(all) <= all.size() / 50); // of "try it once more" lines know too little
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
            is_read_at_once(who + " " + where + " until five.");
    }
}

namespace {
std::vector<std::string>
each_with(std::vector<std::string> const& frames, std::vector<std::string> const& words)
{
    std::vector<std::string> made;
    for (auto const& frame : frames) {
        for (auto const& word : words) {
            auto text = frame;
            auto const at = text.find("{}");
            if (at != std::string::npos) text.replace(at, 2, word);
            text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
            made.push_back(text);
        }
    }
    return made;
}

void each_is_read_at_once(std::vector<std::string> const& frames, std::vector<std::string> const& words)
{
    for (auto const& text : each_with(frames, words))
        is_read_at_once(text);
}
} // namespace

TEST_CASE("what members tell of medicine is read at once")
{
    each_is_read_at_once(
        {"My doctor put {} up last week.",
         "I came off {} in spring with my doctor's help.",
         "I forgot {} this morning.",
         "Has anybody else gained weight on {}?",
         "How long did {} take to work for you?",
         "I hate how {} makes me feel but I keep taking it.",
         "The chemist had run out of {} again.",
         "I take {} with breakfast.",
         "My sister hides {} from me and gives me one a day.",
         "I stopped {} because of the side effects and told my nurse.",
         "Is it normal to feel sick on {}?",
         "I'm scared of {}.",
         "I was told not to drink with {}.",
         "They want me to try {} instead.",
         "I sold the car so we could pay for {}."},
        {"sertraline",
         "lithium",
         "my tablets",
         "my meds",
         "quetiapine",
         "the new antidepressant",
         "insulin",
         "methadone",
         "diazepam",
         "pregabalin",
         "ritalin"}
    );
}

TEST_CASE("what members tell of eating is read at once")
{
    each_is_read_at_once(
        {"I ate {} today without crying.",
         "I skipped {} because I was on shift.",
         "I'm on a diet and {} is off the list for now.",
         "My dietitian wants me to eat {} twice a week.",
         "I weighed myself after {} and threw the scales out.",
         "I can't face {} yet.",
         "I've lost weight since the illness, even {} tastes of nothing.",
         "We had {} on the beach and I finished it.",
         "I used to count every calorie in {}.",
         "How do you cook {} for one?",
         "I fasted for the blood test and then had {}.",
         "I purged after {} last night and I feel awful.",
         "My daughter refuses {} and I'm worried."},
        {"bread", "pizza", "cake", "soup", "chips", "rice", "chocolate", "a sandwich", "dinner", "lunch"}
    );
}

TEST_CASE("what members tell of people in their lives is read at once")
{
    each_is_read_at_once(
        {"{} shouted at me again.",
         "{} hit me when I was nine.",
         "I miss {} so much it hurts.",
         "I told {} everything and they listened.",
         "I want {} to leave me alone.",
         "I'm so angry with {} I could scream.",
         "{} says I'm too sensitive.",
         "I can't forgive {} yet.",
         "I had a fight with {} about money.",
         "{} doesn't know I'm here.",
         "I'm meeting {} on Sunday and I'm nervous.",
         "{} died two years ago today.",
         "I'm worried about {}, they haven't got out of bed for a week.",
         "{} drinks too much.",
         "I wish {} would die of shame for what they did.",
         "{} kissed me on the cheek and I froze.",
         "I don't feel safe around {}.",
         "I gave {} my number.",
         "{} asked me to keep a secret about the party.",
         "I love {} and I'm not in love any more.",
         "{} and I had sex for the first time since the operation.",
         "I was raped by somebody who knew {}.",
         "I'd like to say sorry to {} before it's too late.",
         "{} moved out and took the dog.",
         "I punched the wall after {} left."},
        {"my mum",
         "my dad",
         "my ex",
         "my husband",
         "my wife",
         "my boss",
         "my sister",
         "my best friend",
         "my teacher",
         "my neighbour",
         "my counsellor",
         "my son"}
    );
}

TEST_CASE("what members tell of how they feel is read at once")
{
    each_is_read_at_once(
        {"I feel {}.",
         "I felt {} all week and then it lifted.",
         "Some days I feel {} and some days I don't.",
         "Why do I always feel {} after visits?",
         "I'm allowed to feel {}.",
         "He made me feel {}.",
         "I don't want to feel {} any more.",
         "It's okay to feel {}.",
         "I used to feel {}."},
        {"empty",
         "numb",
         "angry",
         "ashamed",
         "lonely",
         "useless",
         "like a burden today",
         "like a failure",
         "dead inside",
         "stupid",
         "ugly",
         "invisible",
         "like crying",
         "like giving up on the job",
         "like screaming",
         "like sleeping all day"}
    );
}

TEST_CASE("what members tell of places and services hardly ever waits")
{
    auto const all = each_with(
        {"You can find the group at {}.",
         "I read about it on {}.",
         "My cousin works for {}.",
         "I watched a video on {}.",
         "Has anybody tried {}?",
         "I deleted {} last year and it helped."},
        {"Instagram",
         "Facebook",
         "the library on Mill Street",
         "the Samaritans",
         "Discord",
         "YouTube",
         "the church hall",
         "WhatsApp",
         "the NHS site",
         "TikTok",
         "Reddit",
         "the Tuesday walk"}
    );
    CHECK(waiting_among(all) <= 1); // of 72
}

TEST_CASE("what members tell of money is read at once")
{
    each_is_read_at_once(
        {"I can't pay {} this month.",
         "I owe {} and I'm ashamed to open the letters.",
         "I won {} on a scratch card and bought a kettle.",
         "They gave me a grant for {}.",
         "Does anybody know about help with {}?",
         "I lent my brother money for {}.",
         "I earn too little for {}.",
         "I sell {} at the market on Saturdays."},
        {"the rent",
         "the gas bill",
         "my debts",
         "the deposit",
         "eggs",
         "school shoes",
         "two hundred pounds",
         "the funeral",
         "candles"}
    );
}

TEST_CASE("what members tell of what they gave up is read at once")
{
    each_is_read_at_once(
        {"I've been clean from {} for six weeks.",
         "I miss {} when it rains.",
         "My brother used {} and I found him.",
         "I went to a meeting instead of buying {}.",
         "I relapsed on {} at the weekend.",
         "How did you stop {}?",
         "I threw my {} away.",
         "My doctor knows about the {}.",
         "I used to buy {} from a lad at work.",
         "I dream about {}."},
        {"heroin", "weed", "coke", "drink", "pills", "vodka", "meth", "gambling"}
    );
}

TEST_CASE("what members tell of the night is read at once")
{
    each_is_read_at_once(
        {"I can't sleep and it's {}.",
         "It's {} and the house is so quiet.",
         "I wake at {} every night with my heart going.",
         "At {} everything looks worse.",
         "I'll try again at {}.",
         "I sat on the step until {}.",
         "I walked to the river at {} and watched the swans.",
         "I'll take a bath and go to bed at {}."},
        {"three", "4am", "midnight", "half two", "dawn", "ten past one"}
    );
}

TEST_CASE("what members tell of what they are about to do hardly ever waits")
{
    auto const all = each_with(
        {"I'm going to {} tomorrow.",
         "I finally decided to {}.",
         "I don't know how to {}.",
         "I'm ready to {}.",
         "I wrote a plan to {}.",
         "My therapist wants me to {}.",
         "I'm too scared to {}.",
         "Tonight I managed to {} and I'm proud.",
         "I've made up my mind to {}.",
         "Nobody can stop me, I'm going to {}."},
        {"leave him",
         "tell my mum",
         "quit the job",
         "end the tenancy",
         "cut my hair",
         "burn the letters",
         "go to the police",
         "jump out of a plane for charity",
         "stop drinking",
         "say goodbye to the house",
         "bury my dad's ashes",
         "write to my daughter",
         "finish it with him",
         "move out",
         "sell the flat",
         "sleep in my own bed",
         "let go of the past",
         "take the exam",
         "hang the pictures",
         "shoot my short film",
         "drown the weeds in vinegar",
         "overdo it less",
         "end this chapter"}
    );
    CHECK(waiting_among(all) <= 1); // "let go of the past"
}

TEST_CASE("the same verbs are a threat where they are meant as one")
{
    for (std::string const text :
         {"We will find you and you will pay for this.",
          "I know your street. I'll be waiting for you when you're alone.",
          "My brothers are coming round with a bat.",
          "Someone will pay you a visit if you tell anyone.",
          "I'll be outside your house tonight.",
          "I will find out where you live.",
          "My brothers know where you live.",
          "I'm going to find your family.",
          "I'm coming to visit you, you better watch out.",
          "I'll drag you out to the woods."}) {
        INFO(text);
        CHECK(decided(text).outcome == outcome::hold);
    }
}

TEST_CASE("what members tell of money, work, shops and scams is no advertising")
{
    for (std::string const text : {
             "I work from home now and the days blur together.",
             "Working from home is lonely.",
             "My job lets me work from home two days a week.",
             "I got a cheap flight to see my sister in Cork.",
             "We booked cheap flights and a room with a sea view.",
             "I need to sort out the car insurance before Friday.",
             "My mum gave me an Amazon gift card for my birthday.",
             "They gave us a twenty pound Amazon voucher at work.",
             "I used a discount code for the curtains.",
             "The promo code did not work so I rang them.",
             "I won a prize in the village raffle.",
             "My son won a gift card at school.",
             "I have been selected for jury service.",
             "You have been selected for interview, it said, and I cried.",
             "My account has been locked again and I can't get my benefits.",
             "The bank said my card has been suspended and I panicked.",
             "My parcel has been delivered to the wrong house.",
             "I lost my wallet on the bus and with it all my money.",
             "I was scammed and lost all my savings to a crypto man.",
             "My dad lost his money in bitcoin and won't talk about it.",
             "I fell for an investment scheme and I am so ashamed.",
             "A man on WhatsApp said I could double my money and I believed him.",
             "I have bad credit and nobody will lend me anything.",
             "I took out a payday loan to buy food.",
             "We need a loan to fix the roof and the bank said no.",
             "I applied for a loan and was refused.",
             "Debt consolidation helped me, in the end.",
             "I lost weight fast after the operation.",
             "Slimming tea is all my aunt talks about.",
             "I do a bit of web design for a charity.",
             "I wrote my essay on the train.",
             "My assignment is due on Monday and I have not started.",
             "I earned my first hundred pounds a week from the market stall.",
             "I make extra money by walking dogs.",
             "I earn 300 a week and the rent is 250.",
             "We made 500 pounds for the hospice by selling cakes.",
             "My daughter has a YouTube channel about hamsters.",
             "I watch my friend's stream when I can't sleep.",
             "I follow a page about birds and it calms me.",
             "I uploaded a cover of my favourite song and nobody listened.",
             "I made a video of my garden for my gran.",
             "My blog had three readers, all of them my mum.",
             "I keep getting calls about a refund and they frighten me.",
             "They rang and said my computer was hacked.",
             "I got a text that said my parcel was held and I clicked the link.",
             "I clicked on the link in the email from the council and filled in the form.",
             "The link in the letter did not work.",
             "I signed up for a course in bookkeeping.",
             "I signed up today for swimming lessons.",
             "Register now, said the poster, so I registered for the choir.",
             "I joined a dating site after my divorce and felt silly.",
             "My husband has a problem with betting sites.",
             "I used to spend every night on the slots.",
             "The casino sent me a bonus again and I deleted it.",
             "I gamble online and I have lost six thousand pounds.",
             "I owe money to a loan shark and I am scared.",
             "I get a tax refund in May, if I am lucky.",
             "My inheritance went on the care home.",
             "My late husband was the next of kin for his brother.",
             "I am a widow and the bank needs so many papers.",
             "We had a fundraiser for the hospice and it rained.",
             "I donated blood today.",
             "Please donate blood if you can, the nurse said.",
             "My cousin set up a gofundme for the funeral.",
             "I paid by bank transfer and the builder never came.",
             "My ex got me back with sweet words, for a while.",
             "My sister sees a tarot reader every month.",
             "The psychic told my gran she would live to ninety.",
             "I had my tarot cards read at the fair.",
             "My GP suggested a herbal tea for sleep.",
             "I bought a keto book and gave it away.",
             "The detox tea tasted of hay.",
             "I ordered cheap sunglasses and they broke.",
             "My ex sells replica watches at the market.",
             "I got a text to say my prescription is ready.",
             "Text me when you get home, she always says.",
             "Call me on Sunday if you like, my brother said.",
             "I rang them for more information about the group.",
             "Message me any time, my sponsor told me.",
             "He said dm me and then never answered.",
             "I emailed the council for more information.",
             "There is a free trial of the meditation app and it helps.",
             "I got a free iphone case with the old phone.",
             "Netflix put the price up again.",
             "My phone contract is a hundred and fifty pounds a year.",
             "I quit my job to look after mum.",
             "I want to be my own boss one day.",
             "I want to make some extra money before Christmas.",
             "I need extra income because the baby comes in June.",
             "I dream of a passive income but I have an overdraft.",
             "I want more clients for my little sewing business.",
             "My business went under in March.",
             "I was a manager in a bank before I got ill.",
             "I traded in my old car.",
             "The stock in the shop was low so they sent me home.",
             "My flatmate trades gold and never sleeps.",
             "Limited places, the leaflet said, so I rang at nine.",
             "It was a special offer, two for one, so I have eleven tins of soup.",
             "A once in a lifetime opportunity and I was too ill to go.",
             "I had an amazing opportunity to sing and I froze.",
             "Guaranteed results, said the gym, and I laughed.",
             "I buy my bread from a man at the market.",
             "I used to buy cigarettes from a lad at work.",
             "I bought a ticket from a stranger outside.",
             "I buy eggs from the woman at number nine.",
             "She sells honey from her shed.",
             "He sells plants at the gate for a pound.",
             "I sell jam at the church fair.",
             "I sold my bike to pay the rent.",
             "I am selling my old sofa, it is too big for me now.",
             "I got my tablets from the chemist.",
             "I pick up mum's pills from the pharmacy.",
             "I get my weed killer from the garden centre.",
             "I swapped shifts with a lad at work.",
             "Does anyone know where to get a cheap bed?",
             "Does anyone know where to buy soft clothes for a scar?",
             "Where can I get my hair cut if I hate mirrors?",
             "Can anybody tell me how to get a dentist?",
             "How do I apply for a bus pass?",
             "I need someone to talk to, message me.",
             "Anyone want to chat? I can't sleep.",
             "Add me to the group please.",
             "Follow your own pace, my counsellor says.",
             "Click here, it says, but there is nothing to click.",
             "Visit the library, it is warm and free.",
             "Check the notice board for times.",
             "See my last post for the story.",
             "Watch my dog do this, my neighbour said, and I laughed for the first time.",
             "I saw my doctor today and he was kind.",
             "Dr Patel cured my ear.",
             "I saw a healer once, it did nothing.",
             "The priest helped me when my wife died.",
             "I got my ex back and I regret it.",
         }) {
        is_read_at_once(text);
    }
}

TEST_CASE("advertising asks to act at once, or says what nobody tells of their own life")
{
    for (std::string const text : {
             "Cheap flights to anywhere. Book now before midnight.",
             "Limited time offer on slimming tea, order today.",
             "Bad credit? Instant loan approved in minutes, apply now.",
             "Work from home and earn 500 a day, message me to start.",
             "You have won a gift card. Click here to collect your prize.",
             "Your parcel is on hold. Verify your details below.",
             "I turned my savings around with forex trading, contact Mr Dale on telegram.",
             "Amazon gift cards with a discount code, dm me.",
             "Powerful spell caster brings back your ex.",
             "Check out my new channel and subscribe to me.",
             "Get rich with our crypto platform, join now.",
             "Web design services, cheap packages, contact us today.",
         }) {
        INFO(text);
        CHECK(decided(text).labels.has(label::spam));
    }
}

TEST_CASE("who gives a wallet for digital coins asks for money, and somebody looks first")
{
    auto const ruled = decided("so grateful for this group, if you can spare a little: "
                               "1FakeWa11etNobodyHas7hisOne4Tests");
    CHECK(ruled.labels.has(label::spam));
    CHECK(ruled.outcome == outcome::hold);
}
