// Moods: a quick scale, the month and the year as a chart with a table, and one note with its change.
#include "server/app/space/moods.hpp"
#include "server/app/plain_words.hpp"
#include "server/app/space/browse.hpp"
#include "server/app/space/habits.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/mood_chart.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace holdfast::pages::mood_pages {

using app::mood_period;
using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::mood;

std::string word_of(private_text const& mood)
{
    auto const level = std::clamp(app::number_in(mood.body, "level"), 1, 5);
    return say(app::mood_words[static_cast<std::size_t>(level - 1)]);
}

using names_by_day = std::map<std::chrono::sys_days, std::set<std::string>>;

void put_names(view& to, std::set<std::string> const& names)
{
    put_words(to, "beside", app::listed(std::vector(names.begin(), names.end())));
}

// Of each mood so much that one knows the day again; its own page has all of it.
void put_beginnings(view& to, private_text const& mood)
{
    constexpr std::size_t bytes_max = 160;
    for (auto const& [name, words] : fields_of(kind, mood.body))
        put_words(to, name, cut_to(words, bytes_max));
}

using day_row = std::pair<std::chrono::sys_days, view>;

// Each mood, and each day on which only something else was noted, in order.
std::vector<day_row>
rows_of(std::vector<private_text> const& moods, names_by_day noted, mood_period const& period)
{
    std::vector<day_row> rows;
    std::set<std::chrono::sys_days> with_mood;
    for (auto const& mood : moods) {
        auto const day = app::day_of(mood);
        if (day < period.from || day >= period.to) continue;
        with_mood.insert(day);
        view one;
        put_beginnings(one, mood);
        put_names(one, noted[day]);
        one.set("id", mood.id.text());
        one.set("day_words", words_for(day));
        one.set("word", word_of(mood));
        rows.emplace_back(day, one);
    }
    for (auto const& [day, names] : noted) {
        if (with_mood.contains(day)) continue;
        view one;
        put_body(one, kind, {});
        put_names(one, names);
        one.set("id", false);
        one.set("day_words", words_for(day));
        one.set("word", std::string());
        rows.emplace_back(day, one);
    }
    std::stable_sort(rows.begin(), rows.end(), [](auto const& left, auto const& right) {
        return left.first < right.first;
    });
    return rows;
}

// The last days first, for those who wrote several times a day; within a part in order.
void put_days(view& to, renderer::parts const& with, context const& asked, std::vector<day_row> const& rows)
{
    constexpr std::size_t rows_of_part = 40;
    auto const part = list_part_of(asked, rows.size(), rows_of_part);
    view days(view::type::list);
    for (auto at = rows.size() - part.end; at < rows.size() - part.first; ++at)
        days.push_back(rows[at].second);
    to.set("days", days);
    to.set("parts_html", list_parts_html(with, asked, part));
    to.set("table_open", part.number > 1);
}

view months_table(
    std::vector<private_text> const& moods, std::vector<app::noted_day> const& noted, std::chrono::year year
)
{
    view made(view::type::list);
    for (unsigned number_of_month = 1; number_of_month <= 12; ++number_of_month) {
        auto const month = year / std::chrono::month(number_of_month);
        auto const period = app::month_period(month);
        auto const days = app::days_in(moods, period);
        std::set<std::string> names;
        for (auto& [day, some] : app::noted_by_day(noted, period))
            names.insert(some.begin(), some.end());
        if (days.empty() && names.empty()) continue;
        view one;
        one.set("month", app::text_of(month));
        one.set("words", words_for(month));
        one.set("usual", days.empty() ? std::string() : say(app::usual_word(days)));
        put_names(one, names);
        made.push_back(one);
    }
    return made;
}

void put_levels(view& made, std::string const& chosen)
{
    view all(view::type::list);
    for (std::size_t at = app::mood_words.size(); at-- > 0;) {
        view one;
        one.set("level", std::to_string(at + 1));
        one.set("word", say(app::mood_words[at]));
        one.set("chosen", chosen == std::to_string(at + 1));
        all.push_back(one);
    }
    made.set("levels", all);
}

// A form from what was typed; the fields of the kind under their names.
void put_form(view& made, http::fields const& typed, std::chrono::sys_days today)
{
    for (auto const* name : {"tags", "doing", "helped", "note"})
        made.set(name, http::field_of(typed, name));
    auto const day = http::field_of(typed, "day");
    made.set("day", day.empty() ? app::text_of(today) : day);
    put_levels(made, http::field_of(typed, "level"));
}

// What the page shows: one month, or one year.
struct shown_time {
    std::chrono::year_month month;
    bool is_year = false;

    mood_period period() const { return is_year ? app::year_period(month.year()) : app::month_period(month); }
};

shown_time time_of(http::fields const& query, std::chrono::sys_days day)
{
    std::chrono::year_month_day const today(day);
    shown_time made{today.year() / today.month(), false};
    if (auto const month = app::month_from(http::field_of(query, "month"))) made.month = *month;
    if (auto const year = app::month_from(http::field_of(query, "year") + "-01")) made = {*year, true};
    return made;
}

void put_time_of(view& made, shown_time const& shown)
{
    using std::chrono::months;
    using std::chrono::years;
    auto const year_text = [](std::chrono::year year) { return std::to_string(static_cast<int>(year)); };
    made.set("is_year", shown.is_year);
    made.set("year", year_text(shown.month.year()));
    made.set("month", app::text_of(shown.month));
    made.set("time_words", shown.is_year ? year_text(shown.month.year()) : words_for(shown.month));
    auto const earlier = shown.is_year ? "year=" + year_text(shown.month.year() - years(1))
                                       : "month=" + app::text_of(shown.month - months(1));
    auto const later = shown.is_year ? "year=" + year_text(shown.month.year() + years(1))
                                     : "month=" + app::text_of(shown.month + months(1));
    made.set("earlier", earlier);
    made.set("later", later);
}

// What is shown beside moods: days with habits, and what was written.
struct around_moods {
    std::vector<app::noted_day> habits;
    std::vector<private_text> writing;
    app::own_clock clock;
};

task<result<around_moods>> around(context asked)
{
    auto const me = asked.session();
    auto const habits = co_await asked.services.space.all(me, private_kind::habit);
    if (!habits) co_return habits.error();
    auto const notes = co_await asked.services.space.all(me, private_kind::habit_note);
    if (!notes) co_return notes.error();
    auto writing = co_await asked.services.space.all(me, private_kind::journal);
    if (!writing) co_return writing.error();
    auto clock = co_await clock_of(asked);
    co_return around_moods{app::days_with_habits(*habits, *notes), std::move(*writing), std::move(clock)};
}

view looking_back(
    std::vector<private_text> const& writing, mood_period const& period, app::own_clock const& clock
)
{
    view made(view::type::list);
    for (auto const& one : app::looking_back_on(writing, period, clock)) {
        view entry;
        entry.set("id", one.id.text());
        entry.set("beginning", beginning_of(app::text_in(one.body, "text")));
        entry.set("day_words", words_for(app::day_of(one, clock)));
        made.push_back(entry);
    }
    return made;
}

std::vector<app::noted_day> noted_in(around_moods const& beside, language const& spoken)
{
    auto made = beside.habits;
    for (auto const& one : beside.writing)
        made.push_back({spoken.text_of(say("Writing")), app::day_of(one, beside.clock)});
    return made;
}

void put_around(
    view& made,
    around_moods const& beside,
    std::vector<app::noted_day> const& noted,
    mood_period const& period
)
{
    put_beside(made, noted, period);
    auto const written = looking_back(beside.writing, period, beside.clock);
    made.set("any_written", !written.list_value().empty());
    made.set("written", written);
}

void put_time_shown(
    view& made,
    renderer::parts const& with,
    context const& asked,
    std::vector<private_text> const& all,
    around_moods const& beside,
    shown_time const& shown
)
{
    auto const period = shown.period();
    auto const days = app::days_in(all, period);
    put_time_of(made, shown);
    made.set("any", !days.empty());
    made.set(
        "sentence",
        app::sentence_about(
            all, period, shown.is_year ? app::mood_span::year : app::mood_span::month, beside.habits
        )
    );
    auto const noted = noted_in(beside, with.spoken);
    put_around(made, beside, noted, period);
    put_chart(made, days, period);
    if (shown.is_year) {
        made.set("months", months_table(all, noted, shown.month.year()));
    } else {
        put_days(made, with, asked, rows_of(all, app::noted_by_day(noted, period), period));
    }
}

task<net::response> list_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return with.error_page()(asked, query.error());
    auto const me = asked.session();
    auto const all = co_await asked.services.space.all(me, kind);
    if (!all) co_return with.error_page()(asked, all.error());
    auto const beside = co_await around(asked);
    if (!beside) co_return with.error_page()(asked, beside.error());
    auto const has_failed = has_faults(failed);
    auto const today = co_await today_of(asked);
    view made;
    put_time_shown(made, with.get(), asked, *all, *beside, time_of(*query, today));
    put_form(made, typed, today);
    made.set("action", "/me/moods");
    made.set("key", key_or_new(typed));
    made.set("based_on", "0");
    made.set("more", has_failed);
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    made.set("removed", !http::field_of(*query, "removed").empty());
    made.set("form_html", with.get().render("mood_form", made));
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Moods"), "moods", made);
}

task<net::response> list(context asked, renderer const& with)
{
    return list_page(std::move(asked), with, http::fields(), error());
}

task<net::response> add(context asked, renderer const& with)
{
    return add_record(std::move(asked), with, kind, "/me/moods", list_page);
}

task<net::response> one_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const& newest = versions->back();
    auto const has_failed = has_faults(failed);
    auto const saved = was_saved(asked) && !has_failed;
    auto const words = app::words_in(kind, newest.body);
    auto const clock = co_await clock_of(asked);
    view made;
    put_form(made, has_failed ? typed : fields_of(kind, newest.body), app::day_of(newest));
    made.set("id", id.text());
    made.set("action", "/me/moods/" + id.text());
    made.set("based_on", has_failed ? http::field_of(typed, "based_on") : std::to_string(newest.version));
    made.set("more", true);
    made.set("month", app::text_of(app::month_of(newest, app::own_clock())));
    made.set("day_words", words_for(app::day_of(newest)));
    made.set("saved", saved);
    made.set("others_html", others_html(with.get(), kind, *versions, "/me/moods/" + id.text(), clock));
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    auto const heard = saved ? words : std::string();
    auto const care = co_await care_html(asked, with, heard);
    made.set("care_html", care);
    made.set("form_html", with.get().render("mood_form", made));
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Moods"), "mood", made);
}

task<net::response> show(context asked, renderer const& with)
{
    return one_page(std::move(asked), with, http::fields(), error());
}

task<net::response> change(context asked, renderer const& with)
{
    return change_record(std::move(asked), with, kind, "/me/moods", one_page);
}

task<net::response> remove(context asked, renderer const& with)
{
    return remove_record(std::move(asked), with, kind, "/me/moods?removed=1");
}
} // namespace
} // namespace holdfast::pages::mood_pages

namespace holdfast::pages {

void add_mood_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace mood_pages;
    add_page(to, with, method::get, "/me/moods", least::member, "account", list);
    add_page(to, with, method::post, "/me/moods", least::member, "account", add, rate_kind::write);
    add_page(to, with, method::get, "/me/moods/{id}", least::member, "mood", show);
    add_page(to, with, method::post, "/me/moods/{id}", least::member, "mood", change, rate_kind::write);
    add_page(
        to, with, method::post, "/me/moods/{id}/delete", least::member, "mood", remove, rate_kind::write
    );
}

} // namespace holdfast::pages
