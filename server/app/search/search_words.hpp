// The words of a text as search compares them: case-folded, split by Unicode's rules, stemmed (English).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

std::vector<std::string> search_words(std::string_view text); // unique, at most 2,000

} // namespace holdfast::app
