#include "server/app/help/opening_hours.hpp"

#include <unicode/calendar.h>
#include <unicode/timezone.h>

#include <array>
#include <memory>

namespace holdfast::app {

namespace {
constexpr std::array<std::string_view, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

int day_named(std::string_view name)
{
    for (std::size_t at = 0; at < days.size(); ++at) {
        if (days[at] == name) return static_cast<int>(at);
    }
    return -1;
}

std::unique_ptr<icu::TimeZone> zone_named(std::string const& name)
{
    return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
}
} // namespace

unsigned days_named(std::string_view names)
{
    auto const dash = names.find('-');
    auto const first = day_named(names.substr(0, dash));
    auto const last = dash == std::string_view::npos ? first : day_named(names.substr(dash + 1));
    if (first < 0 || last < 0) return 0;
    unsigned made = 0;
    for (int day = first;; day = (day + 1) % 7) {
        made |= 1U << static_cast<unsigned>(day);
        if (day == last) return made;
    }
}

int minute_named(std::string_view time)
{
    auto const is_digit = [&](std::size_t at) { return time[at] >= '0' && time[at] <= '9'; };
    if (time.size() != 5 || time[2] != ':' || !is_digit(0) || !is_digit(1) || !is_digit(3) || !is_digit(4))
        return -1;
    auto const hour = (time[0] - '0') * 10 + (time[1] - '0');
    auto const minute = (time[3] - '0') * 10 + (time[4] - '0');
    if (hour > 24 || minute > 59 || (hour == 24 && minute > 0)) return -1;
    return hour * 60 + minute;
}

bool is_zone(std::string const& name)
{
    constexpr int32_t hour_ms = 3600 * 1000; // no clock on earth is further from UTC than these
    auto const zone = zone_named(name);
    auto const offset = zone->getRawOffset();
    return *zone != icu::TimeZone::getUnknown() && offset >= -12 * hour_ms && offset <= 14 * hour_ms;
}

std::optional<timestamp> local_time(std::string const& name, timestamp now)
{
    auto const zone = zone_named(name);
    auto failed = U_ZERO_ERROR;
    int32_t raw = 0;
    int32_t saving = 0;
    auto const utc = now.time_since_epoch();
    zone->getOffset(static_cast<UDate>(utc.count()), 0, raw, saving, failed);
    if (U_FAILURE(failed)) return std::nullopt;
    return timestamp(utc + std::chrono::milliseconds(raw + saving));
}

bool is_open(domain::help_line const& line, timestamp now)
{
    if (line.opening.empty()) return true;
    auto const there = local_time(line.zone, now);
    if (!there) return false; // never promise somebody who may not be there
    auto const local = *there;
    auto const day = std::chrono::floor<std::chrono::days>(local);
    auto const today = std::chrono::weekday(day).iso_encoding() - 1; // Monday is 0
    auto const minute =
        static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(local - day).count());
    for (auto const& time : line.opening) {
        auto const on = [&](unsigned which) { return (time.days & (1U << which)) != 0; };
        auto const over_midnight = time.to <= time.from;
        if (on(today) && minute >= time.from && (over_midnight || minute < time.to)) return true;
        if (over_midnight && on((today + 6) % 7) && minute < time.to) return true;
    }
    return false;
}

} // namespace holdfast::app
