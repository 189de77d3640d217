// Joining, signing in and out, and one's own space.
#include "server/app/circles/circles.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/notices/notices.hpp"
#include "server/app/partner/partners.hpp"
#include "server/app/people/erasure.hpp"
#include "server/app/people/identity.hpp"
#include "server/app/posts/posts.hpp"
#include "server/app/share_copy.hpp"
#include "server/base/log.hpp"
#include "server/http/asked_language.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/people/recovery_code.hpp"
#include "server/pages/space/own_space.hpp"

#include <array>

namespace holdfast::pages::people_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
net::response
join_page(context const& asked, renderer const& with, http::fields const& typed, error const* failed)
{
    view made;
    made.set("nickname", http::field_of(typed, "nickname"));
    auto const chosen = http::field_of(typed, "country");
    made.set("countries", countries_view(asked.services.lines, chosen.empty() ? country_of(asked) : chosen));
    made.set(
        "errors_html", failed == nullptr ? std::string() : errors_html(with.get(), *failed, typed_back::some)
    );
    made.set("outside_html", outside_html(with.get(), asked));
    return with.get().page(
        asked, failed == nullptr ? 200 : http::status_of(failed->code), say("Join"), "join", made
    );
}

net::response welcome(app::signed_in const& made, std::string where)
{
    auto answer = see_other(std::move(where));
    answer.headers.emplace_back("set-cookie", http::set_session_cookie(made.token));
    return answer;
}

task<net::response> show_join(context asked, renderer const& with)
{
    co_return join_page(asked, with, http::fields(), nullptr);
}

task<net::response> join(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const nickname = http::field_of(*form, "nickname");
    auto const passphrase = http::field_of(*form, "passphrase");
    auto const country = http::field_of(*form, "country");
    auto const made = co_await asked.services.identity.join(nickname, passphrase, country);
    if (made) co_return code_page(asked, with, 200, *made);
    auto failed = made.error();
    if (failed.code == errc::conflict)
        failed.fields.push_back(
            {"nickname", "Somebody here has this name already. Please choose another one."}
        );
    co_return join_page(asked, with, *form, &failed);
}

net::response
sign_in_page(context const& asked, renderer const& with, std::string nickname, error const* failed)
{
    view made;
    made.set("nickname", std::move(nickname));
    made.set(
        "errors_html", failed == nullptr ? std::string() : errors_html(with.get(), *failed, typed_back::some)
    );
    return with.get().page(
        asked, failed == nullptr ? 200 : http::status_of(failed->code), say("Sign in"), "sign_in", made
    );
}

task<net::response> show_sign_in(context asked, renderer const& with)
{
    co_return sign_in_page(asked, with, "", nullptr);
}

task<net::response> sign_in(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const nickname = http::field_of(*form, "nickname");
    auto const passphrase = http::field_of(*form, "passphrase");
    auto const made = co_await asked.services.identity.sign_in(nickname, passphrase);
    if (made) co_return welcome(*made, "/circles");
    auto failed = made.error();
    failed.detail = "Please check both and try again. To keep people private, we don't say which one it is.";
    if (failed.code == errc::rate_limited)
        failed.detail = "We are busy right now. Please try again in a moment.";
    co_return sign_in_page(asked, with, nickname, &failed);
}

struct choice {
    std::string_view code;
    std::string_view name;
};
// said
constexpr std::array<choice, 5> themes{
    choice{"", "As my device says"},
    choice{"day", "Day"},
    choice{"evening", "Evening"},
    choice{"quiet", "Quiet"},
    choice{"quiet-evening", "Quiet evening"}};

view themes_view(std::string const& current)
{
    view made(view::type::list);
    for (auto const& one : themes) {
        view entry;
        entry.set("code", std::string(one.code));
        entry.set("name", say(one.name));
        entry.set("chosen", one.code == current);
        made.push_back(entry);
    }
    return made;
}

// Who can see it, when it was let through. What one shows a partner or people by name is in no circle.
std::string place_words(domain::own_post const& post)
{
    auto const is_folded = post.state == domain::post_state::folded;
    if (!post.shared) return is_folded ? say("In the circle, behind a note") : say("In the circle");
    switch (post.shared->what) {
    case domain::share_what::goal:
        return say("Between you and who keeps you company");
    case domain::share_what::plan:
        return say("Shared with people you named");
    case domain::share_what::card:
    case domain::share_what::story:
        break;
    }
    return say("A copy that you shared");
}

std::string state_words(domain::own_post const& post)
{
    switch (post.state) {
    case domain::post_state::visible:
    case domain::post_state::folded:
        return place_words(post);
    case domain::post_state::held:
        return post.decided_by_person ? say("Between you and the facilitators")
                                      : say("Waiting for a facilitator");
    case domain::post_state::returned:
        return say("Came back to you for a change");
    case domain::post_state::removed:
        return post.taken_out ? say("A facilitator took it out") : say("Taken down");
    }
    return "";
}

// Of words between partners, what stands under our first heading.
std::string beginning_of_own(domain::own_post const& post)
{
    if (post.shared && post.shared->what == domain::share_what::plan) return say("A safety plan");
    if (!post.content.title.empty()) return beginning_of(post.content.title);
    auto const is_between = post.shared && post.shared->what == domain::share_what::goal;
    if (!is_between) return beginning_of(post.content.text);
    auto const parts = app::parts_of(post.shared->what, post.content.text);
    return parts.empty() ? std::string() : beginning_of(parts.front().text);
}

view posts_view(std::vector<domain::own_post> const& posts, app::own_clock const& clock)
{
    view made(view::type::list);
    for (auto const& post : posts) {
        view one;
        one.set("id", post.id.text());
        one.set("state_words", state_words(post));
        put_words(one, "beginning", beginning_of_own(post));
        put_time(one, "when", post.created_at, clock);
        one.set("iso", iso8601(post.created_at));
        made.push_back(one);
    }
    return made;
}

view sessions_view(std::vector<domain::session_info> const& sessions, app::own_clock const& clock)
{
    view made(view::type::list);
    for (auto const& session : sessions) {
        view one;
        one.set("id", session.id.text());
        one.set("current", session.is_current);
        put_time(one, "when", session.created_at, clock);
        one.set("iso", iso8601(session.created_at));
        made.push_back(one);
    }
    return made;
}

task<view> circles_view(context asked)
{
    view all(view::type::list);
    for (auto const& [circle, role] : asked.who->roles) {
        auto const found = co_await asked.services.circles.get(asked.who, circle);
        if (!found) continue;
        view one;
        one.set("id", circle.text());
        one.set("name", (*found)->texts.name);
        one.set("facilitator", role == domain::role::facilitator);
        all.push_back(one);
    }
    view made;
    made.set("list", all);
    co_return asked.who->roles.empty() ? view(false) : made;
}

// The people who keep them company, on one of the days that they chose for a word.
task<view> words_today(context asked)
{
    view made(view::type::list);
    auto const me = asked.session();
    auto const all = co_await asked.services.partners.all(me);
    if (!all) co_return made;
    auto const day = co_await today_of(asked);
    auto const today = std::chrono::weekday(day).c_encoding();
    for (auto const& one : *all) {
        auto const& wanted = one.schedule;
        auto const is_today = wanted.days.contains(today) && (wanted.morning || wanted.evening);
        if (!one.as_member || one.state != domain::partner_state::accepted || !is_today) continue;
        view shown;
        shown.set("id", one.id.text());
        shown.set("nickname", one.nickname.empty() ? say("Somebody who left") : one.nickname);
        made.push_back(shown);
    }
    co_return made;
}

constexpr std::size_t posts_of_part = 50;

// One's own posts, the newest first, or what is older than "?before=ID"; with links to what is beside them.
task<result<void>> put_posts(view& to, context asked, app::own_clock clock)
{
    auto const query = http::form_fields(asked.request->query());
    auto const limit = posts_of_part + 1; // one more than is shown says that there is an older part
    auto const before = query ? post_id::parse(http::field_of(*query, "before")) : std::nullopt;
    auto posts = co_await asked.services.posts.own_posts_before(asked.who, before, limit);
    if (!posts) co_return posts.error();
    auto const has_older = posts->size() > posts_of_part;
    if (has_older) posts->pop_back();
    to.set("posts", posts_view(*posts, clock));
    to.set("no_posts", posts->empty() && !before);
    to.set("in_parts", has_older || before.has_value());
    to.set("is_older", before.has_value());
    put_words(to, "older", has_older ? posts->back().id.text() : std::string());
    co_return result<void>();
}

task<net::response> me_page(context asked, renderer const& with, std::string errors, unsigned status)
{
    auto const sessions = co_await asked.services.identity.sessions(asked.who);
    if (!sessions) co_return with.error_page()(asked, sessions.error());
    auto const circles = co_await circles_view(asked);
    auto const clock = co_await clock_of(asked);
    auto const today = co_await words_today(asked);
    view made;
    made.set("nickname", asked.who->nickname);
    made.set("words_today", today);
    made.set("errors_html", errors);
    made.set("circles", circles);
    auto const put = co_await put_posts(made, asked, clock);
    if (!put) co_return with.error_page()(asked, put.error());
    made.set("themes", themes_view(http::cookie_of(*asked.request, "look")));
    made.set("countries", countries_view(asked.services.lines, asked.who->country));
    made.set("sessions", sessions_view(*sessions, clock));
    co_return with.get().page(asked, status, say("My space"), "me", made);
}

task<net::response> me(context asked, renderer const& with)
{
    auto answer = co_await me_page(asked, with, "", 200);
    co_return answer;
}

task<net::response> set_look(context asked, renderer const&)
{
    auto const form = http::form_fields(asked.request->body);
    auto const wanted = form ? http::field_of(*form, "theme") : std::string();
    auto answer = see_other("/me");
    for (auto const& one : themes) {
        if (one.code != wanted) continue;
        answer.headers.emplace_back(
            "set-cookie", http::set_cookie("look", wanted, wanted.empty() ? 0 : 365L * 24 * 3600)
        );
    }
    co_return answer;
}

// Where the press was, as the browser tells it: a page of ours, else the first one.
std::string page_before(net::request const& asked)
{
    auto const from = asked.header("referer");
    auto const host = from.find("://");
    if (host == std::string_view::npos) return "/";
    auto const rest = from.substr(host + 3);
    auto const at = std::min(rest.find('/'), rest.size());
    auto const path = rest.substr(at);
    auto const is_ours = rest.substr(0, at) == asked.header("host") && !path.empty();
    return is_ours && path.find_first_of("/\\", 1) != 1 ? std::string(path) : "/";
}

task<net::response> set_language(context asked, renderer const&)
{
    auto const form = http::form_fields(asked.request->body);
    std::string const wanted(form ? app::known_code(http::field_of(*form, "language")) : "");
    auto answer = see_other(page_before(*asked.request));
    if (wanted.empty()) co_return answer;
    answer.headers.emplace_back(
        "set-cookie", http::set_cookie(http::language_cookie, wanted, 365L * 24 * 3600)
    );
    // Mails speak it too. When that can't be kept now, they go on in the one before: a page is worth more.
    if (asked.who) {
        auto const kept = co_await asked.services.notices.set_language(asked.who, wanted);
        if (!kept) log::warning("the language of mails could not be kept");
    }
    co_return answer;
}

task<net::response> set_country(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    auto const country = form ? http::field_of(*form, "country") : std::string();
    auto const done = co_await asked.services.identity.set_country(asked.who, country);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/me");
}

task<net::response> end_session(context asked, renderer const& with)
{
    auto const session = session_id::parse(asked.ids.at(0)).value_or(session_id());
    auto const done = co_await asked.services.identity.end_session(asked.who, session);
    if (!done) co_return with.error_page()(asked, done.error());
    if (session != asked.who->session) co_return see_other("/me");
    auto answer = see_other("/");
    answer.headers.emplace_back("set-cookie", http::set_session_cookie(""));
    co_return answer;
}

task<net::response> erase(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    auto const passphrase = form ? http::field_of(*form, "passphrase") : std::string();
    auto const done = co_await asked.services.erasure.erase(asked.who, passphrase);
    if (!done) {
        auto failed = done.error();
        if (failed.code == errc::wrong_credentials)
            failed.detail = "This is not your passphrase. Nothing was deleted.";
        auto answer = co_await me_page(
            asked, with, errors_html(with.get(), failed, typed_back::some), http::status_of(failed.code)
        );
        co_return answer;
    }
    auto answer = see_other("/");
    answer.headers.emplace_back("set-cookie", http::set_session_cookie(""));
    co_return answer;
}
} // namespace
} // namespace holdfast::pages::people_pages

namespace holdfast::pages {

void add_people_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace people_pages;
    add_page(to, with, method::get, "/join", least::visitor, "", show_join);
    add_page(to, with, method::post, "/join", least::visitor, "", join, rate_kind::sign_in);
    add_page(to, with, method::get, "/sign-in", least::visitor, "", show_sign_in);
    add_page(to, with, method::post, "/sign-in", least::visitor, "", sign_in, rate_kind::sign_in);
    add_page(to, with, method::get, "/me", least::member, "account", me);
    add_page(to, with, method::post, "/me/look", least::member, "account", set_look, rate_kind::write);
    add_page(to, with, method::post, "/language", least::visitor, "", set_language, rate_kind::write);
    add_page(to, with, method::post, "/me/country", least::member, "account", set_country, rate_kind::write);
    add_page(
        to, with, method::post, "/me/sessions/{id}", least::member, "session", end_session, rate_kind::write
    );
    add_page(to, with, method::post, "/me/delete", least::member, "account", erase, rate_kind::sign_in);
}

} // namespace holdfast::pages
