#include "moderation/training/head_trainer.hpp"

#include "moderation/training/random.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation::training {

namespace {
struct fit {
    head_weights made;
    std::vector<head_values> moved = std::vector<head_values>(bucket_count); // sums of squared slopes
    head_values bias_moved{};
};

// The slope of each head's loss at this sample; zero where the sample says nothing about the head.
head_values slopes_at(head_weights const& made, sample const& one, float norm)
{
    head_values sums{};
    for (auto const bucket : one.seen.buckets) {
        for (std::size_t at = 0; at < head_count; ++at)
            sums[at] += made.by_bucket[bucket][at];
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

void learn(fit& state, sample const& one, head_options const& options)
{
    auto const norm = length_norm(one.seen.buckets.size());
    auto const slopes = slopes_at(state.made, one, norm);
    constexpr float known_well = 0.01F; // nothing left to learn from it this round
    if (std::all_of(slopes.begin(), slopes.end(), [](float slope) { return std::abs(slope) < known_well; }))
        return;
    head_values steps{};
    head_values squares{};
    for (std::size_t at = 0; at < head_count; ++at) {
        steps[at] = slopes[at] * norm;
        squares[at] = steps[at] * steps[at];
    }
    for (auto const bucket : one.seen.buckets) {
        auto& weights = state.made.by_bucket[bucket];
        auto& moved = state.moved[bucket];
        for (std::size_t at = 0; at < head_count; ++at) {
            moved[at] += squares[at];
            weights[at] -= options.rate * steps[at] / std::sqrt(moved[at]);
        }
    }
    for (std::size_t at = 0; at < head_count; ++at) {
        state.bias_moved[at] += slopes[at] * slopes[at];
        state.made.bias[at] -= options.rate * slopes[at] / std::sqrt(state.bias_moved[at]);
    }
}
} // namespace

head_weights fit_heads(std::vector<sample const*> const& samples, head_options const& options)
{
    fit state;
    for (auto& each : state.moved)
        each.fill(options.caution);
    state.bias_moved.fill(options.caution);
    auto order = samples;
    random_numbers numbers(options.seed);
    for (int round = 0; round < options.rounds; ++round) {
        shuffle(order, numbers);
        for (auto const* const one : order)
            learn(state, *one, options);
    }
    return std::move(state.made);
}

} // namespace holdfast::moderation::training
