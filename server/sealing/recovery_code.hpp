// The recovery code: 120 random bits as people can copy them from paper, six groups of four letters and
// digits without those that look alike.
#pragma once
#include <string>
#include <string_view>

namespace holdfast::sealing {

std::string random_recovery_code(); // "7KQ2-M4TX-…"
// As it was meant: in any case, with or without spaces and dashes, with O for 0 and I or L for 1.
std::string folded_recovery_code(std::string_view typed);

} // namespace holdfast::sealing
