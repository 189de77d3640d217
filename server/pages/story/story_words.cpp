#include "server/pages/story/story_words.hpp"

#include "server/app/posts/share_copy.hpp"
#include "server/app/space/private_shape.hpp"

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

view notes_view(
    std::vector<domain::witness_note> const& notes,
    post_id const& story,
    bool is_mine,
    app::own_clock const& clock
)
{
    view all(view::type::list);
    for (auto const& note : notes) {
        view one;
        one.set("id", note.said.id.text());
        one.set("is_strength", note.kind == domain::witness_kind::strength);
        one.set("author", note.said.nickname.empty() ? say("Somebody who left") : note.said.nickname);
        one.set("text_html", html_of(note.said.content.text));
        one.set("folded", note.said.folded);
        one.set("note", note_for(note.said.labels));
        one.set("pinned", note.pinned);
        one.set("may_pin", is_mine);
        one.set("story_id", story.text());
        put_time(one, "when", note.said.created_at, clock);
        all.push_back(one);
    }
    return all;
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
