// What changed between two versions, in words.
#include "server/app/text_diff.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <ctime>

using namespace holdfast;
using app::diff_of;
using app::diff_piece;

namespace {
std::string shown(std::vector<diff_piece> const& pieces)
{
    std::string made;
    for (auto const& one : pieces) {
        if (one.what == diff_piece::kind::gone) made += "[-" + one.text + "]";
        if (one.what == diff_piece::kind::added) made += "[+" + one.text + "]";
        if (one.what == diff_piece::kind::same) made += one.text;
    }
    return made;
}

std::string side(std::vector<diff_piece> const& pieces, diff_piece::kind without)
{
    std::string made;
    for (auto const& one : pieces) {
        if (one.what != without) made += one.text;
    }
    return made;
}

std::string text_of(std::size_t words, std::size_t from, std::size_t repeats)
{
    std::string made;
    for (std::size_t at = 0; at < words; ++at)
        made += "w" + std::to_string((from + at * 7919) % repeats) + " ";
    return made;
}
} // namespace

TEST_CASE("words that came and went are told apart from those that stayed")
{
    CHECK(shown(diff_of("I was alone.", "I was alone.")) == "I was alone.");
    CHECK(shown(diff_of("", "I called.")) == "[+I called.]");
    CHECK(shown(diff_of("I called.", "")) == "[-I called.]");
    CHECK(shown(diff_of("I was so alone then.", "I was with Ana then.")) == "I was [-so alone ][+with Ana ]then.");
    CHECK(shown(diff_of("To have it said.", "To have it said, once.")) == "To have it [-said.][+said, once.]");
    CHECK(shown(diff_of("a b c d e", "a c d x e")) == "a [-b ]c d [+x ]e");
}

TEST_CASE("both texts can be put together again from the pieces, whatever they are")
{
    for (std::size_t words : {1U, 7U, 60U, 599U, 601U, 2000U}) {
        for (std::size_t repeats : {2U, 30U, 5000U}) {
            auto const before = text_of(words, 1, repeats);
            auto const after = "so " + text_of(words, 3, repeats) + "now";
            auto const pieces = diff_of(before, after);
            CHECK(side(pieces, diff_piece::kind::added) == before);
            CHECK(side(pieces, diff_piece::kind::gone) == after);
        }
    }
}

TEST_CASE("no two texts take long, so that whoever writes many versions holds up nobody")
{
    for (std::size_t words : {600U, 30'000U}) {
        auto const before = text_of(words, 1, 100'000);
        auto const after = text_of(words, 50'000, 100'001);
        auto const begun = std::clock();
        auto const pieces = diff_of(before, after);
        auto const seconds = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
        CHECK(pieces.size() >= 2);
        CHECK(seconds < 0.5); // of the processor, unoptimised; about 5 ms as hosts run it
    }
}
