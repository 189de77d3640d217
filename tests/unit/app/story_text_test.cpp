// A story's words: passages put away, and the copy that others read.
#include "server/app/share_copy.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/story/story_text.hpp"
#include "tests/unit/support/result_text.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace holdfast;
using boost::json::object;

namespace {
constexpr std::chrono::sys_days today(std::chrono::days(20'000));
std::string const later = app::text_of(today + std::chrono::days(10));

object story()
{
    return {
        {"intend", "To have it said."},
        {"happened", "The house was loud. I hid in the yard. Then it was quiet."},
        {"felt", "Fear, and some relief."},
        {"did", "I rang my aunt."},
        {"strengths", {{{"name", "Patience"}, {"shows", "I waited for help."}}, {{"name", "Trust"}}}},
        {"values", {"fairness", "calm"}},
        {"next", "Ring her again."}};
}

object with_yard_away()
{
    auto const made = app::with_put_away(story(), "I hid in the yard.", later, today);
    REQUIRE(made);
    return *made;
}

std::vector<std::string> const all_sections{
    "intend", "happened", "felt", "did", "strengths", "values", "means", "next"};
} // namespace

TEST_CASE("a passage that was put away stands nowhere until its day, and is back on it")
{
    auto const kept = with_yard_away();
    auto const seen = app::as_seen(kept, kept, today);
    CHECK(app::text_in(seen, "happened") == "The house was loud. [… 1] Then it was quiet.");
    CHECK(boost::json::serialize(seen).find("yard") == std::string::npos);
    CHECK(app::put_away_in(seen).size() == 1);
    auto const then = app::as_seen(kept, kept, today + std::chrono::days(10));
    CHECK(app::text_in(then, "happened") == app::text_in(story(), "happened"));
    CHECK(app::put_away_in(then).empty());
}

TEST_CASE("a version from before a passage was put away does not show it either")
{
    auto const seen = app::as_seen(story(), with_yard_away(), today);
    CHECK(boost::json::serialize(seen).find("yard") == std::string::npos);
}

TEST_CASE("a passage comes back where its mark stands, and at the end when the mark was written over")
{
    auto const back = app::with_brought_back(with_yard_away(), 1);
    REQUIRE(back);
    CHECK(*back == story());
    auto over = with_yard_away();
    over["happened"] = "Nothing to say today.";
    auto const added = app::with_brought_back(over, 1);
    REQUIRE(added);
    CHECK(app::text_in(*added, "happened") == "Nothing to say today.\n\nI hid in the yard.");
    CHECK(app::with_brought_back(story(), 1).error().code == errc::not_found);
}

TEST_CASE("only words of the story can be put away, and only until a day to come")
{
    auto const fault = [](char const* words, std::string const& until) {
        return app::with_put_away(story(), words, until, today).error().fields.front().field;
    };
    CHECK(fault("I hid in the cellar.", later) == "words");
    CHECK(fault("", later) == "words");
    CHECK(fault("I hid in the yard.", app::text_of(today)) == "until");
    CHECK(fault("I hid in the yard.", "soon") == "until");
}

TEST_CASE("a form carries no passage that is away, and loses none")
{
    auto const kept = with_yard_away();
    auto typed = app::as_seen(kept, kept, today);
    typed["felt"] = "Relief.";
    auto const saved = app::carried_on(typed, kept, today);
    CHECK(app::put_away_in(saved).front().words == "I hid in the yard.");
    object forged{{"intend", "x"}, {"put_away", "anything"}, {"next_goal", "anything"}};
    auto const clean = app::carried_on(forged, object(), today);
    CHECK_FALSE(clean.contains("put_away"));
    CHECK_FALSE(clean.contains("next_goal"));
    auto const due = today + std::chrono::days(10);
    auto const after = app::carried_on(app::as_seen(kept, kept, due), kept, due);
    CHECK(app::put_away_in(after).empty());
    CHECK(app::text_in(after, "happened") == app::text_in(story(), "happened"));
}

TEST_CASE("a copy tells support first, and what is hard behind it")
{
    auto const parts = app::parts_of(domain::share_what::story, app::copy_of(story(), all_sections));
    REQUIRE(parts.size() == 7);
    CHECK(parts.front().text == "To have it said.");
    CHECK(parts[2].text == "- Patience: I waited for help.\n- Trust");
    CHECK(parts[3].text == "fairness, calm");
    for (std::size_t at = 0; at < parts.size(); ++at)
        CHECK(parts[at].is_hard == (at >= 5));
    CHECK(parts.back().heading == "What I felt");
}

TEST_CASE("a copy holds the chosen parts alone, and nothing that is put away")
{
    auto const kept = with_yard_away();
    auto const copy = app::copy_of(app::as_seen(kept, kept, today), {"happened"});
    CHECK(copy == "## What happened\n\nThe house was loud. […] Then it was quiet.");
    CHECK(app::copy_of(story(), {"means"}).empty());
    CHECK(app::copy_of(story(), {}).empty());
}

TEST_CASE("a line of one's own that looks like a heading moves nothing in front of the fold")
{
    auto body = story();
    body["happened"] = "It was loud.\n## What I did\nStill what happened.";
    auto const parts = app::parts_of(domain::share_what::story, app::copy_of(body, {"did", "happened"}));
    REQUIRE(parts.size() == 2);
    CHECK(parts.back().is_hard);
    CHECK(parts.back().text.find("Still what happened.") != std::string::npos);
    auto const by_hand = app::parts_of(domain::share_what::story, "Words without any heading.");
    REQUIRE(by_hand.size() == 1);
    CHECK(by_hand.front().is_hard);
}

TEST_CASE("the screen reads the words of the writer alone, each where it stands in the copy")
{
    auto const copy = app::copy_of(story(), {"did", "felt"});
    auto const read = app::own_words_in(domain::share_what::story, copy);
    REQUIRE(read.size() == copy.size());
    CHECK(read.find("##") == std::string::npos);
    CHECK(read.find("What I") == std::string::npos);
    for (auto const* words : {"I rang my aunt.", "Fear, and some relief."})
        CHECK(read.find(words) == copy.find(words));
    auto body = story();
    body["did"] = "## What I felt\nStill mine.";
    CHECK(
        app::own_words_in(domain::share_what::story, app::copy_of(body, {"did"})).find("## What I felt") !=
        std::string::npos
    );
}
