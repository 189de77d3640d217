// The n-grams of a text, hashed into buckets: words 1 to 3, characters 3 to 5 of a word with its borders,
// words under a negation, and words 2 to 3 in which names of groups of people stand for each other, so that
// what is learned of one group holds for all. One pass serves all heads. Read from spelled-out words:
// disguises are undone.
#pragma once
#include "moderation/reading/spelling.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace holdfast::moderation {

inline constexpr unsigned bucket_bits = 16;
inline constexpr std::size_t bucket_count = std::size_t{1} << bucket_bits;

struct ngrams {
    struct part {
        std::size_t fresh_end = 0; // in buckets: up to here, those that stand in no sentence before
        std::size_t end = 0;       // then those that do
        std::uint32_t index = 0;   // in the view; sentences without words have no n-grams
    };
    std::vector<std::uint32_t> buckets; // one sentence after the other
    std::vector<part> sentences;
    std::size_t fresh = 0; // how many different buckets
};

// What the text as a whole says, each n-gram once: who says a thing ten times means it once.
template <class Use>
void for_each_fresh(ngrams const& text, Use use)
{
    std::size_t at = 0;
    for (auto const& sentence : text.sentences) {
        for (; at < sentence.fresh_end; ++at)
            use(text.buckets[at]);
        at = sentence.end;
    }
}

ngrams ngrams_of(std::span<token const> text);

// The buckets in which one word takes part.
class word_buckets {
  public:
    static constexpr std::size_t letters_max = 24; // of a longer word only its beginning
    static constexpr std::size_t most = 6 + 3 * letters_max;

    void clear() { size_ = 0; }
    void add(std::uint32_t bucket) { all_[size_++] = bucket; }
    std::span<std::uint32_t const> all() const { return {all_.data(), size_}; }

  private:
    std::array<std::uint32_t, most> all_; // only the first size_ are ever read
    std::size_t size_ = 0;
};

// Those of the word at `index`, for saying which words weighed most.
word_buckets buckets_of_word(std::span<token const> text, std::size_t index);

} // namespace holdfast::moderation
