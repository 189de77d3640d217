#include "server/base/clock.hpp"

#include <algorithm>
#include <cstdio>

namespace holdfast {

std::string iso8601(timestamp at)
{
    auto const day = std::chrono::floor<std::chrono::days>(at);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(at - day);
    char text[32];
    auto const size = std::snprintf(
        text,
        sizeof text,
        "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()),
        static_cast<int>(time.subseconds().count())
    );
    return {text, static_cast<std::size_t>(size)};
}

std::optional<timestamp> time_from_iso8601(std::string_view text)
{
    if (text.ends_with('Z')) text.remove_suffix(1);
    constexpr std::string_view shape = "0000-00-00T00:00:00.000";
    auto const fits = text.size() == 16 || text.size() == 19 || text.size() == shape.size();
    if (!fits) return std::nullopt;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const is_digit = text[at] >= '0' && text[at] <= '9';
        if (shape[at] == '0' ? !is_digit : text[at] != shape[at]) return std::nullopt;
    }
    auto const number = [&](std::size_t at, std::size_t digits) {
        int made = 0;
        for (auto const digit : text.substr(std::min(at, text.size()), digits))
            made = made * 10 + (digit - '0');
        return made;
    };
    std::chrono::year_month_day const date(
        std::chrono::year(number(0, 4)),
        std::chrono::month(static_cast<unsigned>(number(5, 2))),
        std::chrono::day(static_cast<unsigned>(number(8, 2)))
    );
    if (!date.ok() || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(number(11, 2)) +
           std::chrono::minutes(number(14, 2)) + std::chrono::seconds(number(17, 2)) +
           std::chrono::milliseconds(number(20, 3));
}

} // namespace holdfast
