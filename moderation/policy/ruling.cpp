#include "moderation/policy/ruling.hpp"

#include <algorithm>

namespace holdfast::moderation {

namespace {
constexpr std::string_view rule_prefix = "policy.";
}

std::string_view rule_that_acted(finding const& found)
{
    auto const name = std::string_view(found.rule);
    return name.starts_with(rule_prefix) ? name.substr(rule_prefix.size()) : std::string_view();
}

triage triage_of(int risk)
{
    if (risk == 0) return triage::green;
    if (risk <= 2) return triage::amber;
    return risk <= 4 ? triage::red : triage::crisis;
}

namespace {
// Crisis is not a violation: a text that cries for help is never returned. It waits, and its author is cared
// for.
outcome with_care(policy const& rules, decision const& made, outcome by_rules)
{
    if (made.risk >= rules.hold_from_risk) return outcome::hold;
    auto const needs_care = made.risk > 0 || made.labels.has(label::abuse_danger);
    if (needs_care && by_rules == outcome::give_back) return outcome::hold;
    return by_rules;
}

// The strictest outcome of the live rules whose label reaches its threshold.
outcome outcome_by(policy const& rules, decision& made)
{
    auto follows = outcome::publish;
    for (auto const& rule : rules.rules) {
        auto const score = made.scores[static_cast<std::size_t>(rule.about)];
        if (rule.state == rule_state::off || score < rule.threshold) continue;
        auto const shadow = rule.state == rule_state::shadow;
        auto const where = std::find_if(made.findings.begin(), made.findings.end(), [&](finding const& one) {
            return one.about == rule.about;
        });
        auto const span = where == made.findings.end() ? text_span() : where->where;
        made.findings.push_back(
            {std::string(rule_prefix) + rule.name, rule.about, span, rule.reason, score, shadow}
        );
        if (shadow) continue;
        made.labels.add(rule.about);
        follows = std::max(follows, rule.outcome); // publish < fold < return < hold
    }
    return follows;
}
} // namespace

void rule_on(decision& made, policy const& rules)
{
    made.policy = rules.id();
    made.triage = triage_of(made.risk);
    auto const by_rules = outcome_by(rules, made);
    made.outcome = with_care(rules, made, by_rules);
    if (made.labels.has(label::abuse_danger)) made.triage = std::max(made.triage, triage::amber);
}

void raise(decision& made, second_opinion const& other, std::size_t text_bytes, policy const& rules)
{
    auto const before = made;
    std::erase_if(made.findings, [](finding const& one) { return !rule_that_acted(one).empty(); });
    text_span const whole{0, text_bytes};
    for (std::size_t at = 0; at < label_count; ++at) {
        auto const score = std::clamp(other.scores[at], 0.0, 1.0);
        if (!(score > made.scores[at])) continue;
        made.scores[at] = score;
        if (score < 0.3) continue; // too weak to be worth a reason, and under any threshold that acts
        auto const about = static_cast<label>(at);
        made.findings.push_back(
            {"second." + std::string(name_of(about)),
             about,
             whole,
             "A second check (" + other.by + ") noticed something here.",
             score,
             false}
        );
    }
    if (other.risk > made.risk) {
        made.risk = std::min(other.risk, 6);
        made.risk_score = std::max(made.risk_score, static_cast<double>(made.risk));
        made.findings.push_back(
            {"risk.second",
             std::nullopt,
             whole,
             "A second check (" + other.by + ") is worried about the author.",
             0.5,
             false}
        );
    }
    rule_on(made, rules);
    made.outcome = std::max(made.outcome, before.outcome); // also what was held because nobody could look
}

} // namespace holdfast::moderation
