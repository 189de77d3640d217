#include "server/cli/comparison.hpp"

#include "moderation/policy/ruling.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

namespace holdfast::cli {

using moderation::outcome;

namespace {
std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string number(std::size_t value)
{
    auto const text = std::to_string(value);
    return std::string(text.size() < 9 ? 9 - text.size() : 0, ' ') + text;
}

std::string share(std::size_t part, std::size_t whole)
{
    if (whole == 0) return "        -";
    char text[16];
    std::snprintf(text, sizeof text, "%9.3f", static_cast<double>(part) / static_cast<double>(whole));
    return text;
}

void print_ids(std::ostream& out, std::vector<std::string> const& ids)
{
    constexpr std::size_t in_a_line = 6;
    for (std::size_t at = 0; at < ids.size(); ++at)
        out << (at % in_a_line == 0 ? (at == 0 ? "    " : "\n    ") : "  ") << ids[at];
    if (!ids.empty()) out << "\n";
}
} // namespace

void comparison::add(
    std::string const& id,
    moderation::decision const& a,
    moderation::decision const& b,
    std::optional<truth> const& right
)
{
    ++texts_;
    std::size_t side = 0;
    for (auto const* const made : {&a, &b}) {
        ++outcomes_[side][static_cast<std::size_t>(made->outcome)];
        std::set<std::string> acted;
        for (auto const& finding : made->findings) {
            auto const rule = moderation::rule_that_acted(finding);
            if (!rule.empty()) acted.insert(std::string(rule) + (finding.shadow ? " (shadow)" : ""));
        }
        for (auto const& rule : acted)
            ++rules_[rule][side];
        if (right) judge(id, side, *made, *right);
        ++side;
    }
    if (a.outcome != b.outcome) changed_[{a.outcome, b.outcome}].push_back(id);
    if (!right) return;
    ++labelled_;
    to_stop_ += right->stop ? 1 : 0;
    crises_ += right->risk.value_or(0) >= moderation::crisis_from_risk ? 1 : 0;
}

void comparison::judge(
    std::string const& id, std::size_t side, moderation::decision const& made, truth const& right
)
{
    auto const count = [](hits& kept, bool found, bool there) {
        kept.found += found ? 1 : 0;
        kept.there += there ? 1 : 0;
        kept.right += found && there ? 1 : 0;
    };
    count(stopped_[side], moderation::stops(made.outcome), right.stop);
    if (right.risk.value_or(0) >= moderation::crisis_from_risk && made.outcome != outcome::hold)
        missed_crisis_[side].push_back(id);
    if (!right.has_harms) return;
    for (std::size_t at = 0; at < moderation::label_count; ++at) {
        auto const about = static_cast<moderation::label>(at);
        count(labels_[side][at], made.labels.has(about), right.harms.has(about));
    }
}

void comparison::print(std::ostream& out) const
{
    out << "A: " << names_[0] << "\nB: " << names_[1] << "\n" << texts_ << " texts\n\n";
    out << padded("outcome", 28) << "        A        B\n";
    for (auto const one : {outcome::publish, outcome::fold, outcome::give_back, outcome::hold}) {
        auto const at = static_cast<std::size_t>(one);
        out << padded(std::string(moderation::name_of(one)), 28) << number(outcomes_[0][at])
            << number(outcomes_[1][at]) << "\n";
    }
    print_changes(out);
    if (labelled_ > 0) print_labels(out);
}

void comparison::print_changes(std::ostream& out) const
{
    std::size_t all = 0;
    for (auto const& [how, ids] : changed_)
        all += ids.size();
    out << "\n" << all << " would change\n";
    for (auto const& [how, ids] : changed_) {
        out << moderation::name_of(how.first) << " -> " << moderation::name_of(how.second) << ": "
            << ids.size() << "\n";
        print_ids(out, ids);
    }
    out << "\n" << padded("rule acted on", 28) << "        A        B\n";
    for (auto const& [rule, counts] : rules_)
        out << padded(rule, 28) << number(counts[0]) << number(counts[1]) << "\n";
}

void comparison::print_labels(std::ostream& out) const
{
    out << "\n" << labelled_ << " texts with labels, " << to_stop_ << " of them to hold or return\n";
    out << padded("", 28) << "  prec. A  prec. B recall A recall B\n";
    auto const line = [&](std::string const& what, hits const& a, hits const& b) {
        out << padded(what, 28) << share(a.right, a.found) << share(b.right, b.found)
            << share(a.right, a.there) << share(b.right, b.there) << "\n";
    };
    line("held or returned", stopped_[0], stopped_[1]);
    for (std::size_t at = 0; at < moderation::label_count; ++at) {
        auto const& a = labels_[0][at];
        auto const& b = labels_[1][at];
        if (a.there + a.found + b.found > 0)
            line(std::string(moderation::name_of(static_cast<moderation::label>(at))), a, b);
    }
    out << "\nrisk 4 and above, not held: A " << missed_crisis_[0].size() << ", B "
        << missed_crisis_[1].size() << " of " << crises_ << "\n";
    for (std::size_t side = 0; side < 2; ++side) {
        if (missed_crisis_[side].empty()) continue;
        out << (side == 0 ? "missed by A\n" : "missed by B\n");
        print_ids(out, missed_crisis_[side]);
    }
}

} // namespace holdfast::cli
