// Habits: noted by day, shown by week, told in words; no row of days to break, and nothing counted against
// anybody.
#include "embedded/web.hpp"
#include "server/app/space/habits.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/base/phrase.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono;
using app::habit_day;
using app::habit_mark;
using domain::private_kind;

namespace {
constexpr sys_days today = year(2026) / May / 14; // a Thursday

habit_day on(int days_back, habit_mark mark = habit_mark::did, std::optional<double> number = {})
{
    return {today - days(days_back), mark, number};
}

std::string sentence(std::vector<habit_day> const& noted, std::string_view unit = "")
{
    return in_english(app::sentence_about_habit(app::weeks_of(noted, today), unit));
}

boost::json::object walk()
{
    return {{"name", "A walk"}, {"kind", "movement"}, {"state", "active"}};
}

boost::json::object marked(std::string const& day, std::string const& did)
{
    return {{"day", day}, {"did", did}};
}

std::size_t notes_of(services_under_test& with, app::signed_in const& who)
{
    return run(with.space.all(who, private_kind::habit_note))->size();
}
} // namespace

TEST_CASE("twelve weeks are shown, from Monday to Sunday, also those without a note")
{
    auto const weeks = app::weeks_of({on(0), on(3), on(4), on(200)}, today);
    REQUIRE(weeks.size() == 12);
    CHECK(weeks.back().from == sys_days(year(2026) / May / 11));
    CHECK(weeks.back().days.size() == 2);
    CHECK(weeks[10].days.size() == 1);
    CHECK(weeks.front().days.empty());
}

TEST_CASE("how often it was there is said in words, since it was first noted")
{
    CHECK(sentence({}) == "Nothing is noted in these weeks. One press is enough to begin.");
    CHECK(sentence({on(0)}) == "It was there this week.");
    CHECK(sentence({on(0), on(7)}) == "It was there in each week since the first note here.");
    CHECK(sentence({on(0), on(7), on(20)}) == "It was there in most weeks since the first note here.");
    CHECK(sentence({on(14), on(28)}) == "It was there in some weeks since the first note here.");
    CHECK(sentence({on(70)}) == "It was there in a few weeks since the first note here.");
}

TEST_CASE("a day that was not the time for it is a note like any other, and counts for nothing")
{
    CHECK(
        sentence({on(0, habit_mark::not_today), on(1, habit_mark::not_today)}) ==
        "You noted that it was not the time for it. That is good to know, too."
    );
    CHECK(sentence({on(0, habit_mark::not_today), on(1, habit_mark::bit)}) == "It was there this week.");
}

TEST_CASE("days of the week are named when they stand out, and the number in the middle")
{
    CHECK(
        sentence({on(0), on(7), on(14), on(15)}) ==
        "It was there in each week since the first note here. It went best on Thursdays."
    );
    CHECK(
        sentence(
            {on(0, habit_mark::did, 6), on(1, habit_mark::bit, 7.6), on(2, habit_mark::did, 9)}, "hours"
        ) == "It was there this week. Often it was about 7.5 hours."
    );
    CHECK(app::text_of_number(8) == "8");
    CHECK(app::text_of_number(7.5) == "7.5");
}

TEST_CASE("a day has one note, the newest; a habit of another person can't be noted")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const habit = run(with.space.add(who, private_kind::habit, "key", walk()))->id;
    auto const first = run(app::note_habit(with.space, who, habit, marked("2026-05-14", "did")));
    REQUIRE(first);
    auto const second = run(app::note_habit(with.space, who, habit, marked("2026-05-14", "bit")));
    CHECK(second->id == first->id);
    CHECK_FALSE(second->is_beside_another());
    CHECK(notes_of(with, who) == 1);
    auto const again = run(app::note_habit(with.space, who, habit, marked("2026-05-14", "bit")));
    CHECK(again->version == second->version);
    auto const wren = with.join("Wren");
    CHECK(
        run(app::note_habit(with.space, wren, habit, marked("2026-05-14", "did"))).error().code ==
        errc::not_found
    );
    CHECK(
        run(app::note_habit(with.space, who, habit, marked("yesterday", "did"))).error().code == errc::invalid
    );
    auto numbered = marked("2026-05-14", "did");
    numbered["number"] = -1;
    CHECK(run(app::note_habit(with.space, who, habit, numbered)).error().code == errc::invalid);
}

TEST_CASE("a habit goes with all its days, and takes no other's along")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const walking = run(with.space.add(who, private_kind::habit, "walk", walk()))->id;
    auto const other = run(with.space.add(who, private_kind::habit, "other", walk()))->id;
    for (auto const* day : {"2026-05-12", "2026-05-13"})
        REQUIRE(run(app::note_habit(with.space, who, walking, marked(day, "did"))));
    REQUIRE(run(app::note_habit(with.space, who, other, marked("2026-05-13", "did"))));
    REQUIRE(run(app::remove_habit(with.space, who, walking)));
    CHECK(notes_of(with, who) == 1);
    CHECK(run(app::remove_habit(with.space, who, walking)).error().code == errc::not_found);
}

TEST_CASE("a tool or a cue card becomes a habit once, and is taken up again where it rested")
{
    services_under_test with;
    auto const who = with.join("Maple");
    app::language const english("en", embedded::web());
    auto const first = run(app::habit_from(with.space, who, "breathing", english));
    REQUIRE(first);
    CHECK(app::text_in(first->body, "name") == "Breathing");
    auto resting = first->body;
    resting["state"] = "archived";
    REQUIRE(run(with.space.change(who, private_kind::habit, first->id, 1, resting)));
    auto const again = run(app::habit_from(with.space, who, "breathing", english));
    CHECK(again->id == first->id);
    CHECK(app::text_in(again->body, "state") == "active");
    for (auto const* tool : {"grounding", "quiet", "senses", "imagery", "writing"})
        CHECK(run(app::habit_from(with.space, who, tool, english)));
    boost::json::object const words{{"title", "At night"}, {"text", "The window is shut."}};
    auto const card = run(with.space.add(who, private_kind::card, "card", words));
    auto const of_card = run(app::habit_from(with.space, who, card->id.text(), english));
    CHECK(app::text_in(of_card->body, "name") == "At night");
    CHECK(run(app::habit_from(with.space, who, "a hammer", english)).error().code == errc::not_found);
    auto const wren = with.join("Wren");
    CHECK(run(app::habit_from(with.space, wren, card->id.text(), english)).error().code == errc::not_found);
}
