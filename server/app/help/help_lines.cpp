#include "server/app/help/help_lines.hpp"

#include "moderation/policy/ruling.hpp"
#include "server/app/help/opening_hours.hpp"

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
    if (auto const* const open = object.if_contains("open")) {
        made.zone = open->at("zone").as_string();
        if (!is_zone(made.zone)) throw std::runtime_error("\"" + made.zone + "\" is no time zone");
        for (auto const& time : open->at("times").as_array()) {
            auto const text = [&](char const* name) { return std::string_view(time.at(name).as_string()); };
            domain::opening_time const one{
                days_named(text("days")), minute_named(text("from")), minute_named(text("to"))};
            if (one.days == 0 || one.from < 0 || one.to < 0)
                throw std::runtime_error("a time of " + made.id + " is not like mon-fri, 09:00, 17:30");
            made.opening.push_back(one);
        }
    }
    return made;
}

} // namespace

bool speaks(domain::help_line const& line, std::string_view language)
{
    return !language.empty() && line.languages.find(language) != std::string::npos;
}

help_lines::help_lines(
    std::span<std::pair<std::string_view, std::string_view> const> files,
    std::string default_country,
    clock const& time
)
    : default_country_(std::move(default_country)), time_(time)
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

std::string help_lines::country_speaking(std::string_view language) const
{
    auto const any_speaks = [&](std::string_view country, bool first) {
        auto const& lines = of(country);
        return std::any_of(lines.begin(), lines.end(), [&](auto const& line) {
            return first ? !language.empty() && line.languages.starts_with(language) : speaks(line, language);
        });
    };
    auto const usual = country_or_default("");
    if (any_speaks(usual, false)) return usual;
    for (auto const& country : countries()) {
        if (any_speaks(country, true)) return country;
    }
    return usual;
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

std::optional<domain::care>
help_lines::care_after(moderation::decision const& decided, std::string_view country) const
{
    if (!domain::care_is_due(decided)) return std::nullopt;
    auto made = chosen_for(country, decided.triage);
    made.unread = moderation::is_only_unread(decided);
    return made;
}

domain::care
help_lines::chosen_for(std::string_view country, moderation::triage triage, std::string_view language) const
{
    auto const now = time_.now();
    // Never a wall of numbers: somebody who listens, then another way to reach somebody, then the emergency
    // number; of each kind only who is there now. The files list the best of each kind first.
    domain::care made;
    made.triage = triage;
    made.country = country_or_default(country);
    auto lines = of(country);
    std::erase_if(lines, [&](auto const& line) { return !is_open(line, now); });
    // Those that speak the reader's language come first; the file's order stays otherwise.
    std::stable_partition(lines.begin(), lines.end(), [&](auto const& line) {
        return speaks(line, language);
    });
    for (auto const& [kind, most] : {std::pair{"listening", 2}, std::pair{"emergency", 1}}) {
        int taken = 0;
        for (auto const& line : lines) {
            if (line.kind != kind || taken == most) continue;
            made.lines.push_back(line);
            ++taken;
        }
    }
    return made;
}

} // namespace holdfast::app
