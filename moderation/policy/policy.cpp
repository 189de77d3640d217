#include "moderation/policy/policy.hpp"

#include "embedded/moderation_data.hpp"
#include "moderation/toml.hpp"

#include <algorithm>
#include <stdexcept>

namespace holdfast::moderation {

std::string_view name_of(rule_state value)
{
    switch (value) {
    case rule_state::live:
        return "live";
    case rule_state::shadow:
        return "shadow";
    case rule_state::off:
        return "off";
    }
    return "";
}

std::optional<rule_state> rule_state_named(std::string_view name)
{
    for (auto const state : {rule_state::live, rule_state::shadow, rule_state::off}) {
        if (name == name_of(state)) return state;
    }
    return std::nullopt;
}

namespace {
// Ends reading with the line and the cause; caught in parse_policy, never seen outside.
struct broken {
    policy_error error;
};

int line_of(toml::node const& node)
{
    return static_cast<int>(node.source().begin.line);
}

[[noreturn]] void fail(int line, std::string cause)
{
    throw broken{{line, std::move(cause)}};
}

template <class T>
T required(toml::table const& table, std::string_view key)
{
    auto const* const node = table.get(key);
    if (node == nullptr)
        fail(static_cast<int>(table.source().begin.line), "\"" + std::string(key) + "\" is missing");
    auto const value = node->value<T>();
    if (!value) fail(line_of(*node), "\"" + std::string(key) + "\" has the wrong kind of value");
    return *value;
}

void only(toml::table const& table, std::initializer_list<std::string_view> known)
{
    for (auto const& [key, node] : table) {
        if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
            fail(line_of(node), "\"" + std::string(key.str()) + "\" is not known here");
        }
    }
}

rule_state state_of(toml::table const& table)
{
    auto const* const node = table.get("state");
    if (node == nullptr) return rule_state::live;
    auto const state = rule_state_named(node->value<std::string>().value_or(""));
    if (!state) fail(line_of(*node), "\"state\" is live, shadow or off");
    return *state;
}

// Names stand in decisions and in findings: short, and without the signs that join them there.
std::string name_in(toml::table const& table)
{
    auto made = required<std::string>(table, "name");
    auto const plain = std::all_of(made.begin(), made.end(), [](char one) {
        return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '-';
    });
    if (made.empty() || made.size() > 40 || !plain) {
        fail(line_of(*table.get("name")), "\"name\" is 1 to 40 small letters, digits and hyphens");
    }
    return made;
}

std::string words_in(toml::table const& table, std::string_view key)
{
    auto made = required<std::string>(table, key);
    if (made.empty() || made.size() > 400)
        fail(line_of(*table.get(key)), "\"" + std::string(key) + "\" is 1 to 400 bytes");
    return made;
}

// When the rule acts: from a score on, or by how many ordinary texts it may stop.
void read_limit(toml::table const& table, policy_rule& made)
{
    auto const* const budget = table.get("false_holds");
    auto const* const score = table.get("threshold");
    if ((budget == nullptr) == (score == nullptr)) {
        fail(
            static_cast<int>(table.source().begin.line), "a rule has either \"threshold\" or \"false_holds\""
        );
    }
    if (score != nullptr) {
        made.threshold = required<double>(table, "threshold");
        if (!(made.threshold > 0 && made.threshold <= 1))
            fail(line_of(*score), "\"threshold\" is over 0 and at most 1");
        return;
    }
    made.false_holds = required<double>(table, "false_holds");
    if (!(*made.false_holds > 0 && *made.false_holds <= 0.1))
        fail(line_of(*budget), "\"false_holds\" is over 0 and at most 0.1");
}

policy_rule rule_from(toml::table const& table)
{
    only(table, {"name", "label", "threshold", "false_holds", "outcome", "state", "why", "reason"});
    policy_rule made;
    made.line = static_cast<int>(table.source().begin.line);
    made.name = name_in(table);
    auto const label_name = required<std::string>(table, "label");
    auto const about = label_named(label_name);
    if (!about) fail(line_of(*table.get("label")), "there is no label \"" + label_name + "\"");
    made.about = *about;
    read_limit(table, made);
    auto const outcome_name = required<std::string>(table, "outcome");
    auto const follows = outcome_named(outcome_name);
    if (!follows) fail(line_of(*table.get("outcome")), "\"outcome\" is publish, fold, return or hold");
    made.outcome = *follows;
    made.state = state_of(table);
    made.why = words_in(table, "why"); // every rule says why it is there
    made.reason = words_in(table, "reason");
    return made;
}

constexpr int never_for_risk = 7;

void read_care(toml::table const& file, policy_scope scope, policy& made)
{
    auto const* const care = file.get_as<toml::table>("care");
    if (care == nullptr) {
        if (scope == policy_scope::host) fail(1, "[care] is missing");
        made.hold_from_risk = never_for_risk;
        return;
    }
    only(*care, {"hold_from_risk"});
    made.hold_from_risk =
        static_cast<int>(std::clamp<std::int64_t>(required<std::int64_t>(*care, "hold_from_risk"), 0, 8));
    made.care_line = line_of(*care->get("hold_from_risk"));
    if (made.hold_from_risk < 1 || made.hold_from_risk > never_for_risk)
        fail(made.care_line, "\"hold_from_risk\" is 1 to 7");
}

void read_language(toml::table const& file, policy& made)
{
    auto const* const language = file.get_as<toml::table>("language");
    if (language == nullptr) return;
    only(*language, {"state", "why", "reason"});
    made.language.line = line_of(*language);
    made.language.state = state_of(*language);
    made.language.why = words_in(*language, "why");
    made.language.reason = words_in(*language, "reason");
}

policy policy_from(toml::table const& file, policy_scope scope)
{
    only(file, {"name", "version", "care", "language", "rule"});
    policy made;
    made.name = name_in(file);
    auto const version = required<std::int64_t>(file, "version");
    if (version < 1 || version > 1'000'000)
        fail(line_of(*file.get("version")), "\"version\" is 1 to 1000000");
    made.version = static_cast<int>(version);
    read_care(file, scope, made);
    read_language(file, made);
    auto const* const rules = file.get_as<toml::array>("rule");
    if (rules == nullptr && scope == policy_scope::host) fail(1, "there is no [[rule]]");
    if (rules == nullptr && made.care_line == 0 && made.language.line == 0)
        fail(1, "there is neither [care], [language] nor a [[rule]]");
    if (rules == nullptr) return made;
    if (rules->size() > 100) fail(line_of(*rules), "there are more than 100 rules");
    for (auto const& entry : *rules) {
        auto const* const table = entry.as_table();
        if (table == nullptr) fail(line_of(entry), "a rule is a table");
        auto rule = rule_from(*table);
        auto const same = std::any_of(made.rules.begin(), made.rules.end(), [&](auto const& one) {
            return one.name == rule.name;
        });
        if (same) fail(line_of(entry), "there are two rules named \"" + rule.name + "\"");
        made.rules.push_back(std::move(rule));
    }
    return made;
}
} // namespace

std::variant<policy, policy_error>
parse_policy(std::string_view text, std::string_view origin, policy_scope scope)
{
    try {
        auto made = policy_from(toml::parse(text, origin), scope);
        made.text = text;
        return made;
    } catch (toml::parse_error const& error) {
        return policy_error{static_cast<int>(error.source().begin.line), std::string(error.description())};
    } catch (broken const& found) {
        return found.error;
    } catch (std::runtime_error const& failed) {
        return policy_error{0, failed.what()};
    }
}

namespace {
constexpr int strictness(rule_state state)
{
    return state == rule_state::live ? 2 : state == rule_state::shadow ? 1 : 0;
}

// What of `rule` lets more through than the host's rule of the same name; "" for nothing.
std::string looser_part(policy_rule const& host, policy_rule const& rule)
{
    if (rule.about != host.about) return "is about another label than this place's rule of that name";
    if (rule.threshold > host.threshold) return "acts later than this place's rule of that name";
    if (rule.outcome < host.outcome) return "has a milder outcome than this place's rule of that name";
    if (strictness(rule.state) < strictness(host.state))
        return "is switched off where this place's rule of that name is on";
    return "";
}
} // namespace

std::optional<policy_error> looser_than(policy const& host, policy const& circles)
{
    if (circles.care_line > 0 && circles.hold_from_risk > host.hold_from_risk) {
        return policy_error{
            circles.care_line,
            "\"hold_from_risk\" is at most " + std::to_string(host.hold_from_risk) +
                " here: a circle can only be more careful"};
    }
    if (circles.language.line > 0 && strictness(circles.language.state) < strictness(host.language.state))
        return policy_error{circles.language.line, "[language] is switched off where this place's is on"};
    for (auto const& rule : circles.rules) {
        for (auto const& theirs : host.rules) {
            if (theirs.name != rule.name) continue;
            auto const what = looser_part(theirs, rule);
            if (!what.empty()) return policy_error{rule.line, "the rule \"" + rule.name + "\" " + what};
        }
    }
    return std::nullopt;
}

policy laid_over(policy const& host, policy const& circles)
{
    auto made = host;
    made.circle = circles.own_id();
    made.hold_from_risk = std::min(host.hold_from_risk, circles.hold_from_risk);
    auto const& language = circles.language;
    if (language.line > 0 && strictness(language.state) >= strictness(host.language.state))
        made.language = language;
    for (auto const& rule : circles.rules) {
        auto const same = std::find_if(made.rules.begin(), made.rules.end(), [&](auto const& one) {
            return one.name == rule.name;
        });
        if (same != made.rules.end() && looser_part(*same, rule).empty()) {
            *same = rule;
        } else {
            made.rules.push_back(rule); // beside the host's: the strictest outcome of all rules counts
        }
    }
    return made;
}

bool lets_more_through(policy const& now, policy const& then)
{
    if (then.hold_from_risk > now.hold_from_risk) return true;
    auto const live = rule_state::live;
    if (now.language.state == live && then.language.state != live) return true;
    return std::any_of(now.rules.begin(), now.rules.end(), [&](policy_rule const& rule) {
        if (rule.state != rule_state::live) return false; // acts on nothing
        return std::none_of(then.rules.begin(), then.rules.end(), [&](policy_rule const& one) {
            return one.name == rule.name && looser_part(rule, one).empty();
        });
    });
}

policy shipped_policy()
{
    for (auto const& [name, content] : embedded::moderation_data()) {
        if (name != "policies/default.toml") continue;
        auto made = parse_policy(content, name);
        if (auto* const good = std::get_if<policy>(&made)) return std::move(*good);
        auto const& error = std::get<policy_error>(made);
        throw std::logic_error("the shipped policy, line " + std::to_string(error.line) + ": " + error.cause);
    }
    throw std::logic_error("the shipped policy is missing");
}

} // namespace holdfast::moderation
