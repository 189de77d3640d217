// Pages speak the reader's language where it has the words, and English where it hasn't.
#include "embedded/web.hpp"
#include "server/pages/language.hpp"

#include <catch2/catch.hpp>
#include <kainjow/mustache.hpp>

using namespace holdfast;
using app::language;
using pages::put_into;

namespace {
language in(std::string_view code)
{
    return {code, embedded::web()};
}
} // namespace

TEST_CASE("a phrase is put into the language, sentence by sentence")
{
    auto const german = in("de");
    CHECK(put_into(german, say("Sign in")) == "Anmelden");
    CHECK(put_into(german, say("No such words of ours.")) == "No such words of ours.");
    CHECK(put_into(german, say("{day} May {year}", {{"day", "3"}, {"year", "2026"}})) == "3. Mai 2026");
    CHECK(put_into(in("en"), say("Sign in")) == "Sign in");
}

TEST_CASE("a phrase is found although a template has escaped it, and comes out escaped")
{
    auto const escaped = kainjow::mustache::html_escape(say("I can't right now"));
    CHECK(put_into(in("de"), escaped) == "Ich kann gerade nicht");
    CHECK(put_into(in("en"), escaped) == "I can&apos;t right now");
    auto const name =
        kainjow::mustache::html_escape(say("{name} has this item right now.", {{"name", "<b>"}}));
    CHECK(put_into(in("de"), name) == "&lt;b&gt; hat das gerade.");
}

TEST_CASE("numbers have the forms that the language has")
{
    auto const posts = [](language const& spoken, int count) {
        return put_into(spoken, say_count(count, "{count} post", "{count} posts"));
    };
    auto const german = in("de");
    CHECK(posts(german, 1) == "1 Beitrag");
    CHECK(posts(german, 2) == "2 Beiträge");
    auto const arabic = in("ar");
    CHECK(posts(arabic, 1) == "منشور واحد");
    CHECK(posts(arabic, 2) == "منشوران");
    CHECK(posts(arabic, 3) == "3 منشورات");
    CHECK(posts(arabic, 11) == "11 منشورًا");
    CHECK(posts(arabic, 100) == "100 منشور");
}

TEST_CASE("what a member writes is never translated")
{
    CHECK(put_into(in("de"), "Sign in") == "Sign in");
    CHECK(in("de").text_of(say("Honesty") + ", Sign in") == "Ehrlichkeit, Sign in");
}
