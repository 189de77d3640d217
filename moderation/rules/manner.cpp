// How a text is written.
#include "moderation/rules/rules.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace holdfast::moderation {

namespace {
float share(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0 : static_cast<float>(part) / static_cast<float>(whole);
}
float length(std::size_t count)
{
    return static_cast<float>(std::log10(static_cast<double>(count) + 1) / 4);
}

void note_topics(std::vector<token> const& tokens, feature_vector& made)
{
    std::vector<std::pair<word_id, trait_set>> seen;
    for (auto const& one : tokens) {
        if (one.traits.has_topic()) seen.emplace_back(one.id, one.traits);
    }
    auto const by_word = [](auto const& left, auto const& right) { return left.first < right.first; };
    auto const same = [](auto const& left, auto const& right) { return left.first == right.first; };
    std::sort(seen.begin(), seen.end(), by_word); // who says a word ten times means it once
    seen.erase(std::unique(seen.begin(), seen.end(), same), seen.end());
    auto const per_word = 1 / std::sqrt(static_cast<float>(std::max<std::size_t>(1, tokens.size())));
    constexpr auto first = static_cast<std::size_t>(trait::erotic);
    for (auto at = first; at < trait_count; ++at) {
        auto& value = made[index_of(feature::erotic_words) + at - first];
        for (auto const& one : seen)
            value += one.second.has(static_cast<trait>(at)) ? per_word : 0;
    }
}
} // namespace

void describe_manner(passage const& text, feature_vector& made)
{
    auto const& tokens = text.tokens();
    auto const set = [&](feature which, float value) { made[index_of(which)] = value; };
    std::size_t disguised = 0, emoji = 0, quoted = 0, first = 0, second = 0, third = 0;
    for (auto const& one : tokens) {
        disguised += one.disguised || one.coded ? 1 : 0;
        emoji += one.emoji ? 1 : 0;
        quoted += one.quoted ? 1 : 0;
        first += one.traits.has(trait::self) ? 1 : 0;
        second += one.traits.has(trait::you) ? 1 : 0;
        third += one.traits.has(trait::other) ? 1 : 0;
    }
    set(feature::disguised_words, share(disguised, tokens.size()));
    set(feature::emoji_words, share(emoji, tokens.size()));
    set(feature::quoted_words, share(quoted, tokens.size()));
    set(feature::first_person, share(first, tokens.size()));
    set(feature::second_person, share(second, tokens.size()));
    set(feature::third_person, share(third, tokens.size()));
    auto const& sentences = text.text().sentences;
    auto const questions =
        std::count_if(sentences.begin(), sentences.end(), [](sentence const& one) { return one.question; });
    set(feature::questions, share(static_cast<std::size_t>(questions), sentences.size()));
    auto const& words = text.text().words;
    auto const shouted =
        std::count_if(words.begin(), words.end(), [](word const& one) { return one.shouted; });
    set(feature::shouting, share(static_cast<std::size_t>(shouted), words.size()));
    set(feature::words, length(words.size()));
    set(feature::sentences, length(sentences.size()));
    note_topics(tokens, made);
}

} // namespace holdfast::moderation
