#include "server/app/care/care_json.hpp"

namespace holdfast::app {

namespace json = boost::json;

namespace {
void put_time(json::object& to, char const* name, std::optional<timestamp> const& at)
{
    if (at) to[name] = iso8601(*at);
}
} // namespace

json::object json_of(domain::alarm const& alarm, account_id const& reader)
{
    json::object made;
    made["id"] = alarm.id.text();
    made["circle"] = alarm.circle.text();
    if (alarm.post) made["post"] = alarm.post->text();
    made["triage"] = moderation::name_of(alarm.triage);
    made["stage"] = domain::name_of(alarm.stage);
    made["sounded"] = alarm.sounded;
    made["taken"] = alarm.taken_by.has_value();
    made["taken_by_me"] = alarm.taken_by == reader;
    made["created_at"] = iso8601(alarm.created_at);
    put_time(made, "next_at", alarm.next_at);
    put_time(made, "answered_at", alarm.answered_at);
    put_time(made, "outside_help_at", alarm.outside_help_at);
    return made;
}

json::object json_of(domain::duty const& duty, account_id const& reader)
{
    json::object made;
    made["id"] = duty.id.text();
    made["circle"] = duty.circle.text();
    made["nickname"] = duty.nickname;
    made["mine"] = duty.account == reader;
    made["place"] = duty.place;
    made["starts_at"] = iso8601(duty.starts_at);
    made["ends_at"] = iso8601(duty.ends_at);
    if (!duty.note.empty()) made["note"] = duty.note;
    return made;
}

json::object json_of(domain::talk const& talk, account_id const& reader)
{
    json::object made;
    made["id"] = talk.id.text();
    made["circle"] = talk.circle.text();
    made["post"] = talk.post.text();
    made["mine"] = talk.member == reader;
    made["member"] = talk.nickname;
    made["messages"] = talk.last_number;
    made["waits_for_answer"] = talk.waits && !talk.closed_at;
    made["open"] = !talk.closed_at.has_value();
    made["opened_at"] = iso8601(talk.opened_at);
    put_time(made, "closed_at", talk.closed_at);
    put_time(made, "outside_help_at", talk.outside_help_at);
    return made;
}

json::object json_of(domain::talk_message const& message)
{
    json::object made;
    made["number"] = message.number;
    made["from"] = message.from_member ? "member" : "facilitator";
    made["nickname"] = message.nickname;
    made["folded"] = message.folded;
    made["text"] = message.words;
    made["created_at"] = iso8601(message.at);
    return made;
}

json::object json_of(domain::follow_up const& one)
{
    json::object made;
    made["id"] = one.id.text();
    made["kind"] = domain::name_of(one.kind);
    made["circle"] = one.circle.text();
    if (one.post) made["post"] = one.post->text();
    if (!one.nickname.empty()) made["nickname"] = one.nickname;
    made["due_at"] = iso8601(one.due_at);
    made["until"] = iso8601(one.until);
    return made;
}

json::object json_of(domain::concern const& one)
{
    json::object made;
    made["id"] = one.id.text();
    made["circle"] = one.circle.text();
    made["made_at"] = iso8601(one.made_at);
    made["looked"] = one.state != domain::concern_state::waiting;
    return made;
}

json::object opened_json_of(domain::concern const& one)
{
    auto made = json_of(one);
    if (one.post) made["post"] = one.post->text();
    made["triage"] = moderation::name_of(one.triage);
    made["state"] = domain::name_of(one.state);
    made["by"] = one.by_nickname;
    made["about"] = one.about_nickname;
    made["folded"] = one.folded;
    made["text"] = one.words;
    return made;
}

namespace {
json::object object_of(store::tally const& counted)
{
    json::object made;
    for (auto const& [name, count] : counted)
        made[name] = count;
    return made;
}
} // namespace

json::object json_of(care_figures const& figures)
{
    json::object made;
    made["from"] = iso8601(figures.from);
    made["to"] = iso8601(figures.to);
    json::object levels;
    for (auto const& level : figures.levels) {
        json::object one;
        one["rung"] = level.rung;
        one["answered"] = level.answered;
        one["within_clock"] = level.within_clock;
        one["waiting"] = level.waiting;
        if (level.median_s) one["first_answer_median_s"] = *level.median_s;
        if (level.p95_s) one["first_answer_p95_s"] = *level.p95_s;
        levels[level.level] = std::move(one);
    }
    made["levels"] = std::move(levels);
    made["helped"] = object_of(figures.helped);
    made["follow_ups"] = object_of(figures.answers);
    made["concerns"] = object_of(figures.concerns);
    return made;
}

} // namespace holdfast::app
