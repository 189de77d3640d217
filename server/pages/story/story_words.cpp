#include "server/pages/story/story_words.hpp"

#include "server/app/share_copy.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"

#include <algorithm>
#include <array>

namespace holdfast::pages {

namespace {
// said
constexpr std::array<asked_section, 7> sections{
    asked_section{
        "intend",
        "What I intend with this story",
        "Why now? It may be only this: to have it said once. This is the one part that is needed."},
    asked_section{
        "happened", "What happened", "As much or as little as you like. You can leave the hardest part out."},
    asked_section{"felt", "What I felt", "One word is enough. Two that don't fit together are fine too."},
    asked_section{
        "did",
        "What I did, even something small",
        "Getting through the day counts. So does asking, waiting, or leaving."},
    asked_section{
        "values",
        "What matters to me in it",
        "Such as fairness, my children, being free. Put commas between.",
        true},
    asked_section{"means", "What it means to me now", "It may change. You can come back and say it anew."},
    asked_section{"next", "One next step", "Small, and yours to do. It can become a goal.", true}};
} // namespace

std::span<asked_section const> asked_sections()
{
    return sections;
}

std::string_view heading_of(std::string_view field)
{
    if (field == "strengths") return "Strengths it shows"; // said
    auto const found =
        std::find_if(sections.begin(), sections.end(), [&](auto const& one) { return one.field == field; });
    return found == sections.end() ? std::string_view() : found->heading;
}

std::string name_of_story(app::private_text const& story)
{
    return beginning_of(app::text_in(story.body, "intend"));
}

std::string words_of(domain::share_audience audience)
{
    switch (audience) {
    case domain::share_audience::allies:
        return say("People you named");
    case domain::share_audience::circle:
        return say("A circle");
    case domain::share_audience::link:
        return say("Whoever has the link");
    }
    return "";
}

namespace {
constexpr std::size_t notes_of_part = 30;
constexpr std::size_t note_shown_bytes = 600; // all of it, of nearly every note
} // namespace

void put_notes(
    view& to,
    http::context const& asked,
    std::vector<domain::witness_note> const& notes,
    post_id const& story,
    bool is_mine,
    std::string const& place,
    app::own_clock const& clock
)
{
    auto const query = http::form_fields(asked.request->query());
    auto const shown = query ? http::field_of(*query, "show") : std::string();
    auto const whole = std::find_if(notes.begin(), notes.end(), [&](auto const& one) {
        return one.said.id.text() == shown;
    });
    auto part = list_part_of(asked, notes.size(), notes_of_part);
    if (whole != notes.end()) {
        auto const row = static_cast<std::size_t>(whole - notes.begin());
        part = list_part_with(row, notes.size(), notes_of_part);
    }
    view all(view::type::list);
    for (auto const& note : in_part(notes, part)) {
        view one;
        auto const& text = note.said.content.text;
        auto const is_cut = text.size() > note_shown_bytes && note.said.id.text() != shown;
        one.set("text_html", html_of(is_cut ? cut_to(text, note_shown_bytes) : text));
        one.set("is_cut", is_cut);
        one.set("place", place);
        one.set("id", note.said.id.text());
        one.set("is_strength", note.kind == domain::witness_kind::strength);
        one.set("author", note.said.nickname.empty() ? say("Somebody who left") : note.said.nickname);
        one.set("folded", note.said.folded);
        one.set("note", note_for(note.said.labels));
        one.set("pinned", note.pinned);
        one.set("may_pin", is_mine);
        one.set("story_id", story.text());
        put_time(one, "when", note.said.created_at, clock);
        all.push_back(one);
    }
    to.set("any_notes", !notes.empty());
    to.set("notes", all);
    to.set("notes_place", place);
    to.set("more_notes", part.count > 1);
    put_words(to, "notes_before", part.number > 1 ? std::to_string(part.number - 1) : std::string());
    put_words(to, "notes_after", part.has_older() ? std::to_string(part.number + 1) : std::string());
}

void put_parts(view& to, domain::share_what what, std::string const& copy)
{
    view support(view::type::list);
    view hard(view::type::list);
    for (auto const& part : app::parts_of(what, copy)) {
        view one;
        one.set("heading", say(part.heading));
        one.set("has_heading", !part.heading.empty());
        one.set("text_html", html_of(part.text));
        (part.is_hard ? hard : support).push_back(one);
    }
    auto const has_hard = !hard.list_value().empty();
    to.set("support", support);
    to.set("has_hard", has_hard);
    to.set("hard", hard);
}

} // namespace holdfast::pages
