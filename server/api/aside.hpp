// What its reader put aside, as they chose it: marked in lists, as a note marks what is folded. A program
// shows it only when its reader asks for it.
#pragma once
#include "server/api/decode.hpp"
#include "server/app/space/pacing.hpp"
#include "server/domain/partner.hpp"

#include <boost/json/object.hpp>

namespace holdfast::api {

using app::own_pacing;

task<result<own_pacing>> pacing_of(http::context asked);
// "aside": {"until": the last day, or null for somebody whose words they hide}; nothing when it isn't.
boost::json::object marked(domain::post const& post, own_pacing const& chosen, timestamp now);
boost::json::object marked(domain::thread const& thread, own_pacing const& chosen, timestamp now);
// Of a question that waits for them; what is between two people already is marked nowhere.
boost::json::object marked(domain::partnership const& between, own_pacing const& chosen, timestamp now);

} // namespace holdfast::api
