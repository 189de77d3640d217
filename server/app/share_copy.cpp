#include "server/app/share_copy.hpp"

#include <algorithm>
#include <array>

namespace holdfast::app {

namespace {
// said
constexpr std::array<share_section, 8> story_sections{
    share_section{"intend", "What this story is for", false},
    share_section{"did", "What I did", false},
    share_section{"strengths", "Strengths it shows", false},
    share_section{"values", "What matters to me", false},
    share_section{"means", "What it means to me now", false},
    share_section{"next", "One next step", false},
    share_section{"happened", "What happened", true},
    share_section{"felt", "What I felt", true}};

// The six steps of Stanley and Brown (2012), and what makes it worth it.
// said
constexpr std::array<share_section, 7> plan_sections{
    share_section{"signs", "How I notice that it is getting hard", false},
    share_section{"alone", "What I can do by myself", false},
    share_section{"around", "People and places that take my mind off it", false},
    share_section{"ask", "People I can ask for help", false},
    share_section{"services", "Services and professionals I can call", false},
    share_section{"safer", "How I make the place around me safer", false},
    share_section{"reasons", "What is worth living for, to me", false}};

// A goal's own words, its steps and tries; then what partners say to each other.
// said
constexpr std::array<share_section, 14> goal_sections{
    share_section{"what", "The goal", false},
    share_section{"measure", "How I know", false},
    share_section{"possible", "What makes it possible", false},
    share_section{"value", "Why it matters", false},
    share_section{"by", "By when", false},
    share_section{"steps", "Small steps", false},
    share_section{"done", "Steps that are done", false},
    share_section{"tries", "What I tried, and what I learned", false},
    share_section{"morning", "What I mean to do today", false},
    share_section{"evening", "How it went", false},
    share_section{"hard", "How hard it was", false},
    share_section{"new_goal", "The goal, said another way", false},
    share_section{"new_step", "One small step", false},
    share_section{"why", "Why I thought of it", false}};

share_section const* section_headed(domain::share_what what, std::string_view line)
{
    constexpr std::string_view prefix = "## ";
    if (!line.starts_with(prefix)) return nullptr;
    auto const sections = share_sections(what);
    auto const found = std::find_if(sections.begin(), sections.end(), [&](auto const& one) {
        return one.heading == line.substr(prefix.size());
    });
    return found == sections.end() ? nullptr : &*found;
}

template <class Take>
void each_line(std::string_view text, Take take)
{
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        take(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

// A line of somebody's own that looks like one of our headings stays a line of theirs.
std::string without_headings(domain::share_what what, std::string const& text)
{
    std::string made;
    each_line(text, [&](std::string_view line) {
        if (section_headed(what, line) != nullptr) made += '\\';
        made.append(line).append("\n");
    });
    if (!made.empty()) made.pop_back();
    return made;
}

void trim(std::string& text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    text.erase(0, std::min(text.find_first_not_of("\n "), text.size()));
}
} // namespace

std::span<share_section const> share_sections(domain::share_what what)
{
    switch (what) {
    case domain::share_what::story:
        return story_sections;
    case domain::share_what::plan:
        return plan_sections;
    case domain::share_what::goal:
        return goal_sections;
    case domain::share_what::card:
        break;
    }
    return {};
}

std::string_view heading_of(domain::share_what what, std::string_view field)
{
    for (auto const& section : share_sections(what)) {
        if (section.field == field) return section.heading;
    }
    return "";
}

std::string copy_with(domain::share_what what, std::vector<share_part> const& parts)
{
    std::string made;
    for (auto const& part : parts) {
        auto text = part.text;
        trim(text);
        if (text.empty()) continue;
        if (!made.empty()) made += "\n\n";
        made.append("## ").append(part.heading).append("\n\n").append(without_headings(what, text));
    }
    return made;
}

std::vector<share_part> parts_of(domain::share_what what, std::string_view copy)
{
    std::vector<share_part> made(1); // what stands above every heading counts as hard
    each_line(copy, [&](std::string_view line) {
        if (auto const* section = section_headed(what, line)) {
            made.push_back({std::string(section->heading), "", section->is_hard});
        } else {
            made.back().text.append(line).append("\n");
        }
    });
    for (auto& part : made)
        trim(part.text);
    std::erase_if(made, [](auto const& part) { return part.text.empty(); });
    return made;
}

std::string part_in(domain::share_what what, std::string_view copy, std::string_view field)
{
    auto const heading = heading_of(what, field);
    for (auto& part : parts_of(what, copy)) {
        if (part.heading == heading && !heading.empty()) return std::move(part.text);
    }
    return "";
}

std::string own_words_in(domain::share_what what, std::string_view copy)
{
    std::string made;
    each_line(copy, [&](std::string_view line) {
        made.append(
            section_headed(what, line) == nullptr ? std::string(line) : std::string(line.size(), ' ')
        );
        made += '\n';
    });
    made.resize(copy.size()); // the last line may have no end
    return made;
}

} // namespace holdfast::app
