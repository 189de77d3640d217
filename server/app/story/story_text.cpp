#include "server/app/story/story_text.hpp"

#include "server/app/share_copy.hpp"
#include "server/app/space/private_shape.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::app {

namespace json = boost::json;

namespace {
constexpr std::size_t passages_max = 20;
constexpr std::size_t passage_bytes_min = 3;

// The same in every language.
std::string mark_of(int number)
{
    return "[… " + std::to_string(number) + "]";
}

bool holds_passages(share_section const& section)
{
    return section.field != "strengths" && section.field != "values" && section.field != "next";
}

void replace_all(std::string& text, std::string_view what, std::string_view with)
{
    if (what.empty()) return;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

void set_put_away(json::object& body, std::vector<put_away> const& all)
{
    body.erase("put_away");
    if (all.empty()) return;
    json::array made;
    for (auto const& one : all) {
        json::object item{{"number", one.number}, {"section", one.section}, {"until", one.until}};
        if (!one.words.empty()) item["words"] = one.words;
        made.push_back(std::move(item));
    }
    body["put_away"] = std::move(made);
}

bool is_due(put_away const& one, std::chrono::sys_days today)
{
    auto const day = day_from(one.until);
    return !day || *day <= today;
}

// Where its mark stands, else at the end: nothing is lost when the mark was written over.
void put_back(json::object& body, put_away const& one)
{
    auto text = text_in(body, one.section);
    auto const mark = mark_of(one.number);
    auto const at = text.find(mark);
    if (at == std::string::npos) {
        text += text.empty() ? one.words : "\n\n" + one.words;
    } else {
        text.replace(at, mark.size(), one.words);
    }
    body[one.section] = text;
}

// A goal belongs to the next step that it grew from; another next step can become one of its own.
void keep_goal(json::object& to, json::object const& from)
{
    auto const* const goal = from.if_contains("next_goal");
    if (goal != nullptr && text_in(to, "next") == text_in(from, "next")) to["next_goal"] = *goal;
}

std::string strengths_text(json::object const& body)
{
    auto const* const all = body.if_contains("strengths");
    if (all == nullptr || !all->is_array()) return "";
    std::string made;
    for (auto const& one : all->get_array()) {
        if (!one.is_object()) continue;
        auto const name = text_in(one.get_object(), "name");
        auto const shows = text_in(one.get_object(), "shows");
        if (!made.empty()) made += '\n';
        made += "- " + name;
        if (!shows.empty()) made += ": " + shows;
    }
    return made;
}

std::string values_text(json::object const& body)
{
    auto const* const all = body.if_contains("values");
    if (all == nullptr || !all->is_array()) return "";
    std::string made;
    for (auto const& one : all->get_array()) {
        if (!one.is_string()) continue;
        if (!made.empty()) made += ", ";
        made += one.get_string();
    }
    return made;
}
} // namespace

std::string section_text(json::object const& body, std::string_view field)
{
    if (field == "strengths") return strengths_text(body);
    if (field == "values") return values_text(body);
    return text_in(body, field);
}

std::vector<put_away> put_away_in(json::object const& body)
{
    std::vector<put_away> made;
    auto const* const all = body.if_contains("put_away");
    if (all == nullptr || !all->is_array()) return made;
    for (auto const& one : all->get_array()) {
        if (!one.is_object()) continue;
        auto const& item = one.get_object();
        made.push_back(
            {number_in(item, "number"),
             text_in(item, "section"),
             text_in(item, "words"),
             text_in(item, "until")}
        );
    }
    return made;
}

result<json::object> with_put_away(
    json::object body, std::string const& words, std::string const& until, std::chrono::sys_days today
)
{
    auto const day = day_from(until);
    if (!day || *day <= today) return invalid_field("until", "Please give a day that is still to come.");
    if (words.size() < passage_bytes_min)
        return invalid_field("words", "Please copy the passage here, as it stands in your story.");
    auto all = put_away_in(body);
    if (all.size() >= passages_max)
        return invalid_field("words", "Twenty passages are put away. Could you bring one back first?");
    for (auto const& section : share_sections(domain::share_what::story)) {
        if (!holds_passages(section)) continue;
        auto text = text_in(body, section.field);
        auto const at = text.find(words);
        if (at == std::string::npos) continue;
        auto number = 1;
        for (auto const& one : all)
            number = std::max(number, one.number + 1);
        text.replace(at, words.size(), mark_of(number));
        body[section.field] = text;
        all.push_back({number, std::string(section.field), words, until});
        set_put_away(body, all);
        return body;
    }
    return invalid_field(
        "words", "We could not find these words in your story. Please copy them as they stand."
    );
}

result<json::object> with_brought_back(json::object body, int number)
{
    auto all = put_away_in(body);
    auto const found =
        std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.number == number; });
    if (found == all.end()) return errc::not_found;
    put_back(body, *found);
    all.erase(found);
    set_put_away(body, all);
    return body;
}

json::object as_seen(json::object body, json::object const& newest, std::chrono::sys_days today)
{
    auto const away_now = put_away_in(newest);
    std::vector<put_away> still;
    for (auto const& one : put_away_in(body)) {
        auto const same = std::find_if(away_now.begin(), away_now.end(), [&](auto const& now) {
            return now.number == one.number && now.words == one.words;
        });
        auto const is_away = same != away_now.end() && !is_due(*same, today);
        if (is_away) {
            still.push_back(*same);
        } else {
            put_back(body, one);
        }
    }
    for (auto const& one : away_now) {
        if (is_due(one, today)) continue;
        for (auto const& section : share_sections(domain::share_what::story)) {
            if (!holds_passages(section)) continue;
            auto text = text_in(body, section.field);
            replace_all(text, one.words, mark_of(one.number));
            if (!text.empty()) body[section.field] = text;
        }
    }
    for (auto& one : still)
        one.words.clear();
    set_put_away(body, still);
    return body;
}

json::object carried_on(json::object typed, json::object const& before, std::chrono::sys_days today)
{
    // What was due stood in the form, so it is part of what came back, or was taken out there.
    auto all = put_away_in(before);
    std::erase_if(all, [&](auto const& one) {
        auto const mark_stands = text_in(typed, one.section).find(mark_of(one.number)) != std::string::npos;
        return is_due(one, today) && !mark_stands;
    });
    set_put_away(typed, all);
    typed.erase("next_goal");
    keep_goal(typed, before);
    return typed;
}

json::object with_newest(
    json::object body, json::object const& newest, std::chrono::sys_days today, std::string_view brought_back
)
{
    auto all = put_away_in(body);
    for (auto one : put_away_in(newest)) {
        auto const is_same = [&](auto const& other) {
            return other.section == one.section && other.words == one.words;
        };
        if (is_due(one, today) || one.words == brought_back || std::any_of(all.begin(), all.end(), is_same))
            continue;
        auto text = text_in(body, one.section);
        for (auto const& other : all)
            if (other.number >= one.number) one.number = other.number + 1;
        replace_all(text, one.words, mark_of(one.number));
        if (!text.empty()) body[one.section] = text;
        all.push_back(std::move(one));
    }
    set_put_away(body, all);
    if (!body.contains("next_goal")) keep_goal(body, newest);
    return body;
}

std::string copy_of(json::object const& seen, std::vector<std::string> const& chosen)
{
    std::vector<share_part> parts;
    for (auto const& section : share_sections(domain::share_what::story)) {
        if (std::find(chosen.begin(), chosen.end(), section.field) == chosen.end()) continue;
        auto text = section_text(seen, section.field);
        for (auto const& one : put_away_in(seen))
            replace_all(text, mark_of(one.number), "[…]");
        parts.push_back({std::string(section.heading), std::move(text), section.is_hard});
    }
    return copy_with(domain::share_what::story, parts);
}

} // namespace holdfast::app
