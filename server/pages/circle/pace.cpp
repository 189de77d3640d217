#include "server/pages/circle/pace.hpp"

#include "server/app/posts/posts.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/validate.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"

#include <boost/json/object.hpp>

namespace holdfast::pages {

namespace json = boost::json;
using domain::private_kind;
using http::context;

task<result<own_pacing>> pacing_of(context asked)
{
    auto const me = asked.session();
    auto chosen = co_await asked.services.pace.of(me);
    co_return chosen;
}

std::string pause_html(renderer::parts const& with, context const& asked, own_pacing const& chosen)
{
    if (!chosen) return "";
    auto const by_time = chosen->pause_after.count() > 0;
    if (!by_time && chosen->pause_after_heavy == 0) return "";
    view made;
    auto due = false;
    made.set("after_ms", false);
    if (by_time) {
        auto const left = asked.services.pace.until_pause(asked.who->session, chosen->pause_after);
        due = left.count() == 0;
        made.set("after_ms", std::to_string(left.count()));
    }
    made.set(
        "heavy", chosen->pause_after_heavy > 0 ? view(std::to_string(chosen->pause_after_heavy)) : view(false)
    );
    made.set("due", due);
    made.set("back", std::string(asked.request->path()));
    return with.render("pause", made);
}

std::string aside_html(
    renderer::parts const& with, domain::post const& post, app::put_aside const& why, std::string const& path
)
{
    view made;
    made.set("id", post.id.text());
    made.set("number", std::to_string(post.number));
    put_words(made, "until", why.until ? words_for(*why.until) : std::string());
    made.set("note", note_for(post.labels));
    made.set("path", path);
    return with.render("post_aside", made);
}

std::optional<app::put_aside> put_aside_by(own_pacing const& chosen, domain::post const& post, timestamp now)
{
    if (!chosen) return std::nullopt;
    return app::put_aside_by(*chosen, post.labels, post.folded, post.nickname, now);
}

bool is_put_aside(own_pacing const& chosen, domain::thread const& thread, timestamp now)
{
    return chosen && app::put_aside_by(*chosen, thread.labels, thread.folded, thread.nickname, now);
}

std::string
own_post_html(renderer::parts const& with, own_pacing const& chosen, domain::post const& post, timestamp now)
{
    auto const aside = put_aside_by(chosen, post, now);
    if (!aside) return post_html(with, post);
    auto const id = post.id.text();
    return aside_html(with, post, *aside, "/threads/" + post.thread.text() + "?show=" + id + "#p-" + id);
}

namespace {
// The last texts before a reply, as the screen would read them with it.
task<std::vector<std::string>> texts_before(context asked, std::optional<thread_id> thread)
{
    constexpr std::size_t most = 8;
    std::vector<std::string> made;
    if (!thread) co_return made;
    auto const id = *thread;
    app::page_at const newest;
    auto const page = co_await asked.services.posts.page(asked.who, id, newest, most);
    if (!page) co_return made;
    for (auto const& post : page->posts)
        made.push_back(post.content.text);
    co_return made;
}

json::object body_of_waiting(late_text const& text, app::late_hours const& hours, timestamp now)
{
    json::object made;
    if (text.thread) {
        made["thread"] = text.thread->text();
    } else {
        made["circle"] = text.circle.text();
        made["title"] = text.content.title;
    }
    made["text"] = text.content.text;
    made["key"] = text.key;
    made["how"] = hours.waits ? "wait" : "draft";
    made["until"] = iso8601(app::end_of_late(hours, now));
    return made;
}
} // namespace

task<std::optional<net::response>>
kept_for_later(context asked, http::fields form, own_pacing chosen, late_text text)
{
    auto const now = asked.services.time.now();
    auto const hours = chosen ? app::late_now(*chosen, now) : std::nullopt;
    if (!hours || !app::is_late(*hours, now) || !http::field_of(form, "send_now").empty())
        co_return std::nullopt;
    auto const valid = app::validate_post(text.content, !text.thread);
    if (!valid) co_return std::nullopt; // told on the way that it goes
    auto const before = co_await texts_before(asked, text.thread);
    if (asked.services.space.may_not_wait(text.content, before)) co_return std::nullopt;
    auto const body = app::shaped(private_kind::waiting, body_of_waiting(text, *hours, now));
    if (!body) co_return std::nullopt;
    auto const me = asked.session();
    auto const kept = co_await asked.services.space.make_from(me, private_kind::waiting, text.key, *body);
    if (!kept) co_return std::nullopt; // better sent than lost
    co_return see_other("/me/waiting/" + kept->id.text() + "?saved=1");
}

task<std::string> waiting_html(context asked, renderer const& with)
{
    constexpr std::size_t shown_max = 3; // the newest; the others are on their own page
    if (!asked.who) co_return "";
    auto const count = co_await asked.services.space.count(asked.who, private_kind::waiting);
    if (!count || *count == 0) co_return "";
    auto const me = asked.session();
    auto const all = co_await asked.services.space.all(me, private_kind::waiting);
    if (!all) co_return "";
    auto const now = iso8601(asked.services.time.now());
    view list(view::type::list);
    auto more = false;
    for (auto const& one : *all) {
        if (app::text_in(one.body, "how") != "wait" || app::text_in(one.body, "until") > now) continue;
        more = list.list_value().size() == shown_max;
        if (more) break;
        view shown;
        shown.set("id", one.id.text());
        shown.set("version", std::to_string(one.version));
        shown.set("beginning", beginning_of(app::text_in(one.body, "text")));
        list.push_back(shown);
    }
    view made;
    made.set("any", !list.list_value().empty());
    made.set("waiting", list);
    made.set("more", more);
    co_return with.get().render("waiting_note", made);
}

} // namespace holdfast::pages
