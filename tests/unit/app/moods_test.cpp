// Moods: days as they were noted, and a sentence that is kind when they are heavy.
#include "server/app/space/moods.hpp"
#include "server/base/phrase.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace holdfast;
using namespace std::chrono;
using app::private_text;

namespace {
private_text noted(int month, int day, int level, std::vector<std::string> const& tags = {})
{
    private_text made;
    auto const number = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    made.body["day"] = "2026-" + number(month) + "-" + number(day);
    made.body["level"] = level;
    boost::json::array words;
    for (auto const& tag : tags)
        words.push_back(boost::json::string(tag));
    made.body["tags"] = words;
    return made;
}

std::vector<private_text> month_of_days(int month, int level)
{
    std::vector<private_text> made;
    for (int day = 1; day <= 10; ++day)
        made.push_back(noted(month, day, level));
    return made;
}

std::string sentence(std::vector<private_text> const& moods)
{
    return in_english(app::sentence_about(moods, app::month_period(year(2026) / May), app::mood_span::month));
}
} // namespace

TEST_CASE("a day is the middle of its notes; days without any are not there")
{
    auto const days = app::days_in(
        {noted(5, 3, 2), noted(5, 3, 5), noted(5, 9, 1), noted(4, 30, 4), noted(6, 1, 4)},
        app::month_period(year(2026) / May)
    );
    REQUIRE(days.size() == 2);
    CHECK(days[0].level == 3.5);
    CHECK(days[1].day == sys_days(year(2026) / May / 9));
}

TEST_CASE("a heavier month is met with what was there on lighter days, never with a count")
{
    auto moods = month_of_days(4, 4);
    moods.front() = noted(4, 1, 5, {"Walking"});
    for (auto const& one : month_of_days(5, 2))
        moods.push_back(one);
    CHECK(
        sentence(moods) ==
        "A heavier month than the one before. These were there on lighter days before: Walking."
    );
    moods.front() = noted(4, 1, 5);
    CHECK(sentence(moods) == "A heavier month than the one before. Be gentle with yourself.");
}

TEST_CASE("a month like the one before, or alone, is told by the word in its middle")
{
    auto moods = month_of_days(5, 3);
    CHECK(sentence(moods) == "The word in the middle of this month is “in between”.");
    moods.push_back(noted(5, 11, 5, {"music", "sun"}));
    moods.push_back(noted(5, 12, 5, {"Music"})); // the same word
    CHECK(
        sentence(moods) ==
        "The word in the middle of this month is “in between”. These went with lighter days: music and sun."
    );
    CHECK(sentence({}) == "There is nothing here for this month. One word is enough to begin.");
}

TEST_CASE("a few days are compared with nothing")
{
    auto moods = month_of_days(4, 5);
    moods.push_back(noted(5, 1, 1));
    CHECK(sentence(moods) == "The word in the middle of this month is “very low”.");
}

TEST_CASE("the time before January is December, and before a year the year")
{
    auto const january = app::month_period(year(2026) / January);
    CHECK(app::before(january) == app::month_period(year(2025) / December));
    CHECK(app::before(app::year_period(year(2026))) == app::year_period(year(2025)));
    CHECK(app::before(app::month_period(year(2026) / March)) == app::month_period(year(2026) / February));
}

TEST_CASE("when it falls, what was noted in more of the lighter weeks is named, and nothing that is missing")
{
    std::vector<private_text> moods;
    for (int day = 1; day <= 28; ++day)
        moods.push_back(noted(4, day, 4));
    for (int day = 4; day <= 24; ++day)
        moods.push_back(noted(5, day, 2));
    auto const on = [](std::string const& what, int month_number, unsigned day) {
        return app::noted_day{
            what, sys_days(year(2026) / month(static_cast<unsigned>(month_number)) / std::chrono::day(day))};
    };
    std::vector<app::noted_day> const habits{
        on("Movement", 4, 2),
        on("Movement", 4, 8),
        on("Movement", 4, 15),
        on("Breathing", 4, 7),
        on("Breathing", 4, 14),
        on("Breathing", 5, 5),
        on("Tea", 4, 9),
        on("Sleep", 4, 9),
        on("Sleep", 4, 16),
        on("Sleep", 4, 23),
        on("Sleep", 5, 6),
        on("Sleep", 5, 12),
        on("Sleep", 5, 19),
        on("Sleep", 4, 2),
        on("Sleep", 4, 28)};
    CHECK(
        in_english(
            app::sentence_about(moods, app::month_period(year(2026) / May), app::mood_span::month, habits)
        ) ==
        "A heavier month than the one before. In lighter weeks you noted more often: Movement and Breathing. "
        "Perhaps "
        "one of them feels possible."
    );
    CHECK(
        in_english(
            app::sentence_about(moods, app::month_period(year(2026) / April), app::mood_span::month, habits)
        ) == "The word in the middle of this month is “good”."
    );
}
