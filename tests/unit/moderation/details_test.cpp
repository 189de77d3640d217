#include "moderation/rules/details.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace holdfast::moderation;

TEST_CASE("a plus between a letter and a digit is read past")
{
    CHECK(find_details("a+1").empty());
    CHECK(find_details("x+12+3").empty());
    CHECK(find_details("5+").empty());
}

namespace {
std::vector<std::string> found(std::string_view text)
{
    std::vector<std::string> made;
    for (auto const& one : find_details(text)) {
        if (one.kind == detail_kind::help_line || one.kind == detail_kind::service_line) continue;
        made.emplace_back(text.substr(one.where.begin, one.where.end - one.where.begin));
    }
    return made;
}
using list = std::vector<std::string>;
} // namespace

TEST_CASE("numbers, mail, accounts, addresses and links are found")
{
    CHECK(found("ring 07700 900982 now") == list{"07700 900982"});
    CHECK(found("mail river.song@example.org please") == list{"river.song@example.org"});
    CHECK(found("sam dot peters at gmail dot com") == list{" at gmail dot com"});
    CHECK(found("sam (at) gmail.com") == list{"gmail.com"});
    CHECK(found("add me on snap: bluewolf22") == list{"snap: bluewolf22"});
    CHECK(found("my insta is @quiet_river_99") == list{"insta is @quiet_river_99"});
    CHECK(found("discord night.owl#4521") == list{"discord night.owl#4521"});
    CHECK(found("she lives at 14 Alder Court") == list{"14 Alder Court"});
    CHECK(found("i live at 45 highfield road") == list{"45 highfield road"});
    CHECK(found("visit bit.ly/x9 or www.example.org") == list{"bit.ly/x9", "www.example.org"});
    CHECK(found("see www. shop now") == list{"www."});
    CHECK(found("see WWW.") == list{"WWW."});
}

TEST_CASE("wallets for digital coins are found, also after other words")
{
    std::string const old = "1FakeWa11etNobodyHas7hisOne4Tests";
    std::string const coded = "bc1q" + std::string(19, '7') + std::string(19, 'x');
    std::string const hex = "0x" + std::string(20, 'a') + std::string(20, '4');
    CHECK(found("send to " + old + " please") == list{old});
    CHECK(found(coded) == list{coded});
    CHECK(found("(" + hex + ")") == list{hex});
}

TEST_CASE("what only begins like a wallet is none")
{
    for (auto const* const text :
         {"1 of my very best friends",
          "3Thirtythreelongwordswithoutaspace",
          "bc1 is a postcode here",
          "0xdeadbeef was on the screen",
          "order 31415926535897932384626433832"}) {
        INFO(text);
        CHECK(found(text).empty());
    }
}

TEST_CASE("a number that only services have is nobody's contact detail")
{
    for (auto const* const text :
         {"ring them on 0800 138 7777",
          "ring them on +44 808 801 0400",
          "the farmers' line is 03000 111 999",
          "1-866-662-1235 was kind to me",
          "call (800) 950-6264",
          "call 1 800 950 6264",
          "1300 845 745 is open till late",
          "1800 806 292 here"}) {
        INFO(text);
        CHECK(found(text).empty());
    }
    CHECK(found("ring me on 07700 900982") == list{"07700 900982"});
    CHECK(found("ring me on +44 20 7946 0018") == list{"+44 20 7946 0018"});
    CHECK(found("call me at 212-555-0142") == list{"212-555-0142"});
    CHECK(found("0412 345 678 is my mobile") == list{"0412 345 678"});
    // mobiles in India and China, a number in Berlin, and one that isn't given out
    CHECK(found("I'm on 8005512345") == list{"8005512345"});
    CHECK(found("reach me on 877 012 3456") == list{"877 012 3456"});
    CHECK(found("call 18881234567") == list{"18881234567"});
    CHECK(found("I am in Berlin, 030 45678901") == list{"030 45678901"});
    CHECK(found("(844) 012-3456 is my cell").size() == 1);
}

TEST_CASE("help lines that we know are told from other services")
{
    auto const kind_of = [](std::string_view text) { return find_details(text).at(0).kind; };
    CHECK(kind_of("text 85258") == detail_kind::help_line);
    CHECK(kind_of("call 988") == detail_kind::help_line);
    CHECK(kind_of("ring 0800 138 7777") == detail_kind::service_line);
    CHECK(find_details("999 words").empty());
}

TEST_CASE("help lines, dates and ordinary writing are no contact details")
{
    for (auto const* const text :
         {"Samaritans are on 116 123 or +44 116 123",
          "childline is 0800 1111",
          "text HOME to 741741",
          "13 11 14",
          "call 988",
          "on 10/10/2024 at 14:30",
          "it cost 12.50",
          "i deleted snapchat because of him",
          "discord is down today, again.",
          "i drive 24 hours a week on a 3 lane road",
          "e.g. this.that",
          "only then I felt at ease. In the end I slept",
          "he averaged .261 .323 .473 .797 last year",
          "99.9999999% of it is waiting",
          "the SC-00-BY is an old model",
          "ok.So what"}) {
        INFO(text);
        CHECK(found(text).empty());
    }
}
