#include "server/pages/partner/partner_words.hpp"

#include "server/app/partner/partner_text.hpp"
#include "server/app/posts/share_copy.hpp"
#include "server/app/space/pacing.hpp"
#include "server/pages/space/own_space.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace holdfast::pages {

using domain::partner_words;

namespace {
struct part_shown {
    std::string_view name;
    std::string_view words;
    std::string_view their_words; // for whom it is shown
    std::optional<partner_words> copy;
    bool domain::partner_grants::*which;
};
// said
constexpr std::array<part_shown, 4> parts_shown{
    part_shown{
        "goal",
        "The goal's own words",
        "The goal's own words",
        partner_words::goal,
        &domain::partner_grants::goal},
    part_shown{"steps", "Its steps", "Its steps", partner_words::steps, &domain::partner_grants::steps},
    part_shown{
        "tries",
        "What I tried, and what I learned",
        "What they tried, and what they learned",
        partner_words::tries,
        &domain::partner_grants::tries},
    part_shown{
        "hard_week",
        "That it is a hard week, when I say so",
        "That it is a hard week, when they say so",
        std::nullopt,
        &domain::partner_grants::hard_week}};

view parts_view(std::string const& text)
{
    view made(view::type::list);
    for (auto const& part : app::parts_of(domain::share_what::goal, text)) {
        view one;
        one.set("heading", say(part.heading));
        one.set("has_heading", !part.heading.empty());
        one.set("text_html", html_of(part.text));
        made.push_back(one);
    }
    return made;
}

constexpr std::size_t said_on_a_page = 40;

view said_view(domain::partner_said const& one, post_id const& between)
{
    view made;
    made.set("id", one.said.id.text());
    made.set("between", between.text());
    made.set("mine", one.is_mine);
    made.set("author", one.said.nickname.empty() ? say("Somebody who left") : one.said.nickname);
    made.set("day", words_for(std::chrono::floor<std::chrono::days>(one.said.created_at)));
    made.set("folded", one.said.folded);
    made.set("note", note_for(one.said.labels));
    made.set("parts", parts_view(one.said.content.text));
    return made;
}
} // namespace

view grants_view(domain::partner_grants const& chosen, boost::json::object const* goal)
{
    view made(view::type::list);
    for (auto const& part : parts_shown) {
        view one;
        one.set("name", std::string(part.name));
        one.set("words", say(part.words));
        one.set("their_words", say(part.their_words));
        one.set("on", chosen.*part.which);
        auto const text = goal != nullptr && part.copy ? app::copy_of_goal(*goal, *part.copy) : std::string();
        one.set("has_text", !text.empty());
        one.set("parts", parts_view(text));
        made.push_back(one);
    }
    return made;
}

domain::partner_grants grants_in(http::fields const& form)
{
    domain::partner_grants made;
    for (auto const& part : parts_shown)
        made.*part.which = !http::field_of(form, "shows_" + std::string(part.name)).empty();
    return made;
}

void put_words_between(
    view& to,
    renderer::parts const& with,
    http::context const& asked,
    domain::partnership const& between,
    bool is_aside
)
{
    view shown(view::type::list);
    view ideas(view::type::list);
    std::vector<domain::partner_said const*> said;
    for (auto const& one : between.shown) {
        if (one.is_mine || !is_aside) shown.push_back(said_view(one, between.id));
    }
    for (auto const& one : between.said) {
        if (is_aside && !one.is_mine) continue;
        auto const is_open = between.as_member && one.kind == partner_words::proposal && !one.is_settled;
        if (is_open)
            ideas.push_back(said_view(one, between.id));
        else
            said.push_back(&one);
    }
    auto const part = list_part_of(asked, said.size(), said_on_a_page);
    view said_here(view::type::list);
    for (auto const* one : in_part(said, part))
        said_here.push_back(said_view(*one, between.id));
    to.set("id", between.id.text());
    to.set("circle", between.circle.text());
    to.set("nickname", between.nickname.empty() ? say("Somebody who left") : between.nickname);
    to.set("as_member", between.as_member);
    to.set("aside", is_aside);
    to.set("hard_week", between.is_hard_week);
    to.set("any_shown", !shown.list_value().empty());
    to.set("shown", shown);
    to.set("any_ideas", !ideas.list_value().empty());
    to.set("ideas", ideas);
    to.set("any_said", !said.empty());
    to.set("said", said_here);
    to.set("parts_html", list_parts_html(with, asked, part));
    to.set("from", part.number > 1 ? "?page=" + std::to_string(part.number) : std::string());
}

task<bool> is_put_aside(http::context asked, std::string nickname)
{
    auto const me = owner_of(asked);
    auto const chosen = co_await asked.services.pace.of(me);
    if (!chosen || !*chosen) co_return false;
    auto const& muted = (*chosen)->muted;
    co_return std::find(muted.begin(), muted.end(), nickname) != muted.end();
}

} // namespace holdfast::pages
