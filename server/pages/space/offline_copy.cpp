// What a member may keep on their own device, for when there is no connection: shown here, locked and kept by
// the page's script alone.
#include "server/app/space/private_shape.hpp"
#include "server/app/space/space.hpp"
#include "server/pages/families.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/space/plan_words.hpp"

#include <boost/json/object.hpp>

#include <algorithm>

namespace holdfast::pages::offline_copy_pages {

using domain::private_kind;
using http::context;

namespace {
constexpr std::size_t rows_of_part = 60;
constexpr std::size_t part_bytes = 24 * 1024; // of their own words

// The plan is the first row of the list that is shown in parts, if there is one; then come the cards.
std::vector<std::size_t> bytes_of(std::string const& plan, std::vector<app::private_text> const& cards)
{
    auto const bytes_in = [](std::string const& text) {
        constexpr std::size_t around_line = 20; // <p dir="auto"></p>
        auto const lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
        return escaped(text).size() + lines * around_line;
    };
    std::vector<std::size_t> made;
    if (!plan.empty()) made.push_back(bytes_in(plan));
    for (auto const& card : cards)
        made.push_back(bytes_in(app::text_in(card.body, "title") + "\n" + app::text_in(card.body, "text")));
    return made;
}

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
    auto const me = asked.session();
    auto const plan_kind = private_kind::plan;
    auto const plan = co_await asked.services.space.only(me, plan_kind);
    if (!plan) co_return with.error_page()(asked, plan.error());
    auto const card_kind = private_kind::card;
    auto const cards = co_await asked.services.space.all(me, card_kind);
    if (!cards) co_return with.error_page()(asked, cards.error());
    boost::json::object const none;
    auto const steps = plan_steps_view(*plan ? (*plan)->body : none, with_empty::no);
    auto const any_steps = !steps.list_value().empty();
    auto const words_of_plan = *plan ? app::words_in(plan_kind, (*plan)->body) : std::string();
    auto const part = list_part_of(asked, bytes_of(words_of_plan, *cards), rows_of_part, part_bytes);
    auto const row_of_cards = static_cast<std::size_t>(any_steps ? 1 : 0);
    auto of_cards = part;
    of_cards.first = std::max(part.first, row_of_cards) - row_of_cards;
    of_cards.end = std::max(part.end, row_of_cards) - row_of_cards;
    auto const shown = cards_view(in_part(*cards, of_cards));
    view made;
    made.set("any", any_steps || !cards->empty());
    made.set("any_steps", any_steps);
    made.set("steps_here", any_steps && part.number == 1);
    made.set("steps", steps);
    made.set("any_cards", !cards->empty());
    made.set("cards_here", !shown.list_value().empty());
    made.set("cards", shown);
    made.set("part", std::to_string(part.number));
    made.set("parts", std::to_string(part.count));
    made.set("parts_html", list_parts_html(with.get(), asked, part));
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
