#include "server/app/space/story_shape.hpp"

#include "server/app/validate.hpp"
#include "server/base/id.hpp"
#include "server/base/limits.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace holdfast::app {

namespace json = boost::json;
using type = field_type;

namespace {
constexpr std::size_t section_letters = limits::story_section_letters_max;
constexpr std::size_t strengths_max = 12;
constexpr std::array<std::string_view, 4> refresh_times{"month", "season", "year", "never"};

// In the order in which they are asked for. Only the first is needed, so that one can stop after any.
constexpr std::array fields{
    field_rule{"intend", type::words, section_letters, true},
    field_rule{"happened", type::words, section_letters},
    field_rule{"felt", type::words, section_letters},
    field_rule{"did", type::words, section_letters},
    field_rule{"strengths", type::strengths, line_letters},
    field_rule{"values", type::lines, 60},
    field_rule{"means", type::words, section_letters},
    field_rule{"next", type::line, line_letters},
    field_rule{"again", type::choice, 0, false, refresh_times},
    field_rule{"next_goal", type::line, 32},
    field_rule{"put_away", type::put_away, section_letters}};

bool has_only(json::object const& object, std::initializer_list<std::string_view> names)
{
    return std::all_of(object.begin(), object.end(), [&](auto const& member) {
        return std::find(names.begin(), names.end(), std::string_view(member.key())) != names.end();
    });
}

bool is_text(
    json::object const& of, std::string_view name, std::size_t letters_max, bool required, bool lines
)
{
    auto const* const value = of.if_contains(name);
    if (value != nullptr && !value->is_string()) return false;
    error found{errc::invalid};
    check_text(found, text_in(of, name), {name, letters_max, required, lines});
    return found.fields.empty();
}

bool is_strength(json::value const& value)
{
    if (!value.is_object()) return false;
    auto const& one = value.get_object();
    auto const goal = text_in(one, "goal");
    return has_only(one, {"name", "shows", "goal"}) && is_text(one, "name", line_letters, true, false) &&
           is_text(one, "shows", line_letters, false, false) &&
           is_text(one, "goal", line_letters, false, false) && (goal.empty() || private_id::parse(goal));
}

bool is_put_away(json::value const& value)
{
    if (!value.is_object()) return false;
    auto const& one = value.get_object();
    return has_only(one, {"number", "section", "words", "until"}) && number_in(one, "number") > 0 &&
           is_text(one, "section", line_letters, true, false) &&
           is_text(one, "words", section_letters, true, true) && day_from(text_in(one, "until"));
}
} // namespace

std::span<field_rule const> story_fields()
{
    return fields;
}

bool are_strengths(json::value const& value)
{
    if (!value.is_array()) return false;
    auto const& all = value.get_array();
    return all.size() <= strengths_max && std::all_of(all.begin(), all.end(), is_strength);
}

bool are_put_away(json::value const& value)
{
    if (!value.is_array()) return false;
    auto const& all = value.get_array();
    return std::all_of(all.begin(), all.end(), is_put_away);
}

} // namespace holdfast::app
