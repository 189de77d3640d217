#include "moderation/features.hpp"

namespace holdfast::moderation {

namespace {
constexpr std::array<std::string_view, feature_count> feature_names{
    "wish",
    "burden",
    "hopeless",
    "ideation",
    "self_harm",
    "method",
    "means",
    "intent",
    "plan",
    "act",
    "past_attempt",
    "goodbye",
    "time_near",
    "denied",
    "of_another",
    "past",
    "recovered",
    "asked",
    "quoted",
    "fiction",
    "idiom",
    "news",
    "distress",
    "helping",
    "worried",
    "bereaved",
    "hopeful",
    "nudge",
    "answers_yes",
    "disguised_words",
    "disguised_hits",
    "emoji_words",
    "first_person",
    "second_person",
    "third_person",
    "questions",
    "quoted_words",
    "shouting",
    "risk_sentences",
    "words",
    "sentences",
    "rules_risk",
    "counter",
    "label.harassment",
    "label.hate",
    "label.threat",
    "label.violence",
    "label.sexual",
    "label.grooming",
    "label.self_harm",
    "label.self_harm_encouragement",
    "label.method_info",
    "label.pro_eating_disorder",
    "label.pii",
    "label.spam",
    "label.drug_sourcing",
    "label.medical_misinformation",
    "label.abuse_danger",
};
static_assert(!feature_names.back().empty(), "every feature has a name");
} // namespace

std::string_view feature_name(std::size_t index)
{
    return feature_names.at(index);
}

} // namespace holdfast::moderation
