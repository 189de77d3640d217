#include "moderation/policy/policy_text.hpp"

#include "moderation/toml.hpp"

#include <sstream>

namespace holdfast::moderation {

namespace {
toml::table table_of(policy_rule const& rule)
{
    toml::table made;
    made.insert("name", rule.name);
    made.insert("label", std::string(name_of(rule.about)));
    if (rule.false_holds) {
        made.insert("false_holds", *rule.false_holds);
    } else {
        made.insert("threshold", rule.threshold);
    }
    made.insert("outcome", std::string(name_of(rule.outcome)));
    if (rule.state != rule_state::live) made.insert("state", std::string(name_of(rule.state)));
    made.insert("why", rule.why);
    made.insert("reason", rule.reason);
    return made;
}
} // namespace

std::string toml_of(policy const& rules)
{
    toml::table made;
    made.insert("name", rules.name);
    made.insert("version", rules.version);
    if (rules.care_line > 0) made.insert("care", toml::table{{"hold_from_risk", rules.hold_from_risk}});
    if (rules.language.line > 0) {
        toml::table language{{"why", rules.language.why}, {"reason", rules.language.reason}};
        if (rules.language.state != rule_state::live)
            language.insert("state", std::string(name_of(rules.language.state)));
        made.insert("language", std::move(language));
    }
    toml::array all;
    for (auto const& rule : rules.rules)
        all.push_back(table_of(rule));
    if (!all.empty()) made.insert("rule", std::move(all));
    std::ostringstream out;
    out << made << "\n";
    return out.str();
}

} // namespace holdfast::moderation
