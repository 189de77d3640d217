#include "moderation/training/head_trainer.hpp"

#include "moderation/training/random.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation::training {

namespace {
// How much more a rare n-gram says than one that is everywhere: the logarithm of one over its share of texts.
std::vector<float> rarity_of(std::vector<sample const*> const& samples)
{
    constexpr float even = 0.3F; // so that a step is as long as without rarity
    std::vector<float> made(bucket_count);
    for (auto const* const one : samples)
        for_each_fresh(one->seen, [&](std::uint32_t bucket) { ++made[bucket]; });
    auto const all = static_cast<float>(samples.size());
    for (auto& one : made)
        one = even * (std::log((all + 1) / (one + 1)) + 1);
    return made;
}

struct fit {
    std::vector<float> rarity;
    head_weights made;
    std::vector<head_values> moved = std::vector<head_values>(bucket_count); // sums of squared slopes
    head_values bias_moved{};
};

// The slope of each head's loss at this sample; zero where the sample says nothing about the head.
head_values slopes_at(fit const& state, sample const& one, float norm)
{
    head_values sums{};
    for_each_fresh(one.seen, [&](std::uint32_t bucket) {
        for (std::size_t at = 0; at < head_count; ++at)
            sums[at] += state.made.by_bucket[bucket][at] * state.rarity[bucket];
    });
    for (std::size_t at = 0; at < head_count; ++at) {
        if (one.heads[at] == unknown) {
            sums[at] = 0;
            continue;
        }
        auto const chance = 1 / (1 + std::exp(-(state.made.bias[at] + sums[at] * norm)));
        sums[at] = (chance - static_cast<float>(one.heads[at])) * one.weight;
    }
    return sums;
}

void learn(fit& state, sample const& one, head_options const& options)
{
    auto const norm = length_norm(one.seen.fresh);
    auto const slopes = slopes_at(state, one, norm);
    constexpr float known_well = 0.01F; // nothing left to learn from it this round
    if (std::all_of(slopes.begin(), slopes.end(), [](float slope) { return std::abs(slope) < known_well; }))
        return;
    for_each_fresh(one.seen, [&](std::uint32_t bucket) {
        auto& weights = state.made.by_bucket[bucket];
        auto& moved = state.moved[bucket];
        auto const reach = norm * state.rarity[bucket];
        for (std::size_t at = 0; at < head_count; ++at) {
            auto const step = slopes[at] * reach;
            moved[at] += step * step;
            weights[at] -= options.rate * step / std::sqrt(moved[at]);
        }
    });
    for (std::size_t at = 0; at < head_count; ++at) {
        state.bias_moved[at] += slopes[at] * slopes[at];
        state.made.bias[at] -= options.rate * slopes[at] / std::sqrt(state.bias_moved[at]);
    }
}
} // namespace

head_weights fit_heads(std::vector<sample const*> const& samples, head_options const& options)
{
    fit state;
    state.rarity = options.by_rarity ? rarity_of(samples) : std::vector<float>(bucket_count, 1.0F);
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
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
        for (auto& weight : state.made.by_bucket[bucket])
            weight *= state.rarity[bucket];
    }
    return std::move(state.made);
}

} // namespace holdfast::moderation::training
