#include "moderation/training/head_trainer.hpp"

#include "moderation/training/random.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation::training {

namespace {
struct fit {
    std::vector<head_values> weights;
    std::vector<head_values> moved; // sums of squared gradients
    head_values bias{};
    head_values bias_moved{};
};

// The slope of each head's loss at this sample; zero where the sample says nothing about the head.
head_values slopes_at(fit const& made, sample const& one, float norm)
{
    head_values sums{};
    for (auto const bucket : one.seen.buckets) {
        for (std::size_t at = 0; at < head_count; ++at) sums[at] += made.weights[bucket][at];
    }
    for (std::size_t at = 0; at < head_count; ++at) {
        if (one.heads[at] == unknown) {
            sums[at] = 0;
            continue;
        }
        auto const chance = 1 / (1 + std::exp(-(made.bias[at] + sums[at] * norm)));
        sums[at] = (chance - static_cast<float>(one.heads[at])) * one.weight;
    }
    return sums;
}

void learn(fit& made, sample const& one, head_options const& options)
{
    auto const norm = length_norm(one.seen.buckets.size());
    auto const slopes = slopes_at(made, one, norm);
    constexpr float known_well = 0.01F; // nothing left to learn from it this round
    if (std::all_of(slopes.begin(), slopes.end(), [](float slope) { return std::abs(slope) < known_well; })) return;
    head_values steps{};
    head_values squares{};
    for (std::size_t at = 0; at < head_count; ++at) {
        steps[at] = slopes[at] * norm;
        squares[at] = steps[at] * steps[at];
    }
    for (auto const bucket : one.seen.buckets) {
        auto& weights = made.weights[bucket];
        auto& moved = made.moved[bucket];
        for (std::size_t at = 0; at < head_count; ++at) {
            moved[at] += squares[at];
            auto const slope = steps[at] + (slopes[at] != 0 ? options.shrink * weights[at] : 0);
            weights[at] -= options.rate * slope / std::sqrt(moved[at]);
        }
    }
    for (std::size_t at = 0; at < head_count; ++at) {
        made.bias_moved[at] += slopes[at] * slopes[at];
        made.bias[at] -= options.rate * slopes[at] / std::sqrt(made.bias_moved[at]);
    }
}
} // namespace

sample sample_of(example const& from)
{
    return {ngrams_of(read_text(from.text)), from.heads, from.weight};
}

heads fit_heads(std::vector<sample const*> const& samples, head_options const& options)
{
    fit made{std::vector<head_values>(bucket_count), std::vector<head_values>(bucket_count), {}, {}};
    for (auto& each : made.moved) each.fill(options.caution);
    made.bias_moved.fill(options.caution);
    auto order = samples;
    random_numbers numbers(options.seed);
    for (int round = 0; round < options.rounds; ++round) {
        shuffle(order, numbers);
        for (auto const* const one : order) learn(made, *one, options);
    }
    return heads::rounded(made.weights, made.bias);
}

} // namespace holdfast::moderation::training
