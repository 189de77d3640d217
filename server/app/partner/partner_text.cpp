#include "server/app/partner/partner_text.hpp"

#include "server/app/posts/share_copy.hpp"
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

std::string steps_text(json::object const& body)
{
    std::string made;
    for (auto const& step : steps_of(body)) {
        if (step.state == "let_go") continue;
        made += (made.empty() ? "- " : "\n- ") + step.text + (step.state == "done" ? " (done)" : "");
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
            if (!tried.next.empty()) made += "\nNext: " + tried.next;
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
        parts.push_back(part("steps", steps_text(body)));
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
    made.hard_since = day_from(text_in(whole, "hard_since"));
    return made;
}

bool partner_wishes::is_hard(timestamp now) const
{
    return hard_since && now < *hard_since + std::chrono::days(7);
}

} // namespace holdfast::app
