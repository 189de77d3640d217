// What words mean, as places in a small space in which words that stand in the same company lie close
// together. A text's place is the weighted mean of its words'; it tells topics and moods apart where n-grams
// never met the words. Learned without labels. Immutable once made; any thread may use it.
#pragma once
#include "moderation/reading/spelling.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace holdfast::moderation {

inline constexpr std::size_t meaning_size = 64;
using meaning = std::array<float, meaning_size>;

class meanings {
  public:
    struct entry {
        std::uint32_t word = 0; // its hash
        float weight = 0;       // small for words that are everywhere
        std::array<std::int8_t, meaning_size> place{};
    };

    meanings() = default;
    explicit meanings(std::vector<entry> entries);

    meaning of(std::span<token const> text) const; // all zero when no word is known
    std::vector<entry> const& entries() const { return entries_; }

    static std::uint32_t hash_of(std::string_view word); // never 0

  private:
    entry const* find(std::uint32_t word) const;

    std::vector<entry> entries_;
    std::vector<std::uint32_t> slots_; // open addressing: index + 1 into entries_, 0 empty
};

} // namespace holdfast::moderation
