// The desk's figures: charts as pictures that are read aloud, each with its table.
#include "server/app/desk/figures.hpp"
#include "server/http/problem.hpp"
#include "server/pages/desk/desk_words.hpp"
#include "server/pages/families.hpp"
#include "server/pages/parts.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace holdfast::pages::figure_pages {

using http::context;
using http::least;
using net::method;

namespace {
constexpr int small = 10; // published cells under it are not told: they could be about one person

using domain::lane;
constexpr std::array all_lanes{lane::care, lane::harm, lane::newcomer, lane::report, lane::appeal};

std::string time_words(std::chrono::seconds time)
{
    auto const minutes = std::chrono::round<std::chrono::minutes>(time).count();
    if (minutes < 120) return say_count(minutes, "{count} minute", "{count} minutes");
    return say_count((minutes + 30) / 60, "{count} hour", "{count} hours");
}

std::string share_words(int part, int whole)
{
    if (whole == 0) return say("none yet");
    return say(
        "{part} of {whole}", {{"part", std::to_string(std::lround(100.0 * part / whole))}, {"whole", "100"}}
    );
}

// One bar of a chart, with the number that the list below explains.
view bar(std::string const& words, int part, int whole, int row)
{
    constexpr double full = 100;
    auto const value = whole == 0 ? 0.0 : full * part / whole;
    view made;
    made.set("words", words);
    made.set("value", share_words(part, whole));
    made.set("width", std::to_string(std::lround(value)));
    made.set("number", std::to_string(row + 1));
    made.set("y", std::to_string(row * 24 + 8));
    return made;
}

view bars_view(app::desk_figures const& found)
{
    view all(view::type::list);
    int row = 0;
    for (auto const one : all_lanes) {
        auto const& figures = found.lanes[static_cast<std::size_t>(one)];
        all.push_back(bar(words_of(one), figures.within_clock, figures.decided, row++));
    }
    return all;
}

view lanes_view(app::desk_figures const& found)
{
    view all(view::type::list);
    for (auto const one : all_lanes) {
        auto const& figures = found.lanes[static_cast<std::size_t>(one)];
        view entry;
        entry.set("words", words_of(one));
        entry.set("waiting", std::to_string(figures.waiting));
        entry.set("decided", std::to_string(figures.decided));
        entry.set("within", share_words(figures.within_clock, figures.decided));
        entry.set("median", figures.decided == 0 ? say("none yet") : time_words(figures.median));
        entry.set("slow", figures.decided == 0 ? say("none yet") : time_words(figures.ninety_fifth));
        if (figures.oldest_due) put_time(entry, "oldest", *figures.oldest_due);
        all.push_back(entry);
    }
    return all;
}

void put_sums(view& to, app::desk_figures const& found)
{
    to.set("days", std::to_string(found.days));
    to.set("posts", std::to_string(found.posts));
    to.set("automatic", share_words(found.by_the_check, found.posts));
    to.set("overturned", share_words(found.overturned, found.overturned + found.upheld));
    to.set("bars", bars_view(found));
    to.set("lanes", lanes_view(found));
}

task<net::response> figures_page(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    auto const typed = query ? http::field_of(*query, "days") : std::string();
    int days = 30;
    if (!typed.empty()) std::from_chars(typed.data(), typed.data() + typed.size(), days);
    auto const found = co_await asked.services.figures.of_desk(asked.who, std::nullopt, days);
    if (!found) co_return with.error_page()(asked, found.error());
    view people(view::type::list);
    for (auto const& one : found->people) {
        view entry;
        entry.set("nickname", one.nickname);
        entry.set("decided", std::to_string(one.decided));
        entry.set("weight", std::to_string(one.weight));
        people.push_back(entry);
    }
    view made;
    put_sums(made, *found);
    made.set("has_people", !found->people.empty());
    made.set("people", people);
    co_return with.get().page(asked, 200, say("How the desk is doing"), "figures", made);
}

std::string told(int count)
{
    return count < small ? say("fewer than 10") : std::to_string(count);
}

task<net::response> published_page(context asked, renderer const& with)
{
    using domain::verdict;
    auto const found = co_await asked.services.figures.published();
    if (!found) co_return with.error_page()(asked, found.error());
    std::array<int, domain::verdict_count> sums{};
    int decided = 0;
    int within = 0;
    for (auto const one : all_lanes) {
        auto const& figures = found->lanes[static_cast<std::size_t>(one)];
        decided += figures.decided;
        within += figures.within_clock;
        for (std::size_t at = 0; at < sums.size() && one != lane::care && one != lane::appeal; ++at)
            sums[at] += figures.verdicts[at];
    }
    auto const of = [&](verdict what) { return sums[static_cast<std::size_t>(what)]; };
    view made;
    made.set("days", std::to_string(found->days));
    made.set("posts", told(found->posts));
    made.set("looked", told(decided));
    made.set("let_through", told(of(verdict::publish) + of(verdict::fold)));
    made.set("given_back", told(of(verdict::give_back)));
    made.set("taken_out", told(of(verdict::remove)));
    made.set("appeals", told(found->upheld + found->overturned));
    made.set("within", decided < small ? say("too few to tell") : share_words(within, decided));
    auto const asked_again = found->upheld + found->overturned;
    made.set(
        "overturned",
        asked_again < small ? say("too few to tell") : share_words(found->overturned, asked_again)
    );
    co_return with.get().page(asked, 200, say("How we look after this place"), "transparency", made);
}
} // namespace
} // namespace holdfast::pages::figure_pages

namespace holdfast::pages {

void add_figure_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace figure_pages;
    add_page(to, with, method::get, "/figures", least::facilitator, "", figures_page);
    add_page(to, with, method::get, "/transparency", least::visitor, "", published_page);
}

} // namespace holdfast::pages
