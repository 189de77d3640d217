#include "moderation/training/linear.hpp"

#include "moderation/training/metrics.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation::training {

namespace {
constexpr std::size_t width = input_count + 1; // the last is the bias
using values = std::array<double, width>;

// Inputs in standard deviations from their mean, so that one pull fits all.
struct standard {
    values mean{};
    values spread{};

    explicit standard(std::vector<point> const& points)
    {
        double total = 0;
        for (auto const& one : points) {
            total += static_cast<double>(one.weight);
            for (std::size_t at = 0; at < input_count; ++at)
                mean[at] += static_cast<double>(one.weight * one.inputs[at]);
        }
        for (auto& one : mean)
            one /= total;
        for (auto const& one : points) {
            for (std::size_t at = 0; at < input_count; ++at) {
                auto const off = static_cast<double>(one.inputs[at]) - mean[at];
                spread[at] += static_cast<double>(one.weight) * off * off;
            }
        }
        constexpr double least = 1e-4; // what never varies says nothing
        for (auto& one : spread)
            one = std::max(least, std::sqrt(one / total));
    }
    values of(input_values const& inputs) const
    {
        values made{};
        for (std::size_t at = 0; at < input_count; ++at)
            made[at] = (static_cast<double>(inputs[at]) - mean[at]) / spread[at];
        made[input_count] = 1;
        return made;
    }
    combination undone(values const& weights) const
    {
        combination made;
        auto bias = weights[input_count];
        for (std::size_t at = 0; at < input_count; ++at) {
            made.weights[at] = static_cast<float>(weights[at] / spread[at]);
            bias -= weights[at] / spread[at] * mean[at];
        }
        made.bias = static_cast<float>(bias);
        return made;
    }
};

// A symmetric positive system, solved by Cholesky's way.
class system_of_equations {
  public:
    explicit system_of_equations(double pull) : matrix_(width)
    {
        for (auto& row : matrix_)
            row.fill(0);
        for (std::size_t at = 0; at < input_count; ++at)
            matrix_[at][at] = pull;
        matrix_[input_count][input_count] = 1e-6;
    }
    void add(values const& row, double weight, double target)
    {
        for (std::size_t left = 0; left < width; ++left)
            right_side_[left] += weight * row[left] * target;
        rows_[waiting_] = row;
        weights_[waiting_] = weight;
        if (++waiting_ == rows_.size()) add_waiting();
    }
    values solved()
    {
        add_waiting();
        for (std::size_t left = 0; left < width; ++left) {
            for (std::size_t at = 0; at <= left; ++at) {
                auto sum = matrix_[left][at];
                for (std::size_t inner = 0; inner < at; ++inner)
                    sum -= matrix_[left][inner] * matrix_[at][inner];
                matrix_[left][at] = left == at ? std::sqrt(std::max(sum, 1e-12)) : sum / matrix_[at][at];
            }
        }
        auto made = right_side_;
        for (std::size_t at = 0; at < width; ++at) {
            for (std::size_t inner = 0; inner < at; ++inner)
                made[at] -= matrix_[at][inner] * made[inner];
            made[at] /= matrix_[at][at];
        }
        for (auto at = width; at-- > 0;) {
            for (auto inner = at + 1; inner < width; ++inner)
                made[at] -= matrix_[inner][at] * made[inner];
            made[at] /= matrix_[at][at];
        }
        return made;
    }

  private:
    // Several rows at once: the matrix is loaded and kept once for all of them.
    void add_waiting()
    {
        for (auto at = waiting_; at < rows_.size(); ++at)
            weights_[at] = 0;
        for (std::size_t left = 0; left < width; ++left) {
            std::array<double, at_once> scaled{};
            for (std::size_t one = 0; one < at_once; ++one)
                scaled[one] = weights_[one] * rows_[one][left];
            auto& sums = matrix_[left];
            for (std::size_t at = 0; at <= left; ++at) {
                double sum = 0;
                for (std::size_t one = 0; one < at_once; ++one)
                    sum += scaled[one] * rows_[one][at];
                sums[at] += sum;
            }
        }
        waiting_ = 0;
    }

    static constexpr std::size_t at_once = 8;
    std::vector<values> matrix_; // the lower half
    values right_side_{};
    std::vector<values> rows_ = std::vector<values>(at_once);
    std::array<double, at_once> weights_{};
    std::size_t waiting_ = 0;
};

double dot(values const& left, values const& right)
{
    double sum = 0;
    for (std::size_t at = 0; at < width; ++at)
        sum += left[at] * right[at];
    return sum;
}
} // namespace

combination fit_line(std::vector<point> const& points, double pull)
{
    standard const scale(points);
    system_of_equations equations(pull);
    for (auto const& one : points)
        equations.add(scale.of(one.inputs), static_cast<double>(one.weight), static_cast<double>(one.target));
    return scale.undone(equations.solved());
}

combination fit_chance(std::vector<point> const& points, double pull)
{
    constexpr int rounds = 8; // of Newton's method, each a weighted least squares
    standard const scale(points);
    values weights{};
    for (int round = 0; round < rounds; ++round) {
        system_of_equations equations(pull);
        for (auto const& one : points) {
            auto const row = scale.of(one.inputs);
            auto const raw = std::clamp(dot(row, weights), -15.0, 15.0);
            auto const chance = 1 / (1 + std::exp(-raw));
            auto const bend = std::max(chance * (1 - chance), 1e-4);
            equations.add(
                row,
                static_cast<double>(one.weight) * bend,
                raw + (static_cast<double>(one.target) - chance) / bend
            );
        }
        weights = equations.solved();
    }
    return scale.undone(weights);
}

curve chance_curve(std::vector<outcome_at> const& seen)
{
    constexpr int rounds = 20;           // of Newton's method
    constexpr double least_slope = 0.05; // it rises, whatever was seen
    constexpr double doubt = 1e-3;       // keeps what was parted without a fault from certainty
    double slope = 1, bias = 0;
    for (int round = 0; round < rounds; ++round) {
        double by_slope = doubt * (slope - 1), by_bias = 0;
        double slope_slope = doubt, slope_bias = 0, bias_bias = doubt;
        for (auto const& one : seen) {
            auto const chance = 1 / (1 + std::exp(-(slope * one.raw + bias)));
            auto const off = static_cast<double>(one.weight) * (chance - static_cast<double>(one.target));
            auto const bend = static_cast<double>(one.weight) * std::max(chance * (1 - chance), 1e-6);
            by_slope += off * one.raw;
            by_bias += off;
            slope_slope += bend * one.raw * one.raw;
            slope_bias += bend * one.raw;
            bias_bias += bend;
        }
        auto const all = slope_slope * bias_bias - slope_bias * slope_bias;
        slope = std::max(least_slope, slope - (by_slope * bias_bias - by_bias * slope_bias) / all);
        bias -= (by_bias * slope_slope - by_slope * slope_bias) / all;
    }
    constexpr int reach = 32; // steps to each side of a half
    constexpr double step = 0.3;
    std::vector<knot> knots;
    for (int at = -reach; at <= reach; ++at) {
        auto const odds = at * step;
        knots.push_back(
            {static_cast<float>((odds - bias) / slope), static_cast<float>(1 / (1 + std::exp(-odds)))}
        );
    }
    return curve(std::move(knots));
}

namespace {
std::vector<int> levels_by(std::vector<outcome_at> const& seen, std::vector<double> const& steps)
{
    std::vector<int> made;
    made.reserve(seen.size());
    for (auto const& one : seen) {
        made.push_back(static_cast<int>(std::upper_bound(steps.begin(), steps.end(), one.raw) - steps.begin())
        );
    }
    return made;
}

// Agreement is nearly the same over a wide range of where a person begins to read first. The lowest of these
// is taken: to read once too often is the smaller fault.
void lower_read_first(
    std::vector<int> const& truth,
    std::vector<outcome_at> const& seen,
    std::vector<double> const& raws,
    int levels,
    double best,
    std::vector<double>& steps
)
{
    constexpr std::size_t read_first = 3; // the step to level 4
    constexpr double hardly_less = 0.008;
    if (steps.size() <= read_first) return;
    constexpr std::size_t finely = 500;
    auto const pace = std::max<std::size_t>(1, raws.size() / finely);
    auto const place_of = [&](double step) {
        return static_cast<std::size_t>(std::lower_bound(raws.begin(), raws.end(), step) - raws.begin());
    };
    auto const lowest = place_of(steps[read_first - 1]);
    auto tried = steps;
    for (auto at = place_of(steps[read_first]); at >= lowest + pace;) {
        at -= pace;
        tried[read_first] = raws[at];
        if (weighted_kappa(truth, levels_by(seen, tried), levels + 1) < best - hardly_less) return;
        steps = tried;
    }
}
} // namespace

curve level_curve(std::vector<outcome_at> const& seen, int levels)
{
    std::vector<int> truth;
    std::vector<double> raws;
    for (auto const& one : seen) {
        truth.push_back(static_cast<int>(one.target));
        raws.push_back(one.raw);
    }
    std::sort(raws.begin(), raws.end());
    constexpr std::size_t candidates = 60;
    std::vector<double> steps;
    for (int level = 1; level <= levels; ++level) {
        auto const below = std::count_if(truth.begin(), truth.end(), [&](int one) { return one < level; });
        steps.push_back(raws[std::min(raws.size() - 1, static_cast<std::size_t>(below))]);
    }
    auto best = weighted_kappa(truth, levels_by(seen, steps), levels + 1);
    for (int round = 0; round < 4; ++round) {
        for (std::size_t step = 0; step < steps.size(); ++step) {
            for (std::size_t at = 1; at < candidates; ++at) {
                auto tried = steps;
                tried[step] = raws[raws.size() * at / candidates];
                std::sort(tried.begin(), tried.end());
                auto const agrees = weighted_kappa(truth, levels_by(seen, tried), levels + 1);
                if (agrees <= best) continue;
                best = agrees;
                steps = tried;
            }
        }
    }
    lower_read_first(truth, seen, raws, levels, best, steps);
    std::vector<knot> knots{{static_cast<float>(raws.front() - 1), 0}};
    for (std::size_t step = 0; step < steps.size(); ++step) {
        auto const from = std::max(static_cast<float>(steps[step]), std::nextafter(knots.back().from, 1e9F));
        knots.push_back({from, static_cast<float>(step + 1)});
    }
    return curve(std::move(knots));
}

} // namespace holdfast::moderation::training
