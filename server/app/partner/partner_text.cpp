#include "server/app/partner/partner_text.hpp"

#include "server/app/help/opening_hours.hpp"
#include "server/app/share_copy.hpp"
#include "server/app/space/goals.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"

#include <boost/json.hpp>

namespace holdfast::app {

namespace json = boost::json;
using domain::partner_words;
using domain::share_what;

namespace {
constexpr auto about_goal = share_what::goal;

share_part part(std::string_view field, std::string text)
{
    return {std::string(heading_of(about_goal, field)), std::move(text), false};
}

std::string steps_text(json::object const& body, std::string_view state)
{
    std::string made;
    for (auto const& step : steps_of(body)) {
        if (step.state == state) made += (made.empty() ? "- " : "\n- ") + step.text;
    }
    return made;
}

std::string tries_text(json::object const& body)
{
    std::string made;
    for (auto const& step : steps_of(body)) {
        for (auto const& tried : step.tries) {
            if (!made.empty()) made += "\n\n";
            made += step.text;
            if (!tried.what.empty()) made += "\n" + tried.what;
            if (!tried.next.empty()) made += "\n→ " + tried.next;
        }
    }
    return made;
}
} // namespace

std::string copy_of_goal(json::object const& body, partner_words kind)
{
    std::vector<share_part> parts;
    if (kind == partner_words::goal) {
        for (auto const* field : {"what", "measure", "possible", "value", "by"})
            parts.push_back(part(field, text_in(body, field)));
    } else if (kind == partner_words::steps) {
        parts.push_back(part("steps", steps_text(body, "open")));
        parts.push_back(part("done", steps_text(body, "done")));
    } else if (kind == partner_words::tries) {
        parts.push_back(part("tries", tries_text(body)));
    }
    return copy_with(about_goal, parts);
}

result<std::string> text_of(partner_word const& said)
{
    error found{errc::invalid};
    auto const is_idea = said.kind == partner_words::proposal;
    check_text(found, said.text, {"text", limits::note_letters_max, !is_idea, true});
    check_text(found, said.hard, {"hard", limits::title_letters_max, false, false});
    check_text(found, said.idea, {"idea", limits::title_letters_max, is_idea, false});
    if (!found.fields.empty()) return found;
    switch (said.kind) {
    case partner_words::morning:
        return copy_with(about_goal, {part("morning", said.text)});
    case partner_words::evening:
        return copy_with(about_goal, {part("evening", said.text), part("hard", said.hard)});
    case partner_words::proposal:
        return copy_with(
            about_goal, {part(said.is_step ? "new_step" : "new_goal", said.idea), part("why", said.text)}
        );
    case partner_words::encouragement:
        return said.text;
    case partner_words::goal:
    case partner_words::steps:
    case partner_words::tries:
        break;
    }
    return invalid_field("kind", "This is one of: morning, evening, encouragement, proposal.");
}

result<json::object> with_idea(json::object body, std::string const& idea_text)
{
    auto const words = part_in(about_goal, idea_text, "new_goal");
    if (!words.empty()) {
        body["what"] = words;
        return shaped(domain::private_kind::goal, body);
    }
    auto const step = part_in(about_goal, idea_text, "new_step");
    if (step.empty()) return errc::not_found;
    for (auto const& one : steps_of(body)) {
        if (one.text == step) return body;
    }
    auto made = with_step(std::move(body), step);
    if (!made) return made.error();
    return shaped(domain::private_kind::goal, *made);
}

std::string partner_wishes::text() const
{
    json::object made;
    json::array days;
    for (auto const day : schedule.days)
        days.push_back(day);
    made["days"] = std::move(days);
    made["morning"] = schedule.morning;
    made["evening"] = schedule.evening;
    made["tell"] = schedule.tell;
    made["zone"] = zone;
    if (told_on) made["told_on"] = text_of(*told_on);
    if (hard_since) made["hard_since"] = text_of(*hard_since);
    return json::serialize(made);
}

partner_wishes partner_wishes::from(std::string const& text)
{
    partner_wishes made;
    boost::system::error_code failed;
    auto const read = json::parse(text, failed);
    if (failed || !read.is_object()) return made;
    auto const& whole = read.get_object();
    if (auto const* days = whole.if_contains("days"); days != nullptr && days->is_array()) {
        for (auto const& day : days->get_array()) {
            if (day.is_int64() && day.get_int64() >= 0 && day.get_int64() <= 6)
                made.schedule.days.insert(static_cast<unsigned>(day.get_int64()));
        }
    }
    auto const is_on = [&](char const* name) {
        auto const* const value = whole.if_contains(name);
        return value != nullptr && value->is_bool() && value->get_bool();
    };
    made.schedule.morning = is_on("morning");
    made.schedule.evening = is_on("evening");
    made.schedule.tell = is_on("tell");
    made.zone = text_in(whole, "zone");
    made.told_on = day_from(text_in(whole, "told_on"));
    made.hard_since = day_from(text_in(whole, "hard_since"));
    return made;
}

std::optional<std::chrono::sys_days> partner_wishes::to_tell_on(timestamp now) const
{
    constexpr auto morning_begins = std::chrono::hours(8);
    constexpr auto evening_begins = std::chrono::hours(18);
    auto const any = schedule.tell && !zone.empty() && (schedule.morning || schedule.evening);
    auto const there = any ? local_time(zone, now) : std::nullopt;
    if (!there) return std::nullopt;
    auto const day = std::chrono::floor<std::chrono::days>(*there);
    auto const is_one = schedule.days.contains(std::chrono::weekday(day).c_encoding());
    auto const was_told = told_on && *told_on >= day;
    auto const begins = schedule.morning ? morning_begins : evening_begins;
    if (!is_one || was_told || *there - day < begins) return std::nullopt;
    return day;
}

bool partner_wishes::is_hard(timestamp now) const
{
    return hard_since && now < *hard_since + std::chrono::days(7);
}

} // namespace holdfast::app
