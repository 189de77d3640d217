#include "server/pages/partner/partner_words.hpp"

#include "server/app/partner/partner_text.hpp"
#include "server/app/partner/partners.hpp"
#include "server/app/share_copy.hpp"
#include "server/app/space/pacing.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"

#include <algorithm>
#include <array>

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

view said_view(domain::partner_said const& one, domain::partnership const& between)
{
    view made;
    made.set("id", one.said.id.text());
    made.set("between", between.id.text());
    made.set("open_idea", between.as_member && one.kind == partner_words::proposal && !one.is_settled);
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

namespace {
// Where the part that is shown begins or ends: "?before=ID" or "?after=ID"; else it is the newest.
app::partner_part_asked part_asked(http::context const& asked)
{
    auto const query = http::form_fields(asked.request->query());
    app::partner_part_asked made;
    made.limit = said_on_a_page;
    if (!query) return made;
    made.before = post_id::parse(http::field_of(*query, "before"));
    made.after = post_id::parse(http::field_of(*query, "after"));
    return made;
}

std::string query_for(char const* name, std::optional<post_id> const& place)
{
    return place ? name + ("=" + place->text()) : std::string();
}
} // namespace

task<result<words_between>> words_asked_for(http::context asked, post_id between)
{
    auto const me = asked.session();
    auto const found = co_await asked.services.partners.read(me, between);
    if (!found) co_return found.error();
    auto const aside = co_await is_put_aside(asked, found->nickname);
    auto wanted = part_asked(asked);
    wanted.mine_alone = aside;
    auto part = co_await asked.services.partners.said(me, between, wanted);
    if (part && part->said.empty() && (wanted.before || wanted.after)) { // what stood there was taken down
        wanted.before.reset();
        wanted.after.reset();
        part = co_await asked.services.partners.said(me, between, wanted);
    }
    if (!part) co_return part.error();
    words_between made;
    made.between = *found;
    made.part = *part;
    made.is_aside = aside;
    auto const asked_again =
        wanted.after ? query_for("?after", wanted.after) : query_for("?before", wanted.before);
    if (made.part.newer) made.from = asked_again;
    co_return made;
}

void put_words_between(view& to, renderer::parts const& with, words_between const& all)
{
    auto const& between = all.between;
    view shown(view::type::list);
    for (auto const& one : between.shown) {
        if (one.is_mine || !all.is_aside) shown.push_back(said_view(one, between));
    }
    view said(view::type::list);
    for (auto const& one : all.part.said)
        said.push_back(said_view(one, between));
    to.set("id", between.id.text());
    to.set("circle", between.circle.text());
    to.set("nickname", between.nickname.empty() ? say("Somebody who left") : between.nickname);
    to.set("as_member", between.as_member);
    to.set("aside", all.is_aside);
    to.set("hard_week", between.is_hard_week);
    to.set("any_shown", !shown.list_value().empty());
    to.set("shown", shown);
    to.set("any_said", !said.list_value().empty());
    to.set("said", said);
    auto const& part = all.part;
    to.set("from", all.from);
    to.set(
        "parts_html", links_to_parts(with, query_for("after", part.newer), query_for("before", part.older))
    );
}

task<bool> is_put_aside(http::context asked, std::string nickname)
{
    auto const me = asked.session();
    auto const chosen = co_await asked.services.pace.of(me);
    if (!chosen || !*chosen) co_return false;
    auto const& muted = (*chosen)->muted;
    co_return std::find(muted.begin(), muted.end(), nickname) != muted.end();
}

} // namespace holdfast::pages
