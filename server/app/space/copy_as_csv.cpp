#include "server/app/space/copy_as_csv.hpp"

#include <boost/json.hpp>

namespace holdfast::app {

namespace json = boost::json;

namespace {
constexpr std::string_view formula_starts = "=+-@\t\r|%";

std::string words_of(json::value const& value)
{
    if (value.is_string()) return std::string(value.get_string());
    return value.is_null() ? std::string() : json::serialize(value);
}

// "posts", the first of them, its version if it has some: where a line belongs.
struct row_start {
    std::string part;
    std::string number;
    std::string version;
};

void add_value(std::string& to, row_start const& start, std::string const& place, json::value const& value)
{
    if (value.is_object()) {
        for (auto const& member : value.get_object())
            add_value(
                to, start, (place.empty() ? "" : place + ".") + std::string(member.key()), member.value()
            );
        return;
    }
    if (value.is_array()) {
        std::size_t number = 0;
        for (auto const& one : value.get_array())
            add_value(to, start, place + "." + std::to_string(++number), one);
        return;
    }
    for (auto const& cell : {start.part, start.number, start.version, place})
        to += csv_cell(cell) + ",";
    to += csv_cell(words_of(value)) + "\r\n";
}

void add_private(std::string& to, std::string const& kind, json::array const& records)
{
    std::size_t number = 0;
    for (auto const& record : records) {
        ++number;
        if (!record.is_array()) continue;
        for (auto const& version : record.get_array()) {
            auto const* const which = version.as_object().if_contains("version");
            add_value(
                to,
                {kind, std::to_string(number), which == nullptr ? std::string() : words_of(*which)},
                "",
                version
            );
        }
    }
}

void add_part(std::string& to, std::string const& name, json::value const& value)
{
    if (name == "private" && value.is_object()) {
        for (auto const& kind : value.get_object())
            if (kind.value().is_array()) add_private(to, std::string(kind.key()), kind.value().get_array());
    } else if (value.is_array()) {
        std::size_t number = 0;
        for (auto const& one : value.get_array())
            add_value(to, {name, std::to_string(++number), ""}, "", one);
    } else {
        add_value(to, {name, "", ""}, "", value);
    }
}
} // namespace

// A number with a sign stays one: there is nothing to run in it.
std::string csv_cell(std::string_view text)
{
    auto const first = text.empty() ? '\0' : text.front();
    auto const is_number =
        first == '-' && text.size() > 1 && text.find_first_not_of("0123456789.", 1) == std::string_view::npos;
    std::string made = "\"";
    if (!text.empty() && !is_number && formula_starts.find(first) != std::string_view::npos) made += '\'';
    for (auto const letter : text) {
        if (letter == '"') made += '"';
        made += letter;
    }
    return made + "\"";
}

std::string csv_of(json::object const& copy, language const& spoken)
{
    std::string made = "\xEF\xBB\xBF"; // the mark tells spreadsheets: UTF-8
    for (auto const& name : {say("part"), say("number"), say("version"), say("place")})
        made += spoken.text_of(name) + ",";
    made += spoken.text_of(say("value")) + "\r\n";
    for (auto const& member : copy)
        add_part(made, std::string(member.key()), member.value());
    return made;
}

} // namespace holdfast::app
