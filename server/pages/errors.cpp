// What went wrong, as people read it: a page of its own, or above the form that they sent.
#include "server/app/care/help_lines.hpp"
#include "server/http/problem.hpp"
#include "server/pages/view.hpp"

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
        return "Please sign in and try again. What you typed may still be there when you go back in your "
               "browser.";
    case errc::damaged:
        return "It is not your doing. Please tell whoever runs this place. Help now still works.";
    default:
        break;
    }
    if (!failed.detail.empty()) return failed.detail;
    return "What you typed may still be there when you go back in your browser. You can try again in a "
           "moment.";
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
        auto answer = for_reader(asked).get().page(asked, status, title, "error", made);
        auto const wait_s = http::retry_after_s(failed);
        if (wait_s > 0) answer.headers.emplace_back("retry-after", std::to_string(wait_s));
        return answer;
    };
}

std::string
renderer::refused_care(http::context const& asked, domain::care const& care, std::string const& words) const
{
    auto const& with = for_reader(asked).get();
    auto const chosen = asked.services.lines.chosen_for(country_of(asked), care.triage, language_of(asked));
    view made;
    made.set("lines_html", lines_html(with, chosen.lines, language_of(asked)));
    made.set("country_name", say(asked.services.lines.name_of(chosen.country)));
    if (!words.empty()) made.set("words", words);
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
    if (failed.fields.empty()) return say(http::title_of(failed.code)) + ".";
    if (typed == typed_back::some) return say("Please look at this once more.");
    return say("Please look at this once more. Your words are still here.");
}
} // namespace

std::string errors_html(renderer::parts const& with, error const& failed, typed_back typed)
{
    view made;
    made.set("heading", heading_of(failed, typed));
    view all(view::type::list);
    for (auto const& field : failed.fields) {
        view one;
        one.set("anchor", field.field);
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
    return with.render("errors", made);
}

} // namespace holdfast::pages
