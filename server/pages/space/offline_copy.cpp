// What a member may keep on their own device, for when there is no connection: shown here, locked and kept by
// the page's script alone.
#include "server/app/space/private_shape.hpp"
#include "server/pages/families.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/space/plan_words.hpp"

#include <boost/json/object.hpp>

namespace holdfast::pages::offline_copy_pages {

using domain::private_kind;
using http::context;

namespace {
view cards_view(std::vector<app::private_text> const& cards)
{
    view made(view::type::list);
    for (auto const& card : cards) {
        view one;
        one.set("title", app::text_in(card.body, "title"));
        one.set("lines", lines_view(app::text_in(card.body, "text"), line_numbers::are_words));
        made.push_back(one);
    }
    return made;
}

task<net::response> show(context asked, renderer const& with)
{
    auto const me = owner_of(asked);
    auto const plan_kind = private_kind::plan;
    auto const plan = co_await asked.services.space.only(me, plan_kind);
    if (!plan) co_return with.error_page()(asked, plan.error());
    auto const card_kind = private_kind::card;
    auto const cards = co_await asked.services.space.all(me, card_kind);
    if (!cards) co_return with.error_page()(asked, cards.error());
    boost::json::object const none;
    auto const steps = plan_steps_view(*plan ? (*plan)->body : none, with_empty::no);
    auto const any_steps = !steps.list_value().empty();
    view made;
    made.set("any", any_steps || !cards->empty());
    made.set("any_steps", any_steps);
    made.set("steps", steps);
    made.set("any_cards", !cards->empty());
    made.set("cards", cards_view(*cards));
    co_return with.get().page(asked, 200, say("On this device, without a connection"), "offline_keep", made);
}
} // namespace
} // namespace holdfast::pages::offline_copy_pages

namespace holdfast::pages {

void add_offline_copy_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace offline_copy_pages;
    add_page(to, with, net::method::get, "/me/offline", http::least::member, "account", show);
}

} // namespace holdfast::pages
