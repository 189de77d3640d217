// Search finds what its reader may see, by words that are never stored.
#include "server/app/search/search_index.hpp"
#include "server/app/search_words.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;

namespace {
struct garden : services_under_test {
    app::signed_in lead = services_under_test::lead("Juniper");
    circle_id circle = services_under_test::circle(lead);
    app::signed_in author = join("Maple");
    domain::principal_ptr me = enter(author, circle);
    thread_id in = thread(me, circle, calm).thread;

    std::vector<post_id> find(domain::principal_ptr who, std::string const& words)
    {
        REQUIRE(run(app::catch_up(database, vault)));
        auto const found = run(search.find(who, circle, words, 50));
        REQUIRE(found);
        std::vector<post_id> made;
        for (auto const& post : found->posts)
            made.push_back(post.id);
        return made;
    }
};
using ids = std::vector<post_id>;
} // namespace

TEST_CASE("words are found by their stem, in any case, all of them together")
{
    garden with;
    auto const sent = with.reply(with.me, with.in, "My Marigolds are flowering again.");
    CHECK(with.find(with.me, "marigold") == ids{sent->post});
    CHECK(with.find(with.me, "FLOWERS marigolds") == ids{sent->post});
    CHECK(with.find(with.me, "marigold roses").empty());
    CHECK(with.find(with.me, "!!!").empty());
}

TEST_CASE("what waits, was changed, was taken down or erased is not found")
{
    garden with;
    auto const held = with.reply(with.me, with.in, std::string("Marigolds. ") + harm);
    CHECK(held->state == domain::post_state::held);
    auto const changed = with.reply(with.me, with.in, "Marigolds here.");
    auto const removed = with.reply(with.me, with.in, "Marigolds there.");
    CHECK(with.find(with.me, "marigold").size() == 2);
    REQUIRE(with.edit(with.me, changed->post, "Tulips now."));
    REQUIRE(run(with.posts.remove(with.me, removed->post)));
    CHECK(with.find(with.me, "marigold").empty());
    CHECK(with.find(with.me, "tulip") == ids{changed->post});
    REQUIRE(run(with.erasure.erase(with.me, passphrase)));
    CHECK(with.find(with.again(with.lead), "tulip").empty());
}

TEST_CASE("no word stands in the file, and the same word has another hash in another circle")
{
    garden with;
    REQUIRE(with.reply(with.me, with.in, "My marigolds are flowering again."));
    CHECK(with.find(with.me, "marigold").size() == 1);
    CHECK_FALSE(with.here.holds("marigold"));
    auto const another = with.services_under_test::circle(with.lead);
    auto terms = [&](circle_id const& circle) {
        auto read = [&, circle](store::read_tx& tx) {
            app::texts::known_terms none;
            return with.vault.search_terms(tx, circle, "marigold", none);
        };
        return *run(with.database.read(read));
    };
    CHECK(terms(with.circle) == terms(with.circle));
    CHECK(terms(with.circle) != terms(another));
}

TEST_CASE("a text has the same terms whether or not its words were read in another before")
{
    garden with;
    auto read = [&](store::read_tx& tx) -> result<bool> {
        app::texts::known_terms shared;
        for (std::string const text :
             {"Marigolds flower", "the MARIGOLDS flowered again", "\u00C4pfel, Marigolds"}) {
            app::texts::known_terms none;
            auto const alone = with.vault.search_terms(tx, with.circle, text, none);
            auto const among = with.vault.search_terms(tx, with.circle, text, shared);
            REQUIRE(alone);
            CHECK(*among == *alone);
        }
        return true;
    };
    CHECK(run(with.database.read(read)));
}

TEST_CASE("searching for words of crisis leads to help first")
{
    garden with;
    auto const found = run(with.search.find(with.me, with.circle, "I want to die", 50));
    REQUIRE(found);
    REQUIRE(found->care);
    CHECK(found->care->lines.size() >= 2);
    CHECK_FALSE(run(with.search.find(with.me, with.circle, "marigolds", 50))->care);
}

TEST_CASE("those who may not read may not search, and the longest question gets an answer")
{
    garden with;
    auto const outsider = with.join("Stone");
    CHECK(run(with.search.find(outsider.who, with.circle, "rain", 50)).error().code == errc::not_found);
    CHECK(run(with.search.find(nullptr, with.circle, "rain", 50)).error().code == errc::not_found);
    std::string words;
    for (int number = 0; words.size() < 4000; ++number)
        words += "w" + std::to_string(number) + " ";
    CHECK(with.find(with.me, words).empty());
    CHECK(run(with.search.find(with.me, with.circle, "\xFF", 50)).error().code == errc::invalid);
}

TEST_CASE("words are split and stemmed as people write them")
{
    using words = std::vector<std::string>;
    CHECK(app::search_words("Walking, walked; WALKS!") == words{"walk"});
    CHECK(app::search_words("WALKED \u00C4") == words{"walk", "\u00E4"}); // folded alike beside other letters
    CHECK(app::search_words("").empty());
    CHECK(app::search_words("... \u2764").size() <= 1);
    CHECK(app::search_words("\u6771\u4EAC").size() >= 1);
    std::string many;
    for (int number = 0; number < 5000; ++number)
        many += "w" + std::to_string(number) + " ";
    CHECK(app::search_words(many).size() == 2000);
}
