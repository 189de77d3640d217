// The language of the lexicon's patterns, taken apart into rows of words.
#pragma once
#include "moderation/reading/vocabulary.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

struct pattern_part {
    std::string choices; // "a|b (c|d)"
    bool optional = false;
    std::uint8_t gap = 0;
};

// Splits a pattern into its elements. Throws std::runtime_error with the cause and the pattern.
std::vector<pattern_part> parts_of(std::string_view pattern);

using word_row = std::vector<word_id>;

// Reads choices: "a|b (c|d)|<name>", where a name stands for the choices of a class. Words are learnt, and
// spelled as the vocabulary says.
class choice_reader {
  public:
    explicit choice_reader(vocabulary& words) : words_(words) {}
    void add_class(std::string_view name, std::string choices);
    // Every row of words that the choices stand for. Throws std::runtime_error.
    std::vector<word_row> rows_of(std::string_view choices);

  private:
    std::vector<word_row> rows_of_choice(std::string_view choice, std::string_view whole);
    std::vector<word_row> const& rows_of_class(std::string_view name);
    word_row spelled(std::string_view word);

    vocabulary& words_;
    std::map<std::string, std::string, std::less<>> classes_;
    std::map<std::string, std::vector<word_row>, std::less<>> rows_by_class_;
};

} // namespace holdfast::moderation
