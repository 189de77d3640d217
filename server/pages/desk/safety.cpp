// What members meet of keeping a circle safe: telling about a post, asking for another look, what limits
// them; and what facilitators set for a circle.
#include "server/app/circles/circles.hpp"
#include "server/app/desk/appeals.hpp"
#include "server/app/desk/measures.hpp"
#include "server/app/desk/reports.hpp"
#include "server/app/desk/welcome.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/posts/posts.hpp"
#include "server/base/limits.hpp"
#include "server/http/problem.hpp"
#include "server/pages/desk/desk_words.hpp"
#include "server/pages/families.hpp"
#include "server/pages/parts.hpp"

#include <charconv>

namespace holdfast::pages::safety_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
post_id post_in(context const& asked)
{
    return post_id::parse(asked.ids.at(0)).value_or(post_id());
}
circle_id circle_in(context const& asked)
{
    return circle_id::parse(asked.ids.at(0)).value_or(circle_id());
}

bool is_given(error const& failed)
{
    return !failed.fields.empty() || !failed.detail.empty();
}

void put_errors(view& to, renderer const& with, error const& failed)
{
    to.set("errors_html", is_given(failed) ? errors_html(with.get(), failed) : std::string());
}

unsigned status_for(error const& failed)
{
    return is_given(failed) ? http::status_of(failed.code) : 200U;
}

task<net::response> report_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const post = co_await asked.services.posts.visible(asked.who, post_in(asked));
    if (!post) co_return with.error_page()(asked, post.error());
    if (asked.who->role_in(post->circle) == domain::role::none)
        co_return with.error_page()(asked, error{errc::not_found});
    if (post->author == asked.who->account) co_return see_other("/posts/" + post->id.text()); // their own
    using domain::report_category;
    view all(view::type::list);
    for (auto const one :
         {report_category::unkind,
          report_category::how,
          report_category::who,
          report_category::selling,
          report_category::other}) {
        view entry;
        entry.set("category", std::string(domain::name_of(one)));
        entry.set("words", words_of(one));
        entry.set("chosen", domain::name_of(one) == http::field_of(typed, "category"));
        all.push_back(entry);
    }
    view made;
    made.set("id", post->id.text());
    made.set("thread", post->thread.text());
    made.set("categories", all);
    made.set("may_mute", !post->nickname.empty());
    made.set("own_words", http::field_of(typed, "words"));
    put_errors(made, with, failed);
    co_return with.get().page(asked, status_for(failed), say("Tell a facilitator"), "report", made);
}

task<net::response> show_report(context asked, renderer const& with)
{
    http::fields const nothing;
    error const none;
    auto answer = co_await report_page(asked, with, nothing, none);
    co_return answer;
}

task<net::response> report(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const category = domain::report_category_named(http::field_of(*form, "category"));
    if (!category) {
        auto const missing = invalid_field("category", "Please choose one of these.");
        auto again = co_await report_page(asked, with, *form, missing);
        co_return again;
    }
    auto const words = http::field_of(*form, "words");
    auto const done = co_await asked.services.reports.tell(asked.who, post_in(asked), *category, words);
    if (done) co_return see_other(*done ? "/help" : "/me/reports");
    auto const failed = done.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    auto answer = co_await report_page(asked, with, *form, failed);
    co_return answer;
}

task<net::response> own_reports(context asked, renderer const& with)
{
    auto const found = co_await asked.services.reports.own(asked.who, limits::page_posts);
    if (!found) co_return with.error_page()(asked, found.error());
    view all(view::type::list);
    for (auto const& one : *found) {
        view entry;
        entry.set("category", words_of(one.category));
        entry.set(
            "state_words",
            !one.made_a_change   ? say("It waits for a facilitator.")
            : *one.made_a_change ? say("A facilitator looked, and something was changed.")
                                 : say("A facilitator looked, and left it as it is.")
        );
        put_time(entry, "at", one.at);
        all.push_back(entry);
    }
    view made;
    made.set("reports", all);
    co_return with.get().page(asked, 200, say("What you told us"), "reports", made);
}

task<net::response> appeal_page(context asked, renderer const& with, std::string typed, error failed)
{
    auto const post = co_await asked.services.posts.own(asked.who, post_in(asked));
    if (!post) co_return with.error_page()(asked, post.error());
    auto const found = co_await asked.services.appeals.own(asked.who, post_in(asked));
    if (!found) co_return with.error_page()(asked, found.error());
    view made;
    made.set("id", post->id.text());
    made.set("circle", post->circle.text());
    if (!post->reason.empty()) made.set("reason", post->reason);
    made.set("typed", typed);
    made.set("key", key_or_new(http::fields()));
    auto const closed = *found && (*found)->upheld;
    auto const by_check = !post->decided_by_person && post->state == domain::post_state::returned;
    made.set("by_check", by_check);
    if (by_check) put_reasons(made, post->screened, post->content.text, reader::author);
    made.set("asked", found->has_value());
    made.set("open", found->has_value() && !closed);
    made.set("can_write", !closed && (found->has_value() || post->decided_by_person || by_check));
    made.set("upheld", closed && *(*found)->upheld);
    made.set("overturned", closed && !*(*found)->upheld);
    view messages(view::type::list);
    if (*found) {
        for (auto const& one : (*found)->messages) {
            view entry;
            entry.set("by", one.by_author ? say("You") : say("A facilitator"));
            entry.set("words", one.words);
            put_time(entry, "at", one.at);
            messages.push_back(entry);
        }
    }
    made.set("messages", messages);
    put_errors(made, with, failed);
    co_return with.get().page(asked, status_for(failed), say("Another look"), "appeal", made);
}

task<net::response> show_appeal(context asked, renderer const& with)
{
    error const none;
    auto answer = co_await appeal_page(asked, with, "", none);
    co_return answer;
}

task<net::response> appeal(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const words = http::field_of(*form, "words");
    auto const key = key_or_new(*form);
    auto const done = co_await asked.services.appeals.ask(asked.who, post_in(asked), key, words);
    if (done) co_return see_other(*done ? "/help" : "/posts/" + asked.ids.at(0) + "/appeal");
    auto failed = done.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    if (failed.code == errc::conflict)
        failed.detail = "There is nothing to look at again right now. Your words are still here.";
    if (!is_given(failed))
        failed.detail = "This could not be sent right now. Your words are still here: please try again.";
    auto answer = co_await appeal_page(asked, with, words, failed);
    co_return answer;
}

view limits_view(std::vector<domain::limit> const& limits)
{
    view all(view::type::list);
    for (auto const& one : limits) {
        view entry;
        entry.set("limit", one.id.text());
        entry.set("words", words_of(one.kind));
        if (one.minutes > 0) entry.set("minutes", std::to_string(one.minutes));
        if (!one.nickname.empty()) entry.set("nickname", one.nickname);
        if (!one.reason.empty()) entry.set("reason", one.reason);
        put_time(entry, "ends", one.ends_at);
        all.push_back(entry);
    }
    return all;
}

task<net::response> standing(context asked, renderer const& with)
{
    auto const found = co_await asked.services.measures.own(asked.who);
    if (!found) co_return with.error_page()(asked, found.error());
    view strikes(view::type::list);
    for (auto const& one : found->strikes) {
        view entry;
        entry.set("post", one.post.text());
        put_time(entry, "at", one.at);
        put_time(entry, "expires", one.expires_at);
        strikes.push_back(entry);
    }
    view made;
    made.set("limits", limits_view(found->limits));
    made.set("strikes", strikes);
    made.set("nothing", found->limits.empty() && found->strikes.empty());
    co_return with.get().page(asked, 200, say("What I can do here"), "standing", made);
}

task<net::response> safety_page(context asked, renderer const& with, std::string typed, error failed)
{
    auto const id = circle_in(asked);
    auto const circle = co_await asked.services.circles.get(asked.who, id);
    if (!circle) co_return with.error_page()(asked, circle.error());
    auto const found = co_await asked.services.measures.in(asked.who, id);
    if (!found) co_return with.error_page()(asked, found.error());
    auto const until = asked.services.measures.locked_until(id);
    view made;
    made.set("id", id.text());
    made.set("name", (*circle)->texts.name);
    made.set("limits", limits_view(*found));
    made.set("locked", until.has_value());
    if (until) put_time(made, "until", *until);
    made.set("typed", typed);
    put_errors(made, with, failed);
    co_return with.get().page(asked, status_for(failed), say("Limits here"), "safety", made);
}

task<net::response> show_safety(context asked, renderer const& with)
{
    error const none;
    auto answer = co_await safety_page(asked, with, "", none);
    co_return answer;
}

task<net::response> lock(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const reason = http::field_of(*form, "reason");
    auto const typed = http::field_of(*form, "hours");
    int hours = 0;
    std::from_chars(typed.data(), typed.data() + typed.size(), hours);
    auto const id = circle_in(asked);
    auto const done = co_await asked.services.measures.lock(asked.who, id, hours, reason);
    if (done) co_return see_other("/circles/" + asked.ids.at(0) + "/safety");
    auto const failed = done.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    auto answer = co_await safety_page(asked, with, reason, failed);
    co_return answer;
}

task<net::response> open_again(context asked, renderer const& with)
{
    auto const done = co_await asked.services.measures.open(asked.who, circle_in(asked));
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/circles/" + asked.ids.at(0) + "/safety");
}

task<net::response> end_limit(context asked, renderer const& with)
{
    auto const limit = limit_id::parse(asked.ids.at(0)).value_or(limit_id());
    auto const done = co_await asked.services.measures.end(asked.who, limit);
    if (!done) co_return with.error_page()(asked, done.error());
    auto const form = http::form_fields(asked.request->body);
    auto const circle = circle_id::parse(form ? http::field_of(*form, "circle") : std::string());
    co_return see_other(circle ? "/circles/" + circle->text() + "/safety" : "/review");
}

task<net::response> unanswered(context asked, renderer const& with)
{
    auto const found = co_await asked.services.welcome.unanswered(asked.who, limits::page_posts);
    if (!found) co_return with.error_page()(asked, found.error());
    view all(view::type::list);
    for (auto const& one : *found) {
        view entry;
        entry.set("thread", one.id.text());
        entry.set("heading", one.folded ? note_for(one.labels) : one.title);
        if (!one.nickname.empty()) entry.set("author", one.nickname);
        put_time(entry, "at", one.created_at);
        all.push_back(entry);
    }
    view made;
    made.set("threads", all);
    co_return with.get().page(asked, 200, say("Waiting for a first answer"), "welcome", made);
}

task<net::response> set_welcome(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    auto const does = form && http::field_of(*form, "welcome") == "yes";
    auto const done = co_await asked.services.welcome.set(asked.who, circle_in(asked), does);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other(does ? "/welcome" : "/circles/" + asked.ids.at(0));
}
} // namespace
} // namespace holdfast::pages::safety_pages

namespace holdfast::pages {

void add_safety_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace safety_pages;
    auto const add = [&](method how, char const* path, least who, char const* object, page_handler run) {
        auto const rate = how == method::get ? rate_kind::read : rate_kind::write;
        add_page(to, with, how, path, who, object, run, rate);
    };
    add(method::get, "/posts/{id}/report", least::circle_member, "post", show_report);
    add(method::post, "/posts/{id}/report", least::circle_member, "post", report);
    add(method::get, "/me/reports", least::member, "account", own_reports);
    add(method::get, "/posts/{id}/appeal", least::author, "post", show_appeal);
    add(method::post, "/posts/{id}/appeal", least::author, "post", appeal);
    add(method::get, "/me/standing", least::member, "account", standing);
    add(method::get, "/circles/{id}/safety", least::facilitator, "circle", show_safety);
    add(method::post, "/circles/{id}/lock", least::facilitator, "circle", lock);
    add(method::post, "/circles/{id}/open", least::facilitator, "circle", open_again);
    add(method::post, "/limits/{id}/end", least::facilitator, "limit", end_limit);
    add(method::get, "/welcome", least::member, "account", unanswered);
    add(method::post, "/circles/{id}/welcome", least::circle_member, "circle", set_welcome);
}

} // namespace holdfast::pages
