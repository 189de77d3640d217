#include "moderation/training/example.hpp"

namespace holdfast::moderation::training {

std::uint64_t hash_of_text(std::string_view text)
{
    std::uint64_t made = 0xCBF29CE484222325ULL;
    for (auto each : text) {
        if (each == ' ' || each == '\n' || each == '\r' || each == '\t') continue;
        if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
        made = (made ^ static_cast<unsigned char>(each)) * 0x100000001B3ULL;
    }
    made ^= made >> 32;
    made *= 0xD6E8FEB86659FD93ULL;
    return made ^ (made >> 32);
}

namespace {
// One of `parts`, independent for each `level`.
std::uint64_t place_of(std::string_view text, unsigned level, std::uint64_t parts)
{
    constexpr unsigned bits = 16;
    return (hash_of_text(text) >> (level * bits) & 0xFFFF) % parts;
}
} // namespace

part part_of(std::string_view text)
{
    auto const at = place_of(text, 0, 10);
    if (at == 0) return part::report;
    return at < 3 ? part::tune : part::train;
}

part ordinary_part_of(std::string_view text)
{
    auto const at = place_of(text, 0, 10);
    if (at < 2) return part::report;
    return at < 5 ? part::tune : part::train;
}

namespace {
std::string_view told_apart_by(example const& one)
{
    return one.writer.empty() ? one.text : one.writer;
}
} // namespace

std::size_t fold_of(example const& one, std::size_t folds)
{
    return static_cast<std::size_t>(place_of(told_apart_by(one), 1, folds));
}
std::size_t inner_fold_of(example const& one, std::size_t folds)
{
    return static_cast<std::size_t>(place_of(told_apart_by(one), 2, folds));
}

} // namespace holdfast::moderation::training
