// How moods were in a month or a year, and what changed in values: what the pages say of it, for programs.
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/space/browse.hpp"
#include "server/app/space/habits.hpp"
#include "server/app/space/moods.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/values.hpp"

#include <boost/json/array.hpp>

#include <set>

namespace holdfast::api::over_time_routes {

namespace json = boost::json;
using domain::private_kind;
using http::context;
using net::method;

namespace {
struct wanted_time {
    app::mood_period period;
    app::mood_span span = app::mood_span::month;
};

result<wanted_time> time_in(http::fields const& query)
{
    auto const month = http::field_of(query, "month");
    auto const year = app::month_from(http::field_of(query, "year") + "-01");
    if (year && month.empty()) return wanted_time{app::year_period(year->year()), app::mood_span::year};
    auto const one = app::month_from(month);
    if (!one) return invalid_field("month", "Please give a month, such as 2026-05.");
    return wanted_time{app::month_period(*one), app::mood_span::month};
}

// What else was there on each day: habits by their own name, and whether something was written.
json::array beside_in(
    std::vector<app::noted_day> const& habits,
    std::vector<app::private_text> const& journal,
    app::mood_period const& period,
    app::own_clock const& clock
)
{
    std::set<std::chrono::sys_days> written;
    for (auto const& one : journal)
        written.insert(app::day_of(one, clock));
    auto names = app::noted_by_day(habits, period);
    for (auto const day : written) {
        if (day >= period.from && day < period.to) names.try_emplace(day);
    }
    json::array made;
    for (auto const& [day, some] : names) {
        json::object one;
        one["day"] = app::text_of(day);
        one["habits"] = json::array(some.begin(), some.end());
        one["wrote"] = written.contains(day);
        made.push_back(std::move(one));
    }
    return made;
}

json::array ids_of(std::vector<app::private_text> const& texts)
{
    json::array made;
    for (auto const& one : texts)
        made.push_back(json::string(one.id.text()));
    return made;
}

task<net::response> moods(context asked)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return answer_error(query.error());
    auto const wanted = time_in(*query);
    if (!wanted) co_return answer_error(wanted.error());
    auto const me = asked.session();
    auto const all = co_await asked.services.space.all(me, private_kind::mood);
    if (!all) co_return answer_error(all.error());
    auto const habits = co_await asked.services.space.all(me, private_kind::habit);
    if (!habits) co_return answer_error(habits.error());
    auto const notes = co_await asked.services.space.all(me, private_kind::habit_note);
    if (!notes) co_return answer_error(notes.error());
    auto const& period = wanted->period;
    json::array days;
    for (auto const& one : app::days_in(*all, period)) {
        json::object day;
        day["day"] = app::text_of(one.day);
        day["level"] = one.level;
        days.push_back(std::move(day));
    }
    auto const beside = app::days_with_habits(*habits, *notes);
    auto const journal = co_await asked.services.space.all(me, private_kind::journal);
    if (!journal) co_return answer_error(journal.error());
    auto const clock = co_await asked.services.pace.clock_of(me);
    json::object made;
    made["from"] = app::text_of(period.from);
    made["to"] = app::text_of(period.to - std::chrono::days(1));
    made["days"] = std::move(days);
    made["sentence"] = spoken_for(asked).text_of(app::sentence_about(*all, period, wanted->span, beside));
    made["beside"] = beside_in(beside, *journal, period, clock);
    made["looked_back"] = ids_of(app::looking_back_on(*journal, period, clock));
    co_return http::json_response(200, made);
}

task<net::response> values(context asked)
{
    auto const me = asked.session();
    auto const all = co_await asked.services.space.all(me, private_kind::value);
    if (!all) co_return answer_error(all.error());
    auto const clock = co_await asked.services.pace.clock_of(me);
    auto const found = app::changes_in(*all, clock);
    auto const& spoken = spoken_for(asked);
    json::array sentences;
    json::object made;
    made["since"] = nullptr;
    if (found) {
        made["since"] = app::text_of(found->since);
        for (auto const& one : found->sentences)
            sentences.push_back(json::string(spoken.text_of(one)));
    }
    made["changes"] = std::move(sentences);
    co_return http::json_response(200, made);
}
} // namespace
} // namespace holdfast::api::over_time_routes

namespace holdfast::api {

void add_over_time_routes(std::vector<http::route>& to)
{
    using namespace over_time_routes;
    add_route(to, method::get, "/api/v1/mood-times", http::least::member, "account", moods);
    add_route(to, method::get, "/api/v1/value-changes", http::least::member, "account", values);
}

} // namespace holdfast::api
