// A rising line through a few points: what a raw score means, e.g. as a share of texts (calibration) or as a
// level.
#pragma once
#include <cstddef>
#include <vector>

namespace holdfast::moderation {

struct knot {
    float from = 0;
    float to = 0;
    friend bool operator==(knot const&, knot const&) = default;
};

class curve {
  public:
    curve() = default; // maps everything to 0
    // REQUIRES: `from` rises strictly, `to` never falls.
    explicit curve(std::vector<knot> knots) : knots_(std::move(knots)) {}

    double at(double value) const; // straight between knots, level beyond the ends
    std::vector<knot> const& knots() const { return knots_; }

  private:
    std::vector<knot> knots_;
};

} // namespace holdfast::moderation
