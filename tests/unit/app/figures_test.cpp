// The desk's figures: what they count, for whom, and what stays out of them.
#include "server/app/desk/figures.hpp"
#include "tests/unit/app/desk_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;
using domain::lane;
using domain::verdict;

namespace {
app::lane_figures const& of(app::desk_figures const& all, lane one)
{
    return all.lanes[static_cast<std::size_t>(one)];
}
} // namespace

TEST_CASE(
    "figures count what waits, what was in time, how long it took, and what a person was not asked about"
)
{
    desk_under_test with;
    app::figures figures(with.database, with.vault, {}, with.time);
    auto const quick = with.held();
    auto const slow = with.held(std::string(harm) + " Go.");
    auto const left = with.held(std::string(harm) + " Away.");
    with.time.advance(10min);
    REQUIRE(with.decide(with.rowan, quick, verdict::publish));
    with.time.advance(5h);
    REQUIRE(with.take_out(with.rowan, slow));
    auto const seen = run(figures.of_desk(with.rowan, std::nullopt, 30));
    REQUIRE(seen);
    auto const& lane_seen = of(*seen, lane::harm);
    CHECK(lane_seen.waiting == 1);
    CHECK(lane_seen.oldest_due == left.due_at);
    CHECK(lane_seen.decided == 2);
    CHECK(lane_seen.within_clock == 1);
    CHECK(lane_seen.ninety_fifth == 5h + 10min);
    CHECK(lane_seen.verdicts[static_cast<std::size_t>(verdict::remove)] == 1);
    CHECK(seen->posts == 4);
    CHECK(seen->by_the_check == 1);
    CHECK(seen->people.empty()); // load is for a lead
    REQUIRE(run(with.appeals.ask(with.me, slow.post, "key 1", "Please look again.")));
    REQUIRE(with.decide(with.hazel, with.item_of(with.hazel, slow.post), verdict::publish, "You are right."));
    auto const all = run(figures.of_desk(with.again(with.lead), std::nullopt, 30));
    CHECK(all->overturned == 1);
    CHECK(all->upheld == 0);
    auto const rowan = std::find_if(all->people.begin(), all->people.end(), [](auto const& one) {
        return one.nickname == "Rowan";
    });
    REQUIRE(rowan != all->people.end());
    CHECK(rowan->decided == 2);
    with.time.advance(31 * 24h);
    CHECK(of(*run(figures.of_desk(with.rowan, std::nullopt, 30)), lane::harm).decided == 0);
}

TEST_CASE("figures are for those who look after a circle, and for everybody only when the host says so")
{
    desk_under_test with;
    app::figures kept(with.database, with.vault, {}, with.time);
    CHECK(run(kept.of_desk(with.me, std::nullopt, 30)).error().code == errc::not_found);
    CHECK(run(kept.of_desk(with.rowan, circle_id::random(), 30)).error().code == errc::not_found);
    CHECK(run(kept.of_desk(with.rowan, std::nullopt, 91)).error().code == errc::invalid);
    CHECK(run(kept.published()).error().code == errc::not_found);
    domain::desk_rules rules;
    rules.publishes_figures = true;
    app::figures published(with.database, with.vault, rules, with.time);
    auto const seen = run(published.published());
    REQUIRE(seen);
    CHECK(seen->people.empty());
}
