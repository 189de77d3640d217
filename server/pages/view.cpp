#include "server/pages/view.hpp"
#include "moderation/policy/ruling.hpp"

#include "embedded/web.hpp"
#include "embedded/web_assets.hpp"
#include "embedded/web_spoken.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/plain_words.hpp"
#include "server/app/policy/policies.hpp"
#include "server/app/services.hpp"
#include "server/base/limits.hpp"
#include "server/base/utf8.hpp"
#include "server/http/asked_language.hpp"
#include "server/http/problem.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace holdfast::pages {

namespace mustache = kainjow::mustache;

namespace {
constexpr std::string_view slot = "{{{body_html}}}";
constexpr auto const* before = " before the slot";
constexpr auto const* after = " after the slot";
} // namespace

namespace {
using template_map = std::map<std::string, std::string, std::less<>>;

void add_template(template_map& to, std::string_view file, std::string_view content)
{
    std::string const stem(file.substr(0, file.size() - 5)); // without .html
    to[stem] = content;
    auto const at = content.find(slot);
    if (at == std::string_view::npos) return;
    to[stem + before] = content.substr(0, at);
    to[stem + after] = content.substr(at + slot.size());
}

template_map templates_in(std::string_view code)
{
    auto const is_english = code == known_languages.front().code;
    auto const folder = std::string(is_english ? "templates" : code) + "/";
    template_map made;
    for (auto const& [name, content] : is_english ? embedded::web() : embedded::web_spoken()) {
        if (name.starts_with(folder)) add_template(made, name.substr(folder.size()), content);
    }
    return made;
}

void add_asset_names(renderer::parts& to)
{
    for (auto const& [name, content] : embedded::web_assets()) {
        if (name != "manifest.json") continue; // the names of the built files
        auto const manifest = boost::json::parse(boost::json::string_view(content.data(), content.size()));
        to.css = manifest.at("css").as_string();
        to.js = manifest.at("js").at(to.spoken.code()).as_string();
        to.desk_js = manifest.at("desk_js").at(to.spoken.code()).as_string();
        to.icon = manifest.at("icon").as_string();
    }
}

std::unique_ptr<renderer::parts const> parts_in(std::string_view code, std::string leave_to)
{
    auto made = std::make_unique<renderer::parts>(code);
    made->templates = templates_in(code);
    add_asset_names(*made);
    made->leave_to = std::move(leave_to);
    return made;
}
} // namespace

renderer::parts::parts(std::string_view code) : spoken(code, embedded::web()) {}

renderer::renderer(std::unique_ptr<parts const> made) : parts_(std::move(made)) {}

renderer::renderer(std::string leave_to)
{
    for (auto const& one : known_languages) {
        auto made = parts_in(one.code, leave_to);
        if (!parts_)
            parts_ = std::move(made);
        else
            others_.push_back(std::unique_ptr<renderer const>(new renderer(std::move(made))));
    }
}

renderer const& renderer::for_reader(http::context const& asked) const
{
    auto const wanted = http::language_for(*asked.request);
    for (auto const& one : others_) {
        if (one->get().spoken.code() == wanted) return *one;
    }
    return *this;
}

renderer::~renderer() = default;

// Reading a template takes longer than filling it in, so each thread keeps what it has read: filling in is
// not const.
std::string renderer::parts::render(std::string_view name, view const& with) const
{
    using read_templates = std::map<std::string, mustache::mustache, std::less<>>;
    static thread_local std::map<std::string_view, read_templates> read_in; // by language
    auto& read = read_in[spoken.code()];
    auto known = read.find(name);
    if (known == read.end()) {
        auto const found = templates.find(name);
        if (found == templates.end()) throw std::logic_error("there is no template " + std::string(name));
        known = read.emplace(name, found->second).first;
        if (!known->second.is_valid()) // the unit tests read every template
            throw std::logic_error("the template " + found->first + ": " + known->second.error_message());
    }
    std::string made;
    known->second.render(with, [&made](std::string const& piece) { made += piece; });
    return put_into(spoken, std::move(made));
}

std::string renderer::parts::render_before(std::string const& name, view const& with) const
{
    return render(name + before, with);
}

std::string renderer::parts::render_after(std::string const& name, view const& with) const
{
    return render(name + after, with);
}

std::string key_or_new(http::fields const& form)
{
    auto key = http::field_of(form, "key");
    if (key.empty() || key.size() > limits::idempotency_key_bytes_max) key = private_id::random().text();
    return key;
}

std::string escaped(std::string const& text)
{
    return mustache::html_escape(text);
}

net::response html_response(unsigned status, std::string html)
{
    return html_response(status, std::make_shared<std::string const>(std::move(html)));
}

net::response html_response(unsigned status, std::shared_ptr<std::string const> html)
{
    net::response made;
    made.status = status;
    made.headers.emplace_back("content-type", "text/html; charset=utf-8");
    made.headers.emplace_back("vary", "accept-language, cookie"); // the language
    made.body = std::move(html);
    return made;
}

net::response see_other(std::string location)
{
    return http::redirect(std::move(location));
}

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

net::response renderer::parts::page(
    http::context const& asked,
    unsigned status,
    std::string_view title,
    std::string_view name,
    view const& with
) const
{
    auto around = layout(asked, title);
    auto made = html_response(status, render(name, with));
    made.lead = std::move(around.before);
    made.tail = std::move(around.after);
    return made;
}

view countries_view(app::help_lines const& lines, std::string_view chosen)
{
    auto const current = lines.country_or_default(chosen);
    view made(view::type::list);
    for (auto const& code : lines.countries()) {
        view one;
        one.set("code", code);
        one.set("name", say(lines.name_of(code)));
        one.set("chosen", code == current);
        made.push_back(one);
    }
    return made;
}

namespace {
// "en, es" as people call them: English, Español. An unknown code stays as it is.
std::string languages_in_words(std::string_view codes)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> names{
        {{"ar", "العربية"}, {"de", "Deutsch"}, {"en", "English"}, {"es", "Español"}, {"fr", "Français"}}};
    std::vector<std::string> made;
    while (!codes.empty()) {
        auto const code = codes.substr(0, codes.find(','));
        codes.remove_prefix(std::min(code.size() + 2, codes.size())); // and ", "
        auto const known =
            std::find_if(names.begin(), names.end(), [&](auto const& one) { return one.first == code; });
        made.emplace_back(known == names.end() ? code : known->second);
    }
    return app::listed(made);
}
} // namespace

std::string lines_html(
    renderer::parts const& with,
    std::vector<domain::help_line> lines,
    std::string_view language,
    line_source source
)
{
    auto const first_other =
        std::stable_partition(lines.begin(), lines.end(), [language](domain::help_line const& line) {
            return language.empty() || app::speaks(line, language);
        });
    view all(view::type::list);
    for (auto const& line : lines) {
        view one;
        one.set("first_other", first_other != lines.end() && line.id == first_other->id);
        one.set("name", say(line.name));
        one.set("for", say(line.for_whom));
        one.set("hours", say(line.hours));
        if (source == line_source::linked && line.source.starts_with("https://"))
            one.set("source", line.source);
        one.set("languages", languages_in_words(line.languages));
        one.set("kind", line.kind);
        view ways(view::type::list);
        for (auto const& way : line.ways) {
            view entry;
            entry.set("href", way.href);
            entry.set("words", say(way.words));
            entry.set("style", line.kind == "emergency" ? "outline" : "help");
            ways.push_back(entry);
        }
        one.set("ways", ways);
        all.push_back(one);
    }
    view made;
    made.set("lines", all);
    return with.render("lines", made);
}

std::string note_for(moderation::label_set labels)
{
    using moderation::label;
    if (labels.has(label::self_harm)) return say("Mentions self-harm.");
    if (labels.has(label::violence) || labels.has(label::threat)) return say("Mentions violence.");
    if (labels.has(label::sexual)) return say("Mentions sex.");
    if (labels.has(label::abuse_danger)) return say("Mentions abuse.");
    return say("May be hard to read.");
}

std::string path_of(domain::shared_as const& share)
{
    switch (share.what) {
    case domain::share_what::story:
        return "/stories/" + share.id.text();
    case domain::share_what::plan:
        return "/plans/" + share.id.text();
    case domain::share_what::card:
        return "/shared-cards/" + share.id.text();
    case domain::share_what::goal:
        break;
    }
    return "/partners/" + share.id.text();
}

std::string post_html(renderer::parts const& with, domain::post const& post)
{
    view made;
    made.set("id", post.id.text());
    made.set("number", std::to_string(post.number));
    if (!post.nickname.empty()) made.set("nickname", post.nickname);
    made.set("facilitator", post.by_facilitator);
    made.set("iso", iso8601(post.created_at));
    made.set("when", words_for(post.created_at));
    made.set("edited", post.edited_at.has_value());
    made.set("folded", post.folded);
    if (post.folded) made.set("note", note_for(post.labels));
    made.set("weight", std::to_string(app::weight_of(post.labels)));
    made.set("text_html", html_of(post.content.text));
    return with.render("post", made);
}

std::string country_of(http::context const& asked)
{
    if (asked.who && !asked.who->country.empty()) return asked.who->country;
    auto const& lines = asked.services.lines;
    auto const accepted = asked.request->header("accept-language").substr(0, 5);
    if (accepted.size() == 5 && accepted[2] == '-') {
        std::string country(accepted.substr(3));
        for (auto& one : country)
            one = one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one;
        if (lines.country_or_default(country) == country) return country;
    }
    return lines.country_speaking(language_of(asked));
}

std::string language_of(http::context const& asked)
{
    auto const chosen = http::chosen_language(*asked.request);
    if (!chosen.empty()) return std::string(chosen);
    auto const language = asked.request->header("accept-language").substr(0, 2);
    auto const is_letter = [](char one) { return one >= 'a' && one <= 'z'; };
    return language.size() == 2 && is_letter(language[0]) && is_letter(language[1]) ? std::string(language)
                                                                                    : std::string();
}

std::string cut_to(std::string_view text, std::size_t bytes_max)
{
    if (text.size() <= bytes_max) return std::string(text);
    return std::string(text.substr(0, border_before(text, bytes_max))) + "…";
}

std::string beginning_of(std::string_view text)
{
    constexpr std::size_t bytes_max = 60;
    return cut_to(text.substr(0, text.find('\n')), bytes_max);
}

namespace {
bool is_for(reader who, moderation::finding const& finding)
{
    if (finding.shadow) return false;
    if (!moderation::rule_that_acted(finding).empty() || finding.rule.starts_with("screen.") ||
        finding.rule.starts_with("held."))
        return true;
    return who == reader::facilitator; // an author is told what to change, not what we think of them
}

void put_passage(view& to, moderation::finding const& finding, std::string const& text)
{
    if (finding.where.end <= finding.where.begin || finding.where.end > text.size()) return;
    to.set("passage", text.substr(finding.where.begin, finding.where.end - finding.where.begin));
}
} // namespace

void put_reasons(view& to, moderation::decision const& decided, std::string const& text, reader who)
{
    constexpr std::size_t reasons_max = 12;
    view all(view::type::list);
    std::vector<std::string> seen;
    for (auto const& finding : decided.findings) {
        if (!is_for(who, finding) || seen.size() >= reasons_max) continue;
        if (std::find(seen.begin(), seen.end(), finding.reason) != seen.end()) continue;
        seen.push_back(finding.reason);
        view one;
        one.set("sentence", say(finding.reason));
        put_passage(one, finding, text);
        all.push_back(one);
    }
    to.set("has_reasons", !seen.empty());
    to.set("reasons", all);
}

std::string
nudge_html(renderer::parts const& with, moderation::decision const& decided, std::string const& text)
{
    view all(view::type::list);
    for (auto const& finding : decided.findings) {
        if (finding.shadow || !finding.rule.starts_with("nudge")) continue;
        view one;
        one.set("sentence", say(finding.reason));
        put_passage(one, finding, text);
        all.push_back(one);
    }
    view made;
    made.set("nudges", all);
    return with.render("nudge", made);
}

std::string outside_html(renderer::parts const& with, http::context const& asked)
{
    auto const name = asked.services.policies.outside_check();
    if (name.empty()) return "";
    view made;
    made.set("name", name);
    return with.render("outside", made);
}

} // namespace holdfast::pages
