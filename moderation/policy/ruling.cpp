#include "moderation/policy/ruling.hpp"

#include <algorithm>

namespace holdfast::moderation {

namespace {
constexpr std::string_view rule_prefix = "policy.";
constexpr std::string_view unread_prefix = "screen.";

void wait_for_a_person(decision& made)
{
    made.outcome = outcome::hold;
    made.triage = std::max(made.triage, triage::amber);
}
} // namespace

bool is_unread(decision const& made)
{
    return std::any_of(made.findings.begin(), made.findings.end(), [](finding const& one) {
        return !one.shadow && one.rule.starts_with(unread_prefix);
    });
}

bool is_only_unread(decision const& made)
{
    return made.risk == 0 && !made.labels.has(label::abuse_danger) && is_unread(made);
}

bool is_only_in_another_language(decision const& made)
{
    return is_only_unread(made) &&
           std::all_of(made.findings.begin(), made.findings.end(), [](finding const& one) {
               return one.rule == unread_language || !one.rule.starts_with(unread_prefix);
           });
}

void leave_unread(decision& made, std::string_view rule, std::string_view reason)
{
    auto const known = std::any_of(made.findings.begin(), made.findings.end(), [&](finding const& one) {
        return one.rule == rule;
    });
    if (known) return wait_for_a_person(made);
    made.findings.push_back({std::string(rule), std::nullopt, {}, std::string(reason), 0, false});
    wait_for_a_person(made);
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

void rule_on_language(decision& made, language_rule const& rule)
{
    auto const is_about_it = [](finding const& one) { return one.rule == unread_language; };
    if (rule.state == rule_state::off) std::erase_if(made.findings, is_about_it);
    for (auto& one : made.findings) {
        if (!is_about_it(one)) continue;
        one.shadow = rule.state == rule_state::shadow;
        one.reason = rule.reason;
    }
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
    rule_on_language(made, rules.language);
    made.triage = triage_of(made.risk);
    auto const by_rules = outcome_by(rules, made);
    made.outcome = with_care(rules, made, by_rules);
    if (made.labels.has(label::abuse_danger)) made.triage = std::max(made.triage, triage::amber);
    if (is_unread(made)) wait_for_a_person(made);
}

void take_stricter(decision& made, decision const& other, std::size_t text_bytes, policy const& rules)
{
    auto const of_a_rule = [](finding const& one) { return !rule_that_acted(one).empty(); };
    auto const stricter = std::max(made.outcome, other.outcome);
    std::erase_if(made.findings, of_a_rule);
    auto const own = made.findings.size();
    for (auto const& one : other.findings) {
        auto const end = made.findings.begin() + static_cast<std::ptrdiff_t>(own);
        auto const same = std::find_if(made.findings.begin(), end, [&](finding const& known) {
            return known.rule == one.rule && known.about == one.about;
        });
        if (of_a_rule(one) || same != end) continue;
        made.findings.push_back(one);
        made.findings.back().where = {0, text_bytes};
    }
    for (std::size_t at = 0; at < label_count; ++at)
        made.scores[at] = std::max(made.scores[at], other.scores[at]);
    made.risk = std::max(made.risk, other.risk);
    made.risk_score = std::max(made.risk_score, other.risk_score);
    made.nudge = made.nudge || other.nudge;
    made.hinges_on_context = made.hinges_on_context || other.hinges_on_context;
    rule_on(made, rules);
    made.outcome = std::max(made.outcome, stricter);
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
