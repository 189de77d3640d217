// Small dense fits for what stands on top of the heads: few inputs, few thousand rows, the same result every
// time.
#pragma once
#include "moderation/learned/model.hpp"

#include <vector>

namespace holdfast::moderation::training {

struct point {
    input_values inputs{};
    float target = 0;
    float weight = 1;
    std::size_t fold = 0;
};

// Least squares or logistic regression with a pull towards zero in standard deviations. Leaves `meaning`
// empty.
combination fit_line(std::vector<point> const& points, double pull);
combination fit_chance(std::vector<point> const& points, double pull);

struct outcome_at {
    double raw = 0;
    float target = 0;
    float weight = 1;
};

// The rising curve that says for a raw score how often the target is 1 (Platt's scaling). It never stands
// still: two texts with different raw scores keep their order.
curve chance_curve(std::vector<outcome_at> const& seen);

// The curve from a raw score to a level whose whole steps agree best with the targets' levels by quadratic
// weighted kappa, but for the step to 4, from which a person reads first: it lies as low as agrees hardly
// less.
curve level_curve(std::vector<outcome_at> const& seen, int levels);

} // namespace holdfast::moderation::training
