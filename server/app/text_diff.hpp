// What changed between two versions of a text, in words. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

struct diff_piece {
    enum class kind : std::uint8_t { same, gone, added };
    diff_piece::kind what = kind::same;
    std::string text;
};

// Neighbouring words of one kind are one piece; the pieces that aren't `gone` make the new text, those that
// aren't `added` the old one. What begins and ends alike is told apart from a middle that, when it is very
// long, is told as wholly changed: no two texts take longer than about 5 ms.
std::vector<diff_piece> diff_of(std::string_view before, std::string_view after);

} // namespace holdfast::app
