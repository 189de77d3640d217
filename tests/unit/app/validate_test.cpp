#include "server/app/validate.hpp"

#include "server/base/limits.hpp"
#include "tests/unit/support/result_text.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::app;

TEST_CASE("UTF-8 is what Unicode says it is, and nothing else")
{
    for (auto const* good :
         {"", "a", "\u00E9", "\u20AC", "\U0001F33B", "\u0000", "\U0010FFFF", "\uD7FF", "\uE000"})
        CHECK(is_utf8(good));
    for (auto const* bad :
         {"\x80",
          "\xC3",
          "\xC0\xAF",
          "\xC1\xBF",
          "\xE0\x80\xAF",
          "\xED\xA0\x80",
          "\xF0\x80\x80\xAF",
          "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80",
          "\xFF",
          "a\xE2\x82",
          "\xE2\x82(",
          "\xF0\x9F\x8C"}) {
        INFO(bad);
        CHECK_FALSE(is_utf8(bad));
    }
}

TEST_CASE("a nickname is short, can be seen, and tells nobody who somebody is")
{
    for (auto const* good :
         {"Maple", "Jo", "\u5C71\u672C", "Anna-Lena 3", "\u0645\u0631\u064A\u0645", "Zo\u00EB"}) {
        INFO(good);
        CHECK(validate_nickname(good));
    }
    for (auto const* bad :
         {"",
          "x",
          "  ",
          " Maple",
          "Maple ",
          "Ma\nple",
          "maple@example.org",
          "07700 900123",
          "\u200B\u200B",
          "Ma\u200Bple",
          "\u202Eelpam",
          "\u2800\u2800",
          "...",
          "\u00AD\u00AD",
          "Ma\u0085ple"}) {
        INFO(bad);
        auto const refused = validate_nickname(bad);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::invalid);
        CHECK(refused.error().fields.front().field == "nickname");
    }
    CHECK_FALSE(validate_nickname(std::string(limits::nickname_letters_max + 1, 'a')));
}

TEST_CASE("a passphrase is long enough to hold and short enough to hash")
{
    CHECK_FALSE(validate_passphrase("eleven char"));
    CHECK(validate_passphrase("twelve chars"));
    CHECK(validate_passphrase(std::string(512, 'x')));
    CHECK_FALSE(validate_passphrase(std::string(513, 'x')));
}

TEST_CASE("a country is two letters, or none yet")
{
    CHECK(validate_country(""));
    CHECK(validate_country("gb"));
    for (auto const* bad : {"GB", "gbr", "g", "1a", "g\n"})
        CHECK_FALSE(validate_country(bad));
}

TEST_CASE("all faults of a circle are told together")
{
    domain::circle_texts const nothing;
    auto const refused = validate_circle(nothing);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fields.size() == 3); // hours may be empty
}

TEST_CASE("a limit counts letters, so that every language has the same room, and a line end is one")
{
    auto const faults = [](std::string const& text) {
        error found{errc::invalid};
        check_text(found, text, {"text", 300, true, true});
        return found.fields.size();
    };
    std::string arabic, lines;
    for (auto at = 0; at < 300; ++at)
        arabic += "\u0645";
    for (auto at = 0; at < 150; ++at)
        lines += "a\r\n";
    CHECK(faults(arabic) == 0);
    CHECK(faults(arabic + "\u0645") == 1);
    CHECK(faults(lines) == 0);
    CHECK(faults(std::string(301, 'a')) == 1);
}
