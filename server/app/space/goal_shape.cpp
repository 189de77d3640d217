#include "server/app/space/goal_shape.hpp"

#include "server/app/validate.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace holdfast::app {

namespace json = boost::json;
using type = field_type;

namespace {

constexpr std::array<std::string_view, 6> life_domains{
    "education", "work", "relationships", "community", "health", "home"};
constexpr std::array<std::string_view, 2> goal_states{"active", "archived"};
constexpr std::array<std::string_view, 3> step_states{"open", "done", "let_go"};
constexpr std::array<std::string_view, 4> review_times{"week", "month", "season", "never"};

// `review` is how often its owner wants to look back; `review_later` the day before which they are not asked.
constexpr std::array goal_rules{
    field_rule{"what", type::line, line_letters, true},
    field_rule{"measure", type::line, line_letters},
    field_rule{"possible", type::words, note_letters},
    field_rule{"value", type::line, line_letters},
    field_rule{"serves", type::line, line_letters},
    field_rule{"by", type::line, line_letters},
    field_rule{"domain", type::choice, 0, false, life_domains},
    field_rule{"state", type::choice, 0, true, goal_states},
    field_rule{"kept", type::words, note_letters},
    field_rule{"steps", type::steps},
    field_rule{"review", type::choice, 0, false, review_times},
    field_rule{"review_later", type::day},
    field_rule{"reviews", type::reviews}};

bool has_only(json::object const& object, std::initializer_list<std::string_view> names)
{
    return std::all_of(object.begin(), object.end(), [&](auto const& member) {
        return std::find(names.begin(), names.end(), std::string_view(member.key())) != names.end();
    });
}

// Not there, or words that may be there.
bool may_stand(json::object const& of, std::string_view name, text_rule const& rule)
{
    auto const* const value = of.if_contains(name);
    if (value != nullptr && !value->is_string()) return false;
    error found{errc::invalid};
    check_text(found, text_in(of, name), rule);
    return found.fields.empty();
}

bool is_line(json::object const& of, std::string_view name, bool required)
{
    return may_stand(of, name, {name, line_letters, required, false});
}

bool is_note(json::object const& of, std::string_view name)
{
    return may_stand(of, name, {name, note_letters, false, true});
}

bool is_try(json::value const& value)
{
    if (!value.is_object()) return false;
    auto const& one = value.get_object();
    return has_only(one, {"day", "what", "next"}) && day_from(text_in(one, "day")) && is_note(one, "what") &&
           is_note(one, "next");
}

bool is_review(json::value const& value)
{
    if (!value.is_object()) return false;
    auto const& one = value.get_object();
    auto const is_empty = text_in(one, "celebrate").empty() && text_in(one, "reframe").empty() &&
                          text_in(one, "recalibrate").empty();
    return has_only(one, {"day", "celebrate", "reframe", "recalibrate"}) && day_from(text_in(one, "day")) &&
           is_note(one, "celebrate") && is_note(one, "reframe") && is_note(one, "recalibrate") && !is_empty;
}

bool is_day(json::value const& value)
{
    return value.is_string() &&
           day_from(std::string_view(value.get_string().data(), value.get_string().size()));
}

bool is_list(
    json::object const& of, std::string_view name, std::size_t most, bool (*is_one)(json::value const&)
)
{
    auto const* const list = of.if_contains(name);
    if (list == nullptr) return true;
    if (!list->is_array() || list->get_array().size() > most) return false;
    auto const& all = list->get_array();
    return std::all_of(all.begin(), all.end(), is_one);
}
} // namespace

std::span<field_rule const> goal_fields()
{
    return goal_rules;
}

bool is_goal_step(json::value const& value)
{
    if (!value.is_object()) return false;
    auto const& one = value.get_object();
    auto const state = text_in(one, "state");
    auto const is_state = std::find(step_states.begin(), step_states.end(), state) != step_states.end();
    return has_only(one, {"text", "state", "milestone", "done", "tries"}) && is_state &&
           is_line(one, "text", true) && is_line(one, "milestone", false) &&
           is_list(one, "done", done_days_max, is_day) && is_list(one, "tries", tries_max, is_try);
}

bool are_reviews(json::value const& value)
{
    if (!value.is_array() || value.get_array().size() > reviews_max) return false;
    auto const& all = value.get_array();
    return std::all_of(all.begin(), all.end(), is_review);
}

} // namespace holdfast::app
