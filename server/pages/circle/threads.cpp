// Threads: reading one, starting one, replying.
#include "server/app/change_log.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/desk/measures.hpp"
#include "server/app/feed/live_feed.hpp"
#include "server/app/posts/posts.hpp"
#include "server/base/limits.hpp"
#include "server/http/problem.hpp"
#include "server/pages/circle/pace.hpp"
#include "server/pages/families.hpp"
#include "server/pages/parts.hpp"

#include <algorithm>
#include <charconv>

namespace holdfast::pages::thread_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
thread_id thread_in(context const& asked)
{
    return thread_id::parse(asked.ids.at(0)).value_or(thread_id());
}

app::page_at place_in(context const& asked)
{
    auto const query = http::form_fields(asked.request->query());
    app::page_at made;
    for (auto const& [name, which] :
         {std::pair{"before", app::page_at::where::before}, std::pair{"after", app::page_at::where::after}}) {
        auto const value = query ? http::field_of(*query, name) : std::string();
        if (value.empty()) continue;
        std::from_chars(value.data(), value.data() + value.size(), made.number);
        made.which = which;
    }
    return made;
}

// The form for a reply, cut where its key stands: each time it is shown it has another.
struct reply_form {
    std::string before_key;
    std::string after_key;
};

// One page of a thread as every reader of its circle sees it: kept until the thread changes.
struct shared_page {
    app::thread_page found; // its posts without their texts
    std::string html;
    reply_form reply; // without anything typed
};
using shared_pages = http::kept_until_changed<shared_page>;

// What differs for a reader who put something aside; without one it is the page that all share.
struct own_look {
    own_pacing chosen;
    std::string show; // the id of a post that they open all the same
    std::string path; // of this page, for doing so
    timestamp now;

    std::optional<app::put_aside> aside(domain::post const& post) const
    {
        auto const is_opened = !show.empty() && post.id.text() == show;
        return is_opened ? std::nullopt : put_aside_by(chosen, post, now);
    }
};

std::string shared_html(
    renderer::parts const& with, app::thread_page const& page, std::int64_t event, own_look const* look
)
{
    view made;
    made.set("id", page.thread.id.text());
    made.set("circle", page.circle->id.text());
    made.set("circle_name", page.circle->texts.name);
    auto const title_aside = look != nullptr && is_put_aside(look->chosen, page.thread, look->now);
    if (title_aside) {
        made.set("note", say("Put aside, as you asked"));
    } else if (page.thread.folded) {
        made.set("note", note_for(page.thread.labels));
    }
    if (!page.thread.title.empty()) made.set("thread_title", page.thread.title);
    made.set("event", std::to_string(event));
    if (page.has_earlier && !page.posts.empty())
        made.set("earlier", std::to_string(page.posts.front().number));
    if (page.has_later && !page.posts.empty()) made.set("later", std::to_string(page.posts.back().number));
    made.set("is_newest", !page.has_later);
    auto html = with.render_before("thread", made);
    for (auto const& post : page.posts) {
        auto const aside = look == nullptr ? std::nullopt : look->aside(post);
        auto const show =
            look == nullptr ? std::string() : look->path + "show=" + post.id.text() + "#p-" + post.id.text();
        html += aside ? aside_html(with, post, *aside, show) : post_html(with, post);
    }
    return html + with.render_after("thread", made);
}

// What somebody typed, when it could not be sent, and why.
struct unsent {
    std::string text;
    std::string key;
    error why;
    std::string nudge; // what it may sound like, asked once before it is sent

    bool has_failed() const { return !why.fields.empty() || !why.detail.empty(); }
    bool is_empty() const { return text.empty() && nudge.empty() && !has_failed(); }
};

reply_form reply_form_of(renderer::parts const& with, app::thread_page const& page, unsent const& typed)
{
    view made;
    made.set("id", page.thread.id.text());
    made.set("circle", page.circle->id.text());
    made.set("text", typed.text);
    made.set("errors_html", typed.has_failed() ? errors_html(with, typed.why) : std::string());
    made.set("nudged", !typed.nudge.empty());
    made.set("nudge_html", typed.nudge);
    return {with.render_before("thread_reply", made), with.render_after("thread_reply", made)};
}

task<result<std::shared_ptr<shared_page const>>>
shared_page_of(context asked, renderer const& with, shared_pages& kept)
{
    auto const id = thread_in(asked);
    auto const place = place_in(asked);
    auto const allowed = co_await asked.services.posts.circle_of(asked.who, id);
    if (!allowed) co_return allowed.error();
    auto const version = asked.services.changes.version_of(id);
    auto key = id.text() + std::to_string(static_cast<int>(place.which)) + " " + std::to_string(place.number);
    key += with.get().spoken.code();
    auto known = kept.find(key, version);
    if (known && known->found.circle == *allowed) co_return known; // a circle that changed is another object
    auto const made = std::make_shared<shared_page>();
    auto const event = asked.services.live.delivered(); // all up to this one is in it
    auto found = co_await asked.services.posts.page(asked.who, id, place, limits::page_posts);
    if (!found) co_return found.error();
    made->found = std::move(*found);
    made->html = shared_html(with.get(), made->found, event, nullptr);
    made->reply = reply_form_of(with.get(), made->found, {});
    for (auto& post : made->found.posts)
        post.content = {};
    auto const bytes = made->html.size() + made->reply.before_key.size() + made->reply.after_key.size() +
                       sizeof(domain::post) * made->found.posts.size();
    kept.keep(key, version, made, bytes);
    std::shared_ptr<shared_page const> shown = made;
    co_return shown;
}

// The reader's own posts on the page, to change or take down; "" without any.
std::string mine_html(renderer::parts const& with, app::thread_page const& page, domain::principal const& who)
{
    view all(view::type::list);
    auto any = false;
    for (auto const& post : page.posts) {
        if (post.author != who.account) continue;
        view one;
        one.set("id", post.id.text());
        one.set("number", std::to_string(post.number));
        all.push_back(one);
        any = true;
    }
    if (!any) return "";
    view made;
    made.set("posts", all);
    return with.render("thread_mine", made);
}

std::string no_reply_html(renderer::parts const& with, circle_id const& circle)
{
    view made;
    made.set("circle", circle.text());
    return with.render("thread_no_reply", made);
}

std::string paused_html(renderer::parts const& with, bool is_locked)
{
    view made;
    made.set("locked", is_locked);
    return with.render("thread_paused", made);
}

// The page as this reader asked for it; "" when it is the same as everybody's.
task<result<std::string>>
own_html(context asked, renderer const& with, own_pacing chosen, std::shared_ptr<shared_page const> shared)
{
    if (!chosen) co_return std::string();
    own_look look{chosen, "", "", asked.services.time.now()};
    auto const is_aside = [&](auto const& post) { return look.aside(post).has_value(); };
    auto const& all = shared->found.posts;
    if (std::none_of(all.begin(), all.end(), is_aside)) co_return std::string();
    auto const query = http::form_fields(asked.request->query());
    if (query) look.show = http::field_of(*query, "show");
    auto const place = place_in(asked);
    auto const number = std::to_string(place.number);
    look.path = "/threads/" + thread_in(asked).text() + "?";
    if (place.which == app::page_at::where::before) look.path += "before=" + number + "&";
    if (place.which == app::page_at::where::after) look.path += "after=" + number + "&";
    auto const id = thread_in(asked);
    auto const event = asked.services.live.delivered();
    auto const found = co_await asked.services.posts.page(asked.who, id, place, limits::page_posts);
    if (!found) co_return found.error();
    co_return shared_html(with.get(), *found, event, &look);
}

task<net::response> thread_page(context asked, renderer const& pages, shared_pages& kept, unsent typed)
{
    auto const shared = co_await shared_page_of(asked, pages, kept);
    if (!shared) co_return pages.error_page()(asked, shared.error());
    auto const chosen = co_await pacing_of(asked);
    if (!chosen) co_return pages.error_page()(asked, chosen.error());
    auto const page = *shared;
    auto const own_page = co_await own_html(asked, pages, *chosen, page);
    if (!own_page) co_return pages.error_page()(asked, own_page.error());
    auto const& found = (*shared)->found;
    auto const& with = pages.get();
    auto const pause = pause_html(with, asked, *chosen);
    auto const posts_html = own_page->empty() ? std::shared_ptr<std::string const>(page, &page->html)
                                              : std::make_shared<std::string const>(*own_page);
    auto const hides_title =
        found.thread.folded || is_put_aside(*chosen, found.thread, asked.services.time.now());
    auto const title = found.thread.title.empty() || hides_title ? say("Thread") : found.thread.title;
    auto const asks_first = typed.nudge.empty() ? 200U : http::status_of(errc::nudged);
    auto const status = typed.has_failed() ? http::status_of(typed.why.code) : asks_first;
    auto const is_locked = asked.services.measures.locked_until(found.circle->id).has_value();
    auto const paused = paused_html(with, is_locked);
    auto const mine = asked.who ? mine_html(with, found, *asked.who) : std::string();
    auto const may_write = asked.who && asked.who->role_in(found.circle->id) != domain::role::none;
    auto around = with.layout(asked, title);
    auto made = html_response(status, posts_html);
    made.lead = std::move(around.before) + pause;
    made.tail = mine + paused;
    if (!may_write) {
        made.tail += no_reply_html(with, found.circle->id) + around.after;
        co_return made;
    }
    auto const key = escaped(typed.key.empty() ? post_id::random().text() : typed.key);
    auto const own = typed.is_empty() ? reply_form() : reply_form_of(with, found, typed);
    auto const& form = typed.is_empty() ? (*shared)->reply : own;
    made.tail += form.before_key + key + form.after_key + around.after;
    co_return made;
}

// Visitors all see the same page: it is kept as a whole.
task<net::response>
thread(context asked, http::rendered_cache& cache, renderer const& with, shared_pages& kept)
{
    unsent const nothing;
    auto const id = thread_in(asked);
    if (is_decorated(asked)) {
        auto own = co_await thread_page(asked, with, kept, nothing);
        co_return own;
    }
    auto const allowed = co_await asked.services.posts.circle_of(asked.who, id);
    if (!allowed) co_return with.error_page()(asked, allowed.error());
    auto const version = asked.services.changes.version_of(id);
    auto const key = std::string(with.get().spoken.code()) + " html " + std::string(asked.request->target);
    auto const whole = cache.find(key, version);
    if (whole) {
        co_return html_response(200, whole);
    }
    auto made = co_await thread_page(asked, with, kept, nothing);
    if (made.status != 200) co_return made;
    auto const kept_whole = std::make_shared<std::string const>(made.lead + *made.body + made.tail);
    cache.keep(key, version, kept_whole, kept_whole->size());
    co_return html_response(200, kept_whole);
}

task<net::response> reply(context asked, renderer const& with, shared_pages& kept)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto key = key_or_new(*form);
    domain::post_text const content{"", http::field_of(*form, "text")};
    auto const chosen = co_await pacing_of(asked);
    auto const own = chosen ? *chosen : own_pacing();
    late_text const late{circle_id(), thread_in(asked), content, key};
    auto const kept_back = co_await kept_for_later(asked, *form, own, late);
    if (kept_back) co_return *kept_back;
    auto const seen = !http::field_of(*form, "nudge_seen").empty();
    auto const sent = co_await asked.services.posts.reply(asked.who, thread_in(asked), key, content, seen);
    if (sent && sent->nudged) {
        unsent typed;
        typed.text = content.text;
        typed.key = key;
        typed.nudge = nudge_html(with.get(), sent->decided, content.text);
        auto asking = co_await thread_page(asked, with, kept, typed);
        co_return asking;
    }
    if (sent) {
        auto const plainly_there = sent->state == domain::post_state::visible && !sent->care;
        co_return see_other(
            plainly_there ? "/threads/" + sent->thread.text() + "#p-" + sent->post.text()
                          : "/posts/" + sent->post.text()
        );
    }
    auto failed = sent.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    if (failed.code == errc::key_reused)
        key.clear(); // another text in another tab: this one gets its own key
    if (failed.fields.empty() && failed.detail.empty())
        failed.detail = "This could not be saved right now. Your words are still here: please try again.";
    unsent typed;
    typed.text = content.text;
    typed.key = key;
    typed.why = failed;
    auto answer = co_await thread_page(asked, with, kept, typed);
    co_return answer;
}

net::response new_thread_page(
    context const& asked,
    renderer const& with,
    domain::circle const& circle,
    domain::post_text const& typed,
    std::string key,
    error const* failed
)
{
    view made;
    made.set("id", circle.id.text());
    made.set("name", circle.texts.name);
    made.set("key", key.empty() ? post_id::random().text() : key);
    made.set("thread_title", typed.title);
    made.set("text", typed.text);
    made.set("errors_html", failed == nullptr ? std::string() : errors_html(with.get(), *failed));
    return with.get().page(
        asked,
        failed == nullptr ? 200 : http::status_of(failed->code),
        say("Start a thread"),
        "new_thread",
        made
    );
}

task<net::response> show_new_thread(context asked, renderer const& with)
{
    auto const id = circle_id::parse(asked.ids.at(0)).value_or(circle_id());
    auto const circle = co_await asked.services.circles.get(asked.who, id);
    if (!circle) co_return with.error_page()(asked, circle.error());
    if (asked.who->role_in(id) == domain::role::none) co_return see_other("/circles/" + id.text());
    domain::post_text const nothing;
    co_return new_thread_page(asked, with, **circle, nothing, "", nullptr);
}

task<net::response> start_thread(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const id = circle_id::parse(asked.ids.at(0)).value_or(circle_id());
    auto const circle = co_await asked.services.circles.get(asked.who, id);
    if (!circle) co_return with.error_page()(asked, circle.error());
    auto key = key_or_new(*form);
    domain::post_text const content{http::field_of(*form, "title"), http::field_of(*form, "text")};
    auto const chosen = co_await pacing_of(asked);
    auto const own = chosen ? *chosen : own_pacing();
    late_text const late{id, std::nullopt, content, key};
    auto const kept_back = co_await kept_for_later(asked, *form, own, late);
    if (kept_back) co_return *kept_back;
    auto const sent = co_await asked.services.posts.start_thread(asked.who, id, key, content);
    if (sent) co_return see_other("/posts/" + sent->post.text());
    auto failed = sent.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    if (failed.code == errc::key_reused) key.clear();
    if (failed.fields.empty() && failed.detail.empty())
        failed.detail = "This could not be saved right now. Your words are still here: please try again.";
    co_return new_thread_page(asked, with, **circle, content, key, &failed);
}

// One post as it stands in the page, for what arrives live.
task<net::response> fragment(context asked, renderer const& with)
{
    auto const id = post_id::parse(asked.ids.at(0)).value_or(post_id());
    auto const found = co_await asked.services.posts.visible(asked.who, id);
    if (!found) co_return with.error_page()(asked, found.error());
    auto const chosen = co_await pacing_of(asked);
    if (!chosen) co_return with.error_page()(asked, chosen.error());
    auto html = own_post_html(with.get(), *chosen, *found, asked.services.time.now());
    co_return html_response(200, std::move(html));
}
} // namespace
} // namespace holdfast::pages::thread_pages

namespace holdfast::pages {

void add_thread_pages(std::vector<http::route>& to, http::rendered_cache& cache, renderer const& with)
{
    using namespace thread_pages;
    using http::answers;
    auto const kept = std::make_shared<shared_pages>();
    auto read = [&cache, &with, kept](context asked) {
        auto const& spoken = with.for_reader(asked);
        return thread(std::move(asked), cache, spoken, *kept);
    };
    auto write = [&with, kept](context asked) {
        auto const& spoken = with.for_reader(asked);
        return reply(std::move(asked), spoken, *kept);
    };
    to.push_back({method::get, "/threads/{id}", least::visitor, "thread", answers::html, read});
    to.push_back(
        {method::post,
         "/threads/{id}/posts",
         least::circle_member,
         "thread",
         answers::html,
         write,
         rate_kind::write}
    );
    add_page(to, with, method::get, "/circles/{id}/new", least::circle_member, "circle", show_new_thread);
    add_page(
        to,
        with,
        method::post,
        "/circles/{id}/threads",
        least::circle_member,
        "circle",
        start_thread,
        rate_kind::write
    );
    add_page(to, with, method::get, "/posts/{id}/fragment", least::visitor, "post", fragment);
}

} // namespace holdfast::pages
