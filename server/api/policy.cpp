// The policy desk: the rules that decide, what a change would do, and changing them.
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/desk/policy_desk.hpp"
#include "server/app/policy/policies.hpp"

#include <boost/json/array.hpp>

namespace holdfast::api::policy_routes {

namespace json = boost::json;
using http::context;
using net::method;

namespace {
json::object json_of(domain::rule_change const& change)
{
    json::object made;
    made["id"] = change.id.text();
    made["rule"] = change.rule;
    made["before"] = moderation::name_of(change.before);
    made["after"] = moderation::name_of(change.after);
    made["loosens"] = change.loosens;
    made["stage"] = domain::name_of(change.stage);
    made["asked_at"] = iso8601(change.asked_at);
    if (change.settled_at) made["settled_at"] = iso8601(*change.settled_at);
    return made;
}

json::array json_of(std::vector<app::rule_change_view> const& changes)
{
    json::array made;
    for (auto const& one : changes) {
        auto entry = json_of(one.change);
        entry["asked_by"] = one.asked_by;
        entry["is_mine"] = one.is_mine;
        if (!one.settled_by.empty()) entry["settled_by"] = one.settled_by;
        made.push_back(std::move(entry));
    }
    return made;
}

json::object json_of(app::rule_view const& from)
{
    json::object made;
    made["name"] = from.rule.name;
    made["label"] = moderation::name_of(from.rule.about);
    made["state"] = moderation::name_of(from.rule.state);
    made["state_in_file"] = moderation::name_of(from.in_file);
    made["outcome"] = moderation::name_of(from.rule.outcome);
    made["threshold"] = from.rule.threshold;
    made["why"] = from.rule.why;
    made["reason"] = from.rule.reason;
    made["noticed"] = from.counts.noticed;
    made["would_notice"] = from.counts.would;
    made["decided"] = from.counts.decided;
    made["let_through"] = from.counts.let_through;
    return made;
}

json::object json_of(app::policy_desk_view const& found)
{
    json::array rules;
    for (auto const& one : found.rules)
        rules.push_back(json_of(one));
    json::array versions;
    for (auto const& one : found.versions)
        versions.push_back({{"id", one.id}, {"first_used_at", iso8601(one.first_used_at)}});
    json::object made;
    made["id"] = found.id;
    made["hold_from_risk"] = found.hold_from_risk;
    made["language"] = {{"state", moderation::name_of(found.language.state)}, {"why", found.language.why}};
    made["rules"] = std::move(rules);
    made["waiting"] = json_of(found.waiting);
    made["settled"] = json_of(found.settled);
    made["versions"] = std::move(versions);
    return made;
}

json::object json_of(app::replayed const& past)
{
    json::array changes;
    for (std::size_t before = 0; before < app::replayed::outcomes; ++before) {
        for (std::size_t after = 0; after < app::replayed::outcomes; ++after) {
            if (before == after || past.became[before][after] == 0) continue;
            changes.push_back(
                {{"before", moderation::name_of(static_cast<moderation::outcome>(before))},
                 {"after", moderation::name_of(static_cast<moderation::outcome>(after))},
                 {"texts", past.became[before][after]}}
            );
        }
    }
    json::object made;
    made["looked_at"] = past.looked_at;
    made["left_out"] = past.left_out;
    made["would_change"] = past.would_change();
    made["changes"] = std::move(changes);
    made["stops_what_people_let_through"] = past.stops_what_people_let_through;
    made["lets_through_what_people_stopped"] = past.lets_through_what_people_stopped;
    made["crises_not_held"] = past.crises_not_held;
    made["texts"] = json::array(past.changed.begin(), past.changed.end());
    return made;
}

struct asked_rule {
    std::string rule;
    std::string state;
};

result<asked_rule> rule_in(net::request const& asked)
{
    auto body = http::json_body::read(asked);
    if (!body) return body.error();
    asked_rule made{body->text("rule"), body->text("state")};
    auto const good = body->check();
    if (!good) return good.error();
    return made;
}

result<bool> agreement_in(net::request const& asked)
{
    auto body = http::json_body::read(asked);
    if (!body) return body.error();
    auto const agrees = body->maybe_boolean("agree");
    auto const good = body->check();
    if (!good) return good.error();
    if (!agrees) return invalid_field("agree", "This is needed: true to agree, false to take it back.");
    return *agrees;
}

task<net::response> show(context asked)
{
    auto const found = co_await asked.services.policy_desk.view(asked.who);
    if (!found) co_return answer_error(found.error());
    co_return http::json_response(200, json_of(*found));
}

task<net::response> show_version(context asked)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return answer_error(query.error());
    auto const id = http::field_of(*query, "id");
    auto const text = co_await asked.services.policy_desk.text_of(asked.who, id);
    if (!text) co_return answer_error(text.error());
    json::object const made{{"id", id}, {"text", *text}};
    co_return http::json_response(200, made);
}

task<net::response> replay(context asked)
{
    auto const wanted = rule_in(*asked.request);
    if (!wanted) co_return answer_error(wanted.error());
    auto const past = co_await asked.services.policy_desk.replay(asked.who, wanted->rule, wanted->state);
    if (!past) co_return answer_error(past.error());
    co_return http::json_response(200, json_of(*past));
}

task<net::response> ask(context asked)
{
    auto const wanted = rule_in(*asked.request);
    if (!wanted) co_return answer_error(wanted.error());
    auto const made = co_await asked.services.policy_desk.ask(asked.who, wanted->rule, wanted->state);
    if (!made) co_return answer_error(made.error());
    auto const waits = made->stage == domain::change_stage::waits;
    co_return http::json_response(waits ? 202 : 201, json_of(*made));
}

task<net::response> settle(context asked)
{
    auto const agrees = agreement_in(*asked.request);
    if (!agrees) co_return answer_error(agrees.error());
    auto const change = id_at<rule_change_id>(asked, 0);
    auto const done = co_await asked.services.policy_desk.settle(asked.who, change, *agrees);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

task<net::response> settle_wish(context asked)
{
    auto const agrees = agreement_in(*asked.request);
    if (!agrees) co_return answer_error(agrees.error());
    auto const circle = id_at<circle_id>(asked, 0);
    auto const done = co_await asked.services.policies.settle(asked.who, circle, *agrees);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}
} // namespace
} // namespace holdfast::api::policy_routes

namespace holdfast::api {

void add_policy_routes(std::vector<http::route>& to)
{
    using namespace policy_routes;
    using http::least;
    add_route(to, method::get, "/api/v1/policy", least::facilitator, "", show);
    add_route(to, method::get, "/api/v1/policy/version", least::facilitator, "", show_version);
    add_route(to, method::post, "/api/v1/policy/replay", least::lead, "policy", replay);
    add_route(to, method::post, "/api/v1/policy/changes", least::lead, "policy", ask);
    add_route(to, method::post, "/api/v1/policy/changes/{id}", least::lead, "rule_change", settle);
    add_route(
        to, method::post, "/api/v1/circles/{id}/policy", least::facilitator, "policy_wish", settle_wish
    );
}

} // namespace holdfast::api
