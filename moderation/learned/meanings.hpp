// What words mean, as rows of numbers taught by a sentence encoder that knows more words than any labelled
// set has (training/teach_meanings.py). The mean of a text's rows goes through one small layer; what comes
// out is the text's place among meanings. It tells topics and moods apart where n-grams never met the words.
// Immutable once made; any thread may use it.
#pragma once
#include "moderation/reading/spelling.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

inline constexpr std::size_t meaning_size = 64;
using meaning = std::array<float, meaning_size>;

class meanings {
  public:
    static constexpr std::size_t row_size = 112;
    static constexpr std::size_t hidden_size = 192;

    meanings() = default; // knows no word
    // From the bytes that teach_meanings.py writes, which must outlive these and their copies: rows are read
    // where they lie. Throws std::runtime_error with what is wrong.
    explicit meanings(std::string_view bytes);

    // Looks for all words of a vocabulary now, so that no text of its words has to.
    void find_all(vocabulary const& words);

    meaning of(std::span<token const> text) const; // all zero when no word is known
    bool knows(token const& word) const { return find(word) != nullptr; }
    std::uint64_t mark() const { return mark_; } // of the bytes; 0 when there were none

    static std::uint32_t hash_of(std::string_view word); // never 0

  private:
    using row = std::array<std::int8_t, row_size>;
    using hidden = std::array<float, hidden_size>;

    row const* find(token const& word) const
    {
        if (word.id == no_word || word.id >= of_vocabulary_.size()) return find(hash_of(word.text));
        auto const place = of_vocabulary_[word.id];
        return place == 0 ? nullptr : &rows_[place - 1];
    }
    row const* find(std::uint32_t word) const;

    std::vector<std::uint32_t> words_; // their hashes
    std::span<row const> rows_;
    std::vector<std::uint16_t> slots_;         // open addressing: index + 1 into words_, 0 empty
    std::vector<std::uint16_t> of_vocabulary_; // by its number: index + 1 into rows_, 0 none
    std::array<hidden, row_size> to_hidden_{};
    hidden hidden_bias_{};
    std::array<meaning, hidden_size> to_place_{};
    meaning place_bias_{};
    std::uint64_t mark_ = 0;
};

} // namespace holdfast::moderation
