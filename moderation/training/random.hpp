// Numbers from a seed, the same on every machine (the standard library's distributions are not).
#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace holdfast::moderation::training {

class random_numbers { // splitmix64
  public:
    explicit random_numbers(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next()
    {
        auto made = state_ += 0x9E3779B97F4A7C15ULL;
        made = (made ^ (made >> 30)) * 0xBF58476D1CE4E5B9ULL;
        made = (made ^ (made >> 27)) * 0x94D049BB133111EBULL;
        return made ^ (made >> 31);
    }
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(next() % end); }

  private:
    std::uint64_t state_;
};

template <class Value>
void shuffle(std::vector<Value>& values, random_numbers& numbers)
{
    for (auto left = values.size(); left > 1; --left)
        std::swap(values[left - 1], values[numbers.below(left)]);
}

} // namespace holdfast::moderation::training
