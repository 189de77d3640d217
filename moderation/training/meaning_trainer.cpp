#include "moderation/training/meaning_trainer.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace holdfast::moderation::training {

namespace {
constexpr std::size_t vocabulary = 12'000;
constexpr std::size_t neighbours = 3'000; // the most frequent words, by which company is judged
constexpr std::size_t reach = 4;          // words to each side
constexpr std::size_t spare = 8;          // directions more than are kept, for accuracy
constexpr std::size_t wide = meaning_size + spare;

struct cell {
    std::uint32_t column = 0;
    float value = 0;
};
using sparse_rows = std::vector<std::vector<cell>>;
using directions = std::vector<std::array<float, wide>>; // one row a word

directions times(sparse_rows const& matrix, directions const& right)
{
    directions made(matrix.size());
    for (std::size_t row = 0; row < matrix.size(); ++row) {
        for (auto const& one : matrix[row]) {
            for (std::size_t at = 0; at < wide; ++at)
                made[row][at] += one.value * right[one.column][at];
        }
    }
    return made;
}

directions transposed_times(sparse_rows const& matrix, std::size_t columns, directions const& right)
{
    directions made(columns);
    for (std::size_t row = 0; row < matrix.size(); ++row) {
        for (auto const& one : matrix[row]) {
            for (std::size_t at = 0; at < wide; ++at)
                made[one.column][at] += one.value * right[row][at];
        }
    }
    return made;
}

// Gram and Schmidt's way, the strongest direction first. Returns each direction's length before.
std::array<float, wide> make_orthonormal(directions& all)
{
    std::array<float, wide> lengths{};
    for (std::size_t at = 0; at < wide; ++at) {
        for (std::size_t before = 0; before < at; ++before) {
            double shared = 0;
            for (auto const& row : all)
                shared += static_cast<double>(row[at] * row[before]);
            for (auto& row : all)
                row[at] -= static_cast<float>(shared) * row[before];
        }
        double squares = 0;
        for (auto const& row : all)
            squares += static_cast<double>(row[at] * row[at]);
        lengths[at] = static_cast<float>(std::sqrt(squares));
        auto const scale = lengths[at] > 1e-12F ? 1 / lengths[at] : 0;
        for (auto& row : all)
            row[at] *= scale;
    }
    return lengths;
}

// How much more often than by chance a word stands beside each neighbour; a word's row of `counts`.
sparse_rows surprise_of(std::vector<std::vector<float>> const& counts)
{
    std::vector<double> of_column(neighbours);
    for (auto const& row : counts) {
        for (std::size_t at = 0; at < neighbours; ++at)
            of_column[at] += static_cast<double>(row[at]);
    }
    constexpr double flatter = 0.75; // rare company counts a little less
    double total = 0;
    for (auto& one : of_column)
        total += one = std::pow(one, flatter);
    sparse_rows made(counts.size());
    for (std::size_t row = 0; row < counts.size(); ++row) {
        auto const all = std::accumulate(counts[row].begin(), counts[row].end(), 0.0);
        for (std::size_t at = 0; at < neighbours; ++at) {
            if (counts[row][at] <= 0) continue;
            auto const value = std::log(static_cast<double>(counts[row][at]) / all * total / of_column[at]);
            if (value > 0) made[row].push_back({static_cast<std::uint32_t>(at), static_cast<float>(value)});
        }
    }
    return made;
}

// The strongest directions of the matrix, a row for each word (subspace iteration).
directions strongest_directions(sparse_rows const& matrix, std::uint64_t seed)
{
    random_numbers numbers(seed);
    directions guess(neighbours);
    for (auto& row : guess) {
        for (auto& one : row)
            one = static_cast<float>(static_cast<double>(numbers.next() >> 11) / 9007199254740992.0 - 0.5);
    }
    std::array<float, wide> lengths{};
    directions made;
    for (int round = 0; round < 4; ++round) {
        made = times(matrix, guess);
        lengths = make_orthonormal(made);
        if (round == 3) break;
        guess = transposed_times(matrix, neighbours, made);
        make_orthonormal(guess);
    }
    for (auto& row : made) {
        for (std::size_t at = 0; at < wide; ++at)
            row[at] *= std::sqrt(lengths[at]);
    }
    return made;
}

std::array<std::int8_t, meaning_size> rounded(std::array<float, wide> const& row)
{
    float squares = 0;
    for (std::size_t at = 0; at < meaning_size; ++at)
        squares += row[at] * row[at];
    auto const scale = squares > 0 ? 127 / std::sqrt(squares) : 0;
    std::array<std::int8_t, meaning_size> made{};
    for (std::size_t at = 0; at < meaning_size; ++at)
        made[at] = static_cast<std::int8_t>(std::lround(row[at] * scale));
    return made;
}
} // namespace

void meaning_trainer::add(std::span<token const> text)
{
    std::vector<std::uint32_t> made;
    made.reserve(text.size());
    for (auto const& one : text) {
        auto const [entry, added] =
            words_.emplace(std::string(one.text), static_cast<std::uint32_t>(words_.size()));
        if (added) names_.emplace_back(one.text);
        made.push_back(entry->second);
    }
    texts_.push_back(std::move(made));
}

meanings meaning_trainer::trained(std::uint64_t seed) const
{
    std::vector<double> often(names_.size());
    double total = 0;
    for (auto const& text : texts_) {
        for (auto const one : text)
            ++often[one], ++total;
    }
    std::vector<std::uint32_t> order(names_.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](auto left, auto right) {
        return often[left] != often[right] ? often[left] > often[right] : names_[left] < names_[right];
    });
    order.resize(std::min(order.size(), vocabulary));
    std::vector<std::size_t> rank(names_.size(), vocabulary);
    for (std::size_t at = 0; at < order.size(); ++at)
        rank[order[at]] = at;
    std::vector<std::vector<float>> counts(order.size(), std::vector<float>(neighbours));
    for (auto const& text : texts_) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (rank[text[at]] >= vocabulary) continue;
            for (std::size_t other = at < reach ? 0 : at - reach;
                 other < std::min(text.size(), at + reach + 1);
                 ++other) {
                auto const column = rank[text[other]];
                if (other == at || column >= neighbours) continue;
                counts[rank[text[at]]][column] +=
                    1 / static_cast<float>(other > at ? other - at : at - other);
            }
        }
    }
    auto const places = strongest_directions(surprise_of(counts), seed);
    constexpr double common = 1e-3;
    std::vector<meanings::entry> made;
    std::map<std::uint32_t, std::size_t> taken;
    for (std::size_t at = 0; at < order.size(); ++at) {
        auto const hash = meanings::hash_of(names_[order[at]]);
        if (!taken.emplace(hash, at).second) continue; // two words of one hash: the more frequent one stays
        made.push_back(
            {hash, static_cast<float>(common / (common + often[order[at]] / total)), rounded(places[at])}
        );
    }
    return meanings(std::move(made));
}

} // namespace holdfast::moderation::training
