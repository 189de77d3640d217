// Which letters some words have, in whatever order: a word with letters that none of them has is ruled out
// without being looked up. A bag is the sum of its letters' numbers, so that taking one out is a subtraction.
#pragma once
#include <array>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

class letter_bags {
  public:
    using bag = std::uint32_t;
    static bag of(char letter) { return numbers[static_cast<unsigned char>(letter)]; }
    static bag of(std::string_view word)
    {
        return std::accumulate(word.begin(), word.end(), bag{0}, [](bag sum, char one) {
            return sum + of(one);
        });
    }

    void add(std::string_view word) { bits_[place(of(word))] = true; }
    bool may_have(bag one) const { return bits_[place(one)]; }

  private:
    static constexpr std::array<bag, 256> numbers = [] {
        std::array<bag, 256> made{};
        bag next = 0;
        for (auto& one : made) {
            next += 0x9E3779B9U;
            one = (next ^ next >> 16) * 0x85EBCA6BU;
            one = (one ^ one >> 13) * 0xC2B2AE35U;
        }
        return made;
    }();
    static constexpr unsigned place_bits = 17; // of ten thousand words' bags one in fifteen is taken
    static std::size_t place(bag one) { return one * 0x85EBCA6BU >> (32 - place_bits); }

    std::vector<bool> bits_ = std::vector<bool>(std::size_t{1} << place_bits);
};

} // namespace holdfast::moderation
