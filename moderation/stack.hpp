// How rules and heads come to one score. For a label of which enough was marked by people, a linear combination of
// all inputs gives the chance, calibrated; for the others the rules speak alone. Two things hold whatever was learned:
// - What the rules are sure of stands: their score is a floor from `sure` on, and half of it below, so that what was
//   learned can take a doubtful hit back but not a plain one.
// - Risk that the rules find plain (intent and a time, a plan, an act) never falls below what they say for it, and
//   what was learned can raise a text by itself only where the rules or the heads of crisis see its author in it.
#pragma once
#include "moderation/model.hpp"

#include <utility>
#include <vector>

namespace holdfast::moderation {

inline constexpr double sure = 0.75;

double stacked_score(model const& learned, label about, input_values const& inputs);
double stacked_risk(model const& learned, input_values const& inputs); // 0.0 … 6.0

// The head that speaks most for a label, where heads do; for saying why.
std::optional<head> loudest_head(model const& learned, label about, input_values const& inputs);

// From pairs of a score and its share of the whole: for each budget the score that no larger share reaches.
budget_scores scores_by_share(std::vector<std::pair<double, double>> seen);

} // namespace holdfast::moderation
