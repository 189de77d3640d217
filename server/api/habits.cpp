// Habits beyond what every kind of private writing has: a note for a day, one that comes of a tool, and how
// the last weeks went.
#include "server/app/space/habits.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/space/pacing.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/base/phrase.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::habit_routes {

namespace json = boost::json;
using domain::private_kind;
using http::context;
using http::least;
using net::method;

namespace {
task<net::response> note(context asked)
{
    auto const given = http::json_object(*asked.request);
    if (!given) co_return answer_error(given.error());
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const made = co_await app::note_habit(asked.services.space, me, id, *given);
    if (!made) co_return answer_error(made.error());
    co_return http::json_response(200, app::json_of(*made));
}

task<net::response> from_tool(context asked)
{
    auto body = http::json_body::read(*asked.request);
    if (!body) co_return answer_error(body.error());
    auto const from = body->text("from");
    auto const good = body->check();
    if (!good) co_return answer_error(good.error());
    auto const me = asked.session();
    auto const& spoken = spoken_for(asked);
    auto const made = co_await app::habit_from(asked.services.space, me, from, spoken);
    if (!made) co_return answer_error(made.error());
    co_return http::json_response(200, app::json_of(*made));
}

json::object json_of_week(app::habit_week const& week)
{
    json::array did;
    json::array bit;
    for (auto const& day : week.days) {
        if (day.mark == app::habit_mark::did) did.push_back(json::string(app::text_of(day.day)));
        if (day.mark == app::habit_mark::bit) bit.push_back(json::string(app::text_of(day.day)));
    }
    json::object made;
    made["from"] = app::text_of(week.from);
    made["did"] = std::move(did);
    made["bit"] = std::move(bit);
    if (auto const usual = app::usual_number(week.days)) made["usual"] = *usual;
    return made;
}

task<net::response> weeks(context asked)
{
    auto const me = asked.session();
    auto const habits = co_await asked.services.space.all(me, private_kind::habit);
    if (!habits) co_return answer_error(habits.error());
    auto const notes = co_await asked.services.space.all(me, private_kind::habit_note);
    if (!notes) co_return answer_error(notes.error());
    auto const today = co_await asked.services.pace.today(me);
    json::array items;
    for (auto const& habit : *habits) {
        auto const shown = app::weeks_of(app::days_of_habit(habit.id, *notes), today);
        json::array all;
        for (auto const& week : shown)
            all.push_back(json_of_week(week));
        json::object one;
        one["habit"] = habit.id.text();
        one["name"] = app::text_in(habit.body, "name");
        one["sentence"] =
            spoken_for(asked).text_of(app::sentence_about_habit(shown, app::text_in(habit.body, "unit")));
        one["weeks"] = std::move(all);
        items.push_back(std::move(one));
    }
    co_return http::json_response(200, list_of(std::move(items), std::nullopt));
}
} // namespace
} // namespace holdfast::api::habit_routes

namespace holdfast::api {

void add_habit_routes(std::vector<http::route>& to)
{
    using namespace habit_routes;
    add_route(to, method::put, "/api/v1/habits/{id}/notes", least::member, "habit", note);
    add_route(to, method::post, "/api/v1/habits/from-tool", least::member, "account", from_tool);
    add_route(to, method::get, "/api/v1/habit-weeks", least::member, "account", weeks);
}

} // namespace holdfast::api
