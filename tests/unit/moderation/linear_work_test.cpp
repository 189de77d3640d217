// No text, however it is made, costs more than in proportion to its length. Work is counted, not timed.
#include "moderation/rules/details.hpp"
#include "moderation/rules/passage.hpp"
#include "reading.hpp"

#include <catch2/catch.hpp>

using namespace holdfast::moderation;

namespace {
std::string repeated(std::string_view unit, std::size_t bytes)
{
    std::string made;
    while (made.size() < bytes)
        made += unit;
    return made;
}

std::size_t work_of(std::string const& text)
{
    std::size_t steps = 0;
    auto const seen = read_text(text);
    passage const read(shipped(), seen, &steps);
    for (auto const& one : read.hits())
        steps += read.is_denied(one) + 1U;
    find_details(text, &steps);
    return steps;
}
} // namespace

TEST_CASE("work grows as the text does")
{
    char const* const units[] = {
        "i ",
        "kill ",
        "want to ",
        "i want to die ",
        "you are a ",
        "not ",
        "never not ",
        "my friend said ",
        "so really just very ",
        "(",
        "[",
        "((a",
        "\"",
        "\" a ",
        "'a ",
        "`",
        "> ",
        ">\n",
        "a\xCC\x81",
        "\xCC\x81",
        "\xE2\x80\x8B",
        "a\xE2\x80\x8B",
        "1",
        "12 ",
        "1-",
        "+1",
        "a+1",
        "@",
        "a@",
        "@a ",
        "a.",
        "a.b@",
        "k i l l ",
        "k.",
        "a b ",
        "x ",
        "s u i c i d e ",
        "k*",
        "k*ll ",
        "k1ll ",
        "su icide ",
        "*",
        "$",
        "aaaa",
        "killmyself",
        "dot com ",
        "at gmail dot com ",
        "snap: ",
        "snap is is is ",
        "14 Alder ",
        "the pills and the ",
        "tell your mom ",
        "how many pills ",
        "www.",
        "http://",
        "- ",
        "\n",
        "?",
        "!",
        "...",
        "\xF0\x9F\x94\xAB",
        "\xF0\x9F\x92\x80 ",
        "\xFF",
        "\xC3",
        "ab-",
        "ab_cd_",
        "lol ",
        "a\n",
        "A. ",
    };
    for (auto const* const unit : units) {
        INFO("repeated: " << unit);
        auto const once = work_of(repeated(unit, 8 * 1024));
        auto const four = work_of(repeated(unit, 32 * 1024));
        CHECK(four <= once * 5 + 2000);
        CHECK(four <= 32 * 1024 * std::size_t{90}); // steps for a byte, at the very worst
    }
}
