// A flat hash table from words to numbers, 1 upwards in the order in which they came; 0 is no word.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

using word_id = std::uint32_t;
inline constexpr word_id no_word = 0;

class letter_hash {
  public:
    void add(char one) { hash_ = (hash_ ^ static_cast<unsigned char>(one)) * 0x100000001B3; }
    std::uint32_t value() const { return static_cast<std::uint32_t>(hash_ ^ (hash_ >> 32)); }

  private:
    std::uint64_t hash_ = 0xCBF29CE484222325;
};

class word_table {
  public:
    word_table();
    word_id add(std::string_view word); // the number that it has, or the next
    word_id find(std::string_view word) const { return find(word, hash_of(word)); }
    // The same of a word whose letters were hashed one by one: for who asks about each beginning of a row.
    word_id find(std::string_view word, letter_hash const& letters) const
    {
        auto const hash = letters.value();
        for (auto at = hash & mask_;; at = (at + 1) & mask_) {
            auto const& one = slots_[at];
            if (one.id == no_word) return no_word;
            if (one.hash == hash && std::string_view(letters_.data() + one.begin, one.length) == word)
                return one.id;
        }
    }
    std::uint32_t size() const { return count_; }

  private:
    struct slot {
        std::uint32_t hash = 0;
        word_id id = no_word;
        std::uint32_t begin = 0;
        std::uint32_t length = 0;
    };
    static letter_hash hash_of(std::string_view word)
    {
        letter_hash made;
        for (auto const one : word)
            made.add(one);
        return made;
    }
    void grow();

    std::vector<slot> slots_;
    std::vector<char> letters_;
    std::uint32_t mask_ = 0;
    std::uint32_t count_ = 0;
};

} // namespace holdfast::moderation
