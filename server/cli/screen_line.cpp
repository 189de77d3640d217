#include "server/cli/screen_line.hpp"

#include <boost/json.hpp>

namespace holdfast::cli {

namespace json = boost::json;

namespace {
std::string text_of(json::object const& from, char const* name)
{
    auto const* const value = from.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::vector<std::string> context_of(json::object const& from)
{
    std::vector<std::string> made;
    auto const* const value = from.if_contains("context");
    if (value == nullptr) return made;
    if (value->is_string()) made.emplace_back(value->get_string());
    if (value->is_array()) {
        for (auto const& one : value->get_array()) {
            if (one.is_string()) made.emplace_back(one.get_string());
        }
    }
    return made;
}
} // namespace

moderation::input asked_text::input(std::vector<std::string_view> const& views) const
{
    moderation::input made;
    made.text = text;
    made.title = title;
    made.context = views;
    return made;
}

char const* read_line(std::string const& line, asked_text& into)
{
    boost::system::error_code failed;
    json::parse_options options;
    options.allow_invalid_utf8 = true; // the screen decides about any bytes
    auto const value = json::parse(line, failed, {}, options);
    if (failed || !value.is_object()) return "This line is not a JSON object.";
    into.members = value.get_object();
    auto const* const text = into.members.if_contains("text");
    if (text == nullptr || !text->is_string()) return "\"text\" is missing or not a text.";
    into.text = text->get_string();
    into.title = text_of(into.members, "title");
    into.context = context_of(into.members);
    return nullptr;
}

} // namespace holdfast::cli
