// Policies in use: a circle stays as careful as it chose, whatever its host changes, and nobody else's rules
// count.
#include "server/app/policy/policies.hpp"

#include "server/app/second_reader.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;

namespace {
std::string rule(std::string const& label, std::string const& threshold, std::string const& outcome)
{
    return "[[rule]]\nname = \"one\"\nlabel = \"" + label + "\"\nthreshold = " + threshold +
           "\noutcome = \"" + outcome + "\"\nwhy = \"It helps.\"\nreason = \"Please look again.\"\n";
}

moderation::policy host(int version, std::string const& rules)
{
    auto made = moderation::parse_policy(
        "name = \"house\"\nversion = " + std::to_string(version) + "\n[care]\nhold_from_risk = 4\n" + rules,
        "test"
    );
    return std::get<moderation::policy>(made);
}

moderation::outcome outcome_of(services_under_test const& with, circle_id const& circle, char const* text)
{
    moderation::input input;
    input.text = text;
    return with.screen.screen(input, circle).decision.outcome;
}

// Answers at once, always the same.
struct sure_reader final : app::second_reader {
    std::string who = "somebody";
    moderation::second_opinion opinion;
    int asked = 0;

    task<result<moderation::second_opinion>> read(std::string) override
    {
        ++asked;
        co_return opinion;
    }
    std::string const& name() const override { return who; }
};
} // namespace

TEST_CASE("a circle's own policy counts there alone, and through every change of the host's")
{
    services_under_test with;
    app::policies policies(with.database, with.vault, with.screen, with.time);
    REQUIRE(run(policies.start()));
    auto const lead = with.lead("Juniper");
    auto const careful = with.circle(lead);
    auto const other = with.circle(lead);
    REQUIRE(run(policies.use(host(1, rule("spam", "1.0", "fold")))));
    CHECK(outcome_of(with, careful, contact) == moderation::outcome::publish);
    auto const own = "name = \"ours\"\nversion = 1\n" + rule("pii", "0.3", "return");
    auto const clash =
        run(policies.set(with.again(lead), careful, own)); // the host's rule of that name is about spam
    REQUIRE_FALSE(clash);
    CHECK(clash.error().fields.front().detail.find("another label") != std::string::npos);

    REQUIRE(run(policies.use(host(2, rule("pii", "1.0", "fold")))));
    REQUIRE(run(policies.set(with.again(lead), careful, own)));
    CHECK(outcome_of(with, careful, contact) == moderation::outcome::give_back);
    CHECK(outcome_of(with, other, contact) == moderation::outcome::publish);
    CHECK(policies.of(with.again(lead), careful).id == "house/2+ours/1");
    REQUIRE(run(policies.use(host(3, rule("spam", "1.0", "fold")))));
    CHECK(outcome_of(with, careful, contact) == moderation::outcome::give_back);
    REQUIRE(run(policies.use(host(4, rule("pii", "0.3", "hold")))));
    CHECK(outcome_of(with, careful, contact) == moderation::outcome::hold);
}

TEST_CASE("the same name and version never means two texts")
{
    services_under_test with;
    app::policies policies(with.database, with.vault, with.screen, with.time);
    REQUIRE(run(policies.use(host(1, rule("spam", "1.0", "fold")))));
    REQUIRE(run(policies.use(host(1, rule("spam", "1.0", "fold")))));
    auto const other = run(policies.use(host(1, rule("spam", "0.9", "fold"))));
    REQUIRE_FALSE(other);
    CHECK(other.error().code == errc::conflict);
    CHECK(with.screen.host_policy()->rules.front().threshold == 1.0);
}

TEST_CASE("who doesn't look after a circle neither sees nor sets its own policy")
{
    services_under_test with;
    app::policies policies(with.database, with.vault, with.screen, with.time);
    auto const lead = with.lead("Juniper");
    auto const circle = with.circle(lead);
    auto const member = with.enter(with.join("Maple"), circle);
    auto const own = "name = \"ours\"\nversion = 1\n" + rule("pii", "0.3", "return");
    CHECK(run(policies.set(member, circle, own)).error().code == errc::not_found);
    CHECK(run(policies.set(nullptr, circle, own)).error().code == errc::not_found);
    CHECK(run(policies.set(with.again(lead), circle_id::random(), own)).error().code == errc::not_found);
    REQUIRE(run(policies.set(with.again(lead), circle, own)));
    CHECK(policies.of(with.again(lead), circle).own);
    CHECK_FALSE(policies.of(member, circle).own);
    CHECK_FALSE(policies.of(nullptr, circle).own);
}

TEST_CASE("a change that comes late doesn't undo a later one")
{
    services_under_test with;
    auto const circle = circle_id::random();
    auto const own = [](int version) { return host(version, rule("pii", "0.3", "return")); };
    with.screen.use_in(circle, own(2), 2);
    with.screen.use_in(circle, own(1), 1);
    CHECK(with.screen.own_policy(circle)->version == 2);
    with.screen.use_in(circle, std::nullopt, 3);
    CHECK_FALSE(with.screen.own_policy(circle));
}

TEST_CASE("a second reader is asked about posts, raises them, and is not sent a crisis")
{
    services_under_test with;
    sure_reader reader;
    reader.opinion.by = reader.who;
    reader.opinion.scores.fill(0.99);
    auto const circle = circle_id::random();
    auto const screened = [&](char const* text) {
        return run(with.screen.screen_post(circle, {"", text}, {})).value();
    };
    CHECK(screened(calm).decision.outcome == moderation::outcome::publish);
    with.screen.ask_also(&reader);
    auto const raised = screened(calm);
    CHECK(raised.decision.outcome == moderation::outcome::hold);
    CHECK(raised.second_answered == true);
    CHECK(reader.asked == 1);
    auto const kept = screened(crisis);
    CHECK(kept.decision.outcome == moderation::outcome::hold);
    CHECK_FALSE(kept.second_answered);
    CHECK(reader.asked == 1);
}

TEST_CASE("what a post answers is read only where the post hinges on it, and then the post is read with it")
{
    services_under_test with;
    auto const circle = circle_id::random();
    int looked = 0;
    auto const question = [&looked]() -> task<result<std::vector<std::string>>> {
        ++looked;
        co_return std::vector<std::string>{"Do you want to die?"};
    };
    auto const screened = [&](char const* text, app::look_back before) {
        return run(with.screen.screen_post(circle, {"", text}, before));
    };
    auto const* const by_itself =
        "The garden is full of bees again and I sat between the beans for an hour with my tea.";
    CHECK(screened(by_itself, question).value().decision.outcome == moderation::outcome::publish);
    CHECK(looked == 0);
    CHECK(screened("yes, tonight", {}).value().decision.risk < 4);
    CHECK(screened("yes, tonight", question).value().decision.risk >= 4);
    CHECK(looked == 1);
}

TEST_CASE("where what a post answers can't be read, nothing is decided")
{
    services_under_test with;
    auto const broken = []() -> task<result<std::vector<std::string>>> { co_return errc::overloaded; };
    auto const made = run(with.screen.screen_post(circle_id::random(), {"", "yes, tonight"}, broken));
    REQUIRE_FALSE(made);
    CHECK(made.error().code == errc::overloaded);
}
