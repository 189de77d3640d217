// Steps of a goal: a lapse is noted and the step goes on, changed; nothing is reset.
#include "server/app/space/goals.hpp"
#include "server/app/space/private_shape.hpp"
#include "tests/unit/support/result_text.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace holdfast;
using app::steps_of;

namespace {
boost::json::object walking()
{
    boost::json::object goal{{"what", "Walk again"}, {"state", "active"}};
    for (auto const* text : {"Shoes by the door", "Round the block"})
        goal = *app::with_step(goal, text);
    return *app::with_step_state(goal, 0, "done");
}
} // namespace

TEST_CASE("what did not work this time stays beside the step, which goes on in a smaller form")
{
    app::goal_try const tried{"2026-05-03", "It rained and I was tired.", "Only to the corner."};
    auto const goal = app::with_try(walking(), 1, tried, "To the corner");
    REQUIRE(goal);
    auto const steps = steps_of(*goal);
    REQUIRE(steps.size() == 2);
    CHECK(steps[0].state == "done"); // what was done stays done
    CHECK(steps[1].text == "To the corner");
    CHECK(steps[1].state == "open");
    REQUIRE(steps[1].tries.size() == 1);
    CHECK(steps[1].tries[0].what == "It rained and I was tired.");
    CHECK(app::shaped(domain::private_kind::goal, *goal));
    auto const again = app::with_try(*goal, 1, tried, "To the gate");
    CHECK(steps_of(*again)[1].tries.size() == 2);
}

TEST_CASE("a step that is too big becomes two, in its place")
{
    auto const goal = app::with_split(walking(), 1, "To the corner", "And back round the block");
    REQUIRE(goal);
    auto const steps = steps_of(*goal);
    REQUIRE(steps.size() == 3);
    CHECK(steps[0].text == "Shoes by the door");
    CHECK(steps[1].text == "To the corner");
    CHECK(steps[2].text == "And back round the block");
}

TEST_CASE("a step needs words, and has to be there")
{
    CHECK(app::with_step(walking(), " ").error().fields.front().field == "step");
    CHECK(app::with_step_state(walking(), 2, "done").error().code == errc::not_found);
    CHECK(app::with_try(walking(), 1, {}, "").error().fields.front().field == "text");
    CHECK(app::with_split(walking(), 1, "x", "").error().fields.front().field == "first");
    auto const wrong = app::with_step_state(walking(), 0, "failed"); // there is no such word here
    REQUIRE(wrong);
    CHECK_FALSE(app::shaped(domain::private_kind::goal, *wrong));
}
