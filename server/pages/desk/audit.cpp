// The record: for a lead with a filter, for a member what concerns them.
#include "server/app/desk/audit_log.hpp"
#include "server/app/plain_words.hpp"
#include "server/base/limits.hpp"
#include "server/http/audit_query.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/parts.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <charconv>

namespace holdfast::pages::audit_pages {

namespace json = boost::json;
using http::context;
using http::least;
using net::method;

namespace {
struct action_words {
    std::string_view action;
    std::string_view words;     // for a lead
    std::string_view to_member; // for whom it concerns, "" when it concerns nobody
};

// said all
constexpr std::array known_actions{
    action_words{"private.read", "Read something private", "read something that only you should see"},
    action_words{
        "application.read", "Read somebody's words on joining", "read your words when you asked to join"},
    action_words{"post.decided", "Decided about a post", "decided about a post of yours"},
    action_words{"post.submitted", "Sent a post", ""},
    action_words{"post.removed", "Took a post down", ""},
    action_words{"review.claimed", "Took an item", ""},
    action_words{"care.author_safe", "Said: I am safe for now", ""},
    action_words{"post.reported", "Told facilitators about a post", ""},
    action_words{
        "post.hidden",
        "Hid a post until somebody looks",
        "hid a post of yours until a facilitator looks, because members asked for that"},
    action_words{"appeal.asked", "Asked for another look", ""},
    action_words{
        "appeal.answered", "Wrote to somebody who asked for another look", "wrote to you about another look"},
    action_words{"review.second", "Asked for a second pair of eyes", ""},
    action_words{"review.escalated", "Asked a lead to look", ""},
    action_words{
        "review.noted",
        "Wrote a note about somebody",
        "wrote a note about you, for those who look after a circle"},
    action_words{"limit.set", "Set a limit", "set a limit for you"},
    action_words{"limit.ended", "Ended a limit", "ended a limit of yours"},
    action_words{"circle.locked", "Paused a circle", ""},
    action_words{"circle.opened", "Opened a circle again", ""},
    action_words{"circle.created", "Made a circle", ""},
    action_words{"circle.changed", "Changed a circle", ""},
    action_words{"circle.joined", "Joined a circle", ""},
    action_words{"circle.left", "Left a circle", ""},
    action_words{"circle.applied", "Asked to join a circle", ""},
    action_words{"circle.role", "Changed somebody's role", "changed your role in a circle"},
    action_words{"circle.policy", "Changed a circle's own rules", ""},
    action_words{"circle.policy_asked", "Asked for milder rules in a circle", ""},
    action_words{"circle.policy_withdrawn", "Left a circle's rules as they were", ""},
    action_words{"policy.asked", "Asked for a milder rule", ""},
    action_words{"policy.changed", "Changed a rule of our check", ""},
    action_words{"policy.withdrawn", "Left a rule of our check as it was", ""},
    action_words{"application.accepted", "Welcomed somebody", "said yes when you asked to join"},
    action_words{"application.declined", "Said: not now", "said not now when you asked to join"},
    action_words{"account.joined", "Joined this place", ""},
    action_words{"account.erased", "Deleted their account", ""},
    action_words{"account.lead", "Made somebody a lead", ""},
    action_words{"account.no_lead", "Somebody is no lead any more", ""},
    action_words{"account.passphrase", "Changed their passphrase", ""},
    action_words{"account.recovered", "Came back in with a code", ""},
    action_words{"account.recovery_code", "Made a new code", ""},
    action_words{"care.alarmed", "Asked people to look after somebody", ""},
    action_words{"care.taken", "Took it: I've got this", ""},
    action_words{"care.passed_on", "Passed it on", ""},
    action_words{
        "care.outside_help",
        "Wrote down that a person called for help outside",
        "wrote down that a person called for help outside"},
    action_words{"care.concern", "Told us that they worry", ""},
    action_words{"care.concern_answered", "Looked at a worry", ""},
    action_words{"care.follow_up", "Said how it is now", ""},
    action_words{"care.talk_opened", "Opened a private talk", ""},
    action_words{"care.talk_reopened", "Opened a private talk again", ""},
    action_words{"care.talk_closed", "Closed a private talk", ""},
    action_words{"care.member_wrote", "Wrote in a private talk", ""},
    action_words{"care.facilitator_wrote", "Answered in a private talk", ""},
    action_words{"duty.added", "Put a time on the rota", ""},
    action_words{"duty.removed", "Took a time off the rota", ""},
    action_words{"review.passed", "Left an item to others", ""},
    action_words{"audit.exported", "Took a copy of this record", ""},
};

action_words words_of(std::string const& action)
{
    for (auto const& one : known_actions) {
        if (one.action == action) return one;
    }
    return {action, action, "did something that concerns you"}; // said
}

json::object detail_of(store::audit_entry const& entry)
{
    boost::system::error_code failed;
    auto const read = json::parse(entry.detail, failed);
    return !failed && read.is_object() ? read.as_object() : json::object();
}

// What private words were read: a member can't open a talk's id as a post.
std::string read_words(std::string const& what)
{
    if (what == "talk") return say("read a private talk of yours");
    if (what == "story") return say("read a story that you shared, together with a note to it");
    return what == "concern" ? say("read what you told us about somebody") : "";
}

// The detail of an entry as a lead reads it: "decision: keep, lane: harm".
std::string detail_words(json::object const& detail)
{
    std::vector<std::string> made;
    for (auto const& [name, value] : detail) {
        auto& words = made.emplace_back(name == "of" ? std::string("whose") : std::string(name));
        words += ": ";
        words += value.is_string() ? std::string(value.as_string()) : json::serialize(value);
    }
    return app::listed(made);
}

view actions_view(std::string const& chosen)
{
    view all(view::type::list);
    for (auto const& one : known_actions) {
        view entry;
        entry.set("action", std::string(one.action));
        entry.set("words", say(one.words));
        entry.set("chosen", one.action == chosen);
        all.push_back(entry);
    }
    return all;
}

view entries_view(app::audit_page const& page)
{
    view all(view::type::list);
    for (auto const& row : page.entries) {
        view one;
        one.set("number", std::to_string(row.number));
        one.set("words", say(words_of(row.entry.action).words));
        put_time(one, "at", row.entry.at);
        if (row.entry.actor) {
            auto const known = page.names.find(*row.entry.actor);
            one.set("actor", row.entry.actor->text());
            one.set("name", known == page.names.end() ? say("somebody who left") : known->second);
        }
        if (!row.entry.object.empty()) one.set("about", row.entry.object);
        auto const detail = detail_words(detail_of(row.entry));
        if (!detail.empty()) one.set("detail_words", detail);
        all.push_back(one);
    }
    return all;
}

std::optional<std::int64_t> number_in(http::fields const& query, std::string_view name)
{
    auto const text = http::field_of(query, name);
    std::int64_t made = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), made);
    if (text.empty() || failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return made;
}

// The query once more, for links to its older pages and its file: only what was asked for.
std::string filter_text(http::fields const& query)
{
    std::string made;
    for (auto const* const name : {"actor", "circle", "action", "object", "from", "to"}) {
        auto const value = http::field_of(query, name);
        if (value.empty()) continue;
        made += '&';
        made += name;
        made += '=' + http::percent_encoded(value);
    }
    return made;
}

task<net::response> audit_page(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return with.error_page()(asked, query.error());
    auto const wanted = http::audit_filter_of(asked.request->query());
    auto const filter = wanted ? *wanted : store::audit_filter();
    auto const before = number_in(*query, "before");
    auto const found =
        co_await asked.services.audit_log.entries(asked.who, filter, before, limits::page_posts);
    if (!found) co_return with.error_page()(asked, found.error());
    view made;
    made.set("entries", entries_view(*found));
    made.set("actions", actions_view(filter.action));
    made.set("filter", filter_text(*query));
    for (auto const* const name : {"from", "to", "actor", "circle", "object"}) {
        auto const value = http::field_of(*query, name);
        if (!value.empty()) made.set(std::string("only_") + name, value);
    }
    if (found->next) made.set("older", std::to_string(*found->next));
    made.set("errors_html", wanted ? std::string() : errors_html(with.get(), wanted.error()));
    co_return with.get().page(
        asked, wanted ? 200 : http::status_of(errc::invalid), say("The record"), "audit", made
    );
}

task<net::response> own_record(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return with.error_page()(asked, query.error());
    auto const before = number_in(*query, "before");
    auto const found = co_await asked.services.audit_log.about(asked.who, before, limits::page_posts);
    if (!found) co_return with.error_page()(asked, found.error());
    view all(view::type::list);
    for (auto const& row : found->entries) {
        view one;
        one.set(
            "who",
            !row.entry.actor                         ? say("The program")
            : *row.entry.actor == asked.who->account ? say("You")
                                                     : say("A facilitator")
        );
        auto const what = app::what_was_read(row.entry);
        one.set("words", what.empty() ? say(words_of(row.entry.action).to_member) : read_words(what));
        put_time(one, "at", row.entry.at);
        auto const& action = row.entry.action;
        auto const is_about_post = (action == "private.read" && (what.empty() || what == "story")) ||
                                   action.starts_with("post.") || action == "appeal.answered";
        if (is_about_post) one.set("post", row.entry.object);
        all.push_back(one);
    }
    view made;
    made.set("entries", all);
    if (found->next) made.set("older", std::to_string(*found->next));
    co_return with.get().page(asked, 200, say("Who read what of yours"), "record", made);
}
} // namespace
} // namespace holdfast::pages::audit_pages

namespace holdfast::pages {

void add_audit_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace audit_pages;
    add_page(to, with, method::get, "/audit", least::lead, "", audit_page);
    add_page(to, with, method::get, "/me/record", least::member, "account", own_record);
}

} // namespace holdfast::pages
