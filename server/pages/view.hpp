// Rendering: templates with the layout around them, and the values that several pages show alike.
#pragma once
#include "server/app/posts/posts.hpp"
#include "server/app/space/pacing.hpp"
#include "server/http/answers.hpp"
#include "server/http/router.hpp"
#include "server/markdown/markdown.hpp"
#include "server/pages/language.hpp"
#include "server/pages/pages.hpp"

#include <kainjow/mustache.hpp>

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::pages {

using markdown::html_of;
using view = kainjow::mustache::data;

struct renderer::parts {
    explicit parts(std::string_view code);

    language spoken;
    std::map<std::string, std::string, std::less<>> templates; // by name without ending
    std::string css, js, desk_js, icon;
    std::string leave_to;

    std::string render(std::string_view name, view const& with) const;
    // What stands before and after a template's {{{body_html}}}: for what is put in without being rendered.
    std::string render_before(std::string const& name, view const& with) const;
    std::string render_after(std::string const& name, view const& with) const;
    // A whole page. `title` stands in the tab. Its lead ends where its own part begins: care for refused
    // words is put there.
    net::response page(
        http::context const& asked,
        unsigned status,
        std::string_view title,
        std::string_view name,
        view const& with
    ) const;
    // What stands before and after a page's own body.
    struct surroundings {
        std::string before, after;
    };
    surroundings layout(http::context const& asked, std::string_view title) const;
};

std::string escaped(std::string const& text); // as a template writes it into HTML
net::response html_response(unsigned status, std::string html);
net::response html_response(unsigned status, std::shared_ptr<std::string const> html);
net::response see_other(std::string location);
bool is_decorated(http::context const& asked); // signed in, or with a theme: then the layout is theirs

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
