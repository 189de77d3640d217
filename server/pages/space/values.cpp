// Values: cards sorted onto three heaps, a few chosen, the wish beside the room that each has, and what
// changed.
#include "server/app/space/values.hpp"
#include "server/app/space/browse.hpp"
#include "server/app/space/other_versions.hpp"
#include "server/app/space/practice_shape.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace holdfast::pages::value_pages {

namespace json = boost::json;
using app::chosen_value;
using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::value;
// said
constexpr std::array<std::pair<char const*, char const*>, 3> heaps{
    {{"very", "Very much"}, {"somewhat", "Somewhat"}, {"not_now", "Not now"}}};

std::string numbered(char const* name, std::size_t at)
{
    return std::string(name) + "_" + std::to_string(at);
}

// The cards with what was pressed on each.
view cards_view(http::fields const& typed)
{
    view made(view::type::list);
    auto const& cards = app::value_cards();
    for (std::size_t at = 0; at < cards.size(); ++at) {
        auto const pressed = http::field_of(typed, numbered("card", at));
        view choices(view::type::list);
        for (auto const& [heap, words] : heaps) {
            view choice;
            choice.set("heap", heap);
            choice.set("words", say(words));
            choice.set("chosen", pressed == heap);
            choices.push_back(choice);
        }
        view one;
        one.set("number", std::to_string(at));
        one.set("name", say(cards[at].name));
        one.set("meaning", say(cards[at].meaning));
        one.set("choices", choices);
        made.push_back(one);
    }
    return made;
}

json::array list_of(std::vector<std::string> const& names)
{
    json::array made;
    for (auto const& name : names)
        made.push_back(json::string(name));
    return made;
}

// Own words go on the first heap: nobody writes down what doesn't matter.
// A card is kept by the name that it had for its owner: from then on it is a word of theirs.
result<json::object> sorting_from(http::fields const& form, language const& spoken)
{
    json::object made;
    auto const& cards = app::value_cards();
    for (auto const& [heap, words] : heaps) {
        std::vector<std::string> names;
        for (std::size_t at = 0; at < cards.size(); ++at) {
            if (http::field_of(form, numbered("card", at)) == heap)
                names.push_back(spoken.text_of(say(cards[at].name)));
        }
        made[heap] = list_of(names);
    }
    for (auto const& one : words_between_commas(http::field_of(form, "own")))
        made["very"].as_array().push_back(json::string(one));
    auto shaped = app::shaped(kind, made);
    if (!shaped) {
        auto failed = shaped.error();
        for (auto& field : failed.fields)
            field.field = "own";
        return failed;
    }
    if (!shaped->contains("very"))
        return invalid_field("card_0", "Please put at least one card on the first heap.");
    return shaped;
}

task<net::response> sort_page(context asked, renderer const& with, http::fields typed, error failed)
{
    view made;
    made.set("key", key_or_new(typed));
    made.set("cards", cards_view(typed));
    made.set("own", http::field_of(typed, "own"));
    made.set("errors_html", has_faults(failed) ? errors_html(with.get(), failed) : std::string());
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Sort the cards"), "value_sort", made);
}

task<net::response> show_new(context asked, renderer const& with)
{
    return sort_page(std::move(asked), with, http::fields(), error());
}

task<net::response> add(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const body = sorting_from(*form, with.get().spoken);
    std::string const path = "/me/values";
    auto answer = co_await add_made(asked, with, kind, path, *form, body, sort_page);
    co_return answer;
}

std::string number(double value)
{
    return std::to_string(static_cast<int>(value));
}

// Two bars for each: how much it matters, how much room it has. Told in the sentence beside it, too.
view bars_view(std::vector<chosen_value> const& chosen)
{
    constexpr double full = 200;
    constexpr double line = 52;
    view made(view::type::list);
    for (std::size_t at = 0; at < chosen.size(); ++at) {
        if (!chosen[at].is_told()) continue;
        auto const top = line * static_cast<double>(made.list_value().size());
        view one;
        one.set("name", chosen[at].name);
        one.set("name_y", number(top + 14));
        one.set("matters_y", number(top + 20));
        one.set("matters_text_y", number(top + 29));
        one.set("matters_width", number(full * chosen[at].matters / 5));
        one.set("room_y", number(top + 36));
        one.set("room_text_y", number(top + 45));
        one.set("room_width", number(full * chosen[at].room / 5));
        made.push_back(one);
    }
    return made;
}

view goals_for(std::vector<private_text> const& goals, std::string const& value)
{
    view made(view::type::list);
    for (auto const& goal : goals) {
        if (app::text_in(goal.body, "serves") != value || app::text_in(goal.body, "state") != "active")
            continue;
        view one;
        one.set("id", goal.id.text());
        one.set("what", app::text_in(goal.body, "what"));
        made.push_back(one);
    }
    return made;
}

view told_view(
    private_id sorting, std::vector<chosen_value> const& chosen, std::vector<private_text> const& goals
)
{
    view made(view::type::list);
    for (auto const& value : chosen) {
        view one;
        one.set("name", value.name);
        put_words(one, "sentence", app::sentence_about_value(value));
        put_words(one, "step", value.step);
        one.set("goal_query", "value=" + sorting.text() + "&at=" + std::to_string(made.list_value().size()));
        auto const served_by = goals_for(goals, value.name);
        one.set("any_goals", !served_by.list_value().empty());
        one.set("goals", served_by);
        made.push_back(one);
    }
    return made;
}

void put_bars(view& made, std::vector<chosen_value> const& chosen)
{
    auto const bars = bars_view(chosen);
    made.set("any_bars", !bars.list_value().empty());
    made.set("bars_height", number(52 * static_cast<double>(bars.list_value().size()) + 6));
    made.set("bars", bars);
}

void put_changes(view& made, std::vector<private_text> const& sortings, app::own_clock const& clock)
{
    auto const found = app::changes_in(sortings, clock);
    made.set("has_changes", found.has_value());
    if (!found) return;
    view list(view::type::list);
    for (auto const& sentence : found->sentences) {
        view one;
        one.set("sentence", sentence);
        list.push_back(one);
    }
    made.set("since", words_for(found->since));
    made.set("no_changes", list.list_value().empty());
    made.set("changes", list);
}

view sortings_view(std::vector<private_text> const& sortings, app::own_clock const& clock)
{
    view made(view::type::list);
    for (auto const& sorting : sortings) {
        view one;
        one.set("id", sorting.id.text());
        one.set("day_words", words_for(app::day_of(sorting, clock)));
        made.push_back(one);
    }
    return made;
}

task<net::response> list(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    auto const me = asked.session();
    auto const all = co_await asked.services.space.all(me, kind);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const goals = co_await asked.services.space.all(me, private_kind::goal);
    if (!goals) co_return with.error_page()(asked, goals.error());
    auto const clock = co_await clock_of(asked);
    auto const newest = std::find_if(all->begin(), all->end(), [](auto const& one) {
        return !app::chosen_in(one.body).empty();
    });
    view made;
    made.set("any", !all->empty());
    made.set("any_chosen", newest != all->end());
    made.set("removed", query && !http::field_of(*query, "removed").empty());
    if (newest != all->end()) {
        auto const chosen = app::chosen_in(newest->body);
        made.set("id", newest->id.text());
        made.set("day_words", words_for(app::day_of(*newest, clock)));
        made.set("chosen", told_view(newest->id, chosen, *goals));
        put_bars(made, chosen);
    }
    auto const saved = newest != all->end() && was_saved(asked);
    made.set("saved", saved);
    auto const words = saved ? app::words_in(kind, newest->body) : std::string();
    auto const care = co_await care_html(asked, with, words);
    made.set("care_html", care);
    put_changes(made, *all, clock);
    made.set("sortings", sortings_view(*all, clock));
    co_return with.get().page(asked, 200, say("Values"), "values", made);
}

view scale_view(std::array<std::string_view, 5> const& words, int level)
{
    view made(view::type::list);
    for (int at = 1; at <= 5; ++at) {
        view one;
        one.set("level", std::to_string(at));
        one.set("words", say(words.at(static_cast<std::size_t>(at - 1))));
        one.set("chosen", at == level);
        made.push_back(one);
    }
    return made;
}

view picks_view(json::object const& sorting, std::vector<chosen_value> const& chosen)
{
    view made(view::type::list);
    auto const names = app::names_in(sorting, "very");
    for (std::size_t at = 0; at < names.size(); ++at) {
        view one;
        one.set("number", std::to_string(at));
        one.set("name", names[at]);
        one.set("chosen", std::any_of(chosen.begin(), chosen.end(), [&](auto const& value) {
                    return value.name == names[at];
                }));
        made.push_back(one);
    }
    return made;
}

view rooms_view(std::vector<chosen_value> const& chosen)
{
    view made(view::type::list);
    for (std::size_t at = 0; at < chosen.size(); ++at) {
        view one;
        one.set("number", std::to_string(at));
        one.set("name", chosen[at].name);
        one.set("step", chosen[at].step);
        one.set("matters", scale_view(app::matters_words, chosen[at].matters));
        one.set("room", scale_view(app::room_words, chosen[at].room));
        made.push_back(one);
    }
    return made;
}

// `typed` is empty unless it did not work: then the body with what was typed in it, and the version it began
// from.
task<net::response>
sorting_page(context asked, renderer const& with, json::object typed, int typed_on, error failed)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const& newest = versions->back();
    auto const clock = co_await clock_of(asked);
    auto const& shown = typed.empty() ? newest.body : typed;
    auto const chosen = app::chosen_in(shown);
    view made;
    made.set("id", id.text());
    made.set("day_words", words_for(app::day_of(newest, clock)));
    made.set("based_on", std::to_string(typed.empty() ? newest.version : typed_on));
    auto const of_picks = [](auto const& field) { return field.field == "pick_0"; };
    made.set("picks_open", std::any_of(failed.fields.begin(), failed.fields.end(), of_picks));
    made.set("any_chosen", !chosen.empty());
    made.set("picks", picks_view(shown, chosen));
    made.set("rooms", rooms_view(chosen));
    for (auto const* heap : {"very", "somewhat", "not_now"}) {
        view names(view::type::list);
        for (auto const& name : app::names_in(shown, heap)) {
            view one;
            one.set("name", name);
            names.push_back(one);
        }
        made.set(std::string("any_") + heap, !names.list_value().empty());
        made.set(heap, names);
    }
    co_await put_outcome(made, asked, with, kind, newest, failed);
    made.set("others_html", others_html(with.get(), kind, *versions, "/me/values/" + id.text(), clock));
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Values"), "value", made);
}

task<net::response> show(context asked, renderer const& with)
{
    return sorting_page(std::move(asked), with, json::object(), 0, error());
}

// What the boxes say; whoever was chosen before keeps what was told of it.
json::object with_picks(json::object sorting, http::fields const& form)
{
    auto const before = app::chosen_in(sorting);
    auto const names = app::names_in(sorting, "very");
    std::vector<chosen_value> chosen;
    for (std::size_t at = 0; at < names.size(); ++at) {
        if (http::field_of(form, numbered("pick", at)).empty()) continue;
        auto const told = std::find_if(before.begin(), before.end(), [&](auto const& one) {
            return one.name == names[at];
        });
        chosen.push_back(told == before.end() ? chosen_value{names[at], 0, 0, ""} : *told);
    }
    app::set_chosen(sorting, chosen);
    return sorting;
}

result<json::object> checked(json::object const& sorting, bool picks)
{
    auto const count = app::chosen_in(sorting).size();
    if (picks && count == 0) return invalid_field("pick_0", "Please choose at least one.");
    if (picks && count > app::values_chosen_max)
        return invalid_field("pick_0", "Please choose at most five. The others are not lost.");
    auto made = app::shaped(kind, sorting);
    if (!made) return with_anchors(made.error(), {{"chosen", picks ? "pick_0" : "step_0"}});
    return made;
}

int level_in(http::fields const& form, std::string const& name)
{
    auto const typed = http::field_of(form, name);
    return typed.size() == 1 && typed[0] >= '1' && typed[0] <= '5' ? typed[0] - '0' : 0;
}

json::object with_room(json::object sorting, http::fields const& form)
{
    auto chosen = app::chosen_in(sorting);
    for (std::size_t at = 0; at < chosen.size(); ++at) {
        chosen[at].matters = level_in(form, numbered("matters", at));
        chosen[at].room = level_in(form, numbered("room", at));
        chosen[at].step = http::field_of(form, numbered("step", at));
    }
    app::set_chosen(sorting, chosen);
    return sorting;
}

task<net::response> change(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const before = based_on(*form);
    auto const picks = http::field_of(*form, "do") == "choose";
    // The form names values by their place in the version that it showed.
    auto const ground = app::seen_by(*versions, before);
    auto const wanted = picks ? with_picks(ground, *form) : with_room(ground, *form);
    auto const body = checked(wanted, picks);
    auto failed = body ? error() : kept_words(body.error());
    if (body) {
        auto const made = co_await asked.services.space.change(me, kind, id, before, *body);
        if (made) co_return see_other(picks ? "/me/values/" + id.text() + "?saved=1" : "/me/values?saved=1");
        failed = kept_words(made.error());
    }
    auto answer = co_await sorting_page(asked, with, wanted, before, failed);
    co_return answer;
}

task<net::response> remove(context asked, renderer const& with)
{
    return remove_record(std::move(asked), with, kind, "/me/values?removed=1");
}
} // namespace
} // namespace holdfast::pages::value_pages

namespace holdfast::pages {

void add_value_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace value_pages;
    add_page(to, with, method::get, "/me/values", least::member, "account", list);
    add_page(to, with, method::post, "/me/values", least::member, "account", add, rate_kind::write);
    add_page(to, with, method::get, "/me/values/new", least::member, "account", show_new);
    add_page(to, with, method::get, "/me/values/{id}", least::member, "value", show);
    add_page(to, with, method::post, "/me/values/{id}", least::member, "value", change, rate_kind::write);
    add_page(
        to, with, method::post, "/me/values/{id}/delete", least::member, "value", remove, rate_kind::write
    );
}

} // namespace holdfast::pages
