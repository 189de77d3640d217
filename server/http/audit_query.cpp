#include "server/http/audit_query.hpp"

#include "server/http/answers.hpp"

#include <charconv>

namespace holdfast::http {

namespace {
std::optional<timestamp> day_named(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    auto const read = [](std::string_view part, auto& to) {
        auto const [end, failed] = std::from_chars(part.data(), part.data() + part.size(), to);
        return failed == std::errc() && end == part.data() + part.size();
    };
    if (!read(text.substr(0, 4), year) || !read(text.substr(5, 2), month) || !read(text.substr(8, 2), day))
        return std::nullopt;
    std::chrono::year_month_day const date{
        std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (!date.ok()) return std::nullopt;
    return timestamp(std::chrono::sys_days(date));
}

template <class Id>
void read_id(fields const& given, std::string const& name, std::optional<Id>& to, error& wrong)
{
    auto const text = field_of(given, name);
    if (text.empty()) return;
    to = Id::parse(text);
    if (!to) wrong.fields.push_back({name, "This is not an id from here."});
}

void read_day(fields const& given, std::string const& name, std::optional<timestamp>& to, error& wrong)
{
    auto const text = field_of(given, name);
    if (text.empty()) return;
    to = day_named(text);
    if (!to) wrong.fields.push_back({name, "Please write a day as year-month-day, such as 2026-05-01."});
}
} // namespace

result<store::audit_filter> audit_filter_of(std::string_view query)
{
    auto const given = form_fields(query);
    if (!given) return given.error();
    store::audit_filter made;
    error wrong{errc::invalid};
    read_id(*given, "actor", made.actor, wrong);
    read_id(*given, "circle", made.circle, wrong);
    read_day(*given, "from", made.from, wrong);
    read_day(*given, "to", made.until, wrong);
    if (made.until) *made.until += std::chrono::days(1);
    made.action = field_of(*given, "action");
    made.object = field_of(*given, "object");
    if (!wrong.fields.empty()) return wrong;
    return made;
}

} // namespace holdfast::http
