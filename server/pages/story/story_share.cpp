// Sharing a story: with whom, which parts, until when; what is shared now, and taking it back.
#include "server/app/share/shares.hpp"
#include "server/app/share_copy.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/story/story_text.hpp"
#include "server/app/story/story_writing.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/share/share_form.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/story/story_words.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::pages::story_share_pages {

using app::private_text;
using domain::share_audience;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto what = domain::share_what::story;

view sections_view(private_text const& story, http::fields const& typed)
{
    view made(view::type::list);
    for (auto const& section : app::share_sections(domain::share_what::story)) {
        auto const text = app::section_text(story.body, section.field);
        if (text.empty()) continue;
        auto const name = "section_" + std::string(section.field);
        view one;
        one.set("name", name);
        one.set("heading", say(section.heading));
        one.set("is_hard", section.is_hard);
        one.set("text", text);
        one.set("chosen", typed.empty() ? section.field != "intend" : typed.contains(name));
        made.push_back(one);
    }
    return made;
}

// How it was told before can be shared too.
view versions_view(
    std::vector<private_text> const& all, private_text const& chosen, app::own_clock const& clock
)
{
    view made(view::type::list);
    for (auto at = all.rbegin(); at != all.rend(); ++at) {
        view one;
        one.set("number", std::to_string(at->version));
        one.set("when", words_for(at->saved_at, clock));
        one.set("chosen", at->version == chosen.version);
        made.push_back(one);
    }
    return made;
}

// Of the address of the page, or of the form that did not work; else the newest.
private_text const&
version_wanted(context const& asked, std::vector<private_text> const& all, http::fields const& typed)
{
    auto const query = http::form_fields(asked.request->query());
    auto wanted = http::field_of(typed, "version");
    if (wanted.empty() && query) wanted = http::field_of(*query, "version");
    for (auto const& one : all) {
        if (std::to_string(one.version) == wanted) return one;
    }
    return all.back();
}

void put_audience(view& made, http::fields const& typed)
{
    auto const chosen = http::field_of(typed, "audience");
    made.set("to_allies", chosen.empty() || chosen == "allies");
    made.set("to_circle", chosen == "circle");
    made.set("to_link", chosen == "link");
    auto const days = http::field_of(typed, "days");
    made.set("times", link_ends_view(days.empty() ? "7" : days));
    made.set("ends_at", ends_view(http::field_of(typed, "ends")));
    auto const title = http::field_of(typed, "title");
    made.set("story_title", typed.empty() ? say("My story") : title);
}

task<net::response> form_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.story_writing.versions(me, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto form = co_await share_form_view(asked, with, typed, failed, what, id);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const& chosen = version_wanted(asked, *versions, typed);
    auto const clock = co_await clock_of(asked);
    view made = std::move(*form);
    made.set("several", versions->size() > 1);
    made.set("versions", versions_view(*versions, chosen, clock));
    auto const is_earlier = chosen.version != versions->back().version;
    put_words(made, "earlier", is_earlier ? words_for(chosen.saved_at, clock) : std::string());
    made.set("id", id.text());
    made.set("name", name_of_story(chosen));
    made.set("version", std::to_string(chosen.version));
    made.set("any_away", !app::put_away_in(chosen.body).empty());
    made.set("sections", sections_view(chosen, typed));
    put_audience(made, typed);
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Share a story"), "story_share", made);
}

task<net::response> show(context asked, renderer const& with)
{
    http::fields const nothing;
    error const none;
    auto answer = co_await form_page(asked, with, nothing, none);
    co_return answer;
}

result<app::share_wish> wish_of(http::fields const& form)
{
    auto const audience = domain::share_audience_named(http::field_of(form, "audience"));
    if (!audience) return invalid_field("audience", "Please choose with whom.");
    app::share_wish made;
    made.audience = *audience;
    made.version = number_in(form, "version");
    made.circle = circle_id::parse(http::field_of(form, "circle")).value_or(circle_id());
    if (*audience == share_audience::allies)
        made.allies = words_between_commas(http::field_of(form, "allies"));
    made.days = number_in(form, *audience == share_audience::link ? "days" : "ends");
    made.title = http::field_of(form, "title");
    for (auto const& section : app::share_sections(domain::share_what::story)) {
        if (form.contains("section_" + std::string(section.field))) made.sections.emplace_back(section.field);
    }
    return made;
}

task<net::response> share(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto wish = wish_of(*form);
    if (wish && wish->title.empty()) wish->title = with.get().spoken.text_of(say("A story"));
    if (!wish) {
        auto const failed = wish.error();
        auto answer = co_await form_page(asked, with, *form, failed);
        co_return answer;
    }
    auto const id = id_in(asked);
    auto const place = "/me/stories/" + id.text() + "/share";
    auto answer = co_await shared_or_again(asked, with, *form, what, id, *wish, place, form_page);
    co_return answer;
}

// Back to the page of the story that it was shared from, when that still is there.
task<net::response> withdraw(context asked, renderer const& with)
{
    auto const post = post_id::parse(asked.ids.at(0)).value_or(post_id());
    auto const me = asked.session();
    auto const shared = co_await asked.services.shares.own(me, what);
    auto const done = co_await asked.services.shares.withdraw(asked.who, post);
    if (!done) co_return with.error_page()(asked, done.error());
    std::string then_to = "/me/stories";
    if (shared) {
        for (auto const& one : *shared) {
            if (one.copy.id == post) then_to = "/me/stories/" + one.record.text() + "/share#shares";
        }
    }
    co_return see_other(then_to);
}
} // namespace
} // namespace holdfast::pages::story_share_pages

namespace holdfast::pages {

void add_story_share_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace story_share_pages;
    add_page(to, with, method::get, "/me/stories/{id}/share", least::member, "story", show);
    add_page(
        to, with, method::post, "/me/stories/{id}/share", least::member, "story", share, rate_kind::write
    );
    add_page(
        to,
        with,
        method::post,
        "/stories/{id}/withdraw",
        least::author,
        "shared_story",
        withdraw,
        rate_kind::write
    );
}

} // namespace holdfast::pages
