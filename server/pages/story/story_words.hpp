// How a story is asked for and shown, alike on the pages about stories.
#pragma once
#include "server/app/space/space.hpp"
#include "server/domain/share.hpp"
#include "server/pages/view.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::pages {

// One section of the form, in the order of asking.
struct asked_section {
    std::string_view field;
    std::string_view heading;
    std::string_view hint;
    bool is_line = false; // else a text of several lines
};
std::span<asked_section const> asked_sections();
std::string_view heading_of(std::string_view field); // of such a section

std::string name_of_story(app::private_text const& story); // its beginning
std::string words_of(domain::share_audience audience);
// The notes of a story, in parts and long ones cut, with ways to the other parts. `place` is where the page
// can be asked for "page=2", or for "show=ID": the part with that note, and all of its words.
void put_notes(
    view& to,
    http::context const& asked,
    std::vector<domain::witness_note> const& notes,
    post_id const& story,
    bool is_mine,
    std::string const& place,
    app::own_clock const& clock
);
// The parts of a copy, support first: {support: […], hard: {parts: […]}}.
void put_parts(view& to, domain::share_what what, std::string const& copy);

} // namespace holdfast::pages
