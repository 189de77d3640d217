#include "server/pages/parts.hpp"

#include "moderation/policy/ruling.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/plain_words.hpp"
#include "server/app/policy/policies.hpp"
#include "server/app/services.hpp"
#include "server/base/limits.hpp"
#include "server/base/utf8.hpp"
#include "server/http/asked_language.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::pages {

std::string key_or_new(http::fields const& form)
{
    auto key = http::field_of(form, "key");
    if (key.empty() || key.size() > limits::idempotency_key_bytes_max) key = private_id::random().text();
    return key;
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
