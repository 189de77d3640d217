// Measures decisions against labelled texts and prints the figures, set by set. Texts are never printed, only
// ids.
#pragma once
#include "moderation/training/example.hpp"

#include <functional>
#include <ostream>
#include <vector>

namespace holdfast::moderation::training {

struct measured {
    example const* from = nullptr;
    decision seen;
};

// May this text be reported on? Texts that taught the shipped model are not; of the small sets all are,
// because a model that has not seen their fold decides about them.
bool is_reported(example_set const& set, example const& one);

struct measure_options {
    std::size_t mistakes = 0; // how many of the worst to name by id
};

void print_figures(
    example_set const& set,
    std::vector<measured> const& all,
    measure_options const& options,
    std::ostream& out
);

} // namespace holdfast::moderation::training
