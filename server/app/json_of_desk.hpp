// What facilitators and members read about the desk's work, as JSON: the shapes of schema/openapi.yaml.
#pragma once
#include "server/app/appeals.hpp"
#include "server/app/figures.hpp"
#include "server/app/measures.hpp"
#include "server/app/reasons.hpp"
#include "server/app/reports.hpp"
#include "server/app/review.hpp"

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
