#include "server/app/space/practice_shape.hpp"

#include "server/app/help/opening_hours.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace holdfast::app {

namespace json = boost::json;
using type = field_type;

namespace {
constexpr std::array<std::string_view, 5> habit_kinds{"sleep", "food", "movement", "routine", "own"};
constexpr std::array<std::string_view, 2> habit_states{"active", "archived"};
constexpr std::array<std::string_view, 3> habit_marks{"did", "bit", "not_today"};

// `from` is the tool that it came of, or the id of a cue card.
constexpr std::array habit_rules{
    field_rule{"name", type::line, line_letters, true},
    field_rule{"kind", type::choice, 0, true, habit_kinds},
    field_rule{"unit", type::line, 40},
    field_rule{"state", type::choice, 0, true, habit_states},
    field_rule{"from", type::line, 32}};
constexpr std::array habit_note_rules{
    field_rule{"habit", type::record, 0, true},
    field_rule{"day", type::day, 0, true},
    field_rule{"did", type::choice, 0, true, habit_marks},
    field_rule{"number", type::number}};

// Every card lies on one of three heaps; of the first a few are chosen, with a wish and a commitment each.
constexpr std::size_t value_letters = 60;
constexpr std::size_t cards_max = 60;
constexpr std::array value_rules{
    field_rule{"very", type::lines, value_letters, false, {}, cards_max},
    field_rule{"somewhat", type::lines, value_letters, false, {}, cards_max},
    field_rule{"not_now", type::lines, value_letters, false, {}, cards_max},
    field_rule{"chosen", type::chosen, line_letters}};

constexpr std::array<std::string_view, 3> after_it{"keep", "change", "let_go"};
constexpr std::array experiment_rules{
    field_rule{"what", type::line, line_letters, true},
    field_rule{"expect", type::words, note_letters},
    field_rule{"entry", type::record},
    field_rule{"day", type::day, 0, true},
    field_rule{"before", type::level, 0, true},
    field_rule{"after", type::level},
    field_rule{"noticed", type::words, note_letters},
    field_rule{"then", type::choice, 0, false, after_it}};

constexpr std::array<std::string_view, 4> pauses{"20", "30", "45", "60"}; // minutes
constexpr std::array<std::string_view, 3> heavy_pauses{"3", "6", "10"};
constexpr std::array<std::string_view, 2> late_posts{"draft", "wait"};
constexpr std::array pacing_rules{
    field_rule{"pause_after", type::choice, 0, false, pauses},
    field_rule{"pause_after_heavy", type::choice, 0, false, heavy_pauses},
    field_rule{"late_from", type::clock},
    field_rule{"late_to", type::clock},
    field_rule{"clock", type::clock},
    field_rule{"zone", type::zone},
    field_rule{"late_posts", type::choice, 0, false, late_posts},
    field_rule{"no_self_harm", type::day},
    field_rule{"no_violence", type::day},
    field_rule{"no_sex", type::day},
    field_rule{"no_abuse", type::day},
    field_rule{"no_hard_words", type::day},
    field_rule{"muted", type::lines, limits::nickname_letters_max, false, {}, 50}};
constexpr std::array waiting_rules{
    field_rule{"thread", type::record},
    field_rule{"circle", type::record},
    field_rule{"title", type::line, line_letters},
    field_rule{"text", type::words, limits::post_letters_max, true},
    field_rule{"key", type::line, limits::idempotency_key_bytes_max, true},
    field_rule{"how", type::choice, 0, true, late_posts},
    field_rule{"until", type::line, 32}};

bool is_level(json::value const* value)
{
    return value == nullptr || (value->is_int64() && value->get_int64() >= 1 && value->get_int64() <= 5);
}

bool is_chosen(json::value const& one)
{
    if (!one.is_object()) return false;
    auto const& object = one.get_object();
    error found{errc::invalid};
    for (auto const& member : object) {
        auto const name = std::string_view(member.key());
        auto const is_text = name == "name" || name == "step";
        if (!is_text && name != "matters" && name != "room") return false;
        if (is_text && !member.value().is_string()) return false;
    }
    check_text(found, text_in(object, "name"), {"chosen", value_letters, true, false});
    check_text(found, text_in(object, "step"), {"chosen", line_letters, false, false});
    return found.fields.empty() && is_level(object.if_contains("matters")) &&
           is_level(object.if_contains("room"));
}
} // namespace

std::span<field_rule const> habit_fields()
{
    return habit_rules;
}

std::span<field_rule const> habit_note_fields()
{
    return habit_note_rules;
}

std::span<field_rule const> value_fields()
{
    return value_rules;
}

std::span<field_rule const> experiment_fields()
{
    return experiment_rules;
}

std::span<field_rule const> pacing_fields()
{
    return pacing_rules;
}

std::span<field_rule const> waiting_fields()
{
    return waiting_rules;
}

bool is_clock(std::string_view text)
{
    auto const is_offset = text.size() == 6 && (text.front() == '+' || text.front() == '-');
    return minute_named(is_offset ? text.substr(1) : text) >= 0;
}

bool are_chosen(json::value const& value)
{
    if (!value.is_array()) return false;
    auto const& all = value.get_array();
    return all.size() <= values_chosen_max && std::all_of(all.begin(), all.end(), is_chosen);
}

bool is_measure(json::value const& value)
{
    if (!value.is_number()) return false;
    auto const number = value.to_number<double>();
    return number >= 0 && number <= 1000;
}

} // namespace holdfast::app
