#include "server/pages/story/story_form.hpp"

#include "server/app/space/other_versions.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/story/story_words.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace holdfast::pages {

namespace json = boost::json;
using app::private_text;

namespace {
constexpr auto kind = domain::private_kind::story;
constexpr std::size_t rows_at_least = 2; // for strengths, with one that is empty
constexpr std::size_t rows_max = 12;
constexpr std::size_t form_bytes = 22 * 1024; // of their words; longer parts are opened one after the other
constexpr std::size_t options_max = 60;       // of goals, in all selects together

struct refresh_time {
    std::string_view name;
    std::string_view words;
};
// said
constexpr std::array<refresh_time, 4> refresh_times{
    refresh_time{"season", "In three months"},
    refresh_time{"month", "In a month"},
    refresh_time{"year", "In a year"},
    refresh_time{"never", "Not at all"}};

std::string field_at(std::string_view name, std::size_t row)
{
    return std::string(name) + "_" + std::to_string(row);
}

json::array strengths_of(http::fields const& form)
{
    json::array made;
    for (std::size_t row = 0; row < rows_max; ++row) {
        json::object one;
        for (auto const* part : {"name", "shows", "goal"}) {
            auto const typed = as_typed(http::field_of(form, field_at(std::string("strength_") + part, row)));
            if (!typed.empty()) one[part] = typed;
        }
        if (!one.empty()) made.push_back(std::move(one));
    }
    return made;
}

// Those that go on, newest first, and the chosen one.
view goals_view(goals const& all, std::string const& chosen, std::size_t count_max)
{
    view made(view::type::list);
    std::size_t others = 0;
    for (auto const& goal : all) {
        auto const is_chosen = goal.id.text() == chosen;
        if (!is_chosen && (app::text_in(goal.body, "state") != "active" || others++ >= count_max)) continue;
        view one;
        one.set("goal", goal.id.text());
        one.set("words", beginning_of(app::text_in(goal.body, "what")));
        one.set("chosen", is_chosen);
        made.push_back(one);
    }
    return made;
}

// `opened` is the select that has all of the goals when they are too many for each.
view strengths_view(json::object const& body, goals const& all, std::string const& opened)
{
    view made(view::type::list);
    json::array rows;
    if (auto const* found = body.if_contains("strengths"); found != nullptr && found->is_array())
        rows = found->get_array();
    auto const count = std::min(std::max(rows.size() + 1, rows_at_least), rows_max);
    auto const going_on =
        static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](auto const& goal) {
            return app::text_in(goal.body, "state") == "active";
        }));
    auto const few = count * going_on <= options_max;
    for (std::size_t row = 0; row < count; ++row) {
        json::object one;
        if (row < rows.size() && rows[row].is_object()) one = rows[row].get_object();
        view shown;
        shown.set("row", std::to_string(row));
        shown.set("number", std::to_string(row + 1));
        shown.set("name", app::text_in(one, "name"));
        shown.set("shows", app::text_in(one, "shows"));
        auto const offers_all = few || opened == field_at("strength_goal", row);
        shown.set("any_goals", !all.empty());
        shown.set("goals", goals_view(all, app::text_in(one, "goal"), offers_all ? options_max : 0));
        shown.set("offers_more", !offers_all);
        made.push_back(shown);
    }
    return made;
}

std::string kept_name(std::string_view field)
{
    return "kept_" + std::string(field);
}

std::size_t bytes_of_strengths(json::object const& body)
{
    auto const* const all = body.if_contains("strengths");
    return all == nullptr ? 0 : escaped(json::serialize(*all)).size();
}

// The parts that the form doesn't show, since all of it would be a long page: those that a form which comes
// back did not show before, else those for which there is no room beside the one that is asked for.
std::set<std::string_view>
closed_parts(json::object const& body, http::fields const& came_back, std::string const& opened)
{
    std::set<std::string_view> made;
    auto room = form_bytes - std::min(form_bytes, bytes_of_strengths(body));
    auto const take = [&](std::size_t bytes) {
        auto const fits = bytes <= room;
        room -= std::min(room, bytes);
        return fits;
    };
    auto const bytes_of = [&](std::string_view field) { return escaped(app::text_in(body, field)).size(); };
    take(bytes_of(opened));
    for (auto const& part : asked_sections()) {
        if (part.is_line || part.field == opened) continue;
        auto const fits = take(bytes_of(part.field));
        if (came_back.empty() ? !fits : came_back.contains(kept_name(part.field))) made.insert(part.field);
    }
    return made;
}
} // namespace

json::object story_of(http::fields const& form)
{
    auto made = body_of(kind, form);
    auto strengths = strengths_of(form);
    if (!strengths.empty()) made["strengths"] = std::move(strengths);
    return made;
}

bool has_story(http::fields const& form)
{
    return form.contains("intend") || form.contains(kept_name("intend"));
}

http::fields with_closed_parts(http::fields form, std::vector<private_text> const& versions)
{
    auto const& before = app::seen_by(versions, based_on(form));
    for (auto const& part : asked_sections()) {
        if (form.contains(kept_name(part.field)))
            form.try_emplace(std::string(part.field), app::text_in(before, part.field));
    }
    return form;
}

bool is_empty_story(json::object const& typed)
{
    for (auto const& [name, value] : typed) {
        if (name != "again") return false;
    }
    return true;
}

bool is_unchanged(json::object const& typed, json::object const& now)
{
    auto const same = [&](std::string_view name) {
        auto const* const one = typed.if_contains(name);
        auto const* const other = now.if_contains(name);
        return one == nullptr || other == nullptr ? one == other : *one == *other;
    };
    auto const all = asked_sections();
    return same("strengths") && same("again") &&
           std::all_of(all.begin(), all.end(), [&](auto const& part) { return same(part.field); });
}

void fill_for_pause(json::object& typed, language const& spoken)
{
    auto const not_said = spoken.text_of(say("Not said yet"));
    if (app::text_in(typed, "intend").empty()) typed["intend"] = not_said;
    auto* const strengths = typed.if_contains("strengths");
    if (strengths == nullptr || !strengths->is_array()) return;
    for (auto& one : strengths->get_array()) {
        if (one.is_object() && app::text_in(one.get_object(), "name").empty())
            one.get_object()["name"] = not_said;
    }
}

void put_form(
    view& made,
    http::context const& asked,
    json::object const& body,
    goals const& all,
    http::fields const& came_back
)
{
    auto const query = http::form_fields(asked.request->query());
    auto const opened = query ? http::field_of(*query, "open") : std::string();
    auto const closed = closed_parts(body, came_back, opened);
    auto const typed = fields_of(kind, body);
    view sections(view::type::list);
    for (auto const& part : asked_sections()) {
        view one;
        one.set("field", std::string(part.field));
        one.set("heading", say(part.heading));
        one.set("hint", say(part.hint));
        one.set("is_line", part.is_line);
        one.set("needed", part.field == "intend");
        auto const text = http::field_of(typed, part.field);
        one.set("text", text);
        one.set("closed", closed.contains(part.field));
        one.set("beginning", beginning_of(text));
        one.set("strengths_before", part.field == "values");
        sections.push_back(one);
    }
    made.set("sections", sections);
    made.set("strengths", strengths_view(body, all, opened));
    auto const again = app::text_in(body, "again");
    view times(view::type::list);
    for (auto const& time : refresh_times) {
        view one;
        one.set("name", std::string(time.name));
        one.set("words", say(time.words));
        one.set("chosen", time.name == (again.empty() ? "season" : again));
        times.push_back(one);
    }
    made.set("times", times);
}

} // namespace holdfast::pages
