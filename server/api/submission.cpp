#include "server/api/submission.hpp"

#include "server/app/posts/json_of.hpp"
#include "server/http/answers.hpp"
#include "server/http/problem.hpp"

namespace holdfast::api {

namespace json = boost::json;

namespace {
// Nothing was taken. The same request again with "nudge_seen": true sends the text as it is.
net::response nudge_response(app::submission const& sent)
{
    error const asked{
        errc::nudged,
        {},
        0,
        "Your words may land differently than you mean them. You can change them, or send them as they are."};
    auto problem = http::problem_of(asked);
    problem["nudge"] = app::nudges_of(sent.decided);
    return http::json_response(409, problem, "application/problem+json");
}
} // namespace

net::response submission_response(app::submission const& sent, json::object const& more)
{
    if (sent.nudged) return nudge_response(sent);
    auto made = app::json_of(sent);
    for (auto const& [name, value] : more)
        made[name] = value;
    switch (sent.state) {
    case domain::post_state::visible:
    case domain::post_state::folded:
        return http::json_response(201, made);
    case domain::post_state::returned: {
        error const returned{
            errc::returned,
            {},
            0,
            "Your words are saved. One part needs a small change before the circle reads it."};
        auto problem = http::problem_of(returned);
        for (auto& [name, value] : made)
            problem[name] = value;
        return http::json_response(422, problem, "application/problem+json");
    }
    case domain::post_state::held:
    case domain::post_state::removed:
        break;
    }
    return http::json_response(202, made);
}

} // namespace holdfast::api
