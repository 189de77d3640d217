#include "server/app/posts/story_copy.hpp"

#include <algorithm>
#include <array>

namespace holdfast::app {

namespace {
// said
constexpr std::array<story_section, 8> sections{
    story_section{"intend", "What this story is for", false},
    story_section{"did", "What I did", false},
    story_section{"strengths", "Strengths it shows", false},
    story_section{"values", "What matters to me", false},
    story_section{"means", "What it means to me now", false},
    story_section{"next", "One next step", false},
    story_section{"happened", "What happened", true},
    story_section{"felt", "What I felt", true}};

story_section const* section_headed(std::string_view line)
{
    constexpr std::string_view prefix = "## ";
    if (!line.starts_with(prefix)) return nullptr;
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
std::string without_headings(std::string const& text)
{
    std::string made;
    each_line(text, [&](std::string_view line) {
        if (section_headed(line) != nullptr) made += '\\';
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

std::span<story_section const> story_sections()
{
    return sections;
}

std::string copy_with(std::vector<story_part> const& parts)
{
    std::string made;
    for (auto const& part : parts) {
        auto text = part.text;
        trim(text);
        if (text.empty()) continue;
        if (!made.empty()) made += "\n\n";
        made.append("## ").append(part.heading).append("\n\n").append(without_headings(text));
    }
    return made;
}

std::vector<story_part> parts_of(std::string_view copy)
{
    std::vector<story_part> made(1); // what stands above every heading counts as hard
    each_line(copy, [&](std::string_view line) {
        if (auto const* section = section_headed(line)) {
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

std::string own_words_in(std::string_view copy)
{
    std::string made;
    each_line(copy, [&](std::string_view line) {
        made.append(section_headed(line) == nullptr ? std::string(line) : std::string(line.size(), ' '));
        made += '\n';
    });
    made.resize(copy.size()); // the last line may have no end
    return made;
}

} // namespace holdfast::app
