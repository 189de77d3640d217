// The policy desk: a change of the rules is seen before it counts, is on record, and nobody loosens them
// alone.
#include "server/app/desk/policy_desk.hpp"

#include "server/app/policy/policies.hpp"
#include "server/store/sqlite/connection.hpp"
#include "tests/unit/app/desk_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using domain::change_stage;
using moderation::outcome;
using moderation::rule_state;

namespace {
std::string rule(std::string const& name, std::string const& label, std::string const& state)
{
    return "[[rule]]\nname = \"" + name + "\"\nlabel = \"" + label +
           "\"\nthreshold = 0.3\noutcome = \"hold\"\nstate = \"" + state +
           "\"\nwhy = \"It helps.\"\nreason = \"Please look again.\"\n";
}

moderation::policy host(int version)
{
    auto made = moderation::parse_policy(
        "name = \"house\"\nversion = " + std::to_string(version) + "\n[care]\nhold_from_risk = 4\n" +
            rule("insults", "harassment", "live") + rule("contact", "pii", "shadow"),
        "test"
    );
    return std::get<moderation::policy>(made);
}

struct policies_under_test : desk_under_test {
    app::policies policies{database, vault, screen, time};
    app::policy_desk desk{database, vault, screen, policies, time};
    app::signed_in other_lead = services_under_test::lead("Sorrel");

    policies_under_test() { REQUIRE(run(policies.use(host(1)))); }

    domain::principal_ptr a_lead() { return again(lead); }
    domain::principal_ptr another() { return again(other_lead); }
    outcome outcome_of(std::string const& text)
    {
        moderation::input input;
        input.text = text;
        return screen.screen(input, circle).decision.outcome;
    }
    store::rule_counts counts_of(std::string const& name)
    {
        auto const seen = run(desk.view(rowan));
        for (auto const& one : seen->rules) {
            if (one.rule.name == name) return one.counts;
        }
        return {};
    }
    rule_state state_of_rule(std::string const& name)
    {
        auto const seen = run(desk.view(rowan));
        for (auto const& one : seen->rules) {
            if (one.rule.name == name) return one.rule.state;
        }
        return rule_state::off;
    }
};
} // namespace

TEST_CASE("what a watching rule would change is seen before it goes live, and then it counts at once")
{
    policies_under_test with;
    REQUIRE(with.reply(with.me, with.in, contact));
    REQUIRE(with.reply(with.me, with.in, calm));
    CHECK(with.counts_of("contact").would == 1);
    CHECK(with.counts_of("contact").noticed == 0);

    auto const past = run(with.desk.replay(with.a_lead(), "contact", "live"));
    REQUIRE(past);
    CHECK(past->looked_at == 3); // and the thread's opening
    CHECK(past->would_change() == 1);
    CHECK(
        past->became[static_cast<std::size_t>(outcome::publish)][static_cast<std::size_t>(outcome::hold)] == 1
    );
    CHECK(past->changed.size() == 1);
    CHECK(with.outcome_of(contact) == outcome::publish); // looking changes nothing

    auto const made = run(with.desk.ask(with.a_lead(), "contact", "live"));
    REQUIRE(made);
    CHECK(made->stage == change_stage::in_use);
    CHECK(with.outcome_of(contact) == outcome::hold);
    auto const sent = with.reply(with.me, with.in, contact);
    REQUIRE(sent);
    CHECK(sent->decided.policy == "house/1.1");
    CHECK(run(with.desk.text_of(with.rowan, "house/1.1"))->find("state") == std::string::npos);
    CHECK(with.counts_of("contact").noticed == 1);
    CHECK(run(with.desk.ask(with.a_lead(), "contact", "live")).error().code == errc::conflict);
}

TEST_CASE("what lets more through waits until another lead agrees")
{
    policies_under_test with;
    auto const asked = run(with.desk.ask(with.a_lead(), "insults", "shadow"));
    REQUIRE(asked);
    CHECK(asked->stage == change_stage::waits);
    CHECK(with.outcome_of(harm) == outcome::hold);
    CHECK(run(with.desk.ask(with.another(), "insults", "off")).error().code == errc::conflict);
    CHECK(run(with.desk.settle(with.a_lead(), asked->id, true)).error().code == errc::conflict);
    CHECK(with.outcome_of(harm) == outcome::hold);
    CHECK(run(with.desk.view(with.another()))->waiting.size() == 1);

    REQUIRE(run(with.desk.settle(with.another(), asked->id, true)));
    CHECK(with.outcome_of(harm) == outcome::publish);
    CHECK(run(with.desk.settle(with.another(), asked->id, false)).error().code == errc::conflict);
    auto const seen = run(with.desk.view(with.rowan));
    CHECK(seen->id == "house/1.1");
    CHECK(seen->waiting.empty());
    REQUIRE(seen->settled.size() == 1);
    CHECK(seen->settled.front().asked_by == "Juniper");
    CHECK(seen->settled.front().settled_by == "Sorrel");
}

TEST_CASE("a change can be taken back while it waits, also by who asked")
{
    policies_under_test with;
    auto const asked = run(with.desk.ask(with.a_lead(), "insults", "off"));
    REQUIRE(run(with.desk.settle(with.a_lead(), asked->id, false)));
    CHECK(with.state_of_rule("insults") == rule_state::live);
    CHECK(run(with.desk.view(with.rowan))->id == "house/1");
    CHECK(run(with.desk.ask(with.a_lead(), "insults", "off"))->stage == change_stage::waits);
}

TEST_CASE("the schema itself lets nobody loosen a rule alone")
{
    policies_under_test with;
    auto const asked = run(with.desk.ask(with.a_lead(), "insults", "off"));
    REQUIRE(asked);
    store::sqlite::connection by_hand(with.here / "holdfast.db", store::sqlite::open_mode::writer);
    CHECK_THROWS(by_hand.run("UPDATE rule_change SET stage = 'in_use', settled_by = asked_by, settled_at = 1")
    );
    CHECK_THROWS(by_hand.run("UPDATE rule_change SET loosens = 0"));
}

TEST_CASE("changes hold through a restart, and a new version of the file starts without them")
{
    policies_under_test with;
    REQUIRE(run(with.desk.ask(with.a_lead(), "contact", "live")));
    app::policies restarted(with.database, with.vault, with.screen, with.time);
    REQUIRE(run(restarted.use(host(1))));
    CHECK(with.outcome_of(contact) == outcome::hold);
    CHECK(restarted.host()->own_id() == "house/1.1");
    REQUIRE(run(restarted.use(host(2))));
    CHECK(with.outcome_of(contact) == outcome::publish);
    CHECK(restarted.host()->own_id() == "house/2");
}

TEST_CASE("how often people let through what a rule stopped is counted by rule")
{
    policies_under_test with;
    auto const first = with.held();
    auto const second = with.held(std::string(harm) + " Again.");
    CHECK(with.counts_of("insults").noticed == 2);
    CHECK(with.counts_of("insults").decided == 0);
    REQUIRE(with.decide(with.rowan, first, domain::verdict::publish));
    REQUIRE(with.take_out(with.rowan, second));
    CHECK(with.counts_of("insults").decided == 2);
    CHECK(with.counts_of("insults").let_through == 1);

    auto const past = run(with.desk.replay(with.a_lead(), "insults", "shadow"));
    REQUIRE(past);
    CHECK(past->would_change() == 2);
    CHECK(past->lets_through_what_people_stopped == 1);
    with.time.advance(std::chrono::hours(24 * 91));
    CHECK(with.counts_of("insults").noticed == 0);
}

TEST_CASE("a crisis stays held whatever the rules say, and a replay says so")
{
    policies_under_test with;
    REQUIRE(with.reply(with.me, with.in, crisis));
    auto const past = run(with.desk.replay(with.a_lead(), "insults", "off"));
    CHECK(past->crises_not_held == 0);
    CHECK(past->would_change() == 0);
}

TEST_CASE("facilitators see the rules, leads change them, and nobody else knows of them")
{
    policies_under_test with;
    CHECK(run(with.desk.view(with.rowan)));
    CHECK(run(with.desk.view(with.me)).error().code == errc::not_found);
    CHECK(run(with.desk.view(nullptr)).error().code == errc::not_found);
    CHECK(run(with.desk.text_of(with.me, "house/1")).error().code == errc::not_found);
    CHECK(run(with.desk.text_of(with.rowan, "house/9")).error().code == errc::not_found);
    CHECK(run(with.desk.ask(with.rowan, "contact", "live")).error().code == errc::not_found);
    CHECK(run(with.desk.replay(with.rowan, "contact", "live")).error().code == errc::not_found);
    CHECK(run(with.desk.settle(with.rowan, rule_change_id::random(), true)).error().code == errc::not_found);
    CHECK(run(with.desk.ask(with.a_lead(), "nothing", "live")).error().fields.front().field == "rule");
    CHECK(run(with.desk.ask(with.a_lead(), "contact", "loud")).error().fields.front().field == "state");
}

TEST_CASE("of two changes of a circle's rules at the same moment, the milder one waits for a second person")
{
    policies_under_test with;
    auto const own = "name = \"ours\"\nversion = 1\n" + rule("contact", "pii", "live");
    std::vector<task<result<change_stage>>> both;
    both.push_back(with.policies.set(with.rowan, with.circle, own));
    both.push_back(with.policies.set(with.hazel, with.circle, ""));
    auto const done = run_together(std::move(both));
    CHECK(**done[0] == change_stage::in_use);
    CHECK(**done[1] == change_stage::waits);
    CHECK(with.outcome_of(contact) == outcome::hold);
}

TEST_CASE("a circle's own rules get milder only when two people agree")
{
    policies_under_test with;
    auto const own = "name = \"ours\"\nversion = 1\n" + rule("contact", "pii", "live");
    REQUIRE(*run(with.policies.set(with.rowan, with.circle, own)) == change_stage::in_use);
    CHECK(with.outcome_of(contact) == outcome::hold);
    REQUIRE(*run(with.policies.set(with.rowan, with.circle, "")) == change_stage::waits);
    CHECK(with.outcome_of(contact) == outcome::hold);
    CHECK(run(with.policies.settle(with.rowan, with.circle, true)).error().code == errc::conflict);
    CHECK(run(with.policies.settle(with.me, with.circle, true)).error().code == errc::not_found);
    auto const waits = run(with.policies.wish(with.hazel, with.circle));
    REQUIRE(waits);
    REQUIRE(*waits);
    CHECK((*waits)->nickname == "Rowan");
    CHECK((*waits)->toml.empty());
    REQUIRE(run(with.policies.settle(with.hazel, with.circle, true)));
    CHECK(with.outcome_of(contact) == outcome::publish);
    CHECK_FALSE(*run(with.policies.wish(with.hazel, with.circle)));
    CHECK(run(with.policies.settle(with.hazel, with.circle, true)).error().code == errc::not_found);
}
