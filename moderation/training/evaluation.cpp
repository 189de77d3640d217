#include "moderation/training/evaluation.hpp"

#include "moderation/learned/stack.hpp"
#include "moderation/training/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <map>

namespace holdfast::moderation::training {

namespace {
constexpr int severe = 4; // from here on a facilitator reads first
constexpr int risk_levels = 7;

double share(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

bool kept_back(decision const& seen)
{
    return stops(seen.outcome);
}

bool has_all_labels(example const& from, decision const& seen)
{
    for (std::size_t at = 0; at < label_count; ++at) {
        if (from.labels[at] == 1 && !seen.labels.has(static_cast<label>(at))) return false;
    }
    return true;
}

// What a functional test asks for: harms found, risk inside what is right for it, nothing harmless kept back.
bool is_found(measured const& one)
{
    if (one.from->harm == 0) return !kept_back(one.seen);
    return has_all_labels(*one.from, one.seen) && one.seen.risk >= one.from->risk_min;
}
bool is_right(measured const& one)
{
    auto const calm_enough = one.from->risk_max == unknown || one.seen.risk <= one.from->risk_max;
    return is_found(one) && calm_enough;
}

void print_binary(std::string_view name, std::vector<scored> const& all, std::ostream& out)
{
    auto const yes = std::count_if(all.begin(), all.end(), [](scored const& one) { return one.truth; });
    if (yes == 0 || static_cast<std::size_t>(yes) == all.size()) return;
    auto const at_half = counts_at(all, 0.5);
    out << "  " << std::left << std::setw(24) << name << std::right << " n " << all.size() << " yes " << yes
        << "  AUPRC " << average_precision(all) << "  AUC " << area_under_roc(all) << "  at .5: F1 "
        << at_half.f1() << " precision " << at_half.precision() << " recall " << at_half.recall()
        << " accuracy " << at_half.accuracy() << "  ECE " << calibration_error(all) << "  Brier "
        << brier_score(all) << "\n";
}

void print_any_harm(example_set const& set, std::vector<measured> const& all, std::ostream& out)
{
    std::vector<scored> any;
    for (auto const& one : all) {
        if (one.from->harm != unknown) any.push_back({highest_harm(one.seen.scores), one.from->harm == 1});
    }
    print_binary("any harm", any, out);
    for (auto const share : set.harm_shares)
        out << "    had " << share << " of them been harmful: AUPRC "
            << average_precision_at_share(any, share) << "\n";
}

void print_labels(std::vector<measured> const& all, std::ostream& out)
{
    for (std::size_t at = 0; at < label_count; ++at) {
        std::vector<scored> seen;
        for (auto const& one : all) {
            if (one.from->labels[at] != unknown)
                seen.push_back({one.seen.scores[at], one.from->labels[at] == 1});
        }
        print_binary(name_of(static_cast<label>(at)), seen, out);
    }
}

void print_risk(std::vector<measured> const& all, std::ostream& out)
{
    std::vector<int> truth;
    std::vector<int> seen;
    std::vector<scored> is_severe;
    std::array<std::array<int, risk_levels>, risk_levels> pairs{};
    for (auto const& one : all) {
        if (one.from->risk == unknown) continue;
        truth.push_back(one.from->risk);
        seen.push_back(one.seen.risk);
        is_severe.push_back({one.seen.risk_score, one.from->risk >= severe});
        ++pairs[static_cast<std::size_t>(truth.back())][static_cast<std::size_t>(seen.back())];
    }
    if (truth.empty() || std::all_of(truth.begin(), truth.end(), [](int one) { return one == 0; })) return;
    auto const at_severe = counts_at(is_severe, severe);
    out << "  risk                     n " << truth.size() << "  quadratic weighted kappa "
        << weighted_kappa(truth, seen, risk_levels) << "  at 4 and above: recall " << at_severe.recall()
        << " precision " << at_severe.precision() << "  recall at precision .60 "
        << recall_at_precision(is_severe, 0.6) << "  AUPRC " << average_precision(is_severe) << "\n";
    out << "  risk, rows: read by people, columns: seen\n";
    for (std::size_t row = 0; row < risk_levels; ++row) {
        out << "    " << row << ":";
        for (auto const count : pairs[row])
            out << std::setw(5) << count;
        out << "\n";
    }
}

void print_functions(std::vector<measured> const& all, std::ostream& out)
{
    struct tally {
        std::size_t all = 0, found = 0, right = 0, harmful = 0, benign = 0;
    };
    std::map<std::string, tally> functions;
    std::map<std::string, tally> disguised; // by the plain function that it disguises
    tally severe_ones, benign;
    for (auto const& one : all) {
        if (one.from->function.empty()) continue;
        auto& here = functions[one.from->function];
        auto count = [&](tally& into) {
            ++into.all;
            into.found += is_found(one) ? 1 : 0;
            into.right += is_right(one) ? 1 : 0;
        };
        count(here);
        if (one.from->harm == 1) ++here.harmful;
        if (!one.from->base.empty()) count(disguised[one.from->base]);
        if (one.from->risk_min >= severe) {
            ++severe_ones.all;
            severe_ones.found += one.seen.risk >= severe ? 1 : 0;
        }
        if (one.from->harm == 0) count(benign);
    }
    if (functions.empty()) return;
    double harm_recall = 0;
    std::size_t harm_functions = 0;
    for (auto const& [name, here] : functions) {
        out << "    " << std::left << std::setw(32) << name << std::right << std::setw(4) << here.all
            << "  found " << share(here.found, here.all) << "  right " << share(here.right, here.all) << "\n";
        if (here.harmful < here.all || name.starts_with("obf_")) continue;
        harm_recall += share(here.found, here.all);
        ++harm_functions;
    }
    if (severe_ones.all > 0) {
        out << "  risk must be 4 or more: recall " << share(severe_ones.found, severe_ones.all) << " of "
            << severe_ones.all << "\n";
    }
    if (benign.all > 0)
        out << "  harmless kept back: " << 1 - share(benign.found, benign.all) << " of " << benign.all
            << "\n";
    if (harm_functions > 0)
        out << "  mean recall over " << harm_functions
            << " harm functions: " << harm_recall / static_cast<double>(harm_functions) << "\n";
    double plain_recall = 0;
    double kept = 0;
    for (auto const& [base, here] : disguised) {
        auto const plain = functions.find(base);
        if (plain == functions.end()) continue;
        plain_recall += share(plain->second.found, plain->second.all) * static_cast<double>(here.all);
        kept += static_cast<double>(here.found);
    }
    if (plain_recall > 0)
        out << "  disguised: share of plain recall kept " << std::min(1.0, kept / plain_recall) << "\n";
}

void print_hate_functions(std::vector<measured> const& all, std::ostream& out)
{
    std::map<std::string, counts> functions;
    counts whole;
    for (auto const& one : all) {
        auto const truth = one.from->labels[static_cast<std::size_t>(label::hate)];
        if (one.from->function.empty() || truth == unknown || one.from->risk_min != unknown) continue;
        auto const yes = one.seen.labels.has(label::hate) || one.seen.labels.has(label::harassment) ||
                         one.seen.labels.has(label::threat);
        auto count = [&](counts& into) {
            ++(yes ? (truth == 1 ? into.right_yes : into.wrong_yes)
                   : (truth == 1 ? into.wrong_no : into.right_no));
        };
        count(functions[one.from->function]);
        count(whole);
    }
    if (functions.empty()) return;
    for (auto const& [name, here] : functions) {
        out << "    " << std::left << std::setw(32) << name << std::right << std::setw(4)
            << here.right_yes + here.wrong_yes + here.right_no + here.wrong_no << "  right "
            << here.accuracy() << "\n";
    }
    double worst = 1;
    for (auto const& [name, here] : functions) {
        if (here.right_yes + here.wrong_no == 0) worst = std::min(worst, here.accuracy());
    }
    out << "  labels hate, harassment or threat: accuracy " << whole.accuracy()
        << ", worst harmless function " << worst << "\n";
}

// For which labels, or for which risk, texts were kept back: where false holds come from.
void print_kept_back(std::vector<measured> const& all, std::ostream& out)
{
    std::map<std::string_view, std::size_t> by;
    for (auto const& one : all) {
        if (!kept_back(one.seen)) continue;
        if (one.seen.risk >= severe) ++by["risk"];
        for (std::size_t at = 0; at < label_count; ++at) {
            if (one.seen.labels.has(static_cast<label>(at))) ++by[name_of(static_cast<label>(at))];
        }
    }
    if (by.empty()) return;
    out << "  kept back for";
    for (auto const& [name, count] : by)
        out << " " << name << " " << share(count, all.size());
    out << "\n";
}

// How wrong, for naming the worst: missed risk and missed harm before false holds, by how far they are off.
double wrongness(measured const& one)
{
    auto const& from = *one.from;
    double most = 0;
    if (from.risk != unknown)
        most = std::abs(one.seen.risk_score - from.risk) / 6 +
               (from.risk >= severe && one.seen.risk < severe ? 0.5 : 0);
    if (from.risk_min != unknown && one.seen.risk < from.risk_min)
        most = std::max(most, 0.5 + (from.risk_min - one.seen.risk_score) / 6);
    if (from.risk_max != unknown && one.seen.risk > from.risk_max)
        most = std::max(most, (one.seen.risk_score - from.risk_max) / 6);
    for (std::size_t at = 0; at < label_count; ++at) {
        if (from.labels[at] == 1) most = std::max(most, 1 - one.seen.scores[at]);
    }
    if (from.harm == 0 && kept_back(one.seen)) most = std::max(most, highest_harm(one.seen.scores) / 2);
    return most;
}

void print_mistakes(std::vector<measured> const& all, std::size_t count, std::ostream& out)
{
    std::vector<measured const*> order;
    for (auto const& one : all)
        order.push_back(&one);
    std::stable_sort(order.begin(), order.end(), [](auto const* left, auto const* right) {
        return wrongness(*left) > wrongness(*right);
    });
    for (std::size_t at = 0; at < std::min(count, order.size()); ++at) {
        auto const& one = *order[at];
        out << "    mistake " << one.from->id << " " << one.from->function << " wrong by " << wrongness(one)
            << ", risk " << one.seen.risk;
        if (one.from->risk != unknown) out << " for " << one.from->risk;
        if (one.from->risk_min != unknown)
            out << " for " << one.from->risk_min << " to " << one.from->risk_max;
        out << ", " << name_of(one.seen.outcome) << "\n";
    }
}
} // namespace

bool is_reported(example_set const& set, example const& one)
{
    if (set.may != use::split) return true;
    return (set.ordinary ? ordinary_part_of(one.text) : part_of(one.text)) == part::report;
}

void print_figures(
    example_set const& set,
    std::vector<measured> const& all,
    measure_options const& options,
    std::ostream& out
)
{
    out << std::fixed << std::setprecision(3) << set.name << ": " << all.size() << " texts"
        << (set.may == use::folds     ? ", each by a model that has not seen its fold"
            : set.may == use::measure ? ", never learned from"
                                      : ", set apart")
        << "\n";
    print_any_harm(set, all, out);
    print_labels(all, out);
    print_risk(all, out);
    print_functions(all, out);
    print_hate_functions(all, out);
    print_kept_back(all, out);
    auto const held =
        std::count_if(all.begin(), all.end(), [](measured const& one) { return kept_back(one.seen); });
    auto const folded = std::count_if(all.begin(), all.end(), [](measured const& one) {
        return one.seen.outcome == outcome::fold;
    });
    auto const cared =
        std::count_if(all.begin(), all.end(), [](measured const& one) { return one.seen.risk > 0; });
    out << "  held or returned " << share(static_cast<std::size_t>(held), all.size()) << ", folded "
        << share(static_cast<std::size_t>(folded), all.size()) << ", risk 1 and above "
        << share(static_cast<std::size_t>(cared), all.size()) << "\n";
    print_mistakes(all, options.mistakes, out);
}

} // namespace holdfast::moderation::training
