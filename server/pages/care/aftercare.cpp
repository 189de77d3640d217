// What comes after a hard evening: being asked how it is, worrying about somebody, and figures.
#include "server/app/care/aftercare.hpp"
#include "server/app/care/care.hpp"
#include "server/app/care/concerns.hpp"
#include "server/app/care/figures.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/space/space.hpp"
#include "server/http/problem.hpp"
#include "server/pages/desk/desk_words.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"

#include <algorithm>

namespace holdfast::pages::aftercare_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
bool belongs(domain::follow_up const& one, shown_on where, circle_id const& circle)
{
    using kind = domain::follow_up_kind;
    switch (where) {
    case shown_on::arrival:
        return one.kind == kind::author_day || one.kind == kind::author_week;
    case shown_on::care_page:
        return one.kind == kind::facilitator;
    case shown_on::circle_page:
        return one.kind == kind::circle && one.circle == circle;
    }
    return false;
}

std::string minutes_in_words(std::optional<std::int64_t> seconds)
{
    if (!seconds) return "–";
    if (*seconds < 90) return say_count(*seconds, "{count} second", "{count} seconds");
    if (*seconds < 5400) return say_count((*seconds + 30) / 60, "{count} minute", "{count} minutes");
    return say_count((*seconds + 1800) / 3600, "{count} hour", "{count} hours");
}

task<net::response> answer_follow_up(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const id = follow_up_id::parse(asked.ids.at(0)).value_or(follow_up_id());
    auto const answer = domain::follow_up_answer_named(http::field_of(*form, "answer"))
                            .value_or(domain::follow_up_answer::none);
    auto const helped =
        domain::helped_named(http::field_of(*form, "helped")).value_or(domain::helped::unsaid);
    auto const done = co_await asked.services.care.aftercare.answer(asked.who, id, answer, helped);
    if (!done) co_return with.error_page()(asked, done.error());
    auto const post = post_id::parse(http::field_of(*form, "post"));
    auto const is_author =
        answer != domain::follow_up_answer::fine && answer != domain::follow_up_answer::talk;
    if (answer == domain::follow_up_answer::none) co_return see_other("/circles");
    if (answer == domain::follow_up_answer::worse && post) co_return see_other("/posts/" + post->text());
    co_return see_other(is_author ? "/circles?thanks=yes" : "/care");
}

struct typed_worry {
    http::fields fields;
    error why;
    bool sent = false;
};

task<net::response> worry_page(context asked, renderer const& with, typed_worry typed)
{
    auto const id = circle_id::parse(asked.ids.at(0)).value_or(circle_id());
    auto const circle = co_await asked.services.circles.get(asked.who, id);
    if (!circle) co_return with.error_page()(asked, circle.error());
    if (asked.who->role_in(id) == domain::role::none) {
        error const nothing{errc::not_found};
        co_return with.error_page()(asked, nothing);
    }
    auto const before = co_await asked.services.care.concerns.mine(asked.who, id);
    if (!before) co_return with.error_page()(asked, before.error());
    view told(view::type::list);
    for (auto const& one : *before) {
        view entry;
        put_time(entry, "told", one.made_at);
        entry.set("looked", one.state != domain::concern_state::waiting);
        told.push_back(entry);
    }
    auto const has_failed = has_faults(typed.why);
    view made;
    made.set("has_told", !before->empty());
    made.set("before", told);
    made.set("id", id.text());
    made.set("name", (*circle)->texts.name);
    made.set("sent", typed.sent);
    auto key = http::field_of(typed.fields, "key");
    made.set("key", key.empty() ? concern_id::random().text() : key);
    made.set("nickname", http::field_of(typed.fields, "nickname"));
    made.set("text", http::field_of(typed.fields, "text"));
    made.set("errors_html", has_failed ? errors_html(with.get(), typed.why) : std::string());
    auto const status = status_of_form(typed.why);
    co_return with.get().page(asked, status, say("I'm worried about someone"), "worry", made);
}

task<net::response> show_worry(context asked, renderer const& with)
{
    typed_worry typed;
    auto const query = http::form_fields(asked.request->query());
    typed.sent = query && http::field_of(*query, "sent") == "yes";
    auto made = co_await worry_page(asked, with, typed);
    co_return made;
}

task<net::response> worry(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const id = circle_id::parse(asked.ids.at(0)).value_or(circle_id());
    auto const key = key_or_new(*form);
    app::concern_wanted wanted;
    wanted.nickname = http::field_of(*form, "nickname");
    wanted.words = http::field_of(*form, "text");
    auto const done = co_await asked.services.care.concerns.raise(asked.who, id, key, wanted);
    // Who worries about somebody may need somebody too.
    auto const care = asked.services.space.care_for(*asked.who, wanted.words);
    if (done) co_return see_other(care ? "/help" : "/circles/" + id.text() + "/worry?sent=yes");
    typed_worry typed;
    typed.fields = *form;
    typed.why = done.error();
    if (typed.why.code == errc::not_found) co_return with.error_page()(asked, typed.why);
    if (typed.why.code == errc::key_reused) typed.fields["key"].clear();
    if (typed.why.fields.empty() && typed.why.detail.empty())
        typed.why.detail = "This could not be sent right now. Your words are still here: please try again.";
    auto made = co_await worry_page(asked, with, typed);
    co_return made;
}

task<net::response> concern(context asked, renderer const& with)
{
    auto const id = concern_id::parse(asked.ids.at(0)).value_or(concern_id());
    auto const found = co_await asked.services.care.concerns.open(asked.who, id);
    if (!found) co_return with.error_page()(asked, found.error());
    view made;
    made.set("id", id.text());
    made.set("by", found->by_nickname.empty() ? say("somebody who left") : found->by_nickname);
    made.set("about", found->about_nickname.empty() ? say("somebody who left") : found->about_nickname);
    made.set("own", found->by == found->about);
    made.set("folded", found->folded);
    made.set("text", found->words);
    made.set("waits", found->state == domain::concern_state::waiting);
    put_time(made, "made", found->made_at);
    co_return with.get().page(asked, 200, say("Somebody is worried"), "concern", made);
}

task<net::response> answer_concern(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const id = concern_id::parse(asked.ids.at(0)).value_or(concern_id());
    auto const real = http::field_of(*form, "real") == "yes";
    auto const done = co_await asked.services.care.concerns.answer(asked.who, id, real);
    if (!done && done.error().code != errc::conflict) co_return with.error_page()(asked, done.error());
    co_return see_other("/care");
}

view tally_view(store::tally const& counted)
{
    // said
    constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"yes", "It helped"},
        {"a_little", "It helped a little"},
        {"no", "It did not help"},
        {"better", "Better"},
        {"same", "About the same"},
        {"worse", "Worse"},
        {"not_now", "Not now"},
        {"real", "It was needed"},
        {"not_needed", "It was not needed"},
        {"waiting", "Nobody looked yet"}};
    view made(view::type::list);
    for (auto const& entry : counted) {
        auto const is_it = [&](auto const& one) { return one.first == entry.first; };
        auto const* const known = std::find_if(std::begin(words), std::end(words), is_it);
        auto const said = known == std::end(words) ? std::string_view(entry.first) : known->second;
        view one;
        one.set("words", say(said));
        one.set("count", std::to_string(entry.second));
        made.push_back(one);
    }
    return made;
}

task<net::response> figures(context asked, renderer const& with)
{
    auto const found = co_await asked.services.care.reporting.of_last(asked.who, 30);
    if (!found) co_return with.error_page()(asked, found.error());
    view levels(view::type::list);
    for (auto const& level : found->levels) {
        view one;
        auto const triage = moderation::triage_named(level.level);
        one.set("level", triage ? short_words_of(*triage) : std::string(level.level));
        one.set("rung", std::to_string(level.rung));
        one.set("answered", std::to_string(level.answered));
        one.set("within", std::to_string(level.within_clock));
        one.set("waiting", std::to_string(level.waiting));
        one.set("median", minutes_in_words(level.median_s));
        one.set("p95", minutes_in_words(level.p95_s));
        levels.push_back(one);
    }
    view made;
    made.set("levels", levels);
    made.set("helped", tally_view(found->helped));
    made.set("answers", tally_view(found->answers));
    made.set("concerns", tally_view(found->concerns));
    co_return with.get().page(asked, 200, say("How care went"), "care_figures", made);
}
} // namespace
} // namespace holdfast::pages::aftercare_pages

namespace holdfast::pages {

task<std::string> follow_ups_html(http::context asked, renderer const& with, shown_on where, circle_id circle)
{
    using namespace aftercare_pages;
    if (!asked.who) co_return std::string();
    auto const due = co_await asked.services.care.aftercare.due(asked.who);
    std::string made;
    if (!due) co_return made; // a kind word that can't be said now is said next time
    for (auto const& one : *due) {
        if (!belongs(one, where, circle)) continue;
        view card;
        card.set("id", one.id.text());
        card.set("author", where == shown_on::arrival);
        card.set("week", one.kind == domain::follow_up_kind::author_week);
        card.set("circle", where == shown_on::circle_page);
        card.set("colleague", where == shown_on::care_page && one.nickname.empty());
        card.set("wish", !one.nickname.empty());
        card.set("nickname", one.nickname);
        card.set("asks_help", one.helped == domain::helped::unsaid);
        if (one.post) card.set("post", one.post->text());
        made += with.get().render("follow_up", card);
        if (where == shown_on::circle_page) break; // one is enough
    }
    co_return made;
}

void add_aftercare_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace aftercare_pages;
    auto const add = [&](method how, char const* path, least who, char const* object, page_handler run) {
        auto const rate = how == method::get ? rate_kind::read : rate_kind::write;
        add_page(to, with, how, path, who, object, run, rate);
    };
    add(method::post, "/follow-ups/{id}", least::author, "follow_up", answer_follow_up);
    add(method::get, "/circles/{id}/worry", least::circle_member, "circle", show_worry);
    add(method::post, "/circles/{id}/worry", least::circle_member, "circle", worry);
    add(method::get, "/concerns/{id}", least::facilitator, "concern", concern);
    add(method::post, "/concerns/{id}", least::facilitator, "concern", answer_concern);
    add(method::get, "/care-figures", least::lead, "", figures);
}

} // namespace holdfast::pages
