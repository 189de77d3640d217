// What facilitators and members read about the desk's work, as JSON: the shapes of schema/openapi.yaml.
#pragma once
#include "server/app/desk/appeals.hpp"
#include "server/app/desk/figures.hpp"
#include "server/app/desk/measures.hpp"
#include "server/app/desk/reasons.hpp"
#include "server/app/desk/reports.hpp"
#include "server/app/desk/review.hpp"

#include <boost/json/object.hpp>

namespace holdfast::app {

boost::json::object json_of(review_item_opened const& opened);
boost::json::object json_of(own_day const& day);
boost::json::object json_of(handed_out const& handed);
boost::json::object json_of(domain::limit const& limit);
boost::json::object json_of(own_standing const& standing);
boost::json::object json_of(own_report const& report);
boost::json::object json_of(appeal_view const& appeal);
boost::json::object json_of(reason_template const& ready);
boost::json::object json_of(desk_figures const& figures);
std::string csv_of(desk_figures const& figures); // a line for each lane

} // namespace holdfast::app
