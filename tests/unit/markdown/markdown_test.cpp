// What members write is shown as they meant it, does nothing, and takes no longer than any other text.
#include "server/markdown/markdown.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <utility>
#include <vector>

using namespace holdfast;
using markdown::html_of;
using markdown::visible_text;

namespace {
bool has(std::string const& html, std::string_view part)
{
    return html.find(part) != std::string::npos;
}

std::string filled(std::string_view piece)
{
    std::string made;
    while (made.size() + piece.size() <= 64'000)
        made += piece;
    return made;
}
} // namespace

TEST_CASE("lines, emphasis, lists and quotes stay what they are; headings don't break the page's order")
{
    CHECK(html_of("one\ntwo") == "<p>one<br />\ntwo</p>\n");
    CHECK(has(html_of("*a* **b** `c`"), "<em>a</em> <strong>b</strong> <code>c</code>"));
    CHECK(has(html_of("- a\n- b"), "<ul>\n<li>a</li>"));
    CHECK(has(html_of("> a"), "<blockquote>"));
    CHECK(has(html_of("# a"), "<h4>a</h4>"));
    CHECK(html_of("").empty());
}

TEST_CASE("raw HTML, images and links that act are taken out; their words stay")
{
    CHECK_FALSE(has(html_of("<script>x</script> <b onclick=y>words</b>"), "<script"));
    CHECK_FALSE(has(html_of("a <img src=x onerror=y> b"), "<img"));
    auto const image = html_of("![what is on it](https://elsewhere.example/x.png)");
    CHECK_FALSE(has(image, "<img"));
    CHECK_FALSE(has(image, "elsewhere"));
    CHECK(has(image, "what is on it"));
    CHECK_FALSE(has(html_of("[a](javascript:x) [b](data:text/html,x) [c](vbscript:x)"), "script:"));
    CHECK(has(html_of("[a](https://a.example)"), "rel=\"nofollow noopener noreferrer ugc\""));
    CHECK(has(html_of("1 < 2 & 3 > 2"), "1 &lt; 2 &amp; 3 &gt; 2"));
}

TEST_CASE("a text made to keep the server busy is shown as it is, quickly")
{
    for (auto const& text :
         {filled("- "),
          filled("> "),
          filled("1. "),
          filled("- ").substr(0, 32'000) + filled("x\n").substr(0, 32'000),
          filled("![[]()"),
          filled("["),
          "[x]: " + std::string(20'000, 'a') + "\n\n" + filled("[x]"),
          filled("*a **a "),
          filled("<"),
          filled("`"),
          filled("_a ")}) {
        INFO(text.substr(0, 20));
        auto const start = std::chrono::steady_clock::now();
        auto const html = html_of(text);
        CHECK(
            std::chrono::steady_clock::now() - start < std::chrono::seconds(2)
        ); // seconds against milliseconds
        CHECK(html.size() < 20 * text.size());
    }
    CHECK(html_of(std::string(300, '>').append("<b>\n\"&")) == "<p>" + [] {
        std::string made;
        for (int count = 0; count < 300; ++count)
            made += "&gt;";
        return made;
    }() + "&lt;b&gt;<br />\n&quot;&amp;</p>\n");
}

namespace {
// What a browser shows of a page: tags and comments gone, letters written as numbers whole.
std::string shown(std::string html)
{
    std::string made;
    for (std::size_t at = 0; at < html.size(); ++at) {
        if (html[at] != '<') {
            made += html[at];
        } else {
            at = html.compare(at, 4, "<!--") == 0 ? html.find("-->", at) + 2 : html.find('>', at);
        }
    }
    for (auto const& [written, sign] :
         {std::pair("&lt;", "<"),
          std::pair("&gt;", ">"),
          std::pair("&quot;", "\""),
          std::pair("&amp;", "&")}) {
        for (auto at = made.find(written); at != std::string::npos; at = made.find(written, at + 1))
            made.replace(at, std::string_view(written).size(), sign);
    }
    return made;
}

// Without what only lays a text out: spaces, and the marks of a heading, a quote or a list.
std::string letters_of(std::string const& text)
{
    std::string made;
    for (auto const one : text) {
        if (std::string_view(" \t\r\n>-#1.").find(one) == std::string_view::npos) made += one;
    }
    return made;
}

std::string join_all(std::vector<std::string> const& parts, std::size_t picked)
{
    std::string made;
    for (auto left = picked; made.size() < 60; left = left * 31 + 7)
        made += parts[left % parts.size()];
    return made;
}
} // namespace

TEST_CASE("the screen hears the words that people see, however they were written")
{
    CHECK(visible_text("k&#105;&#108;l y&#111;urself") == "kill yourself");
    CHECK(visible_text("ki<b></b>ll your<i></i>self") == "kill yourself");
    CHECK(visible_text("ki<!-- x -->ll") == "kill");
    CHECK(visible_text("ki![](x)ll") == "kill");
    CHECK(visible_text("ki[](https://a.example)ll") == "kill");
    CHECK(visible_text("k*i*ll k**i**ll k`i`ll") == "kill kill kill");
    CHECK(visible_text("y\\ourself \\*not\\* this") == "y\\ourself *not* this");
    CHECK(visible_text("![kill](x) [yourself](https://a.example)") == "kill yourself");
    CHECK(
        visible_text("# one\ntwo\n\n- three\n- *four*\n\n> five\n> six &amp; seven") ==
        "one\n\ntwo\n\n- three\n\n- four\n\n> five\n> six & seven"
    );
    CHECK(visible_text("```\nkill\n```\n<div>gone</div>\n\nend") == "kill\n\nend");
}

TEST_CASE("nearly no text needs a second reading")
{
    for (auto const* text :
         {"I slept badly. Again!", "- one\n- two\n\n> a quote", "1 > 0, e-mail, 50 % (nearly)"}) {
        CHECK_FALSE(markdown::may_read_otherwise(text));
        CHECK(visible_text(text) == text);
    }
    CHECK(markdown::may_read_otherwise("*so* tired"));
}

TEST_CASE("no page shows a sign that turns the line around, and Arabic keeps the marks that it needs")
{
    CHECK(
        html_of("a \xE2\x80\xAE"
                "b &#x202E;c &#8297;d") == "<p>a b c d</p>\n"
    );
    CHECK(
        visible_text("a \xE2\x80\xAE"
                     "b &#x202E;c &#8297;d") == "a b c d"
    );
    CHECK(
        visible_text("a\xE2\x80\x8E"
                     "b\xE2\x80\x8F") == "a\xE2\x80\x8E"
                                         "b\xE2\x80\x8F"
    );
    CHECK(html_of(std::string(300, '>') + "\xE2\x81\xA6x").find("\xE2\x81\xA6") == std::string::npos);
}

// Every string of awkward pieces: what the page shows, without its tags, is what the screen is given.
TEST_CASE("what a page shows is what was screened, letter by letter")
{
    std::vector<std::string> const pieces{
        "ki",
        "ll",
        "you",
        " ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "__",
        "`",
        "```\n",
        "\\",
        "&#105;",
        "&amp;",
        "&lt;b&gt;",
        "<b>",
        "</b>",
        "<!-- x -->",
        "<!--",
        "-->",
        "![",
        "[",
        "](x)",
        "]",
        "(x)",
        "> ",
        "- ",
        "1. ",
        "# ",
        "    ",
        "<https://a.example>",
        "[a]: b\n",
        "&#x202E;",
        "\xE2\x80\xAE",
        "\xC3\xA9",
        "~~",
        "---\n",
        "<div>\n",
        "</div>\n"};
    for (std::size_t picked = 1; picked < 20'000; ++picked) {
        auto const text = join_all(pieces, picked * 2'654'435'761U);
        auto const page = letters_of(shown(html_of(text)));
        auto const heard = letters_of(visible_text(text));
        if (page != heard) INFO(text);
        if (page != heard) CHECK(page == heard);
    }
}
