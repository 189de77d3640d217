// Fits the heads: logistic regression on hashed n-grams, all heads in one pass, by AdaGrad in an order drawn
// from a seed. The same examples and the same seed give the same bytes.
#pragma once
#include "moderation/training/example.hpp"

namespace holdfast::moderation::training {

// What the heads see of an example; made once, used for many fits.
struct sample {
    ngrams seen;
    std::array<std::int8_t, head_count> heads{};
    float weight = 1;
};

struct head_options {
    std::uint64_t seed = 1;
    int rounds = 6;
    float rate = 0.5F;
    float caution = 0.1F;   // squared slopes that a weight is taken to have seen: rare n-grams move slowly
    bool by_rarity = false; // with few examples, an n-gram says as much as it is rare
};

head_weights fit_heads(std::vector<sample const*> const& samples, head_options const& options);

} // namespace holdfast::moderation::training
