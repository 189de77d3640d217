// The policy desk: which rules decide and how often each is right, what a change would do, and changing them.
#include "server/app/desk/policy_desk.hpp"
#include "server/http/problem.hpp"
#include "server/pages/desk/desk_words.hpp"
#include "server/pages/families.hpp"
#include "server/pages/parts.hpp"

namespace holdfast::pages::policy_pages {

using http::context;
using http::least;
using http::rate_kind;
using moderation::outcome;
using moderation::rule_state;
using net::method;

namespace {
std::string share_words(int part, int whole)
{
    return say("{part} of {whole}", {{"part", std::to_string(part)}, {"whole", std::to_string(whole)}});
}

view states_view(rule_state now)
{
    view all(view::type::list);
    for (auto const one : {rule_state::live, rule_state::shadow, rule_state::off}) {
        if (one == now) continue;
        view entry;
        entry.set("state", std::string(name_of(one)));
        entry.set(
            "words",
            one == rule_state::live     ? say("it acts")
            : one == rule_state::shadow ? say("it only watches")
                                        : say("it is off")
        );
        all.push_back(entry);
    }
    return all;
}

view rules_view(std::vector<app::rule_view> const& rules, bool may_change)
{
    view all(view::type::list);
    for (auto const& from : rules) {
        view one;
        one.set("rule", from.rule.name);
        one.set("about", words_of(from.rule.about));
        one.set("state_words", words_of(from.rule.state));
        one.set("outcome_words", words_of(from.rule.outcome));
        one.set("why", say(from.rule.why));
        one.set("noticed", std::to_string(from.counts.noticed));
        if (from.counts.would > 0) one.set("would", std::to_string(from.counts.would));
        if (from.counts.decided > 0)
            one.set("let_through", share_words(from.counts.let_through, from.counts.decided));
        if (from.in_file != from.rule.state) one.set("in_file", words_of(from.in_file));
        one.set("may_change", may_change);
        one.set("states", states_view(from.rule.state));
        all.push_back(one);
    }
    return all;
}

view changes_view(std::vector<app::rule_change_view> const& changes)
{
    view all(view::type::list);
    for (auto const& from : changes) {
        view one;
        one.set("id", from.change.id.text());
        one.set("rule", from.change.rule);
        one.set("before", words_of(from.change.before));
        one.set("after", words_of(from.change.after));
        one.set("after_state", std::string(name_of(from.change.after)));
        one.set("asked_by", from.asked_by.empty() ? say("Somebody who left") : from.asked_by);
        one.set("is_mine", from.is_mine);
        one.set("withdrawn", from.change.stage == domain::change_stage::withdrawn);
        auto const by_another = from.change.settled_by && *from.change.settled_by != from.change.asked_by;
        if (by_another && !from.settled_by.empty()) one.set("settled_by", from.settled_by);
        put_time(one, "at", from.change.settled_at.value_or(from.change.asked_at));
        all.push_back(one);
    }
    return all;
}

task<net::response> policy_page(context asked, renderer const& with)
{
    auto const found = co_await asked.services.policy_desk.view(asked.who);
    if (!found) co_return with.error_page()(asked, found.error());
    view versions(view::type::list);
    for (auto const& from : found->versions) {
        view one;
        one.set("version", from.id);
        one.set("link", http::percent_encoded(from.id));
        put_time(one, "at", from.first_used_at);
        versions.push_back(one);
    }
    view made;
    made.set("id", found->id);
    made.set("hold_from_risk", std::to_string(found->hold_from_risk));
    put_language_rule(made, found->language);
    made.set("is_lead", asked.who->is_lead);
    made.set("rules", rules_view(found->rules, asked.who->is_lead));
    made.set("has_waiting", !found->waiting.empty());
    made.set("waiting", changes_view(found->waiting));
    made.set("has_settled", !found->settled.empty());
    made.set("settled", changes_view(found->settled));
    made.set("versions", versions);
    co_return with.get().page(asked, 200, say("The rules of our check"), "rules", made);
}

task<net::response> version_page(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return with.error_page()(asked, query.error());
    auto const id = http::field_of(*query, "id");
    auto const text = co_await asked.services.policy_desk.text_of(asked.who, id);
    if (!text) co_return with.error_page()(asked, text.error());
    view made;
    made.set("version", id);
    made.set("text", *text);
    co_return with.get().page(asked, 200, say("The rules as they were"), "rules_version", made);
}

void put_past(view& to, app::replayed const& past)
{
    view all(view::type::list);
    for (std::size_t before = 0; before < app::replayed::outcomes; ++before) {
        for (std::size_t after = 0; after < app::replayed::outcomes; ++after) {
            if (before == after || past.became[before][after] == 0) continue;
            view one;
            one.set("before", words_of(static_cast<outcome>(before)));
            one.set("after", words_of(static_cast<outcome>(after)));
            one.set("texts", std::to_string(past.became[before][after]));
            all.push_back(one);
        }
    }
    to.set("looked_at", std::to_string(past.looked_at));
    to.set("left_out", std::to_string(past.left_out));
    to.set("has_left_out", past.left_out > 0);
    to.set("would_change", std::to_string(past.would_change()));
    to.set("has_changes", past.would_change() > 0);
    to.set("changes", all);
    to.set("stops", std::to_string(past.stops_what_people_let_through));
    to.set("lets_through", std::to_string(past.lets_through_what_people_stopped));
    to.set("crises", std::to_string(past.crises_not_held));
    to.set("has_crises", past.crises_not_held > 0);
}

task<net::response> replay_page(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return with.error_page()(asked, query.error());
    auto const rule = http::field_of(*query, "rule");
    auto const state = http::field_of(*query, "state");
    auto const past = co_await asked.services.policy_desk.replay(asked.who, rule, state);
    if (!past) co_return with.error_page()(asked, past.error());
    auto const after = moderation::rule_state_named(state).value_or(rule_state::live);
    view made;
    made.set("rule", rule);
    made.set("state", state);
    made.set("state_words", words_of(after));
    made.set("acts", after == rule_state::live);
    put_past(made, *past);
    co_return with.get().page(asked, 200, say("What would change"), "rules_replay", made);
}

task<net::response> ask(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const rule = http::field_of(*form, "rule");
    auto const state = http::field_of(*form, "state");
    auto const done = co_await asked.services.policy_desk.ask(asked.who, rule, state);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/policy");
}

task<net::response> settle(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const agrees = http::field_of(*form, "agree") == "yes";
    auto const change = rule_change_id::parse(asked.ids.at(0)).value_or(rule_change_id());
    auto const done = co_await asked.services.policy_desk.settle(asked.who, change, agrees);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/policy");
}
} // namespace
} // namespace holdfast::pages::policy_pages

namespace holdfast::pages {

void add_policy_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace policy_pages;
    add_page(to, with, method::get, "/policy", least::facilitator, "", policy_page);
    add_page(to, with, method::get, "/policy/version", least::facilitator, "", version_page);
    add_page(to, with, method::get, "/policy/replay", least::lead, "policy", replay_page, rate_kind::write);
    add_page(to, with, method::post, "/policy/changes", least::lead, "policy", ask, rate_kind::write);
    add_page(
        to, with, method::post, "/policy/changes/{id}", least::lead, "rule_change", settle, rate_kind::write
    );
}

} // namespace holdfast::pages
