#include "moderation/learned/heads.hpp"

#include "moderation/learned/wide.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation {

namespace {
constexpr std::array<std::string_view, head_count> head_names{
    "insult",
    "hate",
    "slur",
    "sexism",
    "racism",
    "threat",
    "violence",
    "sexual",
    "self_harm",
    "crisis",
    "distress",
    "thoughts",
    "intent",
    "act",
    "spam",
    "any_harm",
};
using sums = std::array<std::int32_t, head_count>;

// Sums in 16 bits, as many rows as can't overflow, then in 32: twice as many lanes in one instruction.
HOLDFAST_WIDE void
add_rows(std::vector<heads::row> const& table, bucket_id const* first, bucket_id const* last, sums& total)
{
    constexpr std::ptrdiff_t rows_safe = 32'767 / 128;
    while (first != last) {
        auto const* const stop = first + std::min(last - first, rows_safe);
        std::array<std::int16_t, head_count> part{};
        for (; first != stop; ++first) {
            auto const& weights = table[*first];
            for (std::size_t at = 0; at < head_count; ++at)
                part[at] = static_cast<std::int16_t>(part[at] + weights[at]);
        }
        for (std::size_t at = 0; at < head_count; ++at)
            total[at] += part[at];
    }
}
} // namespace

std::string_view name_of(head value)
{
    return head_names[static_cast<std::size_t>(value)];
}

std::optional<head> head_named(std::string_view name)
{
    auto const found = std::find(head_names.begin(), head_names.end(), name);
    if (found == head_names.end()) return std::nullopt;
    return static_cast<head>(found - head_names.begin());
}

float length_norm(std::size_t ngram_count)
{
    return ngram_count == 0 ? 0.0F : 1.0F / std::sqrt(static_cast<float>(ngram_count));
}

heads heads::rounded(head_weights const& exact)
{
    heads made;
    auto const& weights = exact.by_bucket;
    made.bias_ = exact.bias;
    head_values largest{};
    for (auto const& each : weights) {
        for (std::size_t at = 0; at < head_count; ++at)
            largest[at] = std::max(largest[at], std::abs(each[at]));
    }
    constexpr float most = 127;
    for (std::size_t at = 0; at < head_count; ++at)
        made.scales_[at] = largest[at] > 0 ? largest[at] / most : 0;
    for (std::size_t bucket = 0; bucket < weights.size(); ++bucket) {
        for (std::size_t at = 0; at < head_count; ++at) {
            auto const steps = made.scales_[at] > 0 ? weights[bucket][at] / made.scales_[at] : 0;
            made.table_[bucket][at] = static_cast<std::int8_t>(std::lround(steps));
        }
    }
    return made;
}

heads heads::from(std::vector<row> table, head_values const& scales, head_values const& bias)
{
    heads made;
    made.table_ = std::move(table);
    made.scales_ = scales;
    made.bias_ = bias;
    return made;
}

head_scores heads::score(ngrams const& text) const
{
    head_scores made;
    made.whole = bias_;
    made.peak = bias_;
    sums whole{};
    std::size_t begin = 0;
    for (auto const& sentence : text.sentences) {
        auto const* const first = text.buckets.data();
        sums here{};
        add_rows(table_, first + begin, first + sentence.fresh_end, here);
        for (std::size_t at = 0; at < head_count; ++at)
            whole[at] += here[at];
        add_rows(table_, first + sentence.fresh_end, first + sentence.end, here);
        auto const norm = length_norm(sentence.end - begin);
        for (std::size_t at = 0; at < head_count; ++at) {
            auto const value = bias_[at] + static_cast<float>(here[at]) * scales_[at] * norm;
            if (begin > 0 && value <= made.peak[at]) continue;
            made.peak[at] = value;
            made.peak_sentence[at] = sentence.index;
        }
        begin = sentence.end;
    }
    auto const norm = length_norm(text.fresh);
    for (std::size_t at = 0; at < head_count; ++at)
        made.whole[at] += static_cast<float>(whole[at]) * scales_[at] * norm;
    return made;
}

double heads::weight_of_word(head which, std::span<token const> text, std::size_t index) const
{
    auto const at = static_cast<std::size_t>(which);
    std::int32_t sum = 0;
    auto const buckets = buckets_of_word(text, index);
    for (auto const bucket : buckets.all())
        sum += table_[bucket][at];
    return static_cast<double>(sum) * scales_[at];
}

} // namespace holdfast::moderation
