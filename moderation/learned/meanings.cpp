#include "moderation/learned/meanings.hpp"

#include "moderation/learned/wide.hpp"

namespace holdfast::moderation {

std::uint32_t meanings::hash_of(std::string_view word)
{
    std::uint32_t made = 0x811C9DC5U;
    for (auto const each : word)
        made = (made ^ static_cast<unsigned char>(each)) * 0x01000193U;
    made ^= made >> 15;
    return made == 0 ? 1 : made;
}

meanings::meanings(std::vector<entry> entries) : entries_(std::move(entries))
{
    std::size_t size = 1;
    while (size < entries_.size() * 2 + 1)
        size *= 2;
    slots_.assign(size, 0);
    for (std::size_t index = 0; index < entries_.size(); ++index) {
        auto at = entries_[index].word & (size - 1);
        while (slots_[at] != 0)
            at = (at + 1) & (size - 1);
        slots_[at] = static_cast<std::uint32_t>(index + 1);
    }
}

meanings::entry const* meanings::find(std::uint32_t word) const
{
    if (slots_.empty()) return nullptr;
    auto const mask = slots_.size() - 1;
    for (auto at = word & mask; slots_[at] != 0; at = (at + 1) & mask) {
        auto const& one = entries_[slots_[at] - 1];
        if (one.word == word) return &one;
    }
    return nullptr;
}

HOLDFAST_WIDE meaning meanings::of(std::span<token const> text) const
{
    meaning made{};
    float total = 0;
    for (auto const& one : text) {
        auto const* const known = find(hash_of(one.text));
        if (known == nullptr) continue;
        total += known->weight;
        for (std::size_t at = 0; at < meaning_size; ++at)
            made[at] += known->weight * static_cast<float>(known->place[at]);
    }
    constexpr float unit = 127;
    if (total > 0) {
        for (auto& one : made)
            one /= total * unit;
    }
    return made;
}

} // namespace holdfast::moderation
