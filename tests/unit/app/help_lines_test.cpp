// Which help lines somebody is shown: two or three, of their country, in their language, open now.
#include "embedded/web.hpp"
#include "moderation/rules/help_lines.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/help/opening_hours.hpp"
#include "tests/unit/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace holdfast;
using namespace holdfast::app;
using namespace std::chrono_literals;

namespace {
std::string
line(std::string const& id, std::string const& kind, std::string const& languages, std::string const& open)
{
    return R"({"id":")" + id + R"(","name":")" + id + R"(","kind":")" + kind +
           R"(","for":"","hours":"","languages":[)" + languages +
           R"(],"ways":[],"source":"","checked_on":"")" + (open.empty() ? "" : R"(,"open":)" + open) + "}";
}

struct shelf {
    tests::manual_clock time{timestamp(1'700'000'000'000ms)}; // Tuesday, 22:13 UTC
    std::string const days =
        R"({"zone":"Europe/Berlin","times":[{"days":"mon-fri","from":"08:00","to":"18:00"}]})";
    std::string file =
        R"({"country":"xx","name":"Somewhere","lines":[)" + line("days", "listening", R"("de")", days) + "," +
        line("one", "listening", R"("de")", "") + "," + line("two", "listening", R"("fr")", "") + "," +
        line("three", "listening", R"("de", "fr")", "") + "," + line("112", "emergency", R"("de")", "") +
        "]}";
    std::vector<std::pair<std::string_view, std::string_view>> files{{"content/help-lines/xx.json", file}};

    std::vector<std::string> chosen(std::string_view language = "") const
    {
        help_lines const all(files, "xx", time);
        std::vector<std::string> made;
        for (auto const& one : all.chosen_for("xx", moderation::triage::crisis, language).lines)
            made.push_back(one.id);
        return made;
    }
};
using ids = std::vector<std::string>;
} // namespace

TEST_CASE("a number that we show is one that members may pass on: the screen knows each of them")
{
    tests::manual_clock const time{timestamp()};
    help_lines const all(embedded::web(), "gb", time);
    int known = 0;
    for (auto const& country : all.countries()) {
        for (auto const& line : all.of(country)) {
            for (auto const& way : line.ways) {
                if (way.kind == "chat") continue;
                auto digits = way.value;
                std::erase_if(digits, [](char one) { return one < '0' || one > '9'; });
                INFO(line.id << ": " << way.value);
                CHECK(moderation::is_help_line(digits));
                ++known;
            }
        }
    }
    CHECK(known > 20);
}

TEST_CASE("two who listen and the emergency number, never a wall of them; who is asleep is left out")
{
    shelf with;
    CHECK(with.chosen() == ids{"one", "two", "112"});
    with.time.advance(12h); // Wednesday morning
    CHECK(with.chosen() == ids{"days", "one", "112"});
}

TEST_CASE("lines in the reader's language come first")
{
    shelf const with;
    CHECK(with.chosen("fr") == ids{"two", "three", "112"});
    CHECK(with.chosen("zz") == ids{"one", "two", "112"});
}

TEST_CASE("who says only which language they read is shown a country whose lines speak it")
{
    shelf with;
    std::string const home =
        R"({"country":"aa","name":"Home","lines":[)" + line("here", "listening", R"("en", "ar")", "") + "]}";
    std::string const also =
        R"({"country":"bb","name":"Also","lines":[)" + line("two", "listening", R"("en", "de")", "") + "]}";
    with.files.emplace_back("content/help-lines/aa.json", home);
    with.files.emplace_back("content/help-lines/bb.json", also);
    help_lines const all(with.files, "aa", with.time);
    CHECK(all.country_speaking("en") == "aa");
    CHECK(all.country_speaking("ar") == "aa"); // as well as others do
    CHECK(all.country_speaking("de") == "xx"); // first of all, not beside another
    CHECK(all.country_speaking("zz") == "aa");
    CHECK(all.country_speaking("") == "aa");
}

TEST_CASE("opening times are those of the line's own place, in summer and winter, also past midnight")
{
    domain::help_line one;
    one.zone = "Europe/London";
    one.opening = {{days_named("fri-sat"), minute_named("20:00"), minute_named("02:00")}};
    auto const at = [](char const* time) { return *time_from_iso8601(time); };
    CHECK(is_open(one, at("2026-01-02T20:00Z"))); // a Friday in winter
    CHECK_FALSE(is_open(one, at("2026-01-02T19:59Z")));
    CHECK(is_open(one, at("2026-07-03T19:00Z"))); // a Friday in summer
    CHECK(is_open(one, at("2026-01-04T01:59Z"))); // Saturday's night
    CHECK_FALSE(is_open(one, at("2026-01-04T02:00Z")));
    CHECK_FALSE(is_open(one, at("2026-01-02T01:00Z"))); // Thursday's night
    one.opening.clear();
    CHECK(is_open(one, at("2026-01-02T04:00Z")));
}

TEST_CASE("days and times are read strictly, and a file that says them wrongly keeps the server from starting"
)
{
    CHECK(days_named("mon-sun") == 127);
    CHECK(days_named("sun-tue") == ((1U << 6) | 1U | 2U));
    CHECK(days_named("weekend") == 0);
    CHECK(minute_named("24:00") == 1440);
    for (auto const* wrong : {"24:01", "7:30", "07.30", "aa:bb", ""})
        CHECK(minute_named(wrong) == -1);
    CHECK(is_zone("America/New_York"));
    CHECK_FALSE(is_zone("Nowhere/City"));
    CHECK((is_zone("GMT+14:00") && is_zone("GMT-12:00")));
    CHECK_FALSE(is_zone("GMT+14:15"));
    CHECK_FALSE(is_zone("GMT-12:15"));
    shelf with;
    for (auto const* open :
         {R"({"zone":"Mars","times":[]})",
          R"({"zone":"UTC","times":[{"days":"x","from":"08:00","to":"18:00"}]})"}) {
        with.file =
            R"({"country":"xx","name":"S","lines":[)" + line("a", "listening", R"("de")", open) + "]}";
        with.files = {{"content/help-lines/xx.json", with.file}};
        CHECK_THROWS_AS(help_lines(with.files, "xx", with.time), std::runtime_error);
    }
}
