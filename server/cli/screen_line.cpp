#include "server/cli/screen_line.hpp"

#include <boost/json.hpp>

namespace holdfast::cli {

namespace json = boost::json;

namespace {
// What isn't there is nothing, and so is null. False: it is there and is no text.
bool read_text(json::object const& from, char const* name, std::string& into)
{
    auto const* const value = from.if_contains(name);
    if (value == nullptr || value->is_null()) return true;
    if (!value->is_string()) return false;
    into = value->get_string();
    return true;
}

// One text, or a list of them. False: it is something else.
bool read_context(json::object const& from, std::vector<std::string>& into)
{
    auto const* const value = from.if_contains("context");
    if (value == nullptr || value->is_null()) return true;
    if (value->is_string()) into.emplace_back(value->get_string());
    if (!value->is_array()) return value->is_string();
    for (auto const& one : value->get_array()) {
        if (!one.is_string()) return false;
        into.emplace_back(one.get_string());
    }
    return true;
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
    if (!read_text(into.members, "title", into.title)) return "\"title\" is not a text.";
    if (!read_context(into.members, into.context)) return "\"context\" is not a text or a list of texts.";
    return nullptr;
}

} // namespace holdfast::cli
