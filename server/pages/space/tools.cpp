// Tools for the hard minute: general ones for everybody, also without an account, a script or a connection;
// and a member's own cue cards.
#include "server/app/space/private_shape.hpp"
#include "server/app/story/story_writing.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

namespace holdfast::pages::tool_pages {

using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::card;
constexpr std::size_t rows_of_list = 20;
constexpr std::size_t text_shown_bytes = 1000; // all of it, of nearly every card

task<net::response> tools(context asked, renderer const& with)
{
    co_return with.get().page(asked, 200, say("Tools"), "tools", view());
}

// For members, who can make a habit of it.
view tool_view(context const& asked)
{
    view made;
    made.set("signed_in", asked.who != nullptr);
    return made;
}

task<net::response> breathing(context asked, renderer const& with)
{
    co_return with.get().page(asked, 200, say("Breathing"), "breathing", tool_view(asked));
}

// After "Too much now" in a story: that the words are kept, the way back to them, and help lines when they
// sound heavy. Without such a story, and for everybody else, it is the plain tool.
task<void> put_kept_story(view& made, context asked, renderer const& with)
{
    made.set("kept", false);
    made.set("care_html", std::string());
    auto const query = http::form_fields(asked.request->query());
    auto const id = query ? private_id::parse(http::field_of(*query, "kept")) : std::nullopt;
    if (!asked.who || !id) co_return;
    auto const me = asked.session();
    auto const story = *id;
    auto const versions = co_await asked.services.story_writing.versions(me, story);
    if (!versions) co_return;
    made.set("kept", story.text());
    auto const words = app::words_in(private_kind::story, versions->back().body);
    auto const care = co_await care_html(asked, with, words);
    made.set("care_html", care);
}

task<net::response> grounding(context asked, renderer const& with)
{
    auto made = tool_view(asked);
    co_await put_kept_story(made, asked, with);
    co_return with.get().page(asked, 200, say("Five, four, three, two, one"), "grounding", made);
}

task<net::response> senses(context asked, renderer const& with)
{
    co_return with.get().page(asked, 200, say("One sense at a time"), "senses", tool_view(asked));
}

task<net::response> imagery(context asked, renderer const& with)
{
    co_return with.get().page(asked, 200, say("A place in your mind"), "imagery", tool_view(asked));
}

task<net::response> writing(context asked, renderer const& with)
{
    co_return with.get().page(asked, 200, say("A few lines"), "writing", tool_view(asked));
}

// What it opens is on the reader's device alone: the page is the same for everybody.
task<net::response> offline_copy(context asked, renderer const& with)
{
    co_return with.get().page(asked, 200, say("My plan and cards on this device"), "offline_copy", view());
}

view cards_view(std::vector<private_text> const& cards)
{
    view made(view::type::list);
    for (auto const& card : cards) {
        view one;
        put_body(one, kind, card.body);
        one.set("text", cut_to(app::text_in(card.body, "text"), text_shown_bytes));
        one.set("id", card.id.text());
        made.push_back(one);
    }
    return made;
}

task<net::response> cards_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = asked.session();
    auto const all = co_await asked.services.space.all(me, kind);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const has_failed = has_faults(failed);
    view made;
    made.set("any", !all->empty());
    auto const part = list_part_of(asked, all->size(), rows_of_list);
    made.set("cards", cards_view(in_part(*all, part)));
    made.set("parts_html", list_parts_html(with.get(), asked, part));
    made.set("key", key_or_new(typed));
    made.set("title", http::field_of(typed, "title"));
    made.set("text", http::field_of(typed, "text"));
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("My cue cards"), "cards", made);
}

task<net::response> cards(context asked, renderer const& with)
{
    return cards_page(std::move(asked), with, http::fields(), error());
}

task<net::response> add(context asked, renderer const& with)
{
    return add_record(std::move(asked), with, kind, "/me/cards", cards_page);
}

task<net::response> card_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const& newest = versions->back();
    auto const has_failed = has_faults(failed);
    auto const clock = co_await clock_of(asked);
    view made;
    put_body(made, kind, has_failed ? body_of(kind, typed) : newest.body);
    made.set("id", id.text());
    made.set("shown_title", app::text_in(newest.body, "title"));
    made.set("shown_text", app::text_in(newest.body, "text"));
    made.set("based_on", has_failed ? http::field_of(typed, "based_on") : std::to_string(newest.version));
    made.set("more", has_failed);
    co_await put_outcome(made, asked, with, kind, newest, failed);
    made.set("others_html", others_html(with.get(), kind, *versions, "/me/cards/" + id.text(), clock));
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("My cue card"), "card", made);
}

task<net::response> card(context asked, renderer const& with)
{
    return card_page(std::move(asked), with, http::fields(), error());
}

task<net::response> change(context asked, renderer const& with)
{
    return change_record(std::move(asked), with, kind, "/me/cards", card_page);
}

task<net::response> remove(context asked, renderer const& with)
{
    return remove_record(std::move(asked), with, kind, "/me/cards");
}
} // namespace
} // namespace holdfast::pages::tool_pages

namespace holdfast::pages {

void add_tool_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace tool_pages;
    add_page(to, with, method::get, "/tools", least::visitor, "", tools);
    add_page(to, with, method::get, "/tools/breathing", least::visitor, "", breathing);
    add_page(to, with, method::get, "/tools/grounding", least::visitor, "", grounding);
    add_page(to, with, method::get, "/tools/senses", least::visitor, "", senses);
    add_page(to, with, method::get, "/tools/imagery", least::visitor, "", imagery);
    add_page(to, with, method::get, "/tools/writing", least::visitor, "", writing);
    add_page(to, with, method::get, "/tools/plan", least::visitor, "", offline_copy);
    add_page(to, with, method::get, "/me/cards", least::member, "account", cards);
    add_page(to, with, method::post, "/me/cards", least::member, "account", add, rate_kind::write);
    add_page(to, with, method::get, "/me/cards/{id}", least::member, "card", card);
    add_page(to, with, method::post, "/me/cards/{id}", least::member, "card", change, rate_kind::write);
    add_page(
        to, with, method::post, "/me/cards/{id}/delete", least::member, "card", remove, rate_kind::write
    );
}

} // namespace holdfast::pages
