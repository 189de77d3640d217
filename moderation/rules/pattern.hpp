// The language of the lexicon's patterns, taken apart into rows of words.
#pragma once
#include "moderation/reading/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
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

// A few words, kept in place: reading the lexicon makes hundreds of thousands of such rows.
class word_row {
  public:
    static constexpr std::size_t most = 15;

    bool add(std::span<word_id const> more) // false: they are too many
    {
        if (size_ + more.size() > most) return false;
        std::copy(more.begin(), more.end(), words_.begin() + size_);
        size_ = static_cast<std::uint8_t>(size_ + more.size());
        return true;
    }
    std::span<word_id const> words() const { return {words_.data(), size_}; }

  private:
    std::array<word_id, most> words_{};
    std::uint8_t size_ = 0;
};

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
    word_row spelled(std::string_view word, std::string_view whole);

    vocabulary& words_;
    std::map<std::string, std::string, std::less<>> classes_;
    std::map<std::string, std::vector<word_row>, std::less<>> rows_by_class_;
};

} // namespace holdfast::moderation
