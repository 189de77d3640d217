// What the rules saw in a text, as numbers: the seam between the rules and what is learned on top of them.
// The order is part of a trained model: append, never reorder.
#pragma once
#include "moderation/types.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace holdfast::moderation {

enum class feature : std::uint8_t {
    // How strongly the text says each of these about its author, after its context was weighed (0 … 1).
    wish,
    burden,
    hopeless,
    ideation,
    self_harm,
    method,
    means,
    intent,
    plan,
    act,
    past_attempt,
    goodbye,
    time_near, // beside one of the above
    // How strongly such words stand where they say little about the author now, and what takes them back.
    denied,
    of_another,
    past,
    recovered,
    asked,
    quoted,
    fiction,
    idiom,
    news,
    // What else the text speaks of (0 … 1).
    distress,
    helping, // 1: in each of its statements
    worried,
    bereaved,
    hopeful,
    nudge,
    answers_yes, // to a question about dying
    // How it is written: shares of its words or sentences (0 … 1), and lengths as log10 of the count, over 4.
    disguised_words,
    disguised_hits,
    emoji_words,
    first_person,
    second_person,
    third_person,
    questions,
    quoted_words,
    shouting,
    risk_sentences,
    words,
    sentences,
    // The risk by the rules alone, over 6.
    rules_risk,
    counter, // speaks against contempt for a group of people
    // What would count if something near it spoke of dying: alone it holds nothing, but in a post it tells.
    lone_method,
    lone_means,
    lone_intent,
    lone_plan,
    lone_act,
    lone_risk, // the risk by the rules if it did, over 6
    // How many different words speak of a topic, over the root of all words: in the order of the traits.
    erotic_words,
    explicit_words,
    slur_words,
    rude_words,
    hurting_words,
    well,      // has long been well, and says so
    help_line, // names one that we know, and no other service's
    // The score of each label by the rules alone, in the order of `label`.
    first_label,
};
inline constexpr std::size_t feature_count = static_cast<std::size_t>(feature::first_label) + label_count;

using feature_vector = std::array<float, feature_count>;

constexpr std::size_t index_of(feature one)
{
    return static_cast<std::size_t>(one);
}
constexpr std::size_t index_of(label one)
{
    return index_of(feature::first_label) + static_cast<std::size_t>(one);
}
std::string_view feature_name(std::size_t index); // "intent", "label.threat"

} // namespace holdfast::moderation
