// The journal: by month, by words, one entry with its earlier versions.
#include "server/app/plain_words.hpp"
#include "server/app/space/browse.hpp"
#include "server/app/space/habits.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/prompts.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/journal_words.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <set>

namespace holdfast::pages::journal_pages {

using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::journal;
constexpr std::size_t rows_of_list = 80; // more than a month of most people

view month_view(
    std::vector<private_text> const& moods,
    std::vector<app::noted_day> const& habits,
    std::vector<private_text> const& entries,
    std::vector<private_text> const& tries,
    std::chrono::year_month month,
    app::own_clock const& clock
)
{
    auto const period = app::month_period(month);
    auto const is_in = [&](std::chrono::sys_days day) { return day >= period.from && day < period.to; };
    std::set<std::string> names;
    for (auto const& one : habits) {
        if (is_in(one.day)) names.insert(one.what);
    }
    view thanks(view::type::list);
    view tried(view::type::list);
    for (auto const& one : entries) {
        if (!is_in(app::day_of(one, clock)) || app::text_in(one.body, "kind") != "gratitude") continue;
        view entry;
        entry.set("id", one.id.text());
        entry.set("beginning", beginning_of(app::text_in(one.body, "text")));
        thanks.push_back(entry);
    }
    for (auto const& one : tries) {
        if (!is_in(app::day_of(one))) continue;
        view entry;
        entry.set("id", one.id.text());
        entry.set("what", app::text_in(one.body, "what"));
        tried.push_back(entry);
    }
    auto const has_moods = !app::days_in(moods, period).empty();
    view made;
    made.set("month", app::text_of(month));
    put_words(
        made,
        "mood_sentence",
        has_moods ? app::sentence_about(moods, period, app::mood_span::month, habits) : std::string()
    );
    made.set("any_habits", !names.empty());
    made.set("habits", app::in_a_row(std::vector(names.begin(), names.end())));
    made.set("any_thanks", !thanks.list_value().empty());
    made.set("any_tried", !tried.list_value().empty());
    made.set(
        "any_gathered",
        has_moods || !names.empty() || !thanks.list_value().empty() || !tried.list_value().empty()
    );
    made.set("thanks", thanks);
    made.set("tried", tried);
    return made;
}

view months_view(
    std::vector<private_text> const& all,
    std::optional<std::chrono::year_month> chosen,
    app::own_clock const& clock
)
{
    view list(view::type::list);
    std::optional<std::chrono::year_month> last;
    for (auto const& text : all) {
        auto const month = app::month_of(text, clock);
        if (last && *last == month) continue;
        last = month;
        view one;
        one.set("month", app::text_of(month));
        one.set("words", words_for(month));
        one.set("chosen", chosen && *chosen == month);
        list.push_back(one);
    }
    if (list.list_value().size() < 2) return view(false);
    view made;
    made.set("list", list);
    return made;
}

view entries_view(std::vector<private_text> const& texts, app::own_clock const& clock)
{
    view made(view::type::list);
    for (auto const& text : texts) {
        view one;
        one.set("id", text.id.text());
        one.set("beginning", beginning_of_entry(text.body));
        one.set("kind_words", say(words_of_entry(app::text_in(text.body, "kind")).words));
        put_time(one, "when", text.created_at, clock);
        made.push_back(one);
    }
    return made;
}

// The month before this one, while it was not looked back on.
void put_month_to_look_back_on(view& made, std::vector<private_text> const& all, std::chrono::sys_days day)
{
    std::chrono::year_month_day const today(day);
    auto const month = today.year() / today.month() - std::chrono::months(1);
    auto const done = std::any_of(all.begin(), all.end(), [&](auto const& one) {
        return app::text_in(one.body, "month") == app::text_of(month);
    });
    put_words(made, "last_month", done ? std::string() : app::text_of(month));
    made.set("last_month_words", words_for(month));
}

// What `said` asks for; without a month and without words the newest month that has something.
task<net::response> list_page(context asked, renderer const& with, http::fields said)
{
    auto const words = http::field_of(said, "q");
    auto wanted = app::browse_of(http::field_of(said, "month"), words);
    if (!wanted) co_return with.error_page()(asked, wanted.error());
    auto const me = asked.session();
    auto const all = co_await asked.services.space.all(me, kind);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const clock = co_await clock_of(asked);
    if (!wanted->month && words.empty() && !all->empty()) wanted->month = app::month_of(all->front(), clock);
    auto const found = app::matching(*all, kind, *wanted, clock);
    view made;
    made.set("any", !all->empty());
    made.set("q", words);
    made.set("removed", !http::field_of(said, "removed").empty());
    auto const care = co_await care_html(asked, with, words);
    made.set("care_html", care);
    made.set("months", months_view(*all, wanted->month, clock));
    if (!words.empty()) {
        made.set(
            "heading",
            say_count(
                static_cast<std::int64_t>(found.size()),
                "{count} entry with these words",
                "{count} entries with these words"
            )
        );
    } else if (wanted->month) {
        made.set("heading", words_for(*wanted->month));
    }
    auto const part = list_part_of(page_in(said), found.size(), rows_of_list);
    made.set("entries", entries_view(in_part(found, part), clock));
    made.set(
        "parts_html",
        words.empty() ? list_parts_html(with.get(), asked, part)
                      : search_parts_html(with.get(), "/me/journal/search", words, part)
    );
    auto const today = co_await today_of(asked);
    put_month_to_look_back_on(made, *all, today);
    co_return with.get().page(asked, 200, say("Journal"), "journal", made);
}

task<net::response> list(context asked, renderer const& with)
{
    return list_of_address(std::move(asked), with, list_page);
}

task<net::response> search(context asked, renderer const& with)
{
    return list_of_search(std::move(asked), with, list_page);
}

std::size_t further_in(http::fields const& typed)
{
    auto const further = http::field_of(typed, "further");
    return further.size() == 1 && further[0] >= '0' && further[0] <= '9'
               ? static_cast<std::size_t>(further[0] - '0')
               : 0;
}

// The question of the day, for what isn't written yet.
void put_question(view& made, http::fields const& typed, std::chrono::sys_days today)
{
    auto const name = std::string(words_of_entry(http::field_of(typed, "kind")).kind);
    auto const further = further_in(typed);
    put_words(made, "hint", say(app::prompt_on(name, today, further)));
    auto query = "kind=" + name + "&further=" + std::to_string((further + 1) % 10);
    if (made.get("month")->is_string()) query += "&month=" + made.get("month")->string_value();
    made.set("other_question", query);
}

void put_kind(view& made, std::string const& name, std::string const& month)
{
    auto const& words = words_of_entry(name);
    made.set("kind", std::string(words.kind));
    made.set("heading", say(words.heading));
    made.set("label", say(words.label));
    auto const of = app::month_from(month);
    put_words(made, "month", of ? month : std::string());
    put_words(made, "month_words", of ? words_for(*of) : std::string());
}

// What a month held, for looking back on it; nothing is counted.
task<view> gathered(context asked, std::chrono::year_month month)
{
    auto const me = asked.session();
    auto const moods = co_await asked.services.space.all(me, private_kind::mood);
    auto const habits = co_await asked.services.space.all(me, private_kind::habit);
    auto const notes = co_await asked.services.space.all(me, private_kind::habit_note);
    auto const entries = co_await asked.services.space.all(me, kind);
    auto const tries = co_await asked.services.space.all(me, private_kind::experiment);
    if (!moods || !habits || !notes || !entries || !tries) co_return view(false);
    auto const clock = co_await clock_of(asked);
    co_return month_view(*moods, app::days_with_habits(*habits, *notes), *entries, *tries, month, clock);
}

task<net::response> new_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const has_failed = has_faults(failed);
    auto const of = app::month_from(http::field_of(typed, "month"));
    view made;
    put_kind(made, http::field_of(typed, "kind"), http::field_of(typed, "month"));
    auto const today = co_await today_of(asked);
    put_question(made, typed, today);
    made.set("gathered", false);
    made.set("form_here", true);
    if (of) {
        auto const held = co_await gathered(asked, *of);
        made.set("gathered", held);
    }
    made.set("action", "/me/journal");
    made.set("key", key_or_new(typed));
    made.set("based_on", "0");
    made.set("text", http::field_of(typed, "text"));
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Journal"), "journal_entry", made);
}

task<net::response> show_new(context asked, renderer const& with)
{
    auto query = http::form_fields(asked.request->query());
    return new_page(std::move(asked), with, query ? std::move(*query) : http::fields(), error());
}

task<net::response> add(context asked, renderer const& with)
{
    return add_record(std::move(asked), with, kind, "/me/journal", new_page);
}

// The days of all earlier versions, and the words of the one that is asked for.
view earlier_view(std::vector<private_text> const& versions, int chosen, app::own_clock const& clock)
{
    view made(view::type::list);
    for (auto at = versions.rbegin() + 1; at < versions.rend(); ++at) {
        view one;
        one.set("number", std::to_string(at->version));
        put_words(one, "text", at->version == chosen ? app::text_in(at->body, "text") : std::string());
        put_time(one, "when", at->saved_at, clock);
        made.push_back(one);
    }
    return made;
}

task<net::response> show(context asked, renderer const& with)
{
    return journal_entry_page(std::move(asked), with, http::fields(), error());
}

task<net::response> change(context asked, renderer const& with)
{
    return change_record(std::move(asked), with, kind, "/me/journal", journal_entry_page);
}

task<net::response> remove(context asked, renderer const& with)
{
    return remove_record(std::move(asked), with, kind, "/me/journal?removed=1");
}
} // namespace
} // namespace holdfast::pages::journal_pages

namespace holdfast::pages {

task<net::response>
journal_entry_page(http::context asked, renderer const& with, http::fields typed, error failed)
{
    using namespace journal_pages;
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const& newest = versions->back();
    auto const has_failed = has_faults(failed);
    auto const words = app::text_in(newest.body, "text");
    auto const saved = was_saved(asked) && !has_failed;
    auto const clock = co_await clock_of(asked);
    view made;
    put_kind(made, app::text_in(newest.body, "kind"), app::text_in(newest.body, "month"));
    // The words of a dialogue stand there to be read or to be changed, and once.
    auto const is_dialogue = app::text_in(newest.body, "kind") == "dialogue";
    auto const changes = (has_failed && typed.contains("text")) || number_asked(asked, "change") > 0;
    made.set("form_here", !is_dialogue || changes);
    put_words(made, "shown_text", is_dialogue && !changes ? words : std::string());
    put_words(made, "voice", app::text_in(newest.body, "voice"));
    made.set("turns", app::text_of_number(app::measure_in(newest.body, "turns").value_or(0)));
    put_next_turn(made, newest.body, has_failed ? http::field_of(typed, "turn") : std::string());
    made.set("hint", false);
    made.set("other_question", false);
    made.set("gathered", false);
    made.set("id", id.text());
    made.set("is_kept", true);
    made.set("action", "/me/journal/" + id.text());
    made.set("based_on", has_failed ? http::field_of(typed, "based_on") : std::to_string(newest.version));
    made.set("text", has_failed && typed.contains("text") ? http::field_of(typed, "text") : words);
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    made.set("saved", saved);
    made.set("others_html", others_html(with.get(), kind, *versions, "/me/journal/" + id.text(), clock));
    auto const heard = saved ? words : std::string();
    auto const care = co_await care_html(asked, with, heard);
    made.set("care_html", care);
    put_time(made, "begun", newest.created_at, clock);
    put_time(made, "kept", newest.saved_at, clock);
    made.set("has_earlier", versions->size() > 1);
    auto const chosen = number_asked(asked, "version");
    made.set("chosen", chosen > 0);
    made.set("earlier", earlier_view(*versions, chosen, clock));
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Journal"), "journal_entry", made);
}

void add_journal_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace journal_pages;
    constexpr auto* object = "journal_entry";
    add_page(to, with, method::get, "/me/journal", least::member, "account", list);
    add_page(to, with, method::post, "/me/journal/search", least::member, "account", search, rate_kind::read);
    add_page(to, with, method::post, "/me/journal", least::member, "account", add, rate_kind::write);
    add_page(to, with, method::get, "/me/journal/new", least::member, "account", show_new);
    add_page(to, with, method::get, "/me/journal/{id}", least::member, object, show);
    add_page(to, with, method::post, "/me/journal/{id}", least::member, object, change, rate_kind::write);
    add_page(
        to, with, method::post, "/me/journal/{id}/delete", least::member, object, remove, rate_kind::write
    );
}

} // namespace holdfast::pages
