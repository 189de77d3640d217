// The screen reads English. What it can't read it says so about, and the plainest cries for help and threats
// in a few other languages it knows.
#include "moderation/language.hpp"

#include "moderation/policy/ruling.hpp"
#include "moderation/screen.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace holdfast::moderation;

namespace {
decision decided(std::string_view text, text_kind kind = text_kind::post)
{
    static screen const made(shipped_policy());
    input asked;
    asked.text = text;
    asked.kind = kind;
    return made.decide(asked);
}

bool says_unread(decision const& made)
{
    for (auto const& one : made.findings) {
        if (one.rule == unread_language) return true;
    }
    return false;
}
} // namespace

TEST_CASE("a text in another language waits for a person, kindly, and says why")
{
    for (auto const* text :
         {"Heute war ein ruhiger Tag und ich habe lange am Fenster gesessen.",
          "Hoy ha sido un d\u00eda tranquilo y he estado mucho tiempo mirando por la ventana.",
          "Aujourd'hui j'ai march\u00e9 longtemps au bord de la rivi\u00e8re avec ma soeur.",
          "Dzisiaj pada\u0142 deszcz i d\u0142ugo siedzia\u0142am przy oknie z herbat\u0105.",
          "Bug\u00fcn \u00e7ok yorgunum ve kimseyle konu\u015fmak istemiyorum.",
          "\u0443\u0442\u0440\u043e\u043c \u0431\u044b\u043b\u043e \u0442\u0438\u0445\u043e",
          "\u0627\u0644\u064a\u0648\u0645 \u0643\u0627\u0646 \u0647\u0627\u062f\u0626\u0627",
          "\u4eca\u5929\u5f88\u5b89\u9759",
          "I was fine today. Aber jetzt sitze ich wieder alleine hier und wei\u00df nicht weiter wohin "
          "damit."}) {
        INFO(text);
        auto const made = decided(text);
        CHECK(says_unread(made));
        CHECK(made.outcome == outcome::hold);
        CHECK(made.triage >= triage::amber);
    }
    CHECK(
        decided("Heute war ein ruhiger Tag und alles gut.").findings.front().reason.find("English") !=
        std::string::npos
    );
}

TEST_CASE("English is read: with names, typos, texting, dialect, and a foreign word or two")
{
    for (auto const* text :
         {"The rain stopped and I opened the window for a while.",
          "thx Anja and Bj\u00f6rn, ur both so kind",
          "idk wat 2 do lol im jus soooo tierd 2day ngl",
          "och aye I cannae be bothered wi it the day",
          "My abuela always said ma\u00f1ana is another day.",
          "hahahaha omg same",
          "Merci!",
          "gracias a todos",
          "Wir, Ihr, Sie: my German class was fun today.",
          "asdfghjkl"}) {
        INFO(text);
        CHECK_FALSE(says_unread(decided(text)));
    }
    // Somebody's name is in no list of words.
    CHECK_FALSE(says_unread(decided("\u0645\u0631\u064a\u0645", text_kind::name)));
}

TEST_CASE("a plain wish to die, a plan and a goodbye bring care in German, Arabic, Spanish and French")
{
    for (auto const* text :
         {"Ich will nicht mehr leben. Heute Abend nehme ich alle Tabletten.",
          "ich m\u00f6chte einfach sterben",
          "Ich bringe mich heute Nacht um.",
          "\u0644\u0627 \u0623\u0631\u064a\u062f \u0623\u0646 \u0623\u0639\u064a\u0634",
          "\u0633\u0623\u0642\u062a\u0644 \u0646\u0641\u0633\u064a \u0627\u0644\u0644\u064a\u0644\u0629",
          "ya no quiero vivir m\u00e1s",
          "Esta noche me mato.",
          "je veux mourir",
          "Ce soir j'en finis."}) {
        INFO(text);
        CHECK(decided(text).risk >= 1);
    }
    CHECK(decided("Ich bringe mich heute Nacht um.").triage >= triage::red);
}

TEST_CASE("telling somebody to die, and threatening it, is held in these languages too")
{
    for (auto const* text :
         {"Bring dich doch um.",
          "h\u00e4ng dich auf",
          "\u0627\u0642\u062a\u0644 \u0646\u0641\u0633\u0643",
          "su\u00edcidate ya",
          "va te pendre"}) {
        INFO(text);
        CHECK(decided(text).labels.has(label::self_harm_encouragement));
    }
    for (auto const* text :
         {"Ich bringe dich um.",
          "\u0633\u0623\u0642\u062a\u0644\u0643",
          "te voy a matar",
          "je vais te tuer"}) {
        INFO(text);
        CHECK(decided(text).labels.has(label::threat));
        CHECK(decided(text).outcome == outcome::hold);
    }
}

TEST_CASE("what sounds smaller than it feels gets its hint in German too, and is held for nothing else")
{
    for (auto const* text :
         {"Kopf hoch, das wird schon wieder.",
          "Anderen geht es viel schlechter als dir.",
          "Rei\u00df dich mal zusammen.",
          "Wenigstens hast du noch deine Arbeit."}) {
        INFO(text);
        auto const made = decided(text);
        CHECK(made.nudge);
        CHECK(made.labels.empty());
        CHECK(made.risk == 0);
    }
    CHECK_FALSE(decided("Das klingt schwer. Ich bin da und h\u00f6re dir zu.").nudge);
}
