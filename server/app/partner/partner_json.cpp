#include "server/app/partner/partner_json.hpp"

#include "server/app/share_copy.hpp"
#include "server/app/space/private_shape.hpp"

namespace holdfast::app {

namespace json = boost::json;

namespace {
json::array parts_json(std::string const& text)
{
    json::array made;
    for (auto const& part : parts_of(domain::share_what::goal, text))
        made.push_back({{"heading", part.heading}, {"text", part.text}});
    return made;
}

json::object json_of(domain::partner_grants const& grants)
{
    return {
        {"goal", grants.goal},
        {"steps", grants.steps},
        {"tries", grants.tries},
        {"hard_week", grants.hard_week}};
}

// With the day alone: nobody learns when the other one was here.
json::object json_of(domain::partner_said const& one, bool for_member)
{
    json::object made;
    made["id"] = one.said.id.text();
    made["kind"] = domain::name_of(one.kind);
    made["mine"] = one.is_mine;
    made["folded"] = one.said.folded;
    made["parts"] = parts_json(one.said.content.text);
    if (!domain::is_copied(one.kind))
        made["day"] = text_of(std::chrono::floor<std::chrono::days>(one.said.created_at));
    if (for_member && one.kind == domain::partner_words::proposal) made["settled"] = one.is_settled;
    return made;
}

json::object json_of(domain::partner_schedule const& schedule)
{
    json::array days;
    for (auto const day : schedule.days)
        days.push_back(day);
    return {
        {"days", std::move(days)},
        {"morning", schedule.morning},
        {"evening", schedule.evening},
        {"tell", schedule.tell}};
}
} // namespace

json::array json_of(std::vector<domain::partner_said> const& all, bool for_member)
{
    json::array made;
    for (auto const& one : all)
        made.push_back(json_of(one, for_member));
    return made;
}

json::object json_of(domain::partnership const& between)
{
    json::object made;
    made["id"] = between.id.text();
    made["circle"] = between.circle.text();
    made["as"] = between.as_member ? "member" : "partner";
    made["nickname"] = between.nickname;
    made["state"] = domain::name_of(between.state);
    made["over"] = between.is_over;
    if (!domain::is_live(between.state)) return made;
    made["note"] = between.note;
    made["folded"] = between.is_note_folded;
    if (between.note_state) made["note_state"] = domain::name_of(*between.note_state);
    // For the partner only what is asked of them: later nobody learns that something was taken back.
    auto const is_asked = between.state == domain::partner_state::asked;
    if (between.as_member || is_asked) made["grants"] = json_of(between.grants);
    made["hard_week"] = between.is_hard_week;
    made["shown"] = json_of(between.shown, between.as_member);
    if (!between.as_member) return made;
    if (between.goal) made["goal"] = between.goal->text();
    made["schedule"] = json_of(between.schedule);
    return made;
}

} // namespace holdfast::app
