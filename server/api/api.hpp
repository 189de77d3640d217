// The JSON API: thin handlers that decode, call one service and encode. One file per family.
#pragma once
#include "server/app/people/identity.hpp"
#include "server/http/rendered_cache.hpp"
#include "server/http/router.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::api {

// Adds the routes under /api/v1. `openapi` is the document served at /api/v1/openapi.json.
void add_routes(std::vector<http::route>& to, http::rendered_cache& cache, std::string_view openapi);

// A route that answers with JSON. What a GET asks counts as a read in the limits, all else as a write.
void add_route(
    std::vector<http::route>& to,
    net::method how,
    std::string path,
    http::least who,
    std::string object,
    http::handler run
);

void add_account_routes(std::vector<http::route>& to);
void add_copy_routes(std::vector<http::route>& to);
void add_notice_routes(std::vector<http::route>& to);
void add_partner_routes(std::vector<http::route>& to);
void add_passphrase_routes(std::vector<http::route>& to);
void add_share_routes(std::vector<http::route>& to);
void add_space_routes(std::vector<http::route>& to);
void add_habit_routes(std::vector<http::route>& to);
void add_over_time_routes(std::vector<http::route>& to);
void add_prompt_routes(std::vector<http::route>& to);
void add_waiting_routes(std::vector<http::route>& to);
void add_story_routes(std::vector<http::route>& to);
void add_story_share_routes(std::vector<http::route>& to);
void add_circle_routes(std::vector<http::route>& to);
void add_post_routes(std::vector<http::route>& to, http::rendered_cache& cache);
void add_care_routes(std::vector<http::route>& to);
void add_aftercare_routes(std::vector<http::route>& to);
void add_talk_routes(std::vector<http::route>& to);
void add_review_routes(std::vector<http::route>& to);
void add_safety_routes(std::vector<http::route>& to);
void add_policy_routes(std::vector<http::route>& to);
void add_figure_routes(std::vector<http::route>& to);
void add_audit_routes(std::vector<http::route>& to);
void add_support_routes(std::vector<http::route>& to, std::string_view openapi);

boost::json::object json_of(domain::principal const& who);
// The account, the session and its token, and a recovery code where one was made: all shown once.
net::response signed_in_response(unsigned status, app::signed_in const& made);

} // namespace holdfast::api
