// Circles: the list, a circle's front and threads, joining and leaving, applications, search.
#include "server/app/circles/circles.hpp"
#include "server/app/circles/members.hpp"
#include "server/app/desk/measures.hpp"
#include "server/app/desk/welcome.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/posts/posts.hpp"
#include "server/app/search/search.hpp"
#include "server/base/limits.hpp"
#include "server/http/problem.hpp"
#include "server/pages/circle/pace.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"

#include <algorithm>
#include <charconv>

namespace holdfast::pages::circle_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
std::string words_of(domain::entry_mode entry)
{
    switch (entry) {
    case domain::entry_mode::open:
        return say("Open to join");
    case domain::entry_mode::apply:
        return say("A facilitator answers before you join");
    case domain::entry_mode::invite:
        return say("By invitation");
    }
    return "";
}

circle_id circle_in(context const& asked)
{
    return circle_id::parse(asked.ids.at(0)).value_or(circle_id());
}

task<net::response> list(context asked, renderer const& with)
{
    auto const found = co_await asked.services.circles.list(asked.who, std::nullopt, limits::page_rows_max);
    if (!found) co_return with.error_page()(asked, found.error());
    view all(view::type::list);
    for (auto const& circle : *found) {
        view one;
        one.set("id", circle.id.text());
        one.set("name", circle.texts.name);
        one.set("purpose", circle.texts.purpose);
        one.set("entry_words", words_of(circle.entry));
        if (!circle.texts.hours.empty()) one.set("hours", circle.texts.hours);
        all.push_back(one);
    }
    view made;
    made.set("circles", all);
    auto const none = circle_id();
    auto const after = co_await follow_ups_html(asked, with, shown_on::arrival, none);
    auto const waiting = co_await waiting_html(asked, with);
    made.set("follow_ups_html", after + waiting);
    auto const query = http::form_fields(asked.request->query());
    made.set("thanks", asked.who && query && http::field_of(*query, "thanks") == "yes");
    co_return with.get().page(asked, 200, say("Circles"), "circles", made);
}

view threads_view(std::vector<domain::thread> const& threads, own_pacing const& chosen, timestamp now)
{
    view all(view::type::list);
    for (auto const& thread : threads) {
        view one;
        one.set("id", thread.id.text());
        if (is_put_aside(chosen, thread, now)) {
            one.set("thread_title", say("Put aside, as you asked"));
        } else if (!thread.title.empty()) {
            one.set("thread_title", thread.folded ? note_for(thread.labels) : thread.title);
        }
        if (!thread.nickname.empty()) one.set("author", thread.nickname);
        one.set(
            "posts_words",
            say_count(static_cast<std::int64_t>(thread.visible_posts), "{count} post", "{count} posts")
        );
        put_time(one, "active", thread.active_at);
        all.push_back(one);
    }
    return all;
}

std::string older_than(domain::thread const& thread)
{
    domain::thread_place const place{thread.active_at, thread.id};
    return place.text();
}

view promises_view(std::string_view agreement)
{
    view all(view::type::list);
    while (!agreement.empty()) {
        auto const end = std::min(agreement.find('\n'), agreement.size());
        view one;
        one.set("text", std::string(agreement.substr(0, end)));
        if (end > 0) all.push_back(one);
        agreement.remove_prefix(std::min(end + 1, agreement.size()));
    }
    return all;
}

void put_front(view& made, context const& asked, domain::circle const& circle, app::standing const& mine)
{
    made.set("id", circle.id.text());
    made.set("name", circle.texts.name);
    made.set("purpose", circle.texts.purpose);
    made.set("entry_words", words_of(circle.entry));
    if (!circle.texts.hours.empty()) made.set("hours", circle.texts.hours);
    auto const is_member = mine.role != domain::role::none;
    made.set("is_member", is_member);
    made.set("looks_after", mine.role == domain::role::facilitator);
    made.set("waits", mine.application_waits);
    made.set("declined", !is_member && mine.application_declined);
    made.set("can_join", !is_member && !mine.application_waits && circle.entry != domain::entry_mode::invite);
    made.set("by_application", circle.entry == domain::entry_mode::apply);
    made.set("agreement_version", std::to_string(circle.agreement_version));
    made.set("promises", promises_view(circle.texts.agreement));
    made.set("who", static_cast<bool>(asked.who));
}

task<net::response> circle_page(context asked, renderer const& with, error failed, std::string typed)
{
    auto const id = circle_in(asked);
    auto const circle = co_await asked.services.circles.get(asked.who, id);
    if (!circle) co_return with.error_page()(asked, circle.error());
    auto const mine = co_await asked.services.members.standing_of(asked.who, id);
    if (!mine) co_return with.error_page()(asked, mine.error());
    view made;
    put_front(made, asked, **circle, *mine);
    auto const after = co_await follow_ups_html(asked, with, shown_on::circle_page, id);
    made.set("follow_ups_html", after);
    made.set("application", typed);
    made.set("locked", asked.services.measures.locked_until(id).has_value());
    auto const welcomes = co_await asked.services.welcome.does(asked.who, id);
    made.set("welcomes", welcomes && *welcomes);
    made.set("outside_html", outside_html(with.get(), asked));
    auto const has_failed = has_faults(failed);
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    auto const readable = app::may_read(**circle, asked.who);
    made.set("may_read", readable);
    if (readable) {
        auto const query = http::form_fields(asked.request->query());
        auto const before =
            domain::thread_place::parse(query ? http::field_of(*query, "before") : std::string());
        auto const threads = co_await asked.services.posts.threads(asked.who, id, before, 20);
        if (!threads) co_return with.error_page()(asked, threads.error());
        auto const chosen = co_await pacing_of(asked);
        if (!chosen) co_return with.error_page()(asked, chosen.error());
        made.set("threads", threads_view(*threads, *chosen, asked.services.time.now()));
        if (threads->size() == 20) made.set("older", older_than(threads->back()));
    }
    co_return with.get().page(asked, status_of_form(failed), (*circle)->texts.name, "circle", made);
}

task<net::response> circle(context asked, renderer const& with)
{
    error const none;
    auto answer = co_await circle_page(asked, with, none, "");
    co_return answer;
}

task<net::response> join(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const words = http::field_of(*form, "application");
    auto const version = http::field_of(*form, "agreement_version");
    int number = 0;
    std::from_chars(version.data(), version.data() + version.size(), number);
    auto const done = co_await asked.services.members.join(asked.who, circle_in(asked), number, words);
    if (!done) {
        auto failed = done.error();
        if (failed.code == errc::not_found || failed.code == errc::unauthenticated)
            co_return with.error_page()(asked, failed);
        if (failed.code == errc::conflict && failed.detail.empty())
            failed.detail = "The agreement changed meanwhile. Please read it again below.";
        auto answer = co_await circle_page(asked, with, failed, words);
        co_return answer;
    }
    co_return see_other(done->care ? "/help" : "/circles/" + asked.ids.at(0));
}

task<net::response> leave(context asked, renderer const& with)
{
    auto const done = co_await asked.services.members.leave(asked.who, circle_in(asked));
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/circles/" + asked.ids.at(0));
}

task<net::response> applications(context asked, renderer const& with)
{
    auto const id = circle_in(asked);
    auto const circle = co_await asked.services.circles.get(asked.who, id);
    if (!circle) co_return with.error_page()(asked, circle.error());
    auto const found = co_await asked.services.members.applications(asked.who, id);
    if (!found) co_return with.error_page()(asked, found.error());
    view all(view::type::list);
    for (auto const& one : *found) {
        view entry;
        entry.set("application", one.id.text());
        entry.set("nickname", one.nickname);
        entry.set("folded", one.folded);
        entry.set("text_html", html_of(one.words));
        all.push_back(entry);
    }
    view made;
    made.set("id", id.text());
    made.set("name", (*circle)->texts.name);
    made.set("applications", all);
    co_return with.get().page(asked, 200, say("People who asked to join"), "applications", made);
}

task<net::response> decide_application(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const application = application_id::parse(asked.ids.at(0)).value_or(application_id());
    auto const accept = http::field_of(*form, "decision") == "accept";
    auto const done = co_await asked.services.members.decide_application(asked.who, application, accept);
    if (!done) co_return with.error_page()(asked, done.error());
    auto const circle = circle_id::parse(http::field_of(*form, "circle"));
    co_return see_other(circle ? "/circles/" + circle->text() + "/applications" : "/circles");
}

task<net::response> search(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return with.error_page()(asked, query.error());
    auto const id = circle_id::parse(http::field_of(*query, "circle")).value_or(circle_id());
    auto const words = http::field_of(*query, "q");
    auto const circle = co_await asked.services.circles.get(asked.who, id);
    if (!circle) co_return with.error_page()(asked, circle.error());
    if (!app::may_read(**circle, asked.who)) co_return with.error_page()(asked, error{errc::not_found});
    view made;
    made.set("id", id.text());
    made.set("name", (*circle)->texts.name);
    made.set("q", words);
    if (!words.empty()) {
        auto const found = co_await asked.services.search.find(asked.who, id, words, limits::page_posts);
        if (!found) co_return with.error_page()(asked, found.error());
        auto const chosen = co_await pacing_of(asked);
        if (!chosen) co_return with.error_page()(asked, chosen.error());
        std::string posts;
        for (auto const& post : found->posts) {
            posts += own_post_html(with.get(), *chosen, post, asked.services.time.now());
            auto const place = "p-" + post.id.text(); // the post above, which says whose it is
            posts += "<p><a href=\"/threads/" + post.thread.text() + "#" + place + "\" aria-describedby=\"" +
                     place + "-by\">" + say("See it in its thread") + "</a></p>";
        }
        auto const count = found->posts.size();
        made.set("searched", true);
        made.set(
            "count_words",
            count == 0 ? say("Nothing found")
                       : say_count(static_cast<std::int64_t>(count), "{count} post", "{count} posts")
        );
        made.set("posts_html", posts);
        made.set("care", found->care.has_value());
        if (found->care)
            made.set("lines_html", lines_html(with.get(), found->care->lines, language_of(asked)));
    }
    co_return with.get().page(asked, 200, say("Search"), "search", made);
}
} // namespace
} // namespace holdfast::pages::circle_pages

namespace holdfast::pages {

void add_circle_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace circle_pages;
    add_page(to, with, method::get, "/circles", least::visitor, "", list);
    add_page(to, with, method::get, "/circles/{id}", least::visitor, "circle", circle);
    add_page(to, with, method::post, "/circles/{id}/join", least::member, "circle", join, rate_kind::write);
    add_page(to, with, method::post, "/circles/{id}/leave", least::member, "circle", leave, rate_kind::write);
    add_page(to, with, method::get, "/circles/{id}/applications", least::facilitator, "circle", applications);
    add_page(
        to,
        with,
        method::post,
        "/applications/{id}",
        least::facilitator,
        "application",
        decide_application,
        rate_kind::write
    );
    add_page(to, with, method::get, "/search", least::visitor, "circle", search);
}

} // namespace holdfast::pages
