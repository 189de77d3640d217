#include "moderation/policy.hpp"

#include "embedded/moderation_data.hpp"
#include "moderation/toml.hpp"

#include <algorithm>
#include <stdexcept>

namespace holdfast::moderation {

namespace {
// Ends reading with the line and the cause; caught in parse_policy, never seen outside.
struct broken {
    policy_error error;
};

int line_of(toml::node const& node) { return static_cast<int>(node.source().begin.line); }

[[noreturn]] void fail(int line, std::string cause) { throw broken{{line, std::move(cause)}}; }

template <class T>
T required(toml::table const& table, std::string_view key)
{
    auto const* const node = table.get(key);
    if (node == nullptr) fail(static_cast<int>(table.source().begin.line), "\"" + std::string(key) + "\" is missing");
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
    auto const name = node->value<std::string>().value_or("");
    if (name == "live") return rule_state::live;
    if (name == "shadow") return rule_state::shadow;
    if (name == "off") return rule_state::off;
    fail(line_of(*node), "\"state\" is live, shadow or off");
}

policy_rule rule_from(toml::table const& table)
{
    only(table, {"name", "label", "threshold", "outcome", "state", "why", "reason"});
    policy_rule made;
    made.name = required<std::string>(table, "name");
    auto const label_name = required<std::string>(table, "label");
    auto const about = label_named(label_name);
    if (!about) fail(line_of(*table.get("label")), "there is no label \"" + label_name + "\"");
    made.about = *about;
    made.threshold = required<double>(table, "threshold");
    if (made.threshold <= 0 || made.threshold > 1) fail(line_of(*table.get("threshold")), "\"threshold\" is over 0 and at most 1");
    auto const outcome_name = required<std::string>(table, "outcome");
    auto const follows = outcome_named(outcome_name);
    if (!follows || *follows == outcome::publish) fail(line_of(*table.get("outcome")), "\"outcome\" is fold, return or hold");
    made.outcome = *follows;
    made.state = state_of(table);
    required<std::string>(table, "why"); // every rule says why it is there
    made.reason = required<std::string>(table, "reason");
    return made;
}

policy policy_from(toml::table const& file)
{
    only(file, {"name", "version", "care", "rule"});
    policy made;
    made.name = required<std::string>(file, "name");
    made.version = static_cast<int>(required<std::int64_t>(file, "version"));
    auto const* const care = file.get_as<toml::table>("care");
    if (care == nullptr) fail(1, "[care] is missing");
    only(*care, {"hold_from_risk"});
    made.hold_from_risk = static_cast<int>(required<std::int64_t>(*care, "hold_from_risk"));
    if (made.hold_from_risk < 1 || made.hold_from_risk > 7) fail(line_of(*care->get("hold_from_risk")), "\"hold_from_risk\" is 1 to 7");
    auto const* const rules = file.get_as<toml::array>("rule");
    if (rules == nullptr) fail(1, "there is no [[rule]]");
    for (auto const& entry : *rules) {
        auto const* const table = entry.as_table();
        if (table == nullptr) fail(line_of(entry), "a rule is a table");
        auto rule = rule_from(*table);
        auto const same = std::any_of(made.rules.begin(), made.rules.end(), [&](auto const& one) { return one.name == rule.name; });
        if (same) fail(line_of(entry), "there are two rules named \"" + rule.name + "\"");
        made.rules.push_back(std::move(rule));
    }
    return made;
}
} // namespace

std::variant<policy, policy_error> parse_policy(std::string_view text, std::string_view origin)
{
    try {
        return policy_from(toml::parse(text, origin));
    } catch (toml::parse_error const& error) {
        return policy_error{static_cast<int>(error.source().begin.line), std::string(error.description())};
    } catch (broken const& found) {
        return found.error;
    } catch (std::runtime_error const& failed) {
        return policy_error{0, failed.what()};
    }
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
