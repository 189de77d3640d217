// Crisis is not a violation: over all that can be decided, nothing leads from a cry for help to blame.
#include "server/domain/measures.hpp"
#include "server/domain/review.hpp"

#include <catch2/catch.hpp>

#include <initializer_list>

using namespace holdfast::domain;
using holdfast::moderation::triage;

namespace {
constexpr auto lanes = {lane::care, lane::harm, lane::newcomer, lane::report, lane::appeal};
constexpr auto levels = {triage::green, triage::amber, triage::red, triage::crisis};
constexpr auto verdicts = {
    verdict::publish, verdict::fold, verdict::give_back, verdict::keep, verdict::remove};
constexpr auto unheard_of = static_cast<verdict>(99);
} // namespace

TEST_CASE("a cry for help is let through, as it is or folded, or kept: never given back or taken out")
{
    for (auto const what : verdicts) {
        INFO(name_of(what));
        CHECK(may_decide(lane::harm, what));
        CHECK(may_decide(lane::care, what) == (what != verdict::give_back && what != verdict::remove));
    }
    CHECK_FALSE(may_decide(lane::care, unheard_of));
}

TEST_CASE("only harm that a person found, where nobody is in need, can bring a strike or a limit")
{
    for (auto const where : lanes) {
        for (auto const level : levels) {
            for (auto const what : verdicts) {
                INFO(name_of(where) << ", " << holdfast::moderation::name_of(level) << ": " << name_of(what));
                auto const is_about_harm = where != lane::care && where != lane::appeal;
                auto const found_harm = what == verdict::give_back || what == verdict::remove;
                CHECK(
                    may_restrict(where, level, what) ==
                    (is_about_harm && found_harm && level == triage::green)
                );
            }
            CHECK_FALSE(may_restrict(where, level, unheard_of));
        }
    }
}
