// Words that wait because they were written late: kept for their author alone, changed, thrown away, or
// shared with one press. Sharing goes the way of every post, under the key that they had at first, so that it
// happens once.
#include "server/app/space/waiting.hpp"
#include "server/app/posts/posts.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

namespace holdfast::pages::waiting_pages {

namespace json = boost::json;
using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::waiting;
constexpr std::size_t rows_of_list = 60;

task<net::response> list(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    auto const me = asked.session();
    auto const all = co_await asked.services.space.all(me, kind);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const clock = co_await clock_of(asked);
    view entries(view::type::list);
    auto const part = list_part_of(asked, all->size(), rows_of_list);
    for (auto const& one : in_part(*all, part)) {
        view entry;
        entry.set("id", one.id.text());
        entry.set("beginning", beginning_of(app::text_in(one.body, "text")));
        put_time(entry, "when", one.created_at, clock);
        entries.push_back(entry);
    }
    view made;
    made.set("any", !all->empty());
    made.set("entries", entries);
    made.set("parts_html", list_parts_html(with.get(), asked, part));
    made.set("removed", query && !http::field_of(*query, "removed").empty());
    co_return with.get().page(asked, 200, say("Words that wait"), "waiting_list", made);
}

struct shown_again {
    std::string nudge; // what it may sound like, asked once before it is sent
    unsigned status = 200;
};

task<net::response>
one_page(context asked, renderer const& with, http::fields typed, error failed, shown_again again)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const& newest = versions->back();
    auto const has_failed = has_faults(failed);
    auto const until = app::text_in(newest.body, "until");
    view made;
    put_body(made, kind, newest.body);
    if (typed.contains("text")) {
        put_words(made, "title", http::field_of(typed, "title"));
        made.set("text", http::field_of(typed, "text"));
    }
    made.set("begins", !newest.body.contains("thread"));
    made.set("waits", app::text_in(newest.body, "how") == "wait");
    made.set("until_iso", until);
    auto const over_at = time_from_iso8601(until);
    auto const clock = co_await clock_of(asked);
    made.set("until_words", over_at ? words_for(*over_at, clock) : until);
    made.set("is_over", until <= iso8601(asked.services.time.now()));
    made.set("id", id.text());
    auto const typed_on = http::field_of(typed, "based_on");
    made.set("based_on", typed_on.empty() ? std::to_string(newest.version) : typed_on);
    made.set("others_html", others_html(with.get(), kind, *versions, "/me/waiting/" + id.text(), clock));
    auto const saved = was_saved(asked) && !has_failed && again.nudge.empty();
    auto const words = app::text_in(newest.body, "title") + "\n" + app::text_in(newest.body, "text");
    auto const heard = saved ? words : std::string();
    auto const care = co_await care_html(asked, with, heard);
    made.set("care_html", care);
    made.set("saved", saved);
    made.set("nudged", !again.nudge.empty());
    made.set("nudge_html", again.nudge);
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    auto const status = has_failed ? http::status_of(failed.code) : again.status;
    co_return with.get().page(asked, status, say("Words that wait"), "waiting", made);
}

task<net::response> show(context asked, renderer const& with)
{
    return one_page(std::move(asked), with, http::fields(), error(), shown_again());
}

// What the form says, on what was kept.
result<json::object> with_typed(json::object body, http::fields const& form)
{
    if (!form.contains("text")) return body;
    auto const typed = body_of(kind, form);
    body["text"] = app::text_in(typed, "text");
    if (body.contains("title")) body["title"] = app::text_in(typed, "title");
    return app::shaped(kind, body);
}

task<net::response> act(context asked, renderer const& with)
{
    auto form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const body = with_typed(versions->back().body, *form);
    if (!body) {
        auto again = co_await one_page(asked, with, *form, body.error(), shown_again());
        co_return again;
    }
    auto const before = based_on(*form);
    auto const kept = co_await asked.services.space.change(me, kind, id, before, *body);
    if (!kept || http::field_of(*form, "do") != "send") {
        if (kept) co_return see_other("/me/waiting/" + id.text() + "?saved=1");
        auto again = co_await one_page(asked, with, *form, kept_words(kept.error()), shown_again());
        co_return again;
    }
    form->erase("based_on"); // it is kept: what comes next begins there
    auto const nudge_seen = !http::field_of(*form, "nudge_seen").empty();
    auto const sent =
        co_await app::send_waiting(asked.services.space, asked.services.posts, me, id, nudge_seen);
    if (!sent || sent->nudged) {
        auto const failed = sent ? error() : kept_words(sent.error());
        shown_again const asks{
            sent ? nudge_html(with.get(), sent->decided, app::text_in(*body, "text")) : std::string(),
            http::status_of(errc::nudged)};
        auto again = co_await one_page(asked, with, *form, failed, asks);
        co_return again;
    }
    co_return see_other("/posts/" + sent->post.text());
}

task<net::response> remove(context asked, renderer const& with)
{
    return remove_record(std::move(asked), with, kind, "/me/waiting?removed=1");
}
} // namespace
} // namespace holdfast::pages::waiting_pages

namespace holdfast::pages {

void add_waiting_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace waiting_pages;
    constexpr auto writes = rate_kind::write;
    add_page(to, with, method::get, "/me/waiting", least::member, "account", list);
    add_page(to, with, method::get, "/me/waiting/{id}", least::member, "waiting", show);
    add_page(to, with, method::post, "/me/waiting/{id}", least::member, "waiting", act, writes);
    add_page(to, with, method::post, "/me/waiting/{id}/delete", least::member, "waiting", remove, writes);
}

} // namespace holdfast::pages
