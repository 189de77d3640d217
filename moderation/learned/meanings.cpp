#include "moderation/learned/meanings.hpp"

#include "moderation/wide.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace holdfast::moderation {

namespace {
constexpr std::string_view first_line = "holdfast meanings 1\n";
constexpr std::uint32_t words_known_max = 65'535; // an index and one more is 16 bits

void take(std::string_view& left, void* to, std::size_t size)
{
    if (left.size() < size) throw std::runtime_error("it ends too early");
    std::memcpy(to, left.data(), size);
    left.remove_prefix(size);
}

std::uint64_t mark_of(std::string_view bytes)
{
    std::uint64_t made = 0xCBF29CE484222325ULL;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), sizeof made))) {
        std::uint64_t part = 0;
        std::memcpy(&part, bytes.data(), std::min(bytes.size(), sizeof part));
        made = (made ^ part) * 0x9E3779B97F4A7C15ULL;
        made ^= made >> 32;
    }
    return made;
}

// Four rows a time: the sums are loaded and kept a quarter as often.
template <std::size_t From, std::size_t To>
[[gnu::always_inline]] inline void add_through(
    std::array<std::array<float, To>, From> const& weights,
    std::array<float, From> const& values,
    std::array<float, To>& sums
)
{
    static_assert(From % 4 == 0);
    for (std::size_t from = 0; from < From; from += 4) {
        auto const one = values[from], two = values[from + 1], three = values[from + 2],
                   four = values[from + 3];
        auto const* const first = weights[from].data();
        auto const* const second = weights[from + 1].data();
        auto const* const third = weights[from + 2].data();
        auto const* const fourth = weights[from + 3].data();
        for (std::size_t at = 0; at < To; ++at)
            sums[at] += one * first[at] + two * second[at] + three * third[at] + four * fourth[at];
    }
}
} // namespace

std::uint32_t meanings::hash_of(std::string_view word)
{
    std::uint32_t made = 0x811C9DC5U;
    for (auto const each : word)
        made = (made ^ static_cast<unsigned char>(each)) * 0x01000193U;
    made ^= made >> 15;
    return made == 0 ? 1 : made;
}

meanings::meanings(std::string_view bytes) : mark_(mark_of(bytes))
{
    if (!bytes.starts_with(first_line)) throw std::runtime_error("it holds no meanings of this version");
    auto left = bytes.substr(first_line.size());
    std::uint32_t count = 0;
    take(left, &count, sizeof count);
    if (count > words_known_max) throw std::runtime_error("it knows too many words");
    words_.resize(count);
    take(left, words_.data(), count * sizeof(std::uint32_t));
    if (left.size() < count * sizeof(row)) throw std::runtime_error("it ends too early");
    static_assert(alignof(row) == 1);
    rows_ = {reinterpret_cast<row const*>(left.data()), count};
    left.remove_prefix(rows_.size_bytes());
    take(left, &to_hidden_, sizeof to_hidden_);
    take(left, &hidden_bias_, sizeof hidden_bias_);
    take(left, &to_place_, sizeof to_place_);
    take(left, &place_bias_, sizeof place_bias_);
    if (!left.empty()) throw std::runtime_error("something follows its end");
    std::size_t size = 1;
    while (size < words_.size() * 2 + 1)
        size *= 2;
    slots_.assign(size, 0);
    for (std::size_t index = 0; index < words_.size(); ++index) {
        auto at = words_[index] & (size - 1);
        while (slots_[at] != 0)
            at = (at + 1) & (size - 1);
        slots_[at] = static_cast<std::uint16_t>(index + 1);
    }
}

meanings::row const* meanings::find(std::uint32_t word) const
{
    if (slots_.empty()) return nullptr;
    auto const mask = slots_.size() - 1;
    for (auto at = word & mask; slots_[at] != 0; at = (at + 1) & mask) {
        auto const index = static_cast<std::size_t>(slots_[at] - 1);
        if (words_[index] == word) return &rows_[index];
    }
    return nullptr;
}

void meanings::find_all(vocabulary const& words)
{
    of_vocabulary_.assign(words.size(), 0);
    for (word_id id = 1; id < words.size(); ++id) {
        auto const* const found = find(hash_of(words.text(id)));
        if (found != nullptr) of_vocabulary_[id] = static_cast<std::uint16_t>(found - rows_.data() + 1);
    }
}

HOLDFAST_WIDE meaning meanings::of(std::span<token const> text) const
{
    // In 16 bits, as many rows as can't overflow, then in 32: twice as many lanes in one instruction.
    constexpr std::size_t rows_safe = 255;
    std::array<std::int32_t, row_size> sum{};
    std::size_t known = 0;
    for (auto next = text.begin(); next != text.end();) {
        std::array<std::int16_t, row_size> part{};
        for (std::size_t taken = 0; taken < rows_safe && next != text.end(); ++next) {
            auto const* const found = find(*next);
            if (found == nullptr) continue;
            ++taken;
            ++known;
            for (std::size_t at = 0; at < row_size; ++at)
                part[at] = static_cast<std::int16_t>(part[at] + (*found)[at]);
        }
        for (std::size_t at = 0; at < row_size; ++at)
            sum[at] += part[at];
    }
    if (known == 0) return {};
    std::array<float, row_size> mean{};
    for (std::size_t at = 0; at < row_size; ++at)
        mean[at] = static_cast<float>(sum[at]) / static_cast<float>(text.size());
    auto inner = hidden_bias_;
    add_through(to_hidden_, mean, inner);
    for (auto& one : inner)
        one = std::max(one, 0.0F);
    auto made = place_bias_;
    add_through(to_place_, inner, made);
    return made;
}

} // namespace holdfast::moderation
