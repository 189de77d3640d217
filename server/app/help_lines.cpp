#include "server/app/help_lines.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace holdfast::app {

namespace json = boost::json;

namespace {
std::string href_of(std::string const& kind, std::string const& value)
{
    if (kind == "call") return "tel:" + value;
    if (kind == "text") return "sms:" + value;
    return value; // a chat's own https address
}

domain::help_line line_from(json::object const& object, std::string const& country)
{
    auto const words = [&](char const* name) { return std::string(object.at(name).as_string()); };
    domain::help_line made;
    made.country = country;
    made.id = words("id");
    made.name = words("name");
    made.kind = words("kind");
    made.for_whom = words("for");
    made.hours = words("hours");
    made.source = words("source");
    made.checked_on = words("checked_on");
    for (auto const& language : object.at("languages").as_array()) {
        if (!made.languages.empty()) made.languages += ", ";
        made.languages += language.as_string();
    }
    for (auto const& entry : object.at("ways").as_array()) {
        auto const& way = entry.as_object();
        domain::help_way one;
        one.kind = way.at("kind").as_string();
        one.value = way.at("value").as_string();
        one.words = way.at("words").as_string();
        one.href = href_of(one.kind, one.value);
        made.ways.push_back(std::move(one));
    }
    return made;
}
} // namespace

help_lines::help_lines(
    std::span<std::pair<std::string_view, std::string_view> const> files, std::string default_country
)
    : default_country_(std::move(default_country))
{
    for (auto const& [name, content] : files) {
        if (!name.starts_with("content/help-lines/")) continue;
        try {
            auto const value = json::parse(json::string_view(content.data(), content.size()));
            std::string const country(value.at("country").as_string());
            names_.emplace_back(country, std::string(value.at("name").as_string()));
            std::vector<domain::help_line> lines;
            for (auto const& line : value.at("lines").as_array())
                lines.push_back(line_from(line.as_object(), country));
            by_country_.emplace_back(country, std::move(lines));
        } catch (std::exception const& broken) {
            throw std::runtime_error(
                "The help lines in " + std::string(name) + " can't be read: " + broken.what()
            );
        }
    }
    auto const known = country_or_default("");
    if (known != default_country_) {
        throw std::runtime_error("There are no help lines for the default country " + default_country_ + ".");
    }
}

std::vector<domain::help_line> const& help_lines::of(std::string_view country) const
{
    auto const wanted = country_or_default(country);
    auto const found = std::find_if(by_country_.begin(), by_country_.end(), [&](auto const& entry) {
        return entry.first == wanted;
    });
    if (found == by_country_.end()) throw std::logic_error("no help lines for the default country");
    return found->second;
}

std::string help_lines::country_or_default(std::string_view country) const
{
    auto const has = [&](std::string_view wanted) {
        return std::any_of(by_country_.begin(), by_country_.end(), [&](auto const& entry) {
            return entry.first == wanted;
        });
    };
    if (has(country)) return std::string(country);
    return has(default_country_) ? default_country_ : std::string();
}

std::vector<std::string> help_lines::countries() const
{
    std::vector<std::string> made;
    for (auto const& entry : by_country_)
        made.push_back(entry.first);
    std::sort(made.begin(), made.end());
    return made;
}

std::string help_lines::name_of(std::string_view country) const
{
    auto const wanted = country_or_default(country);
    for (auto const& [code, name] : names_) {
        if (code == wanted) return name;
    }
    return wanted;
}

domain::care help_lines::chosen_for(std::string_view country, moderation::triage triage) const
{
    // Never a wall of numbers: somebody who listens first, then another way to reach somebody, then the
    // emergency number. The files list the best of each kind first.
    domain::care made;
    made.triage = triage;
    made.country = country_or_default(country);
    auto const& lines = of(country);
    for (auto const* kind : {"listening", "emergency"}) {
        std::size_t taken = 0;
        for (auto const& line : lines) {
            if (line.kind != kind || taken == (std::string_view(kind) == "listening" ? 2U : 1U)) continue;
            made.lines.push_back(line);
            ++taken;
        }
    }
    return made;
}

} // namespace holdfast::app
