// Steps of a goal: a lapse is noted and the step goes on, changed; nothing is reset.
#include "server/app/space/goal_shape.hpp"
#include "server/app/space/goal_time.hpp"
#include "server/app/space/goals.hpp"
#include "server/app/space/other_versions.hpp"
#include "server/app/space/private_shape.hpp"
#include "tests/unit/support/result_text.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace holdfast;
using app::steps_of;
using namespace std::chrono_literals;

namespace {
constexpr std::chrono::sys_days may_third = 2026y / 5 / 3;

boost::json::object walking()
{
    boost::json::object goal{{"what", "Walk again"}, {"state", "active"}};
    for (auto const* text : {"Shoes by the door", "Round the block"})
        goal = *app::with_step(goal, text);
    return *app::with_step_state(goal, 0, "done", may_third);
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
    CHECK(app::with_step_state(walking(), 2, "done", may_third).error().code == errc::not_found);
    CHECK(app::with_try(walking(), 1, {}, "").error().fields.front().field == "text");
    CHECK(app::with_split(walking(), 1, "x", "").error().fields.front().field == "second");
    auto const wrong = app::with_step_state(walking(), 0, "failed", may_third); // there is no such word here
    REQUIRE(wrong);
    CHECK_FALSE(app::shaped(domain::private_kind::goal, *wrong));
}

TEST_CASE("what was done slips: the step goes on, and the day on which it was done stays")
{
    app::goal_try const tried{"2026-06-01", "A hard week.", "With somebody."};
    auto const goal = app::with_try(walking(), 0, tried, "Shoes by the bed");
    REQUIRE(goal);
    auto const step = steps_of(*goal).front();
    CHECK(step.state == "open");
    CHECK(step.done == std::vector<std::string>{"2026-05-03"});
    CHECK(step.tries.size() == 1);
    auto const again = app::with_step_state(*goal, 0, "done", may_third + std::chrono::days(40));
    CHECK(steps_of(*again).front().done == std::vector<std::string>{"2026-05-03", "2026-06-12"});
    CHECK(app::shaped(domain::private_kind::goal, *again));
}

TEST_CASE("a press by mistake leaves no day behind")
{
    auto const goal = app::with_step_state(walking(), 0, "open", may_third);
    CHECK(steps_of(*goal).front().done.empty());
    auto const later = app::with_step_state(walking(), 0, "open", may_third + std::chrono::days(1));
    CHECK(steps_of(*later).front().done.size() == 1);
}

TEST_CASE("a milestone has a checklist of small steps, and a step can move there; its halves stay with it")
{
    auto const goal = app::with_checklist(walking(), "Round the park", "To the gate\n\nTo the pond");
    REQUIRE(goal);
    auto const moved = app::with_milestone(*goal, 1, "Round the park");
    auto const halved = app::with_split(*moved, 3, "To the bench", "To the pond");
    auto const steps = steps_of(*halved);
    REQUIRE(steps.size() == 5);
    CHECK(steps[0].milestone.empty());
    for (std::size_t at = 1; at < steps.size(); ++at)
        CHECK(steps[at].milestone == "Round the park");
    CHECK(app::shaped(domain::private_kind::goal, *halved));
    CHECK(app::with_checklist(walking(), " ", "To the gate").error().fields.front().field == "milestone");
    CHECK(app::with_checklist(walking(), "Park", "\n ").error().fields.front().field == "lines");
}

TEST_CASE("a look back comes on the rhythm that was chosen, later when that is said, and never otherwise")
{
    auto goal = walking();
    CHECK_FALSE(app::next_review(goal, may_third));
    goal["review"] = "month";
    CHECK(app::next_review(goal, may_third) == may_third + std::chrono::days(30));
    auto const later = app::with_review_later(goal, may_third + std::chrono::days(30));
    CHECK(app::next_review(later, may_third) == may_third + std::chrono::days(37));
    auto const done = app::with_review(later, {"2026-07-01", "I went out twice.", "", " "});
    REQUIRE(done);
    CHECK(app::next_review(*done, may_third) == std::chrono::sys_days(2026y / 7 / 31));
    CHECK(app::shaped(domain::private_kind::goal, *done));
    CHECK(app::with_review(goal, {"2026-07-01", "", " ", ""}).error().fields.front().field == "celebrate");
    auto away = goal;
    away["state"] = "archived";
    CHECK_FALSE(app::next_review(away, may_third));
}

TEST_CASE("a rhythm that is chosen for an old goal begins on that day")
{
    auto goal = walking();
    goal["review"] = "week";
    app::begin_rhythm(goal, walking(), may_third + std::chrono::days(200));
    CHECK(app::next_review(goal, may_third) == may_third + std::chrono::days(207));
}

TEST_CASE("over time a goal shows what happened with it, newest first, and no day on which nothing did")
{
    auto const at = [](std::chrono::sys_days day, int version, boost::json::object body) {
        app::private_text made;
        made.version = version;
        made.based_on = version - 1;
        made.created_at = timestamp(may_third);
        made.saved_at = timestamp(day);
        made.body = std::move(body);
        return made;
    };
    auto changed = walking();
    changed["what"] = "Walk to the park";
    auto tried = *app::with_try(changed, 1, {"2026-05-10", "Rain.", "An umbrella."}, "To the corner");
    auto away = *app::with_review(tried, {"2026-06-03", "I went out.", "", ""});
    away["state"] = "archived";
    std::vector<app::private_text> const versions{
        at(may_third, 1, walking()),
        at(may_third + std::chrono::days(2), 2, changed),
        at(may_third + std::chrono::days(40), 3, away)};
    std::vector<app::goal_event> happened;
    for (auto const& one : app::over_time(versions, app::own_clock()))
        happened.push_back(one.what);
    using event = app::goal_event;
    CHECK(
        happened ==
        std::vector{
            event::put_away, event::looked_back, event::tried, event::changed, event::done, event::begun}
    );
}

TEST_CASE("a step is found again while another device adds others, unless it was changed there")
{
    auto const seen = walking();
    auto newest = *app::with_split(walking(), 0, "Shoes", "By the door");
    CHECK(app::step_now(newest, seen, 1) == std::optional<std::size_t>(2));
    CHECK_FALSE(app::step_now(newest, seen, 0));
    CHECK_FALSE(app::step_now(newest, seen, 9));
}

TEST_CASE("a version that nobody began from stays in sight until it is settled")
{
    auto const one = [](int version, int based_on, std::string const& what, int settled) {
        app::private_text made;
        made.version = version;
        made.based_on = based_on;
        made.settled = settled;
        made.body = {{"what", what}};
        return made;
    };
    std::vector<app::private_text> versions{one(1, 0, "a", 0), one(2, 1, "b", 0), one(3, 1, "c", 0)};
    auto const numbers = [&] {
        std::vector<int> made;
        for (auto const& other : app::other_versions(versions))
            made.push_back(other.version);
        return made;
    };
    CHECK(numbers() == std::vector{2});
    versions.push_back(one(4, 3, "d", 0)); // the next save doesn't hide it
    CHECK(numbers() == std::vector{2});
    auto settled = versions;
    settled.push_back(one(5, 4, "d", 2));
    CHECK(app::other_versions(settled).empty());
    versions.push_back(one(5, 2, "b", 0)); // taken over: now the one that was newest stands beside it
    CHECK(numbers() == std::vector{4});
}

TEST_CASE("a step that is tried again and again, and a goal looked back on for years, forget the oldest and "
          "never refuse")
{
    auto goal = walking();
    for (auto time = 1; time <= 60; ++time) {
        auto const tried =
            app::with_try(goal, 1, {"2026-05-10", "Time " + std::to_string(time), ""}, "To the gate");
        REQUIRE(tried);
        goal = *app::shaped(domain::private_kind::goal, *tried);
    }
    auto const tries = app::steps_of(goal).at(1).tries;
    CHECK(tries.size() == app::tries_max);
    CHECK(tries.back().what == "Time 60");
    for (auto time = 1; time <= 210; ++time) {
        auto const looked = app::with_review(goal, {"2026-06-03", "Time " + std::to_string(time), "", ""});
        REQUIRE(looked);
        goal = *app::shaped(domain::private_kind::goal, *looked);
    }
    CHECK(app::reviews_of(goal).size() == app::reviews_max);
    CHECK(app::reviews_of(goal).back().celebrate == "Time 210");
}
