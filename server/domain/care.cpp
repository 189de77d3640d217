#include "server/domain/care.hpp"

namespace holdfast::domain {

namespace {
constexpr auto evening = std::chrono::hours(12);
}

std::string_view name_of(care_shown value)
{
    return value == care_shown::whole ? "whole" : "brief";
}

care_shown how_to_show(std::optional<care_card> const& last, moderation::triage now, timestamp at)
{
    if (!last || at - last->at >= evening) return care_shown::whole;
    auto const worse = now > last->triage;
    auto const changed = last->safe_at.has_value();
    return worse || changed ? care_shown::whole : care_shown::brief;
}

} // namespace holdfast::domain
