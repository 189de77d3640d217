// A member's own post: what became of it, the care that goes with it, changing it and taking it down.
#include "server/app/posts/posts.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/own_space.hpp"

#include <algorithm>

namespace holdfast::pages::post_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
post_id post_in(context const& asked)
{
    return post_id::parse(asked.ids.at(0)).value_or(post_id());
}

bool is_of_terms(moderation::finding const& finding)
{
    return finding.rule.starts_with("held.");
}

// Why it is where it is. What the circle's own terms hold would have been visible else: then they alone are
// why. What members asked about has its words in `reason`.
void put_why(view& made, domain::own_post const& post)
{
    auto decided = post.screened;
    auto const is_held = post.state == domain::post_state::held && !post.decided_by_person;
    auto const by_terms =
        is_held && std::any_of(decided.findings.begin(), decided.findings.end(), is_of_terms);
    auto const by_members = is_held && !post.reason.empty();
    if (by_members) decided.findings.clear();
    if (by_terms) std::erase_if(decided.findings, [](auto const& one) { return !is_of_terms(one); });
    put_reasons(made, decided, post.content.text, reader::author);
    made.set("by_check", is_held && !by_terms && !by_members);
}

struct own_place {
    std::string_view path;
    std::string words;
};

// Where its writer has what they shared.
own_place own_place_of(domain::share_what what)
{
    switch (what) {
    case domain::share_what::story:
        return {"/me/stories", say("My stories")};
    case domain::share_what::plan:
        return {"/me/plan/share", say("My safety plan")};
    case domain::share_what::card:
        return {"/me/cards", say("My cue cards")};
    case domain::share_what::goal:
        break;
    }
    return {"/partners", say("Company for a goal")};
}

void put_own(view& made, domain::own_post const& post)
{
    using domain::post_state;
    made.set("id", post.id.text());
    made.set("thread", post.thread.text());
    made.set("circle", post.circle.text());
    made.set("version", std::to_string(post.version));
    if (post.shared) {
        made.set("shared", path_of(*post.shared));
        made.set("between", post.shared->what == domain::share_what::goal);
        made.set("own_place", std::string(own_place_of(post.shared->what).path));
        made.set("own_place_words", own_place_of(post.shared->what).words);
    } else {
        made.set("shared", false);
    }
    made.set("key", post_id::random().text());
    if (!post.content.title.empty()) made.set("thread_title", post.content.title);
    made.set("has_title", !post.content.title.empty());
    made.set("text", post.content.text);
    made.set("text_html", html_of(post.content.text));
    made.set("visible", post.state == post_state::visible || post.state == post_state::folded);
    made.set("folded", post.state == post_state::folded);
    made.set("held", post.state == post_state::held);
    made.set("returned", post.state == post_state::returned);
    made.set("removed", post.state == post_state::removed);
    made.set("earlier", post.earlier_version_visible);
    made.set("note_kind", post.state == post_state::held ? "hold" : "edit");
    if (!post.reason.empty()) made.set("reason", post.reason);
    made.set("by_person", post.decided_by_person);
    made.set("taken_out", post.taken_out);
    auto const& marked = post.passage;
    if (marked.end > marked.begin && marked.end <= post.content.text.size())
        made.set("marked", post.content.text.substr(marked.begin, marked.end - marked.begin));
    if (post.due_at && post.state == post_state::held) put_time(made, "due", *post.due_at);
    put_why(made, post);
}

// Care first: lines that are there now, in the reader's language, and what they can do here.
std::string care_html(context const& asked, renderer const& with, view card, domain::care const& care)
{
    auto const chosen = asked.services.lines.chosen_for(country_of(asked), care.triage, language_of(asked));
    card.set("whole", care.now.shown == domain::care_shown::whole && !care.unread);
    card.set("brief", care.now.shown == domain::care_shown::brief && !care.unread);
    card.set("unread", care.unread);
    card.set("safe", care.now.safe);
    card.set("on_duty", care.now.somebody_on_duty);
    if (care.now.duty_from) put_time(card, "from", *care.now.duty_from);
    if (care.now.talk) card.set("talk", care.now.talk->text());
    card.set("lines_html", lines_html(with.get(), chosen.lines, language_of(asked)));
    auto first = chosen.lines;
    first.resize(std::min<std::size_t>(first.size(), 1));
    card.set("first_line_html", lines_html(with.get(), first, language_of(asked)));
    card.set("country_name", say(asked.services.lines.name_of(chosen.country)));
    card.set("calling_html", with.get().render("calling", view()));
    return with.get().render("care_card", card);
}

// The author sees what became of it; others are led to its place in the thread.
task<net::response> outcome(context asked, renderer const& with)
{
    auto const mine = co_await asked.services.posts.own(asked.who, post_in(asked));
    if (!mine) {
        auto const found = co_await asked.services.posts.visible(asked.who, post_in(asked));
        if (!found) co_return with.error_page()(asked, found.error());
        auto place = found->shared ? path_of(*found->shared) : "/threads/" + found->thread.text();
        auto const is_of_story = found->shared && found->shared->what == domain::share_what::story;
        if (is_of_story) place += "?show=" + found->id.text(); // notes stand in parts
        co_return see_other(place + "#p-" + found->id.text());
    }
    view made;
    put_own(made, *mine);
    auto const care = asked.services.posts.care_for(*mine, *asked.who);
    made.set("care", care.has_value());
    made.set("care_alone", care && !care->unread);
    if (care) {
        auto const plan = co_await has_plan(asked);
        made.set("has_plan", plan);
    }
    made.set("care_html", care ? care_html(asked, with, made, *care) : std::string());
    co_return with.get().page(asked, 200, say("Your post"), "outcome", made);
}

task<net::response> edit_page(
    context asked,
    renderer const& with,
    domain::post_text typed,
    std::string key,
    error failed,
    std::string nudge
)
{
    auto const mine = co_await asked.services.posts.own(asked.who, post_in(asked));
    if (!mine) co_return with.error_page()(asked, mine.error());
    auto const has_failed = !failed.fields.empty() || !failed.detail.empty();
    view made;
    put_own(made, *mine);
    if (has_failed || !nudge.empty()) {
        made.set("thread_title", typed.title);
        made.set("text", typed.text);
        if (!key.empty()) made.set("key", key);
    }
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    made.set("nudged", !nudge.empty());
    made.set("nudge_html", nudge);
    auto const status = has_failed      ? http::status_of(failed.code)
                        : nudge.empty() ? 200U
                                        : http::status_of(errc::nudged);
    co_return with.get().page(asked, status, say("Change your post"), "edit", made);
}

task<net::response> show_edit(context asked, renderer const& with)
{
    domain::post_text const nothing;
    error const none;
    auto answer = co_await edit_page(asked, with, nothing, "", none, "");
    co_return answer;
}

task<net::response> edit(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto key = key_or_new(*form);
    domain::post_text const content{http::field_of(*form, "title"), http::field_of(*form, "text")};
    auto const seen = !http::field_of(*form, "nudge_seen").empty();
    auto const sent = co_await asked.services.posts.edit(asked.who, post_in(asked), key, content, seen);
    if (sent && sent->nudged) {
        error const none;
        auto const hint = nudge_html(with.get(), sent->decided, content.text);
        auto asking = co_await edit_page(asked, with, content, key, none, hint);
        co_return asking;
    }
    if (sent) co_return see_other("/posts/" + sent->post.text());
    auto failed = sent.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    if (failed.code == errc::key_reused) key.clear();
    if (failed.fields.empty() && failed.detail.empty())
        failed.detail = "This could not be saved right now. Your words are still here: please try again.";
    auto answer = co_await edit_page(asked, with, content, key, failed, "");
    co_return answer;
}

task<net::response> show_delete(context asked, renderer const& with)
{
    auto const mine = co_await asked.services.posts.own(asked.who, post_in(asked));
    if (!mine) co_return with.error_page()(asked, mine.error());
    view made;
    put_own(made, *mine);
    made.set("is_care", asked.services.posts.care_for(*mine, *asked.who).has_value());
    co_return with.get().page(asked, 200, say("Take your post down"), "delete", made);
}

task<net::response> remove(context asked, renderer const& with)
{
    auto const done = co_await asked.services.posts.remove(asked.who, post_in(asked));
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/posts/" + asked.ids.at(0));
}

task<net::response> say_safe(context asked, renderer const& with)
{
    auto const done = co_await asked.services.posts.say_safe(asked.who, post_in(asked));
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/posts/" + asked.ids.at(0));
}
} // namespace
} // namespace holdfast::pages::post_pages

namespace holdfast::pages {

void add_post_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace post_pages;
    add_page(to, with, method::get, "/posts/{id}", least::visitor, "post", outcome);
    add_page(to, with, method::get, "/posts/{id}/edit", least::author, "post", show_edit);
    add_page(to, with, method::post, "/posts/{id}/edit", least::author, "post", edit, rate_kind::write);
    add_page(to, with, method::get, "/posts/{id}/delete", least::author, "post", show_delete);
    add_page(to, with, method::post, "/posts/{id}/delete", least::author, "post", remove, rate_kind::write);
    add_page(to, with, method::post, "/posts/{id}/safe", least::author, "post", say_safe, rate_kind::write);
}

} // namespace holdfast::pages
