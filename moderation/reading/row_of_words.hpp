// A row of letters as words of the vocabulary at the least cost: "killmyself", "k i l l m y s e l f". Linear
// in the row, for no word in it is longer than word_max.
#pragma once
#include "moderation/reading/vocabulary.hpp"

#include <string_view>
#include <vector>

namespace holdfast::moderation {

class row_of_words {
  public:
    static constexpr std::size_t letters_max = 96; // a longer row is read in parts
    static constexpr std::size_t word_max = 16;    // the longest word that is looked for inside a row

    struct part {
        word_id id = no_word;
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    explicit row_of_words(vocabulary const& known) : known_(known) {}

    // Can it be split into words? Letters may be left over only where `loose`.
    bool read(std::string_view row, bool loose);

    std::vector<part> const& parts() const { return parts_; } // of the last row that could, last first
    bool has_guarded() const { return has_guarded_; }
    std::size_t longest() const { return longest_; }
    std::size_t steps() const { return steps_; }

  private:
    vocabulary const& known_;
    std::vector<part> parts_;
    std::size_t longest_ = 0;
    std::size_t steps_ = 0;
    bool has_guarded_ = false;
};

} // namespace holdfast::moderation
