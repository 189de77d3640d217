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

static_assert(bucket_bits <= 16);
using bucket_id = std::uint16_t;

struct ngrams {
    struct part {
        std::size_t fresh_end = 0; // in buckets: up to here, those that stand in no sentence before
        std::size_t end = 0;       // then those that do
        std::uint32_t index = 0;   // in the view; sentences without words have no n-grams
    };
    std::vector<bucket_id> buckets; // one sentence after the other
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

// What the n-grams of a word need of it alone, for each word of a vocabulary worked out once: most words of a
// text are among them. Immutable once made.
class word_ngrams {
  public:
    word_ngrams() = default; // has no word
    explicit word_ngrams(vocabulary const& words);

    struct entry {
        std::uint64_t hash = 0;
        std::uint32_t begin = 0; // its own bucket and those of its characters, in buckets_
        std::uint8_t count = 0;
        bool group = false; // it names a group of people
        bool negates = false;
    };
    entry const* find(word_id id) const { return id < entries_.size() ? &entries_[id] : nullptr; }
    std::span<bucket_id const> buckets(entry const& one) const
    {
        return std::span(buckets_).subspan(one.begin, one.count);
    }
    std::size_t size() const { return entries_.size(); }
    std::size_t bytes() const
    {
        return entries_.size() * sizeof(entry) + buckets_.size() * sizeof(bucket_id);
    }

  private:
    std::vector<entry> entries_; // by word
    std::vector<bucket_id> buckets_;
};

// The same with and without what is known of words.
ngrams ngrams_of(std::span<token const> text, word_ngrams const& known = {});

// The buckets in which one word takes part.
class word_buckets {
  public:
    static constexpr std::size_t letters_max = 24; // of a longer word only its beginning
    static constexpr std::size_t most = 6 + 3 * letters_max;

    void clear() { size_ = 0; }
    void add(bucket_id one) { all_[size_++] = one; }
    std::span<bucket_id const> all() const { return {all_.data(), size_}; }

  private:
    std::array<bucket_id, most> all_; // only the first size_ are ever read
    std::size_t size_ = 0;
};

// Those of the word at `index`, for saying which words weighed most.
word_buckets buckets_of_word(std::span<token const> text, std::size_t index);

} // namespace holdfast::moderation
