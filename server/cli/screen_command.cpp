#include "server/cli/screen_command.hpp"

#include "server/app/screener.hpp"
#include "server/base/limits.hpp"
#include "server/cli/screen_line.hpp"

#include <boost/json.hpp>

namespace holdfast::cli {

namespace json = boost::json;

namespace {
json::object finding_of(moderation::finding const& one)
{
    json::object made;
    made["rule"] = one.rule;
    if (one.about) made["label"] = moderation::name_of(*one.about);
    made["begin"] = one.where.begin;
    made["end"] = one.where.end;
    made["reason"] = one.reason;
    made["weight"] = one.weight;
    if (one.shadow) made["shadow"] = true;
    return made;
}

json::object decision_of(app::screened const& seen)
{
    auto const& decided = seen.decision;
    json::object made;
    made["outcome"] = moderation::name_of(decided.outcome);
    made["risk"] = decided.risk;
    made["risk_score"] = decided.risk_score;
    made["triage"] = moderation::name_of(decided.triage);
    json::array labels;
    json::object scores;
    for (std::size_t at = 0; at < moderation::label_count; ++at) {
        auto const label = static_cast<moderation::label>(at);
        if (decided.labels.has(label)) labels.push_back(json::value(moderation::name_of(label)));
        scores[moderation::name_of(label)] = decided.scores[at];
    }
    made["labels"] = std::move(labels);
    made["scores"] = std::move(scores);
    json::array findings;
    for (auto const& one : decided.findings)
        findings.push_back(finding_of(one));
    made["findings"] = std::move(findings);
    if (decided.nudge) made["nudge"] = true;
    made["policy"] = decided.policy;
    made["micros"] = seen.micros;
    return made;
}

// None when the line is good; else what is wrong with it.
char const* screen_line(app::screener const& screener, std::string const& line, json::object& answer)
{
    asked_text asked;
    auto const* const wrong = read_line(line, asked);
    if (auto const* const id = asked.members.if_contains("id")) answer["id"] = *id;
    if (wrong != nullptr) return wrong;
    auto const context = asked.context_views();
    for (auto& [name, member] : decision_of(screener.screen(asked.input(context))))
        answer[name] = member;
    return nullptr;
}
} // namespace

int run_screen(moderation::screen screen, std::istream& in, std::ostream& out)
{
    app::screener const screener(std::move(screen), limits::screen_time_max);
    int status = 0;
    for (std::string line; std::getline(in, line);) {
        if (line.empty()) continue;
        json::object answer;
        if (auto const* const wrong = screen_line(screener, line, answer)) {
            answer["error"] = wrong;
            status = 1;
        }
        out << json::serialize(answer) << "\n";
    }
    return status;
}

} // namespace holdfast::cli
