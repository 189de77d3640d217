// What stands around each page: made once for each kind of reader, and cut where two of them differ.
#include "server/http/asked_language.hpp"
#include "server/pages/view.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace holdfast::pages {

namespace {
std::string theme_of(http::context const& asked)
{
    constexpr std::array<std::string_view, 4> known{"day", "evening", "quiet", "quiet-evening"};
    auto theme = http::cookie_of(*asked.request, "look");
    return std::find(known.begin(), known.end(), theme) != known.end() ? theme : std::string();
}
} // namespace

bool is_decorated(http::context const& asked)
{
    return asked.who || !theme_of(asked).empty();
}

namespace {
// The layout for one kind of reader, without what differs between two of them.
struct frame {
    std::string to_title, to_body, to_name, end;
};
constexpr char mark = '\x01'; // in no template: where a frame is cut

std::pair<std::string, std::string> cut_at_mark(std::string const& text)
{
    auto const at = std::min(text.find(mark), text.size());
    return {text.substr(0, at), text.substr(std::min(at + 1, text.size()))};
}

// A quiet count has few words, so that there are few frames.
std::string unseen_words(http::context const& asked)
{
    return asked.unseen > 9 ? "9+" : std::to_string(asked.unseen);
}

bool is_read(http::context const& asked)
{
    return asked.request->method == net::method::get || asked.request->method == net::method::head;
}

view languages_view(renderer::parts const& with)
{
    view made(view::type::list);
    for (auto const& one : known_languages) {
        view entry;
        entry.set("code", std::string(one.code));
        entry.set("language", std::string(one.name));
        entry.set("current", one.code == with.spoken.code());
        made.push_back(entry);
    }
    return made;
}

frame frame_for(renderer::parts const& with, http::context const& asked, std::string const& theme)
{
    view made;
    made.set("title", std::string(1, mark));
    made.set("is_home", asked.request->path() == "/");
    made.set("may_choose", is_read(asked));
    made.set("languages", languages_view(with));
    made.set("css", with.css);
    made.set("js", with.js);
    if (asked.request->path().starts_with("/review")) made.set("desk_js", with.desk_js);
    made.set("icon", with.icon);
    made.set("leave_to", with.leave_to);
    if (!theme.empty()) made.set("theme", theme);
    made.set("who", static_cast<bool>(asked.who));
    if (asked.who) {
        made.set("nickname", std::string(1, mark));
        made.set("looks_after", asked.who->looks_after_any());
        if (asked.unseen > 0) made.set("unseen", unseen_words(asked));
    }
    auto [to_title, to_body] = cut_at_mark(with.render_before("layout", made));
    auto [to_name, end] = cut_at_mark(with.render_after("layout", made));
    return {std::move(to_title), std::move(to_body), std::move(to_name), std::move(end)};
}

// All that frame_for asks of a request: a few kinds, and nobody's name. A page that answers a form with what
// was typed has no choice of languages: it would be lost on the way.
std::string kind_of(renderer::parts const& with, http::context const& asked, std::string const& theme)
{
    auto const path = asked.request->path();
    std::string made(with.spoken.code());
    made += path == "/" ? " home " : path.starts_with("/review") ? " desk " : " page ";
    if (!is_read(asked)) made += "answer ";
    if (asked.who) made += asked.who->looks_after_any() ? "looks after " : "member ";
    if (asked.who && asked.unseen > 0) made += unseen_words(asked) + " unseen ";
    return made + theme + ' ' + with.leave_to;
}
} // namespace

// Each thread keeps the frames it has made, as it does the templates.
renderer::parts::surroundings
renderer::parts::layout(http::context const& asked, std::string_view title) const
{
    static thread_local std::map<std::string, frame> frames;
    auto const theme = theme_of(asked);
    auto const kind = kind_of(*this, asked, theme);
    auto known = frames.find(kind);
    if (known == frames.end()) known = frames.emplace(kind, frame_for(*this, asked, theme)).first;
    auto const& [to_title, to_body, to_name, end] = known->second;
    auto const shown = put_into(spoken, escaped(std::string(title)));
    auto const name = asked.who ? escaped(asked.who->nickname) : std::string();
    return {to_title + shown + to_body, to_name + name + end};
}

} // namespace holdfast::pages
