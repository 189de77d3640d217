// Pages speak the reader's language where it has the words, and English where it hasn't.
#include "server/pages/language.hpp"

#include <catch2/catch.hpp>
#include <kainjow/mustache.hpp>

using namespace holdfast;
using pages::language;

TEST_CASE("a phrase is put into the language, sentence by sentence")
{
    language const german("de");
    CHECK(german.put_into(say("Sign in")) == "Anmelden");
    CHECK(german.put_into(say("No such words of ours.")) == "No such words of ours.");
    CHECK(german.put_into(say("{day} May {year}", {{"day", "3"}, {"year", "2026"}})) == "3. Mai 2026");
    CHECK(language("en").put_into(say("Sign in")) == "Sign in");
}

TEST_CASE("a phrase is found although a template has escaped it, and comes out escaped")
{
    auto const escaped = kainjow::mustache::html_escape(say("I can't right now"));
    CHECK(language("de").put_into(escaped) == "Ich kann gerade nicht");
    CHECK(language("en").put_into(escaped) == "I can&apos;t right now");
    auto const name =
        kainjow::mustache::html_escape(say("{name} has this item right now.", {{"name", "<b>"}}));
    CHECK(language("de").put_into(name) == "&lt;b&gt; hat das gerade.");
}

TEST_CASE("numbers have the forms that the language has")
{
    auto const posts = [](language const& spoken, int count) {
        return spoken.put_into(say_count(count, "{count} post", "{count} posts"));
    };
    language const german("de");
    CHECK(posts(german, 1) == "1 Beitrag");
    CHECK(posts(german, 2) == "2 Beiträge");
    language const arabic("ar");
    CHECK(posts(arabic, 1) == "منشور واحد");
    CHECK(posts(arabic, 2) == "منشوران");
    CHECK(posts(arabic, 3) == "3 منشورات");
    CHECK(posts(arabic, 11) == "11 منشورًا");
    CHECK(posts(arabic, 100) == "100 منشور");
}

TEST_CASE("what a member writes is never translated")
{
    CHECK(language("de").put_into("Sign in") == "Sign in");
    CHECK(language("de").text_of(say("Honesty") + ", Sign in") == "Ehrlichkeit, Sign in");
}
