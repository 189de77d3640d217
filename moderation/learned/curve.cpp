#include "moderation/learned/curve.hpp"

#include <algorithm>

namespace holdfast::moderation {

double curve::at(double value) const
{
    if (knots_.empty()) return 0;
    auto const right = std::find_if(knots_.begin(), knots_.end(), [&](knot const& one) {
        return static_cast<double>(one.from) > value;
    });
    if (right == knots_.begin()) return static_cast<double>(right->to);
    auto const& left = *(right - 1);
    if (right == knots_.end()) return static_cast<double>(left.to);
    auto const share =
        (value - static_cast<double>(left.from)) / static_cast<double>(right->from - left.from);
    return static_cast<double>(left.to) + share * static_cast<double>(right->to - left.to);
}

} // namespace holdfast::moderation
