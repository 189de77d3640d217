// How much care an author is shown: the whole of it when something is new, a short reminder otherwise.
#include "server/domain/care.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::domain;
using namespace std::chrono_literals;
using moderation::triage;

namespace {
timestamp const night{std::chrono::milliseconds(1'700'000'000'000)};

care_card card(triage how)
{
    care_card made;
    made.triage = how;
    made.at = night;
    return made;
}
} // namespace

TEST_CASE("the first time, all of it")
{
    for (auto const how : {triage::amber, triage::red, triage::crisis})
        CHECK(how_to_show(std::nullopt, how, night) == care_shown::whole);
}

TEST_CASE("not again at every post of a hard evening")
{
    CHECK(how_to_show(card(triage::red), triage::red, night + 10min) == care_shown::brief);
    CHECK(how_to_show(card(triage::crisis), triage::amber, night + 3h) == care_shown::brief);
}

TEST_CASE("again when it got worse, when they had been safe, and on another day")
{
    CHECK(how_to_show(card(triage::red), triage::crisis, night + 1min) == care_shown::whole);
    auto safe = card(triage::crisis);
    safe.safe_at = night + 1min;
    CHECK(how_to_show(safe, triage::amber, night + 2min) == care_shown::whole);
    CHECK(how_to_show(card(triage::crisis), triage::amber, night + 12h) == care_shown::whole);
}
