// What the journal asks: the same all day, another the next day, each in its turn; dialogues one turn at a
// time.
#include "server/app/space/dialogue.hpp"
#include "server/app/space/experiments.hpp"
#include "server/app/space/prompts.hpp"
#include "server/base/phrase.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace holdfast;
using namespace std::chrono;

namespace {
constexpr sys_days first = year(2026) / May / 1;
}

TEST_CASE("a question is the same for a whole day and another on the next, until each had its day")
{
    for (auto const* kind : {"writing", "gratitude", "reflection", "verse"}) {
        CHECK(app::prompt_on(kind, first) == app::prompt_on(kind, first));
        std::set<std::string_view> seen;
        for (int day = 0; day < 9; ++day) {
            CHECK(app::prompt_on(kind, first + days(day)) != app::prompt_on(kind, first + days(day + 1)));
            seen.insert(app::prompt_on(kind, first + days(day)));
        }
        CHECK(seen.size() >= 8);
    }
    CHECK(app::prompt_on("writing", first, 1) == app::prompt_on("writing", first + days(1)));
    CHECK_FALSE(app::prompt_on("writing", sys_days(year(1960) / May / 1)).empty());
    CHECK(app::prompt_on("dialogue", first).empty());
}

TEST_CASE("a dialogue goes from one voice to the other, and begins with oneself")
{
    for (auto const& voice : app::dialogue_voices()) {
        REQUIRE(voice.turns.size() == 6);
        for (std::size_t at = 0; at < voice.turns.size(); ++at) {
            CHECK(voice.turns[at].is_me == (at % 2 == 0));
            CHECK_FALSE(voice.turns[at].question.empty());
        }
    }
    CHECK(app::voice_named("nobody").name == "kind_friend");
}

TEST_CASE("each turn of a dialogue stands under its speaker, and past the last question one goes on freely")
{
    auto entry = app::dialogue_with(app::voice_named("kind_friend"));
    CHECK(app::next_turn_of(entry).speaker == "Me");
    entry = app::with_turn(entry, "Me", "It rains.").value();
    CHECK(entry["text"] == "Me:\nIt rains.");
    CHECK(app::next_turn_of(entry).speaker == "My kind friend");
    entry = app::with_turn(entry, "My kind friend", "I hear it too.").value();
    CHECK(entry["text"] == "Me:\nIt rains.\n\nMy kind friend:\nI hear it too.");
    entry["turns"] = 99;
    CHECK(app::next_turn_of(entry).speaker == "Me");
    CHECK(app::next_turn_of(entry).question.empty());
}

TEST_CASE("a turn without words, or in what is no dialogue, is refused and named")
{
    auto const entry = app::dialogue_with(app::voice_named("older_self"));
    CHECK(app::with_turn(entry, "Me", " \n").error().fields.at(0).field == "turn");
    CHECK(app::with_turn(entry, "Me", std::string(1U << 20U, 'a')).error().fields.at(0).field == "turn");
    boost::json::object const letter{{"kind", "writing"}, {"text", "Dear me"}};
    CHECK(app::with_turn(letter, "Me", "More.").error().fields.at(0).field == "kind");
}

TEST_CASE("an experiment is told by how it was before and after, also when it changed nothing")
{
    boost::json::object tried{{"before", 2}};
    CHECK_FALSE(app::is_looked_back(tried));
    CHECK(in_english(app::sentence_about_experiment(tried)) == "Before it was low.");
    tried["after"] = 3;
    CHECK(
        in_english(app::sentence_about_experiment(tried)) ==
        "Before it was low, and after it was in between. It was a bit lighter then."
    );
    tried["after"] = 2;
    CHECK(
        in_english(app::sentence_about_experiment(tried)) ==
        "Before it was low, and after it was low. It stayed as it was. Now you know, and you tried."
    );
    tried["after"] = 1;
    CHECK(
        in_english(app::sentence_about_experiment(tried)) ==
        "Before it was low, and after it was very low. It was heavier then. Now you know, and you tried."
    );
}
