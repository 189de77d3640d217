// A cue card for everybody of a circle: sharing one, the cards from one's circles, and taking one over.
#include "server/app/feed/live_feed.hpp"
#include "server/app/share/take_card.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/share/share_form.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

namespace holdfast::pages::card_share_pages {

using domain::share_what;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = domain::private_kind::card;
constexpr auto what = share_what::card;
constexpr std::size_t rows_of_list = 20;
constexpr std::size_t text_shown_bytes = 1000; // all of it, of nearly every card

task<net::response> form_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto form = co_await share_form_view(asked, with, typed, failed, what, id);
    if (!form) co_return with.error_page()(asked, form.error());
    view made = std::move(*form);
    put_body(made, kind, versions->back().body);
    made.set("id", id.text());
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Share a card"), "card_share", made);
}

task<net::response> show_share(context asked, renderer const& with)
{
    return form_page(std::move(asked), with, http::fields(), error());
}

task<net::response> share(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    app::share_wish wish;
    wish.audience = domain::share_audience::circle;
    wish.circle = circle_id::parse(http::field_of(*form, "circle")).value_or(circle_id());
    auto const id = id_in(asked);
    auto const place = "/me/cards/" + id.text() + "/share";
    auto answer = co_await shared_or_again(asked, with, *form, what, id, wish, place, form_page);
    co_return answer;
}

view card_view(domain::shared_copy const& card, app::own_clock const& clock)
{
    view made;
    made.set("id", card.told.id.text());
    made.set("topic", "share:" + card.told.id.text());
    made.set("card_title", card.told.content.title);
    made.set("text", card.told.content.text);
    made.set("author", card.told.nickname.empty() ? say("Somebody who left") : card.told.nickname);
    made.set("mine", card.is_mine);
    made.set("folded", card.told.folded);
    made.set("note", note_for(card.told.labels));
    put_time(made, "when", card.told.created_at, clock);
    return made;
}

task<net::response> list(context asked, renderer const& with)
{
    auto const event = asked.services.live.delivered(); // before the page is read: what comes later is told
    auto const all = co_await asked.services.shares.for_me(asked.who, what);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const part = list_part_of(asked, all->size(), rows_of_list);
    auto const ids = in_part(*all, part);
    auto const found = co_await asked.services.shares.open_for_me(asked.who, what, ids);
    if (!found) co_return with.error_page()(asked, found.error());
    auto const clock = co_await clock_of(asked);
    view cards(view::type::list);
    for (auto const& card : *found) {
        auto one = card_view(card, clock);
        one.set("text", cut_to(card.told.content.text, text_shown_bytes));
        one.set("event", std::to_string(event));
        cards.push_back(one);
    }
    view made;
    made.set("any", !all->empty());
    made.set("cards", cards);
    made.set("parts_html", list_parts_html(with.get(), asked, part));
    co_return with.get().page(asked, 200, say("Cards from your circles"), "shared_cards", made);
}

task<net::response> show(context asked, renderer const& with)
{
    auto const event = asked.services.live.delivered();
    auto const id = post_id::parse(asked.ids.at(0)).value_or(post_id());
    auto const found = co_await asked.services.shares.read(asked.who, what, id);
    if (!found) co_return with.error_page()(asked, found.error());
    auto const clock = co_await clock_of(asked);
    auto made = card_view(*found, clock);
    made.set("event", std::to_string(event));
    co_return with.get().page(asked, 200, say("A card from your circle"), "shared_card", made);
}

task<net::response> take(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const id = post_id::parse(asked.ids.at(0)).value_or(post_id());
    auto const made = co_await app::take_card(asked.services, me, id);
    if (!made) co_return with.error_page()(asked, made.error());
    co_return see_other("/me/cards/" + made->id.text() + "?saved=1");
}
} // namespace
} // namespace holdfast::pages::card_share_pages

namespace holdfast::pages {

void add_card_share_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace card_share_pages;
    auto const add_one = [&](method by, std::string path, std::string object, page_handler run) {
        auto const rate = by == method::get ? rate_kind::read : rate_kind::write;
        add_page(to, with, by, std::move(path), least::member, std::move(object), run, rate);
    };
    add_one(method::get, "/me/cards/{id}/share", "card", show_share);
    add_one(method::post, "/me/cards/{id}/share", "card", share);
    add_one(method::get, "/shared-cards", "account", list);
    add_one(method::get, "/shared-cards/{id}", "shared_card", show);
    add_one(method::post, "/shared-cards/{id}/take", "shared_card", take);
}

} // namespace holdfast::pages
