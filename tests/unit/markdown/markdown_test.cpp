// What members write is shown as they meant it, does nothing, and takes no longer than any other text.
#include "server/pages/markdown.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace holdfast;
using pages::html_of;

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
