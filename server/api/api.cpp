#include "server/api/api.hpp"

namespace holdfast::api {

void add_route(
    std::vector<http::route>& to,
    net::method how,
    std::string path,
    http::least who,
    std::string object,
    http::handler run
)
{
    auto const rate = how == net::method::get ? http::rate_kind::read : http::rate_kind::write;
    to.push_back({how, std::move(path), who, std::move(object), http::answers::json, std::move(run), rate});
}

void add_routes(std::vector<http::route>& to, http::rendered_cache& cache, std::string_view openapi)
{
    add_account_routes(to);
    add_copy_routes(to);
    add_notice_routes(to);
    add_passphrase_routes(to);
    add_space_routes(to);
    add_habit_routes(to);
    add_over_time_routes(to);
    add_prompt_routes(to);
    add_waiting_routes(to);
    add_story_routes(to);
    add_story_share_routes(to);
    add_share_routes(to);
    add_partner_routes(to);
    add_circle_routes(to);
    add_post_routes(to, cache);
    add_review_routes(to);
    add_care_routes(to);
    add_talk_routes(to);
    add_aftercare_routes(to);
    add_safety_routes(to);
    add_audit_routes(to);
    add_policy_routes(to);
    add_figure_routes(to);
    add_support_routes(to, openapi);
}

} // namespace holdfast::api
