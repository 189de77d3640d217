// What a host and a circle can rely on in a policy: a broken file is named by line and cause, a circle can
// only be more careful, and the rules alone make the outcome.
#include "moderation/policy/policy.hpp"

#include "moderation/learned/stack.hpp"
#include "moderation/policy/policy_text.hpp"
#include "moderation/policy/ruling.hpp"
#include "moderation/screen.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using namespace holdfast::moderation;

namespace {
constexpr std::string_view heading = "name = \"house\"\nversion = 2\n[care]\nhold_from_risk = 4\n";

std::string rule(
    std::string const& name,
    std::string const& label,
    std::string const& limit,
    std::string const& outcome,
    std::string const& more = ""
)
{
    return "[[rule]]\nname = \"" + name + "\"\nlabel = \"" + label + "\"\n" + limit + "\noutcome = \"" +
           outcome + "\"\nwhy = \"w\"\nreason = \"r of " + name + "\"\n" + more;
}

policy good(std::string const& text, policy_scope scope = policy_scope::host)
{
    auto made = parse_policy(text, "test", scope);
    if (auto const* const error = std::get_if<policy_error>(&made))
        FAIL("line " << error->line << ": " << error->cause);
    return std::get<policy>(made);
}

policy_error bad(std::string const& text, policy_scope scope = policy_scope::host)
{
    auto const made = parse_policy(text, "test", scope);
    REQUIRE(std::holds_alternative<policy_error>(made));
    return std::get<policy_error>(made);
}

policy house()
{
    return good(std::string(heading) + rule("insults", "harassment", "threshold = 0.6", "hold"));
}

std::string circle_file(std::string const& rules, std::string const& care = "")
{
    return "name = \"ours\"\nversion = 1\n" + care + rules;
}

decision scored(label about, double score)
{
    decision made;
    made.scores[static_cast<std::size_t>(about)] = score;
    return made;
}
} // namespace

TEST_CASE("the shipped policy reads, and gives a reason for every rule")
{
    auto const shipped = shipped_policy();
    CHECK(shipped.own_id() == "default/" + std::to_string(shipped.version));
    for (std::size_t at = 0; at < label_count; ++at) {
        auto const about = static_cast<label>(at);
        INFO(name_of(about));
        CHECK(std::any_of(shipped.rules.begin(), shipped.rules.end(), [&](auto const& one) {
            return one.about == about;
        }));
    }
}

TEST_CASE("a policy is kept with the text it was read from")
{
    auto const text = std::string(heading) + rule("insults", "harassment", "threshold = 0.6", "hold");
    CHECK(good(text).text == text);
    CHECK(good(text).id() == "house/2");
}

TEST_CASE("a broken policy is refused with its line and cause")
{
    struct wrong {
        std::string text;
        int line;
        std::string cause;
    };
    auto const one = [](std::string const& name) { return rule(name, "hate", "threshold = 0.5", "hold"); };
    wrong const cases[] = {
        {"name = \"house\"\nversion = = 2\n", 2, ""},
        {"version = 2\n[care]\nhold_from_risk = 4\n", 1, "\"name\" is missing"},
        {"name = \"a/b\"\nversion = 2\n", 1, "\"name\" is 1 to 40 small letters, digits and hyphens"},
        {"name = \"house\"\nversion = 0\n", 2, "\"version\" is 1 to 1000000"},
        {"name = \"house\"\nversion = 2\n[care]\nhold_from_risk = 9\n" + one("x"),
         4,
         "\"hold_from_risk\" is 1 to 7"},
        {"name = \"house\"\nversion = 2\n" + one("x"), 1, "[care] is missing"},
        {std::string(heading), 1, "there is no [[rule]]"},
        {std::string(heading) + rule("x", "rudeness", "threshold = 0.5", "hold"),
         7,
         "there is no label \"rudeness\""},
        {std::string(heading) + rule("x", "hate", "threshold = 1.5", "hold"),
         8,
         "\"threshold\" is over 0 and at most 1"},
        {std::string(heading) + rule("x", "hate", "threshold = nan", "hold"),
         8,
         "\"threshold\" is over 0 and at most 1"},
        {std::string(heading) + rule("x", "hate", "false_holds = 0.5", "hold"),
         8,
         "\"false_holds\" is over 0 and at most 0.1"},
        {std::string(heading) + rule("x", "hate", "", "hold"),
         5,
         "a rule has either \"threshold\" or \"false_holds\""},
        {std::string(heading) + rule("x", "hate", "threshold = 0.5\nfalse_holds = 0.01", "hold"),
         5,
         "a rule has either \"threshold\" or \"false_holds\""},
        {std::string(heading) + rule("x", "hate", "threshold = 0.5", "ban"),
         9,
         "\"outcome\" is publish, fold, return or hold"},
        {std::string(heading) + rule("x", "hate", "threshold = 0.5", "hold", "state = \"maybe\"\n"),
         12,
         "\"state\" is live, shadow or off"},
        {std::string(heading) + rule("x", "hate", "threshold = 0.5", "hold", "colour = 1\n"),
         12,
         "\"colour\" is not known here"},
        {std::string(heading) + one("x") + one("x"), 12, "there are two rules named \"x\""},
    };
    for (auto const& [text, line, cause] : cases) {
        INFO(text);
        auto const error = bad(text);
        CHECK(error.line == line);
        if (!cause.empty()) CHECK(error.cause == cause);
    }
}

TEST_CASE("a rule acts from its threshold on, and says so in its own words")
{
    auto const rules = house();
    auto under = scored(label::harassment, 0.59);
    rule_on(under, rules);
    CHECK(under.outcome == outcome::publish);
    CHECK(under.findings.empty());
    auto over = scored(label::harassment, 0.6);
    rule_on(over, rules);
    CHECK(over.outcome == outcome::hold);
    CHECK(over.policy == "house/2");
    CHECK(over.labels.has(label::harassment));
    REQUIRE(over.findings.size() == 1);
    CHECK(over.findings[0].rule == "policy.insults");
    CHECK(over.findings[0].reason == "r of insults");
}

TEST_CASE("a shadow rule is evaluated and acts on nothing; one that is off is not evaluated")
{
    auto const shadow =
        good(std::string(heading) + rule("x", "hate", "threshold = 0.5", "hold", "state = \"shadow\"\n"));
    auto seen = scored(label::hate, 0.9);
    rule_on(seen, shadow);
    CHECK(seen.outcome == outcome::publish);
    CHECK(seen.labels.empty());
    REQUIRE(seen.findings.size() == 1);
    CHECK(seen.findings[0].shadow);
    auto const off =
        good(std::string(heading) + rule("x", "hate", "threshold = 0.5", "hold", "state = \"off\"\n"));
    auto ignored = scored(label::hate, 0.9);
    rule_on(ignored, off);
    CHECK(ignored.findings.empty());
}

TEST_CASE("somebody in danger from another person is seen and cared for, and is no offence")
{
    auto const rules = screen(shipped_policy()).rules();
    auto seen = scored(label::abuse_danger, 0.9);
    rule_on(seen, rules);
    CHECK(seen.outcome == outcome::publish);
    CHECK(seen.labels.has(label::abuse_danger));
    CHECK(seen.triage == triage::amber);
    seen.risk = 5;
    rule_on(seen, rules);
    CHECK(seen.triage == triage::crisis);
}

TEST_CASE("of several rules the strictest outcome counts")
{
    auto const rules = good(
        std::string(heading) + rule("a", "pii", "threshold = 0.5", "return") +
        rule("b", "hate", "threshold = 0.5", "hold") + rule("c", "self_harm", "threshold = 0.5", "fold")
    );
    auto seen = scored(label::pii, 0.9);
    seen.scores[static_cast<std::size_t>(label::self_harm)] = 0.9;
    rule_on(seen, rules);
    CHECK(seen.outcome == outcome::give_back);
}

TEST_CASE("who tells of being in danger gets care, and not their words back")
{
    auto const rules = good(std::string(heading) + rule("contact", "pii", "threshold = 0.5", "return"));
    auto plain = scored(label::pii, 0.9);
    rule_on(plain, rules);
    CHECK(plain.outcome == outcome::give_back);
    auto in_danger = scored(label::pii, 0.9);
    in_danger.labels.add(label::abuse_danger);
    rule_on(in_danger, rules);
    CHECK(in_danger.outcome == outcome::hold);
    CHECK(in_danger.triage == triage::amber);
}

TEST_CASE("a cry for help is never given back: it waits, and its author is cared for")
{
    auto const rules = good(std::string(heading) + rule("a", "pii", "threshold = 0.5", "return"));
    for (int risk = 1; risk <= 6; ++risk) {
        auto seen = scored(label::pii, 0.9);
        seen.risk = risk;
        rule_on(seen, rules);
        CHECK(seen.outcome == outcome::hold);
        CHECK(seen.triage != triage::green);
    }
}

TEST_CASE("a circle's policy may hold only what it wants stricter, and then it is stricter")
{
    auto const circles = good(
        circle_file(
            rule("insults", "harassment", "threshold = 0.3", "hold") +
                rule("no-links", "spam", "threshold = 0.2", "return"),
            "[care]\nhold_from_risk = 2\n"
        ),
        policy_scope::circle
    );
    CHECK_FALSE(looser_than(house(), circles));
    auto const both = laid_over(house(), circles);
    CHECK(both.id() == "house/2+ours/1");
    CHECK(both.hold_from_risk == 2);
    auto seen = scored(label::harassment, 0.4);
    rule_on(seen, both);
    CHECK(seen.outcome == outcome::hold);
    auto link = scored(label::spam, 0.25);
    rule_on(link, both);
    CHECK(link.outcome == outcome::give_back);
    CHECK(good(circle_file("", "[care]\nhold_from_risk = 3\n"), policy_scope::circle).rules.empty());
    CHECK(
        bad(circle_file(""), policy_scope::circle).cause ==
        "there is neither [care], [language] nor a [[rule]]"
    );
}

TEST_CASE("a circle's policy that lets more through is refused, with the line")
{
    struct wrong {
        std::string rules, care;
        int line;
        std::string cause;
    };
    wrong const cases[] = {
        {rule("insults", "harassment", "threshold = 0.7", "hold"), "", 3, "acts later"},
        {rule("insults", "harassment", "threshold = 0.6", "fold"), "", 3, "milder outcome"},
        {rule("insults", "hate", "threshold = 0.6", "hold"), "", 3, "another label"},
        {rule("insults", "harassment", "threshold = 0.6", "hold", "state = \"off\"\n"),
         "",
         3,
         "switched off"},
        {rule("insults", "harassment", "threshold = 0.6", "hold", "state = \"shadow\"\n"),
         "",
         3,
         "switched off"},
        {"", "[care]\nhold_from_risk = 5\n", 4, "at most 4"},
    };
    for (auto const& [rules, care, line, cause] : cases) {
        INFO(rules << care);
        auto const circles = good(circle_file(rules, care), policy_scope::circle);
        auto const error = looser_than(house(), circles);
        REQUIRE(error);
        CHECK(error->line == line);
        CHECK(error->cause.find(cause) != std::string::npos);
    }
}

TEST_CASE("a host's policy that changes under a circle's never gets milder by it")
{
    auto const circles = good(
        circle_file(rule("insults", "harassment", "threshold = 0.5", "fold"), "[care]\nhold_from_risk = 6\n"),
        policy_scope::circle
    );
    auto const both = laid_over(house(), circles); // the host's is stricter now
    CHECK(both.hold_from_risk == 4);
    for (double score = 0; score <= 1; score += 0.05) {
        auto by_host = scored(label::harassment, score);
        auto by_both = by_host;
        rule_on(by_host, house());
        rule_on(by_both, both);
        CHECK(by_both.outcome >= by_host.outcome);
    }
}

TEST_CASE("a smaller budget for false holds never means a lower threshold")
{
    screen const looks(shipped_policy());
    double before = 1;
    for (auto const* const share : {"0.0001", "0.001", "0.01", "0.05"}) {
        auto const rules = looks.resolved(good(
            std::string(heading) + rule("x", "harassment", std::string("false_holds = ") + share, "hold")
        ));
        CHECK(rules.rules[0].threshold > 0);
        CHECK(rules.rules[0].threshold <= before);
        before = rules.rules[0].threshold;
    }
}

TEST_CASE("each rule of the shipped policy keeps to a budget for false holds, and none lets a plain hit pass")
{
    screen const looks(shipped_policy());
    for (auto const& rule : looks.rules().rules) {
        INFO(rule.name);
        CHECK(rule.false_holds);
        CHECK(rule.threshold > 0);
        CHECK(rule.threshold <= within_reach);
    }
}

TEST_CASE("however small a budget is, what the lexicon is sure of is acted on")
{
    screen const looks(good(std::string(heading) + rule("x", "threat", "false_holds = 0.000001", "hold")));
    CHECK(looks.rules().rules[0].threshold <= within_reach);
    input said;
    said.text = "I will find you and I will break your legs.";
    CHECK(looks.decide(said).outcome == outcome::hold);
}

TEST_CASE("a second opinion raises, and never lowers")
{
    auto const rules = house();
    second_opinion louder;
    louder.by = "another";
    louder.scores[static_cast<std::size_t>(label::harassment)] = 0.9;
    louder.risk = 2;
    auto raised = scored(label::harassment, 0.1);
    rule_on(raised, rules);
    CHECK(raised.outcome == outcome::publish);
    raise(raised, louder, 10, rules);
    CHECK(raised.outcome == outcome::hold);
    CHECK(raised.triage == triage::amber);
    CHECK(std::count_if(raised.findings.begin(), raised.findings.end(), [](auto const& one) {
              return !one.reason.empty();
          }) == 3);

    auto kept = scored(label::harassment, 0.9);
    kept.risk = 5;
    rule_on(kept, rules);
    auto const before = kept;
    raise(kept, second_opinion(), 10, rules);
    CHECK(kept.outcome == before.outcome);
    CHECK(kept.risk == before.risk);
    CHECK(kept.scores == before.scores);
    CHECK(kept.findings.size() == before.findings.size());

    auto unseen = could_not_screen("screen.failed", "It failed.");
    raise(unseen, second_opinion(), 10, rules);
    CHECK(unseen.outcome == outcome::hold);
    CHECK(unseen.triage == triage::amber);
}

TEST_CASE("what nobody could read may be a cry for help: it waits for a person, and is never given back")
{
    auto const unread = could_not_screen("screen.timeout", "It took too long.");
    CHECK(unread.outcome == outcome::hold);
    CHECK(unread.triage == triage::amber);
    CHECK(is_only_unread(unread));
    auto const back = good(std::string(heading) + rule("back", "pii", "threshold = 0.5", "return"));
    auto made = scored(label::pii, 0.9);
    made.findings.push_back({"screen.timeout", std::nullopt, {}, "It took too long.", 0, false});
    rule_on(made, back);
    CHECK(made.outcome == outcome::hold);
    CHECK(made.triage == triage::amber);
    made.risk = 5; // what was read of it still counts
    rule_on(made, back);
    CHECK(made.triage == triage::crisis);
    CHECK_FALSE(is_only_unread(made));
}

TEST_CASE("of a text that reads in two ways the stricter counts, and nothing gets lower")
{
    auto const rules = house();
    auto one = scored(label::harassment, 0.1);
    auto other = scored(label::harassment, 0.9);
    other.risk = 5;
    other.findings.push_back({"risk.plan", std::nullopt, {3, 9}, "It says how.", 0.8, false});
    rule_on(one, rules);
    rule_on(other, rules);
    auto made = one;
    take_stricter(made, other, 40, rules);
    CHECK(made.outcome == outcome::hold);
    CHECK(made.risk == 5);
    CHECK(made.labels.has(label::harassment));
    CHECK(made.findings.front().where == text_span{0, 40}); // its own span is of other words
    auto turned = other;
    take_stricter(turned, one, 40, rules);
    CHECK(turned.outcome == outcome::hold);
    CHECK(turned.risk == 5);
    CHECK(turned.findings.front().where == text_span{3, 9});
}

TEST_CASE("what follows for another language is the policy's, and a circle can only be more careful")
{
    auto const language = [](std::string const& state) {
        return "[language]\nstate = \"" + state + "\"\nwhy = \"w\"\nreason = \"We read English.\"\n";
    };
    auto const seen_by = [](policy const& rules) {
        decision made;
        made.findings.push_back({std::string(unread_language), std::nullopt, {0, 4}, "", 0, false});
        rule_on(made, rules);
        return made;
    };
    auto const insults = rule("insults", "harassment", "threshold = 0.6", "hold");
    auto const live = good(std::string(heading) + language("live") + insults);
    auto const shadow = good(std::string(heading) + language("shadow") + insults);
    CHECK(seen_by(house()).outcome == outcome::hold); // a file that doesn't say: fail closed
    CHECK(seen_by(live).findings.front().reason == "We read English.");
    CHECK(seen_by(live).triage == triage::amber);
    CHECK(seen_by(shadow).outcome == outcome::publish);
    CHECK(seen_by(shadow).findings.front().shadow);
    CHECK(seen_by(good(std::string(heading) + language("off") + insults)).findings.empty());
    CHECK(lets_more_through(live, shadow));
    CHECK_FALSE(lets_more_through(shadow, live));

    auto const circles = [&](std::string const& state) {
        return good(circle_file(language(state)), policy_scope::circle);
    };
    CHECK(looser_than(live, circles("off")));
    CHECK_FALSE(looser_than(shadow, circles("live")));
    CHECK(seen_by(laid_over(live, circles("off"))).outcome == outcome::hold);
    CHECK(seen_by(laid_over(shadow, circles("live"))).outcome == outcome::hold);
    CHECK(good(toml_of(shadow)).language.state == rule_state::shadow);
    CHECK(bad(std::string(heading) + "[language]\nstate = \"loud\"\n" + insults).line == 6);
}

TEST_CASE("a policy written out reads back as the same rules")
{
    auto const original = good(
        "# a remark\nname = \"ours\"\nversion = 4\n[care]\nhold_from_risk = 2\n" +
            rule("a", "hate", "threshold = 0.35", "hold", "state = \"shadow\"\n") +
            rule("b", "spam", "false_holds = 0.002", "return"),
        policy_scope::circle
    );
    auto const text = toml_of(original);
    CHECK(text.find("remark") == std::string::npos);
    auto const again = good(text, policy_scope::circle);
    CHECK(toml_of(again) == text);
    CHECK(again.own_id() == "ours/4");
    CHECK(again.hold_from_risk == 2);
    REQUIRE(again.rules.size() == 2);
    CHECK(again.rules[0].threshold == original.rules[0].threshold);
    CHECK(again.rules[0].state == rule_state::shadow);
    CHECK(again.rules[1].false_holds == original.rules[1].false_holds);
    CHECK(again.rules[1].reason == original.rules[1].reason);
}
