// Care as JSON: the shapes of schema/openapi.yaml.
#pragma once
#include "server/app/care/figures.hpp"
#include "server/domain/aftercare.hpp"
#include "server/domain/alarm.hpp"
#include "server/domain/talk.hpp"

#include <boost/json/object.hpp>

namespace holdfast::app {

boost::json::object json_of(domain::alarm const& alarm, account_id const& reader);
boost::json::object json_of(domain::duty const& duty, account_id const& reader);

boost::json::object json_of(domain::talk const& talk, account_id const& reader);
boost::json::object json_of(domain::talk_message const& message);

boost::json::object json_of(domain::follow_up const& one);
boost::json::object json_of(domain::concern const& one);        // as the one who worried knows it
boost::json::object opened_json_of(domain::concern const& one); // for those who look after the circle
boost::json::object json_of(care_figures const& made);

} // namespace holdfast::app
