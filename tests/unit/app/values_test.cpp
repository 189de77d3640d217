// Values: what was chosen, the wish beside the room, and what changed since; in words, and never as a mark.
#include "server/app/space/private_shape.hpp"
#include "server/app/space/values.hpp"
#include "server/base/phrase.hpp"
#include "tests/unit/support/result_text.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace holdfast;
using app::chosen_value;
using domain::private_kind;

namespace {
boost::json::object
sorting(std::vector<chosen_value> const& chosen, std::vector<std::string> const& very = {})
{
    boost::json::object made;
    boost::json::array names;
    for (auto const& name : very)
        names.push_back(boost::json::string(name));
    made["very"] = names;
    app::set_chosen(made, chosen);
    return made;
}

using sentences = std::vector<std::string>;
} // namespace

TEST_CASE("every card has a word and a meaning of its own")
{
    std::set<std::string_view> names;
    for (auto const& card : app::value_cards()) {
        CHECK(names.insert(card.name).second);
        CHECK_FALSE(card.meaning.empty());
    }
    CHECK(names.size() == 30);
}

TEST_CASE("the wish and the room are told in one sentence, once both are said")
{
    CHECK(
        in_english(app::sentence_about_value({"Nature", 4, 2, ""})) ==
        "Nature matters very much to you, and has a little room now."
    );
    CHECK(
        in_english(app::sentence_about_value({"Rest", 3, 1, ""})) ==
        "Rest matters much to you, and has no room yet."
    );
    CHECK(in_english(app::sentence_about_value({"Rest", 3, 0, ""})).empty());
}

TEST_CASE("what was chosen comes back as it was put in")
{
    auto const body = sorting({{"Nature", 4, 2, "The park on Sunday"}, {"Rest", 0, 0, ""}});
    auto const chosen = app::chosen_in(body);
    REQUIRE(chosen.size() == 2);
    CHECK(chosen[0].step == "The park on Sunday");
    CHECK_FALSE(chosen[1].is_told());
    CHECK(app::shaped(private_kind::value, body));
}

TEST_CASE("more than five, a level that is none, or a field that isn't known is not taken")
{
    CHECK_FALSE(app::shaped(private_kind::value, sorting(std::vector<chosen_value>(6, {"Calm", 1, 1, ""}))));
    CHECK_FALSE(app::shaped(private_kind::value, sorting({{"Calm", 6, 1, ""}})));
    CHECK_FALSE(app::shaped(private_kind::value, sorting({{"", 1, 1, ""}})));
    boost::json::object body;
    body["chosen"] = boost::json::array{boost::json::object{{"name", "Calm"}, {"score", 5}}};
    CHECK_FALSE(app::shaped(private_kind::value, body));
}

TEST_CASE("a goal is offered what was chosen last, also while a newer sorting is only begun")
{
    app::private_text begun;
    begun.body = sorting({}, {"Play"});
    app::private_text done;
    done.body = sorting({{"Nature", 4, 2, ""}});
    CHECK(app::values_chosen({begun, done}) == sentences{"Nature"});
    CHECK(app::values_chosen({begun}).empty());
}

namespace {
sentences changes(boost::json::object const& older, boost::json::object const& newer)
{
    auto made = app::changes_between(older, newer);
    for (auto& sentence : made)
        sentence = in_english(sentence);
    return made;
}
} // namespace

TEST_CASE("what changed is said kindly, and nothing when nothing did")
{
    auto const older = sorting({{"Nature", 4, 2, ""}, {"Rest", 4, 4, ""}}, {"Nature", "Rest"});
    auto const newer = sorting({{"Nature", 4, 3, ""}, {"Play", 5, 1, ""}}, {"Nature", "Play", "Hope"});
    CHECK(
        changes(older, newer) ==
        sentences{
            "Chosen now, and not then: Play.",
            "Chosen then, and not now: Rest.",
            "Nature has more room than before.",
            "Matters very much now: Hope."}
    );
    auto const later = sorting({{"Nature", 3, 1, ""}, {"Rest", 4, 4, ""}}, {"Nature", "Rest"});
    CHECK(
        changes(older, later) ==
        sentences{
            "Nature has less room just now than before.", "Nature is less pressing for you than before."}
    );
    CHECK(changes(older, older).empty());
}
