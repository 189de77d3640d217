// What several pages show alike: help lines, posts, reasons, errors, days and times.
#pragma once
#include "server/app/posts/posts.hpp"
#include "server/app/space/pacing.hpp"
#include "server/markdown/markdown.hpp"
#include "server/pages/view.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::pages {

using markdown::html_of;

view countries_view(app::help_lines const& lines, std::string_view chosen);
// Where a reader can look for themselves whether a line is still as it stands here.
enum class line_source : std::uint8_t { left_out, linked };
// Those that speak the reader's language come before the others, which are announced. "": not known.
std::string lines_html(
    renderer::parts const& with,
    std::vector<domain::help_line> lines,
    std::string_view language,
    line_source source = line_source::left_out
);
// What a content note says, from what the screen saw; neutral and short.
std::string note_for(moderation::label_set labels);
std::string path_of(domain::shared_as const& share); // where its readers find it
std::string post_html(renderer::parts const& with, domain::post const& post);
std::string country_of(http::context const& asked); // chosen, else from Accept-Language, else ""
std::string language_of(http::context const& asked
); // chosen, else from Accept-Language, else ""; also of others

// The error summary above a form; "" without errors. A passphrase never comes back into a page: where one is
// asked for, not all that was typed is still there.
enum class typed_back : std::uint8_t { all, some };
std::string errors_html(renderer::parts const& with, error const& failed, typed_back typed = typed_back::all);
// Where a page calls a field by another id, the links lead there; "" is no link.
using anchors = std::vector<std::pair<std::string_view, std::string>>;
error with_anchors(error failed, anchors const& ids);
// The key that a form brings, so that a second press is the same write; a new one for a form without.
std::string key_or_new(http::fields const& form);
void put_time(view& to, std::string const& name, timestamp at); // {name} in words, {name}_iso
void put_time(view& to, std::string const& name, timestamp at, app::own_clock const& clock);
std::string words_for(timestamp at);
std::string words_for(timestamp at, app::own_clock const& clock);
std::string words_for(std::chrono::year_month month);             // "May 2026"
std::string words_for(std::chrono::sys_days day);                 // "3 May 2026"
std::string short_words_for(std::chrono::sys_days day);           // "3 May"
std::string short_words_for(std::chrono::month month);            // "May"
std::string cut_to(std::string_view text, std::size_t bytes_max); // with "…" where something is left out
std::string beginning_of(std::string_view text);                  // enough of it to know which one it is

// Notes on what was noticed, in plain words; `text` gives the passages. An author reads what to change, a
// facilitator all that speaks for and against.
enum class reader : std::uint8_t { author, facilitator };
void put_reasons(view& to, moderation::decision const& decided, std::string const& text, reader who);
// The hint above a form whose text may land differently than its author means it.
std::string
nudge_html(renderer::parts const& with, moderation::decision const& decided, std::string const& text);
// Tells that posts are also sent to a service outside; "" when they are not.
std::string outside_html(renderer::parts const& with, http::context const& asked);

} // namespace holdfast::pages
