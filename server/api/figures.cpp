// The desk's figures, as JSON and as a file.
#include "server/app/desk/figures.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/desk/json_of_desk.hpp"

#include <charconv>

namespace holdfast::api::figure_routes {

using http::context;
using net::method;

namespace {
struct asked_figures {
    std::optional<circle_id> circle;
    int days = 30;
};

result<asked_figures> asked_in(net::request const& asked)
{
    auto const query = http::form_fields(asked.query());
    if (!query) return query.error();
    asked_figures made;
    auto const circle = http::field_of(*query, "circle");
    if (!circle.empty()) made.circle = circle_id::parse(circle).value_or(circle_id());
    auto const days = http::field_of(*query, "days");
    if (!days.empty()) {
        made.days = 0; // what is no number is refused with the choices
        std::from_chars(days.data(), days.data() + days.size(), made.days);
    }
    return made;
}

task<net::response> figures(context asked)
{
    auto const wanted = asked_in(*asked.request);
    if (!wanted) co_return answer_error(wanted.error());
    auto const found = co_await asked.services.figures.of_desk(asked.who, wanted->circle, wanted->days);
    if (!found) co_return answer_error(found.error());
    co_return http::json_response(200, app::json_of(*found));
}

task<net::response> as_csv(context asked)
{
    auto const wanted = asked_in(*asked.request);
    if (!wanted) co_return answer_error(wanted.error());
    auto const found = co_await asked.services.figures.of_desk(asked.who, wanted->circle, wanted->days);
    if (!found) co_return answer_error(found.error());
    co_return http::csv_response("holdfast-figures.csv", app::csv_of(*found));
}
} // namespace
} // namespace holdfast::api::figure_routes

namespace holdfast::api {

void add_figure_routes(std::vector<http::route>& to)
{
    using namespace figure_routes;
    using http::least;
    add_route(to, method::get, "/api/v1/figures", least::facilitator, "", figures);
    add_route(to, method::get, "/api/v1/figures.csv", least::facilitator, "", as_csv);
}

} // namespace holdfast::api
