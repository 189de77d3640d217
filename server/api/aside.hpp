// What its reader put aside, as they chose it: marked in lists, as a note marks what is folded. A program
// shows it only when its reader asks for it.
#pragma once
#include "server/api/decode.hpp"
#include "server/app/space/pacing.hpp"

#include <boost/json/object.hpp>

#include <memory>

namespace holdfast::api {

using own_pacing = std::shared_ptr<app::pacing const>; // null: nothing is chosen

task<result<own_pacing>> pacing_of(http::context asked);
// "aside": {"until": the last day, or null for somebody whose words they hide}; nothing when it isn't.
boost::json::object marked(domain::post const& post, own_pacing const& chosen, timestamp now);
boost::json::object marked(domain::thread const& thread, own_pacing const& chosen, timestamp now);

} // namespace holdfast::api
