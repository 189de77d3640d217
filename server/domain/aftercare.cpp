#include "server/domain/aftercare.hpp"

#include "moderation/named.hpp"

#include <array>

namespace holdfast::domain {

namespace {
constexpr std::array<std::string_view, 4> kinds{"author_day", "author_week", "circle", "facilitator"};
constexpr std::array<std::string_view, 7> answers{"", "better", "same", "worse", "not_now", "fine", "talk"};
constexpr std::array<std::string_view, 4> helps{"", "yes", "a_little", "no"};
constexpr std::array<std::string_view, 3> concern_states{"waiting", "real", "not_needed"};
constexpr int concerns_a_day = 3;
constexpr int concerns_a_day_max = 10;
} // namespace

std::string_view name_of(follow_up_kind value)
{
    return kinds[static_cast<std::size_t>(value)];
}
std::string_view name_of(follow_up_answer value)
{
    return answers[static_cast<std::size_t>(value)];
}
std::string_view name_of(helped value)
{
    return helps[static_cast<std::size_t>(value)];
}
std::string_view name_of(concern_state value)
{
    return concern_states[static_cast<std::size_t>(value)];
}
std::optional<follow_up_kind> follow_up_kind_named(std::string_view name)
{
    return moderation::named<follow_up_kind>(kinds, name);
}
std::optional<follow_up_answer> follow_up_answer_named(std::string_view name)
{
    return moderation::named<follow_up_answer>(answers, name);
}
std::optional<helped> helped_named(std::string_view name)
{
    return moderation::named<helped>(helps, name);
}
std::optional<concern_state> concern_state_named(std::string_view name)
{
    return moderation::named<concern_state>(concern_states, name);
}

bool may_answer(follow_up_kind kind, follow_up_answer answer)
{
    using answer_kind = follow_up_answer;
    if (answer == answer_kind::none || kind == follow_up_kind::circle) return false;
    auto const is_colleague = answer == answer_kind::fine || answer == answer_kind::talk;
    return is_colleague == (kind == follow_up_kind::facilitator);
}

moderation::triage triage_of_concern(concern_record const& before, moderation::triage words)
{
    auto const is_known = before.real >= 2 && before.real > before.not_needed;
    return std::max(words, is_known ? moderation::triage::red : moderation::triage::amber);
}

bool may_be_concerned(concern_record const& before)
{
    return before.lately < std::min(concerns_a_day + before.real, concerns_a_day_max);
}

} // namespace holdfast::domain
