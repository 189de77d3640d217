// What people and programs read, as JSON: the shapes of schema/openapi.yaml, for the API and live events
// alike.
#pragma once
#include "moderation/policy/policy.hpp"
#include "server/app/posts/posts.hpp"
#include "server/domain/account.hpp"
#include "server/domain/care.hpp"
#include "server/domain/circle.hpp"
#include "server/domain/post.hpp"
#include "server/domain/review.hpp"
#include "server/store/rows.hpp"

#include <boost/json/object.hpp>

namespace holdfast::app {

boost::json::object json_of(domain::post const& post);
boost::json::object json_of(domain::thread const& thread);
boost::json::object json_of(domain::circle const& circle);
boost::json::object json_of(moderation::policy const& own); // a circle's own
boost::json::object json_of(domain::care const& care);
boost::json::object json_of(domain::help_line const& line);
boost::json::object json_of(domain::own_post const& post);
boost::json::object json_of(domain::review_item const& item);
boost::json::object json_of(domain::application const& application);
boost::json::object json_of(domain::session_info const& session);
boost::json::object json_of(submission const& sent);
boost::json::object json_of(store::audit_row const& row); // for a lead
// Where and why, without scores. With the policy's rules that acted, and those that only watch, for
// facilitators.
boost::json::array findings_of(moderation::decision const& decided, bool with_rules);
boost::json::array names_of(moderation::label_set labels);
boost::json::array nudges_of(moderation::decision const& decided); // which passage, and why to look again

} // namespace holdfast::app
