#include "moderation/training/metrics.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation::training {

namespace {
double ratio(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void sort_highest_first(std::vector<scored>& all)
{
    std::sort(all.begin(), all.end(), [](scored const& left, scored const& right) {
        return left.score > right.score;
    });
}

std::size_t truths_in(std::vector<scored> const& all)
{
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](scored const& one) {
        return one.truth;
    }));
}

// Calls `step(taken, right)` after each group of equal scores, highest first.
template <class Step>
void walk_down(std::vector<scored>& all, Step step)
{
    sort_highest_first(all);
    std::size_t right = 0;
    for (std::size_t at = 0; at < all.size(); ++at) {
        right += all[at].truth ? 1 : 0;
        if (at + 1 == all.size() || all[at + 1].score != all[at].score) step(at + 1, right);
    }
}

// Each truth counts `weight` times as much as anything else.
double weighted_average_precision(std::vector<scored> all, double weight)
{
    auto const truths = truths_in(all);
    double sum = 0;
    std::size_t before = 0;
    walk_down(all, [&](std::size_t taken, std::size_t right) {
        if (right > before) {
            auto const found = weight * static_cast<double>(right);
            sum += ratio(right - before, truths) * found / (found + static_cast<double>(taken - right));
        }
        before = right;
    });
    return sum;
}
} // namespace

double average_precision(std::vector<scored> all)
{
    return weighted_average_precision(std::move(all), 1);
}

double average_precision_at_share(std::vector<scored> all, double share)
{
    auto const truths = static_cast<double>(truths_in(all));
    auto const others = std::max(static_cast<double>(all.size()) - truths, 1.0);
    return weighted_average_precision(std::move(all), share / (1 - share) * others / std::max(truths, 1.0));
}

double area_under_roc(std::vector<scored> all)
{
    auto const truths = truths_in(all);
    auto const others = all.size() - truths;
    double area = 0;
    std::size_t right_before = 0;
    std::size_t wrong_before = 0;
    walk_down(all, [&](std::size_t taken, std::size_t right) {
        auto const wrong = taken - right;
        area +=
            ratio(wrong - wrong_before, others) * (ratio(right, truths) + ratio(right_before, truths)) / 2;
        right_before = right;
        wrong_before = wrong;
    });
    return area;
}

double recall_at_precision(std::vector<scored> all, double precision)
{
    auto const truths = truths_in(all);
    double best = 0;
    walk_down(all, [&](std::size_t taken, std::size_t right) {
        if (ratio(right, taken) >= precision) best = std::max(best, ratio(right, truths));
    });
    return best;
}

double counts::precision() const
{
    return ratio(right_yes, right_yes + wrong_yes);
}
double counts::recall() const
{
    return ratio(right_yes, right_yes + wrong_no);
}
double counts::f1() const
{
    return ratio(2 * right_yes, 2 * right_yes + wrong_yes + wrong_no);
}
double counts::accuracy() const
{
    return ratio(right_yes + right_no, right_yes + wrong_yes + right_no + wrong_no);
}

counts counts_at(std::vector<scored> const& all, double threshold)
{
    counts made;
    for (auto const& one : all) {
        auto const yes = one.score >= threshold;
        ++(yes ? (one.truth ? made.right_yes : made.wrong_yes) : (one.truth ? made.wrong_no : made.right_no));
    }
    return made;
}

double calibration_error(std::vector<scored> const& all)
{
    struct bin {
        double score = 0, truths = 0;
    };
    std::array<bin, 10> bins{};
    for (auto const& one : all) {
        auto& where =
            bins[std::min(bins.size() - 1, static_cast<std::size_t>(std::max(0.0, one.score) * bins.size()))];
        where.score += one.score;
        where.truths += one.truth ? 1 : 0;
    }
    double sum = 0;
    for (auto const& one : bins)
        sum += std::abs(one.score - one.truths);
    return all.empty() ? 0 : sum / static_cast<double>(all.size());
}

double brier_score(std::vector<scored> const& all)
{
    double sum = 0;
    for (auto const& one : all) {
        auto const off = one.score - (one.truth ? 1 : 0);
        sum += off * off;
    }
    return all.empty() ? 0 : sum / static_cast<double>(all.size());
}

double weighted_kappa(std::vector<int> const& truth, std::vector<int> const& seen, int levels)
{
    auto const wide = static_cast<std::size_t>(levels);
    std::vector<double> pairs(wide * wide);
    std::vector<double> rows(wide);
    std::vector<double> columns(wide);
    for (std::size_t at = 0; at < truth.size(); ++at) {
        auto const row = static_cast<std::size_t>(truth[at]);
        auto const column = static_cast<std::size_t>(seen[at]);
        pairs[row * wide + column] += 1;
        rows[row] += 1;
        columns[column] += 1;
    }
    double off = 0;
    double by_chance = 0;
    for (std::size_t row = 0; row < wide; ++row) {
        for (std::size_t column = 0; column < wide; ++column) {
            auto const distance = static_cast<double>(row) - static_cast<double>(column);
            off += distance * distance * pairs[row * wide + column];
            by_chance +=
                distance * distance * rows[row] * columns[column] / static_cast<double>(truth.size());
        }
    }
    return by_chance == 0 ? 0 : 1 - off / by_chance;
}

} // namespace holdfast::moderation::training
