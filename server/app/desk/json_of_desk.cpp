// The desk's shapes of schema/openapi.yaml.
#include "server/app/desk/json_of_desk.hpp"

#include "server/app/posts/json_of.hpp"

#include <boost/json/array.hpp>

namespace holdfast::app {

namespace json = boost::json;

namespace {
std::string_view name_of(diff_piece::kind what)
{
    constexpr std::string_view names[] = {"same", "gone", "added"};
    return names[static_cast<std::size_t>(what)];
}

json::array posts_of(std::vector<domain::post> const& posts)
{
    json::array made;
    for (auto const& one : posts)
        made.push_back(json_of(one));
    return made;
}

json::object history_of(author_history const& history)
{
    json::object made;
    if (history.joined_at) made["joined_at"] = iso8601(*history.joined_at);
    made["posts"] = history.posts;
    json::object decided;
    for (std::size_t at = 0; at < history.decided.size(); ++at)
        decided[domain::name_of(static_cast<domain::verdict>(at))] = history.decided[at];
    made["decided"] = std::move(decided);
    json::array notes;
    for (auto const& note : history.notes) {
        notes.push_back(
            {{"by", note.by}, {"words", note.words}, {"folded", note.folded}, {"at", iso8601(note.at)}}
        );
    }
    made["notes"] = std::move(notes);
    return made;
}

json::array reports_of(std::vector<told_report> const& reports)
{
    json::array made;
    for (auto const& one : reports) {
        made.push_back(
            {{"category", domain::name_of(one.category)},
             {"words", one.words},
             {"folded", one.folded},
             {"weight", one.weight},
             {"at", iso8601(one.at)}}
        );
    }
    return made;
}

json::array messages_of(std::vector<appeal_message> const& messages)
{
    json::array made;
    for (auto const& one : messages) {
        made.push_back(
            {{"by", one.by_author ? "author" : "facilitator"},
             {"words", one.words},
             {"folded", one.folded},
             {"at", iso8601(one.at)}}
        );
    }
    return made;
}

json::array diff_of(std::vector<diff_piece> const& pieces)
{
    json::array made;
    for (auto const& one : pieces)
        made.push_back({{"what", name_of(one.what)}, {"text", one.text}});
    return made;
}

json::array steps_of(std::vector<domain::review_step> const& steps)
{
    json::array made;
    for (auto const& one : steps) {
        if (one.what == domain::review_step::kind::passed) continue; // nobody is asked why
        made.push_back(
            {{"what", domain::name_of(one.what)}, {"revision", one.revision}, {"at", iso8601(one.at)}}
        );
    }
    return made;
}
} // namespace

json::object json_of(review_item_opened const& opened)
{
    auto made = json_of(opened.item);
    json::object author;
    author["nickname"] = opened.nickname;
    author["facilitator"] = false;
    made["author"] = std::move(author);
    if (!opened.content.title.empty()) made["title"] = opened.content.title;
    made["text"] = opened.content.text;
    made["findings"] = findings_of(opened.screened, true);
    made["policy"] = opened.screened.policy;
    json::array sentences;
    for (auto const& one : opened.sentences)
        sentences.push_back({{"before", one.before}, {"marked", one.marked}, {"after", one.after}});
    made["sentences"] = std::move(sentences);
    json::array policy;
    for (auto const& one : opened.policy)
        policy.push_back({{"rule", one.rule}, {"why", one.why}});
    made["policy_sentences"] = std::move(policy);
    made["before"] = posts_of(opened.before);
    made["after"] = posts_of(opened.after);
    made["history"] = history_of(opened.history);
    json::array looking;
    for (auto const& one : opened.also_looking)
        looking.push_back(json::value(one));
    made["also_looking"] = std::move(looking);
    made["steps"] = steps_of(opened.steps);
    made["reports"] = reports_of(opened.reports);
    made["appeal"] = messages_of(opened.appeal);
    if (!opened.decided_before.empty()) made["decided_before"] = opened.decided_before;
    if (!opened.returned_because.empty()) made["returned_because"] = opened.returned_because;
    made["changes"] = diff_of(opened.changes);
    return made;
}

json::object json_of(own_day const& day)
{
    json::object made;
    made["weight"] = day.weight;
    made["budget"] = day.budget;
    made["opt_outs"] = names_of(day.opt_outs);
    if (day.paused_until) made["paused_until"] = iso8601(*day.paused_until);
    return made;
}

json::object json_of(handed_out const& handed)
{
    constexpr std::string_view pauses[] = {"none", "chosen", "budget"};
    json::object made;
    if (handed.item) made["item"] = json_of(*handed.item);
    made["pause"] = pauses[static_cast<std::size_t>(handed.why_not)];
    if (handed.until) made["until"] = iso8601(*handed.until);
    return made;
}

json::object json_of(domain::limit const& limit)
{
    json::object made;
    made["id"] = limit.id.text();
    made["circle"] = limit.circle.text();
    if (!limit.nickname.empty()) made["nickname"] = limit.nickname;
    made["kind"] = domain::name_of(limit.kind);
    if (limit.minutes > 0) made["minutes"] = limit.minutes;
    made["reason"] = limit.reason;
    made["begins_at"] = iso8601(limit.begins_at);
    made["ends_at"] = iso8601(limit.ends_at);
    return made;
}

json::object json_of(own_standing const& standing)
{
    json::array limits;
    for (auto const& one : standing.limits)
        limits.push_back(json_of(one));
    json::array strikes;
    for (auto const& one : standing.strikes) {
        strikes.push_back(
            {{"circle", one.circle.text()},
             {"post", one.post.text()},
             {"weight", one.weight},
             {"at", iso8601(one.at)},
             {"expires_at", iso8601(one.expires_at)}}
        );
    }
    json::object made;
    made["limits"] = std::move(limits);
    made["strikes"] = std::move(strikes);
    return made;
}

json::object json_of(own_report const& report)
{
    json::object made;
    made["post"] = report.post.text();
    made["category"] = domain::name_of(report.category);
    made["at"] = iso8601(report.at);
    made["state"] = !report.made_a_change ? "waiting" : *report.made_a_change ? "changed" : "left";
    return made;
}

json::object json_of(appeal_view const& appeal)
{
    json::object made;
    made["post"] = appeal.post.text();
    made["state"] = !appeal.upheld ? "open" : *appeal.upheld ? "upheld" : "overturned";
    made["messages"] = messages_of(appeal.messages);
    return made;
}

json::object json_of(desk_figures const& figures)
{
    json::object lanes;
    for (std::size_t at = 0; at < figures.lanes.size(); ++at) {
        auto const& from = figures.lanes[at];
        json::object one;
        one["waiting"] = from.waiting;
        if (from.oldest_due) one["oldest_due"] = iso8601(*from.oldest_due);
        one["decided"] = from.decided;
        one["within_clock"] = from.within_clock;
        one["median_s"] = from.median.count();
        one["p95_s"] = from.ninety_fifth.count();
        json::object verdicts;
        for (std::size_t what = 0; what < from.verdicts.size(); ++what)
            verdicts[domain::name_of(static_cast<domain::verdict>(what))] = from.verdicts[what];
        one["verdicts"] = std::move(verdicts);
        lanes[domain::name_of(static_cast<domain::lane>(at))] = std::move(one);
    }
    json::array people;
    for (auto const& one : figures.people)
        people.push_back({{"nickname", one.nickname}, {"decided", one.decided}, {"weight", one.weight}});
    json::object made;
    made["days"] = figures.days;
    made["lanes"] = std::move(lanes);
    made["posts"] = figures.posts;
    made["by_the_check"] = figures.by_the_check;
    made["upheld"] = figures.upheld;
    made["overturned"] = figures.overturned;
    made["people"] = std::move(people);
    return made;
}

std::string csv_of(desk_figures const& figures)
{
    std::string made = "lane,waiting,oldest_due,decided,within_clock,median_s,p95_s\r\n";
    for (std::size_t at = 0; at < figures.lanes.size(); ++at) {
        auto const& from = figures.lanes[at];
        made +=
            std::string(domain::name_of(static_cast<domain::lane>(at))) + ',' + std::to_string(from.waiting) +
            ',' + (from.oldest_due ? iso8601(*from.oldest_due) : std::string()) + ',' +
            std::to_string(from.decided) + ',' + std::to_string(from.within_clock) + ',' +
            std::to_string(from.median.count()) + ',' + std::to_string(from.ninety_fifth.count()) + "\r\n";
    }
    return made;
}

json::object json_of(reason_template const& ready)
{
    json::object made;
    made["id"] = ready.id;
    made["title"] = ready.title;
    made["before"] = ready.before;
    made["blank"] = ready.blank;
    made["after"] = ready.after;
    return made;
}

} // namespace holdfast::app
