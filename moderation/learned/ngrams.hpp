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

// Small numbers that were seen.
template <std::size_t Count>
class seen_numbers {
  public:
    bool insert(std::size_t number) // false: it was there
    {
        auto& word = bits_[number / 64];
        auto const bit = std::uint64_t{1} << (number % 64);
        auto const fresh = (word & bit) == 0;
        word |= bit;
        return fresh;
    }

  private:
    std::array<std::uint64_t, Count / 64> bits_{};
};
using bucket_set = seen_numbers<bucket_count>;

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
    void add(bucket_id one) { all_[size_++] = one; }
    std::span<bucket_id const> all() const { return {all_.data(), size_}; }

  private:
    std::array<bucket_id, most> all_; // only the first size_ are ever read
    std::size_t size_ = 0;
};

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

  private:
    std::vector<entry> entries_; // by word
    std::vector<bucket_id> buckets_;
};

// Goes through a text word by word. The same with and without what is known of words.
class word_reader {
  public:
    explicit word_reader(word_ngrams const& known) : known_(known) {}

    struct word {
        word_id known = no_word; // among the known
        std::span<bucket_id const> own;
        std::span<bucket_id const> neighbours; // its buckets with the words before it
    };
    word next(token const& one); // its spans hold until the next
    void end_sentence() { window_ = {}; }

  private:
    // What the words before one have in store for it: hashes, 0 at the beginning of a sentence.
    struct window {
        std::uint64_t last = 0, before_last = 0;
        std::uint64_t last_class = 0, before_last_class = 0; // the same with groups made one
        int negation_reach = 0;                              // words that a "not" still covers
    };
    void add_neighbours(word_ngrams::entry const& one);

    word_ngrams const& known_;
    window window_;
    word_buckets own_;
    word_buckets neighbours_;
};

} // namespace holdfast::moderation
