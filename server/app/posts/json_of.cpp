#include "server/app/posts/json_of.hpp"
#include "moderation/policy/ruling.hpp"

#include <boost/json/array.hpp>

namespace holdfast::app {

namespace json = boost::json;

json::array names_of(moderation::label_set labels)
{
    json::array made;
    for (std::size_t at = 0; at < moderation::label_count; ++at) {
        auto const label = static_cast<moderation::label>(at);
        if (labels.has(label)) made.push_back(json::value(moderation::name_of(label)));
    }
    return made;
}

namespace {
json::object author_of(std::string const& nickname, bool facilitator)
{
    json::object made;
    made["nickname"] = nickname;
    made["facilitator"] = facilitator;
    return made;
}
} // namespace

json::array findings_of(moderation::decision const& decided, bool with_rules)
{
    json::array made;
    for (auto const& finding : decided.findings) {
        auto const is_rule = finding.shadow || !moderation::rule_that_acted(finding).empty();
        if (is_rule && !with_rules) continue;
        json::object one;
        one["rule"] = finding.rule;
        if (finding.about) one["label"] = moderation::name_of(*finding.about);
        one["begin"] = finding.where.begin;
        one["end"] = finding.where.end;
        one["reason"] = finding.reason;
        if (finding.shadow) one["shadow"] = true;
        made.push_back(std::move(one));
    }
    return made;
}

json::array nudges_of(moderation::decision const& decided)
{
    json::array made;
    for (auto const& finding : decided.findings) {
        if (finding.shadow || !finding.rule.starts_with("nudge")) continue;
        json::object one;
        one["begin"] = finding.where.begin;
        one["end"] = finding.where.end;
        one["reason"] = finding.reason;
        made.push_back(std::move(one));
    }
    return made;
}

json::object json_of(domain::post const& post)
{
    json::object made;
    made["id"] = post.id.text();
    made["thread"] = post.thread.text();
    made["circle"] = post.circle.text();
    made["author"] = author_of(post.nickname, post.by_facilitator);
    made["number"] = post.number;
    made["version"] = post.version;
    made["state"] = post.folded ? "folded" : "visible";
    if (post.folded) made["notes"] = names_of(post.labels);
    if (!post.content.title.empty()) made["title"] = post.content.title;
    made["text"] = post.content.text;
    made["created_at"] = iso8601(post.created_at);
    if (post.edited_at) made["edited_at"] = iso8601(*post.edited_at);
    return made;
}

json::object json_of(domain::thread const& thread)
{
    json::object made;
    made["id"] = thread.id.text();
    made["circle"] = thread.circle.text();
    made["opening"] = thread.opening.text();
    made["state"] = thread.folded ? "folded" : "visible";
    if (thread.folded) made["notes"] = names_of(thread.labels);
    made["title"] = thread.title;
    made["author"] = author_of(thread.nickname, false);
    made["posts"] = thread.visible_posts;
    made["created_at"] = iso8601(thread.created_at);
    made["active_at"] = iso8601(thread.active_at);
    return made;
}

json::object json_of(domain::circle const& circle)
{
    json::object made;
    made["id"] = circle.id.text();
    made["name"] = circle.texts.name;
    made["purpose"] = circle.texts.purpose;
    made["agreement"] = circle.texts.agreement;
    made["agreement_version"] = circle.agreement_version;
    made["hours"] = circle.texts.hours;
    made["entry"] = domain::name_of(circle.entry);
    made["readable_by"] = domain::name_of(circle.readable_by);
    made["created_at"] = iso8601(circle.created_at);
    return made;
}

json::object json_of(moderation::policy const& own)
{
    json::object made;
    made["name"] = own.name;
    made["version"] = own.version;
    if (own.care_line > 0) made["hold_from_risk"] = own.hold_from_risk;
    json::array rules;
    for (auto const& rule : own.rules) {
        json::object one;
        one["name"] = rule.name;
        one["label"] = moderation::name_of(rule.about);
        one["threshold"] = rule.threshold;
        if (rule.false_holds) one["false_holds"] = *rule.false_holds;
        one["outcome"] = moderation::name_of(rule.outcome);
        one["state"] = moderation::name_of(rule.state);
        one["why"] = rule.why;
        one["reason"] = rule.reason;
        rules.push_back(std::move(one));
    }
    made["rules"] = std::move(rules);
    made["text"] = own.text;
    return made;
}

json::object json_of(domain::help_line const& line)
{
    json::object made;
    made["name"] = line.name;
    made["kind"] = line.kind;
    made["for"] = line.for_whom;
    made["hours"] = line.hours;
    made["languages"] = line.languages;
    made["source"] = line.source;
    made["checked_on"] = line.checked_on;
    json::array ways;
    for (auto const& way : line.ways) {
        ways.push_back({{"kind", way.kind}, {"value", way.value}, {"words", way.words}, {"href", way.href}});
    }
    made["ways"] = std::move(ways);
    return made;
}

json::object json_of(domain::care const& care)
{
    json::object made;
    made["country"] = care.country;
    json::array lines;
    for (auto const& line : care.lines)
        lines.push_back(json_of(line));
    made["lines"] = std::move(lines);
    made["help"] = "/help";
    if (care.unread) made["unread"] = true;
    if (!care.post) return made;
    auto const& now = care.now;
    made["shown"] = domain::name_of(now.shown);
    made["safe"] = now.safe;
    made["somebody_on_duty"] = now.somebody_on_duty;
    if (now.duty_from) made["duty_from"] = iso8601(*now.duty_from);
    auto const post = "/api/v1/posts/" + care.post->text();
    json::array choices;
    if (now.talk) {
        choices.push_back(
            {{"choice", "talk"},
             {"method", "GET"},
             {"path", "/api/v1/care/talks/" + now.talk->text() + "/messages"}}
        );
    } else {
        choices.push_back({{"choice", "talk"}, {"method", "POST"}, {"path", post + "/talk"}});
    }
    if (!now.safe) choices.push_back({{"choice", "safe"}, {"method", "POST"}, {"path", post + "/safe"}});
    choices.push_back({{"choice", "quiet"}, {"method", "GET"}, {"path", "/quiet"}});
    made["choices"] = std::move(choices);
    return made;
}

json::object json_of(domain::own_post const& post)
{
    json::object made;
    made["id"] = post.id.text();
    made["thread"] = post.thread.text();
    made["circle"] = post.circle.text();
    made["version"] = post.version;
    made["state"] = domain::name_of(post.state);
    if (!post.content.title.empty()) made["title"] = post.content.title;
    made["text"] = post.content.text;
    made["created_at"] = iso8601(post.created_at);
    made["earlier_version_visible"] = post.earlier_version_visible;
    if (post.due_at && post.state == domain::post_state::held) made["due_at"] = iso8601(*post.due_at);
    if (!post.reason.empty()) made["reason"] = post.reason;
    if (post.passage.end > 0) made["passage"] = {{"begin", post.passage.begin}, {"end", post.passage.end}};
    if (post.taken_out) made["taken_out"] = true;
    if (post.shared) made[domain::name_of(post.shared->what)] = post.shared->id.text();
    if (post.state == domain::post_state::returned || post.state == domain::post_state::held) {
        made["findings"] = findings_of(post.screened, false);
    }
    return made;
}

json::object json_of(domain::review_item const& item)
{
    json::object made;
    made["id"] = item.id.text();
    made["circle"] = item.circle.text();
    made["lane"] = domain::name_of(item.lane);
    made["post"] = item.post.text();
    made["version"] = item.version;
    made["triage"] = moderation::name_of(item.triage);
    made["revision"] = item.revision;
    made["state"] = domain::name_of(item.state);
    made["bytes"] = item.text_bytes;
    made["author_safe"] = item.author_safe;
    made["claimed"] = item.claimed_by.has_value();
    if (item.claimed_by) made["claimed_by"] = item.claimed_by_name;
    if (item.claimed_until) made["claimed_until"] = iso8601(*item.claimed_until);
    made["labels"] = names_of(item.labels);
    made["comes_back"] = item.meant_for.has_value();
    made["for_lead"] = item.for_lead;
    made["created_at"] = iso8601(item.created_at);
    made["due_at"] = iso8601(item.due_at);
    return made;
}

json::object json_of(domain::application const& application)
{
    json::object made;
    made["id"] = application.id.text();
    made["circle"] = application.circle.text();
    made["nickname"] = application.nickname;
    made["words"] = application.words;
    made["folded"] = application.folded;
    made["created_at"] = iso8601(application.created_at);
    return made;
}

json::object json_of(domain::session_info const& session)
{
    json::object made;
    made["id"] = session.id.text();
    made["created_at"] = iso8601(session.created_at);
    made["expires_at"] = iso8601(session.expires_at);
    made["current"] = session.is_current;
    return made;
}

json::object json_of(store::audit_row const& row)
{
    json::object made;
    made["number"] = row.number;
    made["at"] = iso8601(row.entry.at);
    if (row.entry.actor) made["actor"] = row.entry.actor->text();
    made["action"] = row.entry.action;
    if (row.entry.circle) made["circle"] = row.entry.circle->text();
    made["object"] = row.entry.object;
    made["detail"] = row.entry.detail;
    return made;
}

json::object json_of(submission const& sent)
{
    json::object made;
    made["id"] = sent.post.text();
    made["thread"] = sent.thread.text();
    made["circle"] = sent.circle.text();
    made["version"] = sent.version;
    made["state"] = domain::name_of(sent.state);
    json::object decided;
    decided["outcome"] = moderation::name_of(sent.decided.outcome);
    decided["policy"] = sent.decided.policy;
    decided["labels"] = names_of(sent.decided.labels);
    decided["findings"] = findings_of(sent.decided, false);
    made["decision"] = std::move(decided);
    if (sent.due_at) made["due_at"] = iso8601(*sent.due_at);
    if (sent.care) made["care"] = json_of(*sent.care);
    return made;
}

} // namespace holdfast::app
