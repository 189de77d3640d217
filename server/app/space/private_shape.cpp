#include "server/app/space/private_shape.hpp"

#include "server/app/help/opening_hours.hpp"
#include "server/app/space/goal_shape.hpp"
#include "server/app/space/practice_shape.hpp"
#include "server/app/space/story_shape.hpp"
#include "server/app/validate.hpp"
#include "server/base/id.hpp"
#include "server/base/limits.hpp"
#include "server/base/phrase.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace holdfast::app {

namespace json = boost::json;
using type = field_type;
using domain::private_kind;

namespace {
constexpr std::array<std::string_view, 5> journal_kinds{
    "writing", "gratitude", "reflection", "dialogue", "verse"};
constexpr std::array<std::string_view, 3> dialogue_voices{"kind_friend", "younger_self", "older_self"};

constexpr std::array journal_fields{
    field_rule{"kind", type::choice, 0, true, journal_kinds},
    field_rule{"text", type::words, limits::post_letters_max, true},
    field_rule{"month", type::month},
    field_rule{"voice", type::choice, 0, false, dialogue_voices},
    field_rule{"turns", type::number}};
constexpr std::array mood_fields{
    field_rule{"day", type::day, 0, true},
    field_rule{"level", type::level, 0, true},
    field_rule{"tags", type::lines, 60},
    field_rule{"doing", type::line, line_letters},
    field_rule{"helped", type::line, line_letters},
    field_rule{"note", type::words, note_letters}};
// The six steps of Stanley and Brown (2012), and what makes it worth it.
constexpr std::array plan_fields{
    field_rule{"signs", type::words, note_letters},
    field_rule{"alone", type::words, note_letters},
    field_rule{"around", type::words, note_letters},
    field_rule{"ask", type::words, note_letters},
    field_rule{"services", type::words, note_letters},
    field_rule{"safer", type::words, note_letters},
    field_rule{"reasons", type::words, note_letters}};
constexpr std::array card_fields{
    field_rule{"title", type::line, line_letters, true}, field_rule{"text", type::words, note_letters, true}};
constexpr std::string_view written = "This is not of the right kind.";

std::string_view view_of(json::string const& text)
{
    return {text.data(), text.size()};
}

void complain(error& found, std::string_view field, std::string_view detail)
{
    found.fields.push_back({std::string(field), std::string(detail)});
}

bool is_choice(std::span<std::string_view const> choices, std::string_view value)
{
    return std::find(choices.begin(), choices.end(), value) != choices.end();
}

void take_text(error& found, field_rule const& rule, json::value const& value, json::object& to)
{
    if (!value.is_string()) return complain(found, rule.name, written);
    auto const text = view_of(value.get_string());
    check_text(found, text, {rule.name, rule.letters_max, rule.required, rule.type == type::words});
    if (!text.empty()) to[rule.name] = value;
}

void take_choice(error& found, field_rule const& rule, json::value const& value, json::object& to)
{
    auto const is_empty = value.is_string() && value.get_string().empty();
    if (is_empty && !rule.required) return;
    if (!value.is_string() || !is_choice(rule.choices, view_of(value.get_string())))
        return complain(found, rule.name, "Please choose one of the list.");
    to[rule.name] = value;
}

void take_lines(error& found, field_rule const& rule, json::value const& value, json::object& to)
{
    if (!value.is_array()) return complain(found, rule.name, written);
    auto const& all = value.get_array();
    if (all.size() > rule.count_max) {
        auto const most =
            say("Please use at most {number} of these.", {{"number", std::to_string(rule.count_max)}});
        return complain(found, rule.name, most);
    }
    for (auto const& one : all) {
        if (!one.is_string()) return complain(found, rule.name, written);
        check_text(found, view_of(one.get_string()), {rule.name, rule.letters_max, true, false});
    }
    if (!all.empty()) to[rule.name] = value;
}

void take_steps(error& found, field_rule const& rule, json::value const& value, json::object& to)
{
    if (!value.is_array()) return complain(found, rule.name, written);
    auto const& all = value.get_array();
    if (all.size() > steps_max) return complain(found, rule.name, "Please use at most 50 steps.");
    if (!std::all_of(all.begin(), all.end(), is_goal_step))
        return complain(found, rule.name, "A step needs a few words of its own, and not more than one line.");
    if (!all.empty()) to[rule.name] = value;
}

void take_other(error& found, field_rule const& rule, json::value const& value, json::object& to)
{
    auto const text = value.is_string() ? view_of(value.get_string()) : std::string_view();
    if (rule.type == type::number && !is_measure(value))
        return complain(found, rule.name, "Please give a number from 0 to 1000.");
    if (rule.type == type::month && !day_from(std::string(text) + "-01"))
        return complain(found, rule.name, "Please give a month, such as 2026-05.");
    if (rule.type == type::clock && !is_clock(text))
        return complain(found, rule.name, "Please give a time, such as 21:30.");
    if (rule.type == type::zone && !is_zone(std::string(text)))
        return complain(
            found, rule.name, "Please give a place, such as Europe/London, or an offset, such as GMT+02:00."
        );
    if (rule.type == type::record && !private_id::parse(text)) return complain(found, rule.name, written);
    if (rule.type == type::chosen && !are_chosen(value))
        return complain(found, rule.name, "Please choose at most five, each with a name of one line.");
    to[rule.name] = value;
}

void take(error& found, field_rule const& rule, json::value const& value, json::object& to)
{
    switch (rule.type) {
    case type::line:
    case type::words:
        return take_text(found, rule, value, to);
    case type::choice:
        return take_choice(found, rule, value, to);
    case type::level:
        if (!value.is_int64() || value.get_int64() < 1 || value.get_int64() > 5)
            return complain(found, rule.name, "Please choose the word that fits best.");
        to[rule.name] = value;
        return;
    case type::day:
        if (!value.is_string() || !day_from(view_of(value.get_string())))
            return complain(found, rule.name, "Please give a day, such as 2026-05-01.");
        to[rule.name] = value;
        return;
    case type::number:
    case type::record:
    case type::month:
    case type::clock:
    case type::zone:
    case type::chosen:
        return take_other(found, rule, value, to);
    case type::lines:
        return take_lines(found, rule, value, to);
    case type::steps:
        return take_steps(found, rule, value, to);
    case type::reviews:
        if (!are_reviews(value)) return complain(found, rule.name, written);
        if (!value.get_array().empty()) to[rule.name] = value;
        return;
    case type::strengths:
        if (!are_strengths(value))
            return complain(
                found, rule.name, "A strength needs a name of one line. There is room for twelve."
            );
        if (!value.get_array().empty()) to[rule.name] = value;
        return;
    case type::put_away:
        if (!are_put_away(value)) return complain(found, rule.name, written);
        if (!value.get_array().empty()) to[rule.name] = value;
        return;
    }
}

void add_words(std::string& to, std::string_view words)
{
    if (words.empty()) return;
    if (!to.empty()) to += '\n';
    to += words;
}

void add_all_words(std::string& to, json::value const& value)
{
    if (value.is_string()) add_words(to, view_of(value.get_string()));
    if (value.is_array()) {
        for (auto const& one : value.get_array())
            add_all_words(to, one);
    }
    if (!value.is_object()) return;
    for (auto const* name :
         {"text",
          "milestone",
          "what",
          "next",
          "tries",
          "celebrate",
          "reframe",
          "recalibrate",
          "name",
          "shows",
          "step",
          "words"}) {
        if (auto const* part = value.get_object().if_contains(name)) add_all_words(to, *part);
    }
}
} // namespace

std::span<field_rule const> fields_of(private_kind kind)
{
    switch (kind) {
    case private_kind::journal:
        return journal_fields;
    case private_kind::mood:
        return mood_fields;
    case private_kind::plan:
        return plan_fields;
    case private_kind::card:
        return card_fields;
    case private_kind::goal:
        return goal_fields();
    case private_kind::story:
        return story_fields();
    case private_kind::habit:
        return habit_fields();
    case private_kind::habit_note:
        return habit_note_fields();
    case private_kind::value:
        return value_fields();
    case private_kind::experiment:
        return experiment_fields();
    case private_kind::pacing:
        return pacing_fields();
    case private_kind::waiting:
        return waiting_fields();
    }
    return {};
}

result<json::object> shaped(private_kind kind, json::object const& given)
{
    error found{errc::invalid};
    json::object made;
    auto const rules = fields_of(kind);
    for (auto const& rule : rules) {
        auto const* const value = given.if_contains(rule.name);
        if (value != nullptr && !value->is_null()) {
            take(found, rule, *value, made);
        } else if (rule.required) {
            complain(found, rule.name, "This is needed.");
        }
    }
    for (auto const& member : given) {
        auto const name = std::string_view(member.key());
        auto const is_known =
            std::any_of(rules.begin(), rules.end(), [&](auto const& rule) { return rule.name == name; });
        if (!is_known) complain(found, name.size() > 64 ? "(long name)" : name, "This is not known here.");
    }
    if (found.fields.empty() && made.empty())
        complain(found, rules.front().name, "Please write something here.");
    if (!found.fields.empty()) return found;
    return made;
}

std::string words_in(private_kind kind, json::object const& body)
{
    std::string made;
    for (auto const& rule : fields_of(kind)) {
        if (rule.type == type::choice || rule.type == type::day || rule.type == type::record ||
            rule.type == type::month || rule.type == type::clock)
            continue;
        if (rule.name == "next_goal" || rule.name == "key") continue;
        if (auto const* value = body.if_contains(rule.name)) add_all_words(made, *value);
    }
    return made;
}

std::string text_in(json::object const& body, std::string_view name)
{
    auto const* const found = body.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(view_of(found->get_string())) : std::string();
}

int number_in(json::object const& body, std::string_view name)
{
    auto const* const found = body.if_contains(name);
    return found != nullptr && found->is_int64() ? static_cast<int>(found->get_int64()) : 0;
}

std::optional<double> measure_in(json::object const& body, std::string_view name)
{
    auto const* const found = body.if_contains(name);
    if (found == nullptr || !is_measure(*found)) return std::nullopt;
    return found->to_number<double>();
}

std::optional<std::chrono::sys_days> day_from(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    auto const reads = [&](std::size_t from, std::size_t length, auto& to) {
        auto const* const begin = text.data() + from;
        auto const [end, failed] = std::from_chars(begin, begin + length, to);
        return failed == std::errc() && end == begin + length;
    };
    if (!reads(0, 4, year) || !reads(5, 2, month) || !reads(8, 2, day)) return std::nullopt;
    std::chrono::year_month_day const made{
        std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (!made.ok() || year < 1900) return std::nullopt;
    return std::chrono::sys_days(made);
}

std::string text_of(std::chrono::sys_days day)
{
    std::chrono::year_month_day const date(day);
    std::array<char, 40> text{};
    auto const length = std::snprintf(
        text.data(),
        text.size(),
        "%04d-%02u-%02u",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
    return {text.data(), static_cast<std::size_t>(length)};
}

} // namespace holdfast::app
