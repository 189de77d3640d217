// What went wrong, as people read it: a page of its own, or above the form that they sent.
#include "server/app/help/help_lines.hpp"
#include "server/base/limits.hpp"
#include "server/http/problem.hpp"
#include "server/pages/parts.hpp"

#include <algorithm>
#include <array>

namespace holdfast::pages {

namespace {
// What it means and what to do next; only what is so for every page that can end here.
std::string words_about(error const& failed)
{
    switch (failed.code) {
    case errc::not_found:
        return "Perhaps it was taken down. Perhaps only members of its circle can read it. You did nothing "
               "wrong.";
    case errc::forbidden_origin:
        return "For your safety we only take what was sent from this site itself. Please open the page here "
               "and send it again.";
    case errc::unauthenticated:
        return "You are not signed in. Please sign in and try again.";
    case errc::damaged:
        return "It is not your doing. Please tell whoever runs this place. Help now still works.";
    default:
        break;
    }
    if (!failed.detail.empty()) return failed.detail;
    return "You can try again in a moment.";
}

// Never given back into a page.
bool is_secret(std::string_view field)
{
    constexpr std::array<std::string_view, 4> secrets{
        "passphrase", "new_passphrase", "recovery_code", "code"};
    return std::find(secrets.begin(), secrets.end(), field) != secrets.end();
}

// What somebody wrote, and not a number, a choice or an id of the page's own.
bool is_words(std::string const& typed)
{
    return std::any_of(typed.begin(), typed.end(), [](char letter) {
        return letter == ' ' || letter == '\n' || (letter >= 'A' && letter <= 'Z') ||
               static_cast<unsigned char>(letter) >= 0x80;
    });
}

bool passes(errc code)
{
    return code == errc::unauthenticated || code == errc::rate_limited || code == errc::overloaded ||
           code == errc::storage_failed || code == errc::internal;
}

// The form that did not get through, when it came from a page of ours; none for what can't be given back.
std::optional<http::fields> form_of(net::request const& asked)
{
    constexpr std::string_view typed_in_a_form = "application/x-www-form-urlencoded";
    auto const is_form = asked.method == net::method::post && http::is_from_here(asked) &&
                         asked.header("content-type").starts_with(typed_in_a_form) &&
                         !asked.target.starts_with("//") &&
                         asked.body.size() <= limits::form_given_back_bytes_max;
    if (!is_form) return std::nullopt;
    auto form = http::form_fields(asked.body);
    if (!form) return std::nullopt;
    auto const has_secret =
        std::any_of(form->begin(), form->end(), [](auto const& one) { return is_secret(one.first); });
    if (has_secret) return std::nullopt;
    return std::move(*form);
}

// Words to see, to copy and to send once more, under the same key: it can't arrive twice.
void put_form_back(view& made, http::context const& asked, error const& failed)
{
    auto const form = form_of(*asked.request);
    view texts(view::type::list);
    view rest(view::type::list);
    for (auto const& [name, typed] : form ? *form : http::fields()) {
        view one;
        one.set("name", name);
        one.set("typed", typed);
        if (is_words(typed)) {
            one.set("number", std::to_string(texts.list_value().size() + 1));
            texts.push_back(one);
        } else {
            rest.push_back(one);
        }
    }
    made.set("given_back", !texts.list_value().empty());
    made.set("texts", texts);
    made.set("rest", rest);
    made.set("target", asked.request->target);
    made.set("passes", passes(failed.code));
    made.set("signed_out", failed.code == errc::unauthenticated);
}
} // namespace

http::error_page renderer::error_page() const
{
    return [this](http::context const& asked, error const& failed) {
        auto const status = http::status_of(failed.code);
        auto const title = say(http::title_of(failed.code));
        view made;
        made.set("heading", title);
        made.set("words", say(words_about(failed)));
        put_form_back(made, asked, failed);
        auto answer = for_reader(asked).get().page(asked, status, title, "error", made);
        auto const wait_s = http::retry_after_s(failed);
        if (wait_s > 0) answer.headers.emplace_back("retry-after", std::to_string(wait_s));
        return answer;
    };
}

std::string renderer::refused_care(
    http::context const& asked, domain::care const& care, std::string const& words, net::response const& page
) const
{
    auto const& with = for_reader(asked).get();
    auto const chosen = asked.services.lines.chosen_for(country_of(asked), care.triage, language_of(asked));
    view made;
    made.set("lines_html", lines_html(with, chosen.lines, language_of(asked)));
    made.set("country_name", say(asked.services.lines.name_of(chosen.country)));
    auto const typed = escaped(words);
    auto const gives_back =
        page.body->find(typed) != std::string::npos || page.tail.find(typed) != std::string::npos;
    if (!gives_back && http::is_from_here(*asked.request)) made.set("words", words);
    return with.render("refused_care", made);
}

namespace {
// What the page calls a field, so that the link to it makes sense alone. Fields that are called another way
// on each page are left out: their sentences say enough.
std::string label_of(std::string_view field)
{
    // said
    constexpr std::array<std::pair<std::string_view, std::string_view>, 18> labels{{
        {"title", "Title"},
        {"text", "Your words"},
        {"nickname", "Nickname"},
        {"passphrase", "Passphrase"},
        {"new_passphrase", "New passphrase"},
        {"recovery_code", "Recovery code"},
        {"starts_at", "From"},
        {"ends_at", "To"},
        {"weeks", "Weeks"},
        {"hours", "Hours"},
        {"limit", "Limit"},
        {"limit_days", "Days"},
        {"strike", "Warning"},
        {"passage", "The passage"},
        {"blank", "Words for the blank"},
        {"ready_words", "Ready words"},
        {"application", "Why you would like to join"},
        {"level", "Mood"},
    }};
    auto const* const known =
        std::find_if(labels.begin(), labels.end(), [&](auto const& one) { return one.first == field; });
    return known == labels.end() ? std::string() : say(known->second);
}

std::string heading_of(error const& failed, typed_back typed)
{
    auto const is_old_form = failed.code == errc::key_reused; // its title is for programs
    if (failed.fields.empty() && !is_old_form) return say(http::title_of(failed.code)) + ".";
    if (typed == typed_back::some) return say("Please look at this once more.");
    return say("Please look at this once more. Your words are still here.");
}
} // namespace

error with_anchors(error failed, anchors const& ids)
{
    for (auto& field : failed.fields) {
        auto const found =
            std::find_if(ids.begin(), ids.end(), [&](auto const& one) { return one.first == field.field; });
        if (found != ids.end()) field.field = found->second;
    }
    return failed;
}

std::string errors_html(renderer::parts const& with, error const& failed, typed_back typed)
{
    view made;
    made.set("heading", heading_of(failed, typed));
    view all(view::type::list);
    for (auto const& field : failed.fields) {
        view one;
        one.set("anchor", field.field.empty() ? view(false) : view(field.field));
        auto const label = label_of(field.field);
        if (!label.empty()) one.set("label", label);
        one.set("detail", say(field.detail));
        all.push_back(one);
    }
    if (failed.fields.empty()) {
        view one;
        one.set("detail", say(failed.detail.empty() ? "Please try again in a moment." : failed.detail));
        all.push_back(one);
    }
    made.set("errors", all);
    made.set("no_room", failed.code == errc::no_room);
    return with.render("errors", made);
}

} // namespace holdfast::pages
