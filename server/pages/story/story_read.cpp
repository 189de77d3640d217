// Reading what others shared: support first, hard detail folded; notes that name a strength or offer a
// resource.
#include "server/app/feed/live_feed.hpp"
#include "server/app/share/shares.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/story/story_words.hpp"

#include <algorithm>

namespace holdfast::pages::shared_story_pages {

using domain::shared_copy;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto what = domain::share_what::story;
constexpr std::size_t rows_of_list = 50; // no more than an open page follows (web/src/story.ts)
constexpr std::size_t title_shown_bytes = 200;

post_id story_in(context const& asked)
{
    return post_id::parse(asked.ids.at(0)).value_or(post_id());
}

// The plans, which are few, come in the first part.
task<net::response> list(context asked, renderer const& with)
{
    auto const event = asked.services.live.delivered(); // before the page is read: what comes later is told
    auto const all_stories = co_await asked.services.shares.for_me(asked.who, what);
    if (!all_stories) co_return with.error_page()(asked, all_stories.error());
    auto const plan = domain::share_what::plan;
    auto const all_plans = co_await asked.services.shares.for_me(asked.who, plan);
    if (!all_plans) co_return with.error_page()(asked, all_plans.error());
    auto ids = *all_plans;
    ids.insert(ids.end(), all_stories->begin(), all_stories->end());
    auto const part = list_part_of(asked, ids.size(), rows_of_list);
    auto const of_plans = std::clamp(all_plans->size(), part.first, part.end); // where they end in this part
    auto const at = [&](std::size_t row) { return ids.begin() + static_cast<std::ptrdiff_t>(row); };
    std::vector<post_id> const plan_ids(at(part.first), at(of_plans));
    std::vector<post_id> const story_ids(at(of_plans), at(part.end));
    auto const found = co_await asked.services.shares.open_for_me(asked.who, what, story_ids);
    if (!found) co_return with.error_page()(asked, found.error());
    auto const plans = co_await asked.services.shares.open_for_me(asked.who, plan, plan_ids);
    if (!plans) co_return with.error_page()(asked, plans.error());
    auto const clock = co_await clock_of(asked);
    view all(view::type::list);
    for (auto const& story : *found) {
        view one;
        one.set("id", story.told.id.text());
        auto const title = cut_to(story.told.content.title, title_shown_bytes);
        one.set("story_title", story.told.folded ? note_for(story.told.labels) : title);
        one.set("author", story.told.nickname);
        one.set("named", story.audience != domain::share_audience::circle);
        one.set("event", std::to_string(event));
        put_time(one, "when", story.told.created_at, clock);
        all.push_back(one);
    }
    view some(view::type::list);
    for (auto const& copy : *plans) {
        view one;
        one.set("id", copy.told.id.text());
        one.set("author", copy.told.nickname.empty() ? say("Somebody who left") : copy.told.nickname);
        one.set("event", std::to_string(event));
        put_time(one, "when", copy.told.created_at, clock);
        some.push_back(one);
    }
    view made;
    made.set("any_plans", !plans->empty());
    made.set("plans", some);
    made.set("any_stories", !all_stories->empty());
    made.set("stories", all);
    made.set("parts_html", list_parts_html(with.get(), asked, part));
    co_return with.get().page(asked, 200, say("Shared with me"), "shared_stories", made);
}

std::string place_of_note(post_id const& story, post_id const& note)
{
    return "/stories/" + story.text() + "?show=" + note.text() + "#p-" + note.text();
}

// What a note's form shows again.
struct unsent_note {
    std::string text, kind, key, nudge;
    error why;
};

void put_story(view& made, context const& asked, shared_copy const& story, app::own_clock const& clock)
{
    made.set("id", story.told.id.text());
    made.set("story_title", story.told.content.title);
    made.set("author", story.told.nickname.empty() ? say("Somebody who left") : story.told.nickname);
    made.set("folded", story.told.folded);
    made.set("note", note_for(story.told.labels));
    made.set("mine", story.is_mine);
    auto const place = "/stories/" + story.told.id.text() + "?";
    put_notes(made, asked, story.notes, story.told.id, story.is_mine, place, clock);
    made.set("until", story.expires_at ? iso8601(*story.expires_at) : std::string());
    put_time(made, "when", story.told.created_at, clock);
    put_parts(made, story.what, story.told.content.text);
}

task<net::response> story_page(context asked, renderer const& with, unsent_note typed)
{
    auto const event = asked.services.live.delivered(); // before the page is read: what comes later is told
    auto const id = story_in(asked);
    auto const found = co_await asked.services.shares.read(asked.who, what, id);
    if (!found) co_return with.error_page()(asked, found.error());
    auto const has_failed = has_faults(typed.why);
    view made;
    auto const clock = co_await clock_of(asked);
    put_story(made, asked, *found, clock);
    made.set("topic", "story:" + id.text());
    made.set("event", std::to_string(event));
    made.set("may_answer", !found->is_mine);
    made.set("key", typed.key.empty() ? post_id::random().text() : typed.key);
    made.set("text", typed.text);
    made.set("is_resource", typed.kind == "resource");
    made.set("errors_html", has_failed ? errors_html(with.get(), typed.why) : std::string());
    made.set("nudged", !typed.nudge.empty());
    made.set("nudge_html", typed.nudge);
    auto const asks_first = typed.nudge.empty() ? 200U : http::status_of(errc::nudged);
    auto const status = has_failed ? http::status_of(typed.why.code) : asks_first;
    co_return with.get().page(asked, status, say("A story"), "shared_story", made);
}

task<net::response> show(context asked, renderer const& with)
{
    unsent_note const nothing;
    auto answer = co_await story_page(asked, with, nothing);
    co_return answer;
}

task<net::response> witness(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    unsent_note typed;
    typed.text = http::field_of(*form, "text");
    typed.kind = http::field_of(*form, "kind");
    typed.key = key_or_new(*form);
    auto const kind = domain::witness_kind_named(typed.kind);
    auto const seen = !http::field_of(*form, "nudge_seen").empty();
    auto const id = story_in(asked);
    if (!kind) {
        typed.why = invalid_field("kind", "Please choose what your note does.");
        auto again = co_await story_page(asked, with, typed);
        co_return again;
    }
    auto const sent =
        co_await asked.services.shares.witness(asked.who, id, *kind, typed.key, typed.text, seen);
    if (sent && sent->nudged) {
        typed.nudge = nudge_html(with.get(), sent->decided, typed.text);
        auto asking = co_await story_page(asked, with, typed);
        co_return asking;
    }
    if (sent) {
        auto const plainly_there = sent->state == domain::post_state::visible && !sent->care;
        co_return see_other(plainly_there ? place_of_note(id, sent->post) : "/posts/" + sent->post.text());
    }
    if (sent.error().code == errc::not_found) co_return with.error_page()(asked, sent.error());
    if (sent.error().code == errc::key_reused) typed.key.clear();
    typed.why = kept_words(sent.error());
    auto answer = co_await story_page(asked, with, typed);
    co_return answer;
}

// Both from the story's own page: back to it, at the note.
task<net::response> set_pin(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const note = post_id::parse(asked.ids.at(0)).value_or(post_id());
    auto const pinned = http::field_of(*form, "pinned") == "yes";
    auto const done = co_await asked.services.shares.pin(asked.who, note, pinned);
    if (!done) co_return with.error_page()(asked, done.error());
    auto const story = post_id::parse(http::field_of(*form, "story")).value_or(post_id());
    co_return see_other(place_of_note(story, note));
}

// A link is looked at before it is opened, so that a program that peeks at links opens nothing.
task<net::response> link_front(context asked, renderer const& with)
{
    auto const secret = asked.ids.at(0);
    auto const there = co_await asked.services.shares.followed_by_link(secret);
    if (!there) co_return with.error_page()(asked, there.error());
    view made;
    made.set("secret", secret);
    co_return with.get().page(asked, 200, say("A story"), "story_link", made);
}

task<net::response> open_link(context asked, renderer const& with)
{
    auto const event = asked.services.live.delivered();
    auto const secret = asked.ids.at(0);
    auto const found = co_await asked.services.shares.open_link(asked.who, secret);
    if (!found) co_return with.error_page()(asked, found.error());
    auto const of_circle = asked.who && asked.who->role_in(found->told.circle) != domain::role::none;
    view made;
    auto const clock = co_await clock_of(asked);
    put_story(made, asked, *found, clock);
    made.set("topic", "link:" + secret);
    made.set("event", std::to_string(event));
    made.set("by_link", true);
    made.set("secret", secret);
    made.set("may_keep", of_circle && !found->is_mine);
    co_return with.get().page(asked, 200, say("A story"), "shared_story", made);
}

task<net::response> keep_link(context asked, renderer const& with)
{
    auto const secret = asked.ids.at(0);
    auto const kept = co_await asked.services.shares.keep_link(asked.who, secret);
    if (!kept) co_return with.error_page()(asked, kept.error());
    co_return see_other("/stories/" + kept->text());
}
} // namespace
} // namespace holdfast::pages::shared_story_pages

namespace holdfast::pages {

void add_shared_story_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace shared_story_pages;
    auto const add_one =
        [&](method by, std::string path, http::least who, std::string object, page_handler run) {
            auto const rate = by == method::get ? rate_kind::read : rate_kind::write;
            add_page(to, with, by, std::move(path), who, std::move(object), run, rate);
        };
    add_one(method::get, "/stories", least::member, "account", list);
    add_one(method::get, "/stories/{id}", least::member, "shared_story", show);
    add_one(method::post, "/stories/{id}/notes", least::member, "shared_story", witness);
    add_one(method::post, "/posts/{id}/pin", least::author, "witness_note", set_pin);
    add_one(method::get, "/s/{id}", least::visitor, "story_link", link_front);
    add_one(method::post, "/s/{id}", least::visitor, "story_link", open_link);
    add_one(method::post, "/s/{id}/keep", least::circle_member, "story_link", keep_link);
}

} // namespace holdfast::pages
