// What is new for somebody, and what they want to be told.
#include "server/app/help/opening_hours.hpp"
#include "server/app/notices/notices.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/own_space.hpp"

namespace holdfast::pages::news_pages {

using domain::notice_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr std::size_t shown_max = 50;

// The newest, or what is older than "?before=PLACE". One more than is shown says that there is an older part.
task<net::response> list(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const limit = shown_max + 1;
    auto const before = number_asked(asked, "before");
    std::optional<std::int64_t> place;
    if (before > 0) place = before;
    auto found = co_await asked.services.notices.list(me, place, limit);
    if (found && found->empty() && place) { // what stood there is gone
        place.reset();
        found = co_await asked.services.notices.list(me, place, limit);
    }
    if (!found) co_return with.error_page()(asked, found.error());
    auto const has_older = found->size() > shown_max;
    if (has_older) found->pop_back();
    auto const clock = co_await clock_of(asked);
    view news(view::type::list);
    auto any_new = false;
    for (auto const& one : *found) {
        view entry;
        entry.set("id", one.id.text());
        entry.set("sentence", say(app::sentence_of(one.kind)));
        entry.set("is_new", !one.is_seen);
        if (domain::is_between_partners(one.kind)) {
            auto const day = std::chrono::floor<std::chrono::days>(one.at);
            entry.set("when", words_for(day));
            entry.set("when_iso", false); // a script would put a time to it
        } else {
            put_time(entry, "when", one.at, clock);
        }
        any_new = any_new || !one.is_seen;
        news.push_back(entry);
    }
    view made;
    made.set("any", !found->empty());
    made.set("any_new", any_new);
    made.set("news", news);
    made.set("in_parts", has_older || place.has_value());
    made.set("is_older", place.has_value());
    put_words(made, "older", has_older ? std::to_string(found->back().place) : std::string());
    co_return with.get().page(asked, 200, say("News"), "news", made);
}

// What it is about is where it is: there they go, and it is seen.
task<net::response> open(context asked, renderer const& with)
{
    auto const id = notice_id::parse(asked.ids.at(0)).value_or(notice_id());
    auto const done = co_await asked.services.notices.see(asked.who, id);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other(done->path);
}

task<net::response> see_all(context asked, renderer const& with)
{
    auto const done = co_await asked.services.notices.see_all(asked.who);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/me/news");
}

view kinds_view(std::set<notice_kind> const& off, std::string const& prefix)
{
    view made(view::type::list);
    for (auto const name : domain::notice_kind_names) {
        auto const kind = *domain::notice_kind_named(name);
        view one;
        one.set("name", prefix + std::string(name));
        one.set("words", say(app::words_for(kind)));
        one.set("on", !off.contains(kind));
        made.push_back(one);
    }
    return made;
}

std::string clock_words(int minute)
{
    auto const two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return minute < 0 ? std::string() : two(minute / 60) + ":" + two(minute % 60);
}

// Of the hours that are chosen, else where they said in My pace that they are; "": they have to say it.
task<std::string> zone_of(context asked, std::optional<app::quiet_hours> hours)
{
    if (hours) co_return hours->zone;
    auto const clock = co_await clock_of(asked);
    co_return clock.zone();
}

// With what was typed, when something of it needs another look.
task<net::response> settings_page(
    context asked,
    renderer const& with,
    std::optional<app::notice_wish> typed,
    http::fields form,
    error failed
)
{
    auto const kept = co_await asked.services.notices.wish(asked.who);
    if (!kept) co_return with.error_page()(asked, kept.error());
    auto const& shown = typed ? *typed : *kept;
    auto const has_failed = !failed.fields.empty() || !failed.detail.empty();
    view made;
    made.set("here", kinds_view(shown.off, "here_"));
    made.set("mail", kinds_view(shown.mail_off, "mail_"));
    made.set(
        "quiet_from",
        typed         ? http::field_of(form, "quiet_from")
        : shown.quiet ? clock_words(shown.quiet->from)
                      : ""
    );
    made.set(
        "quiet_to",
        typed         ? http::field_of(form, "quiet_to")
        : shown.quiet ? clock_words(shown.quiet->to)
                      : ""
    );
    auto const zone = co_await zone_of(asked, shown.quiet);
    made.set("zone", typed ? http::field_of(form, "zone") : zone);
    made.set("sends_mail", asked.services.notices.sends_mail());
    made.set("has_address", kept->address.has_value());
    made.set("no_address", !kept->address.has_value());
    made.set("typed_address", http::field_of(form, "address"));
    if (kept->address) {
        put_words(made, "address", kept->address->text);
        made.set("is_confirmed", kept->address->is_confirmed);
        made.set("waits", !kept->address->is_confirmed);
    }
    made.set("saved", was_saved(asked) && !has_failed);
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    auto const status = has_failed ? http::status_of(failed.code) : 200U;
    co_return with.get().page(asked, status, say("What I am told"), "news_settings", made);
}

task<net::response> show_settings(context asked, renderer const& with)
{
    return settings_page(std::move(asked), with, std::nullopt, http::fields(), error());
}

std::set<notice_kind> off_in(http::fields const& form, std::string const& prefix)
{
    std::set<notice_kind> made;
    for (auto const name : domain::notice_kind_names) {
        if (http::field_of(form, prefix + std::string(name)).empty())
            made.insert(*domain::notice_kind_named(name));
    }
    return made;
}

task<net::response> set_switches(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const from = http::field_of(*form, "quiet_from");
    auto const to = http::field_of(*form, "quiet_to");
    auto const zone = http::field_of(*form, "zone");
    app::notice_wish wanted;
    wanted.off = off_in(*form, "here_");
    if (!http::field_of(*form, "has_mail").empty()) {
        wanted.mail_off = off_in(*form, "mail_");
    } else {
        auto const kept = co_await asked.services.notices.wish(asked.who);
        if (kept) wanted.mail_off = kept->mail_off; // these were not on the page
    }
    if (!from.empty() || !to.empty())
        wanted.quiet = app::quiet_hours{app::minute_named(from), app::minute_named(to), zone};
    auto const done = co_await asked.services.notices.set_switches(asked.who, wanted);
    if (done) co_return see_other("/me/news/settings?saved=1");
    auto const failed = kept_words(done.error());
    auto answer = co_await settings_page(asked, with, wanted, *form, failed);
    co_return answer;
}

task<net::response> set_address(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const address = http::field_of(*form, "address");
    std::string const language(with.get().spoken.code());
    auto const done = co_await asked.services.notices.set_address(asked.who, address, language);
    if (done) co_return see_other("/me/news/settings#mail");
    auto failed = done.error();
    if (failed.code == errc::conflict) failed.detail = "This place sends no mail.";
    auto answer = co_await settings_page(asked, with, std::nullopt, *form, kept_words(failed));
    co_return answer;
}

task<net::response> confirm_address(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const code = http::field_of(*form, "code");
    auto const done = co_await asked.services.notices.confirm_address(asked.who, code);
    if (done) co_return see_other("/me/news/settings?saved=1#mail");
    if (done.error().code == errc::not_found) co_return with.error_page()(asked, done.error());
    auto answer = co_await settings_page(asked, with, std::nullopt, *form, kept_words(done.error()));
    co_return answer;
}

task<net::response> drop_address(context asked, renderer const& with)
{
    auto const done = co_await asked.services.notices.drop_address(asked.who);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/me/news/settings?saved=1#mail");
}
} // namespace
} // namespace holdfast::pages::news_pages

namespace holdfast::pages {

void add_news_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace news_pages;
    constexpr auto member = least::member;
    constexpr auto write = rate_kind::write;
    add_page(to, with, method::get, "/me/news", member, "account", list);
    add_page(to, with, method::post, "/me/news", member, "account", see_all, write);
    add_page(to, with, method::get, "/me/news/settings", member, "account", show_settings);
    add_page(to, with, method::post, "/me/news/settings", member, "account", set_switches, write);
    add_page(to, with, method::post, "/me/news/address", member, "account", set_address, write);
    add_page(to, with, method::post, "/me/news/code", member, "account", confirm_address, write);
    add_page(to, with, method::post, "/me/news/address/delete", member, "account", drop_address, write);
    add_page(to, with, method::post, "/me/news/{id}/open", member, "notice", open, write);
}

} // namespace holdfast::pages
