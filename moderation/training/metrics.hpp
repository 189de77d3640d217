// The figures that `holdfast evaluate` prints, from scores and truths.
#pragma once
#include <array>
#include <cstddef>
#include <vector>

namespace holdfast::moderation::training {

struct scored {
    double score = 0;
    bool truth = false;
};

double average_precision(std::vector<scored> all); // AUPRC; ties count as one step
// The same, had truths been that share of all (over 0, under 1): AUPRC rises with it, so that figures from
// samples with other shares can't be compared as they are.
double average_precision_at_share(std::vector<scored> all, double share);
double area_under_roc(std::vector<scored> all);
double recall_at_precision(std::vector<scored> all, double precision); // the best over all thresholds

struct counts {
    std::size_t right_yes = 0, wrong_yes = 0, right_no = 0, wrong_no = 0;
    double precision() const;
    double recall() const;
    double f1() const;
    double accuracy() const;
};
counts counts_at(std::vector<scored> const& all, double threshold);

double calibration_error(std::vector<scored> const& all); // expected, over ten bins of equal width
double brier_score(std::vector<scored> const& all);

// Agreement of two ratings 0 … levels-1, with mistakes weighing as the square of their distance.
double weighted_kappa(std::vector<int> const& truth, std::vector<int> const& seen, int levels);

} // namespace holdfast::moderation::training
