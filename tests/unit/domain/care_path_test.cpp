// Crisis is not a violation: over all paths there are, none leads from a cry for help to blame.
#include "server/domain/care_path.hpp"

#include <catch2/catch.hpp>

#include <deque>
#include <set>

using namespace holdfast::domain;

namespace {
std::vector<care_act> all_acts()
{
    std::vector<care_act> made;
    for (std::size_t at = 0; at < care_act_count; ++at)
        made.push_back(static_cast<care_act>(at));
    return made;
}

std::set<care_state> reachable()
{
    std::set<care_state> seen{care_state::waiting};
    std::deque<care_state> ahead{care_state::waiting};
    while (!ahead.empty()) {
        auto const here = ahead.front();
        ahead.pop_front();
        for (auto const what : all_acts()) {
            auto const there = after(here, what);
            if (there && seen.insert(*there).second) ahead.push_back(*there);
        }
    }
    return seen;
}
} // namespace

TEST_CASE(
    "walking every path there is, a cry for help meets no strike, no refusal, no return and no restriction"
)
{
    auto const seen = reachable();
    CHECK(seen.size() == care_state_count); // nothing in the table is out of reach of this walk
    int blaming = 0;
    for (auto const what : all_acts()) {
        if (!blames(what)) continue;
        ++blaming;
        for (auto const here : seen) {
            INFO(name_of(here) << " + " << name_of(what));
            CHECK_FALSE(after(here, what));
        }
    }
    CHECK(blaming == 4);
}

TEST_CASE("from every place but one where nobody is left, somebody can be talked with")
{
    for (auto const here : reachable()) {
        INFO(name_of(here));
        CHECK(after(here, care_act::talk).has_value() == (here != care_state::gone));
    }
}

TEST_CASE("a facilitator can decide in the care lane exactly what this path has")
{
    for (auto const what : {verdict::publish, verdict::fold, verdict::give_back, verdict::keep}) {
        INFO(name_of(what));
        CHECK(may_decide(lane::care, what) == after(care_state::waiting, act_of(what)).has_value());
        CHECK(may_decide(lane::care, what) != blames(act_of(what)));
        CHECK(may_decide(lane::harm, what));
    }
    // A verdict that this path does not know of yet is not allowed on it.
    CHECK(blames(act_of(static_cast<verdict>(99))));
    CHECK_FALSE(may_decide(lane::care, static_cast<verdict>(99)));
}

TEST_CASE("every act and state has its name")
{
    std::set<std::string_view> names;
    for (auto const what : all_acts())
        names.insert(name_of(what));
    for (std::size_t at = 0; at < care_state_count; ++at)
        names.insert(name_of(static_cast<care_state>(at)));
    CHECK(names.size() == care_act_count + care_state_count - 1); // let_through is both
}
