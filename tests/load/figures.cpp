#include "tests/load/figures.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <sstream>

namespace holdfast::load {

double figures::median() const
{
    auto sorted = values_;
    std::sort(sorted.begin(), sorted.end());
    return sorted.empty() ? 0 : sorted[sorted.size() / 2];
}

namespace {
std::string number(double value, int decimals)
{
    std::ostringstream made;
    made << std::fixed << std::setprecision(decimals) << value;
    auto text = made.str();
    auto const point = std::min(text.find('.'), text.size());
    for (auto at = point; at > 3 && decimals == 0;) {
        at -= 3;
        text.insert(at, ",");
    }
    return text;
}
} // namespace

std::string figures::text(int decimals) const
{
    if (values_.empty()) return {};
    auto made = number(median(), decimals);
    auto const [least, most] = std::minmax_element(values_.begin(), values_.end());
    if (values_.size() > 1) made += " (" + number(*least, decimals) + " to " + number(*most, decimals) + ")";
    return made;
}

void print_heading(std::string const& words)
{
    std::cout << '\n' << words << '\n';
    print_row("", "Holdfast", "bare", "share");
}

void print_row(
    std::string const& what, std::string const& ours, std::string const& bare, std::string const& share
)
{
    std::cout << std::left << std::setw(54) << what << std::setw(28) << ours << std::setw(28) << bare << share
              << std::endl;
}

void print_contest(std::string const& what, contest const& of)
{
    print_row(what, of.ours.text(0), of.bare.text(0), of.percent.text(0) + " %");
}

} // namespace holdfast::load
