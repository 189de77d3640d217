#include "server/domain/measures.hpp"

#include "moderation/named.hpp"

#include <array>

namespace holdfast::domain {

namespace {
constexpr std::array<std::string_view, 5> limits{"slow", "hold_all", "read_only", "pause", "lock"};
constexpr std::array<std::string_view, 5> categories{"unkind", "how", "who", "selling", "other"};
} // namespace

std::string_view name_of(limit_kind value)
{
    return limits[static_cast<std::size_t>(value)];
}
std::optional<limit_kind> limit_named(std::string_view name)
{
    return moderation::named<limit_kind>(limits, name);
}
std::string_view name_of(report_category value)
{
    return categories[static_cast<std::size_t>(value)];
}
std::optional<report_category> report_category_named(std::string_view name)
{
    return moderation::named<report_category>(categories, name);
}

bool may_restrict(lane where, moderation::triage level, verdict what)
{
    auto const is_about_harm = where == lane::harm || where == lane::newcomer || where == lane::report;
    auto const found_harm = what == verdict::give_back || what == verdict::remove;
    return is_about_harm && found_harm && level == moderation::triage::green;
}

double report_weight(int right, int wrong)
{
    return 2.0 * (right + 1) / (right + wrong + 2);
}

int exposure_of(lane where, moderation::triage level)
{
    switch (level) {
    case moderation::triage::crisis:
        return 5;
    case moderation::triage::red:
        return 4;
    case moderation::triage::amber:
        return 2;
    case moderation::triage::green:
        break;
    }
    return where == lane::newcomer || where == lane::appeal ? 1 : 2;
}

} // namespace holdfast::domain
