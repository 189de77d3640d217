// The words of a text as search compares them: case-folded, split by Unicode's rules, stemmed (English).
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

inline constexpr std::size_t search_words_max = 2000; // different ones of a text

std::vector<std::string> search_words(std::string_view text); // unique, at most search_words_max

// Each word as it stands, case-folded and not yet stemmed, until `visit` says false.
void each_word(std::string_view text, std::function<bool(std::string const&)> const& visit);
std::string stem_of(std::string const& word);

} // namespace holdfast::app
