#include "moderation/types.hpp"

#include "moderation/named.hpp"

namespace holdfast::moderation {

namespace {
constexpr std::array<std::string_view, 4> outcomes{"publish", "fold", "return", "hold"};
constexpr std::array<std::string_view, 4> triages{"green", "amber", "red", "crisis"};
constexpr std::array<std::string_view, label_count> labels{
    "harassment",
    "hate",
    "threat",
    "violence",
    "sexual",
    "grooming",
    "self_harm",
    "self_harm_encouragement",
    "method_info",
    "pro_eating_disorder",
    "pii",
    "spam",
    "drug_sourcing",
    "medical_misinformation",
    "abuse_danger",
};
} // namespace

std::string_view name_of(outcome value)
{
    return outcomes[static_cast<std::size_t>(value)];
}
std::string_view name_of(triage value)
{
    return triages[static_cast<std::size_t>(value)];
}
std::string_view name_of(label value)
{
    return labels[static_cast<std::size_t>(value)];
}
std::optional<outcome> outcome_named(std::string_view name)
{
    return named<outcome>(outcomes, name);
}
std::optional<triage> triage_named(std::string_view name)
{
    return named<triage>(triages, name);
}
std::optional<label> label_named(std::string_view name)
{
    return named<label>(labels, name);
}

} // namespace holdfast::moderation
