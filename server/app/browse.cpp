#include "server/app/browse.hpp"

#include "server/app/search/search_words.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/validate.hpp"

#include <algorithm>

namespace holdfast::app {

std::optional<std::chrono::year_month> month_from(std::string_view text)
{
    auto const day = day_from(std::string(text) + "-01");
    if (!day) return std::nullopt;
    std::chrono::year_month_day const date(*day);
    return date.year() / date.month();
}

std::string text_of(std::chrono::year_month month)
{
    return text_of(std::chrono::sys_days(month / std::chrono::day(1))).substr(0, 7);
}

result<browse> browse_of(std::string_view month, std::string_view words)
{
    browse made;
    if (!month.empty()) {
        made.month = month_from(month);
        if (!made.month) return invalid_field("month", "Please give a month, such as 2026-05.");
    }
    auto const valid = validate_note("q", words, false);
    if (!valid) return valid.error();
    made.words = words;
    return made;
}

std::chrono::sys_days day_of(private_text const& text, own_clock const& clock)
{
    auto const own = day_from(text_in(text.body, "day"));
    return own ? *own : clock.day_of(text.created_at);
}

std::chrono::sys_days day_of(private_text const& text)
{
    return day_of(text, own_clock());
}

std::chrono::year_month month_of(private_text const& text, own_clock const& clock)
{
    std::chrono::year_month_day const date(day_of(text, clock));
    return date.year() / date.month();
}

std::vector<private_text> matching(
    std::vector<private_text> const& all,
    domain::private_kind kind,
    browse const& wanted,
    own_clock const& clock
)
{
    auto const asked = search_words(wanted.words);
    auto const fits = [&](private_text const& text) {
        if (wanted.month && month_of(text, clock) != *wanted.month) return false;
        if (wanted.words.empty()) return true;
        auto const has = search_words(words_in(kind, text.body));
        return !asked.empty() && std::all_of(asked.begin(), asked.end(), [&](auto const& word) {
            return std::find(has.begin(), has.end(), word) != has.end();
        });
    };
    std::vector<private_text> made;
    std::copy_if(all.begin(), all.end(), std::back_inserter(made), fits);
    return made;
}

} // namespace holdfast::app
