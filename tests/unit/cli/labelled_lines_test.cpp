// What a host's own labelled lines say, and what is said of a line that can't be meant.
#include "server/cli/labelled_lines.hpp"

#include "tests/unit/support/folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace holdfast;
using namespace holdfast::cli;
using moderation::head;
using moderation::label;

namespace {
namespace training = moderation::training;

training::example_set lines(std::string const& content)
{
    tests::folder const here;
    std::ofstream(here / "mine.jsonl") << content;
    return read_labelled(here / "mine.jsonl", training::use::measure);
}

int mark_of(training::example const& from, label about)
{
    return from.labels[static_cast<std::size_t>(about)];
}
int mark_of(training::example const& from, head taught)
{
    return from.heads[static_cast<std::size_t>(taught)];
}
} // namespace

TEST_CASE("a line names one label or several; what it doesn't name is not there")
{
    auto const set = lines("{\"id\":7,\"text\":\"a\",\"label\":\"harassment\",\"context\":\"before\"}\n\n"
                           "{\"id\":\"x\",\"text\":\"b\",\"labels\":[\"hate\",\"pii\"]}\n");
    CHECK(set.name == "mine");
    REQUIRE(set.examples.size() == 2);
    auto const& one = set.examples[0];
    CHECK(one.id == "7");
    CHECK(one.text == "a");
    CHECK(one.context == "before");
    CHECK(mark_of(one, label::harassment) == 1);
    CHECK(mark_of(one, label::hate) == 0);
    CHECK(mark_of(one, head::insult) == 1);
    CHECK(mark_of(one, head::hate) == 0);
    CHECK(mark_of(one, head::any_harm) == 1);
    CHECK(one.harm == 1);
    auto const& two = set.examples[1];
    CHECK(two.id == "x");
    CHECK(mark_of(two, label::hate) == 1);
    CHECK(mark_of(two, label::pii) == 1);
    CHECK(mark_of(two, label::harassment) == 0);
}

TEST_CASE("a line can say that there is none; what no label speaks of stays unknown")
{
    auto const set = lines("{\"text\":\"a\",\"label\":null}\n{\"text\":\"b\",\"labels\":[]}\n"
                           "{\"text\":\"c\",\"label\":\"self_harm\"}\n");
    for (auto const at : {std::size_t{0}, std::size_t{1}}) {
        for (std::size_t about = 0; about < moderation::label_count; ++about)
            CHECK(set.examples[at].labels[about] == 0);
        CHECK(set.examples[at].harm == 0);
        CHECK(mark_of(set.examples[at], head::crisis) == training::unknown);
        CHECK(set.examples[at].risk == training::unknown);
    }
    CHECK(mark_of(set.examples[2], head::self_harm) == 1);
    CHECK(set.examples[2].harm == training::unknown); // who speaks of self-harm may harm somebody or not
}

TEST_CASE("a line can say how its author is, with labels or without")
{
    auto const set = lines("{\"text\":\"a\",\"risk\":0}\n{\"text\":\"b\",\"labels\":[],\"risk\":4}\n");
    CHECK(set.examples[0].risk == 0);
    CHECK(mark_of(set.examples[0], head::thoughts) == 0);
    CHECK(mark_of(set.examples[0], label::hate) == training::unknown);
    CHECK(set.examples[1].risk == 4);
    CHECK(mark_of(set.examples[1], head::thoughts) == 1);
    CHECK(mark_of(set.examples[1], head::intent) == 1);
    CHECK(mark_of(set.examples[1], head::act) == 0);
    CHECK(mark_of(set.examples[1], label::hate) == 0);
}

TEST_CASE("a line that can't be meant is told with its number, and nothing is read")
{
    for (auto const& [line, words] : {
             std::pair{"{", "line 2: This line is not a JSON object."},
             std::pair{"{\"label\":\"hate\"}", "line 2: \"text\" is missing"},
             std::pair{"{\"text\":\"a\"}", "line 2: there is neither \"label\", \"labels\" nor \"risk\""},
             std::pair{"{\"text\":\"a\",\"label\":\"rude\"}", "line 2: there is no label \"rude\""},
             std::pair{"{\"text\":\"a\",\"label\":1}", "line 2: there is no label 1"},
             std::pair{"{\"text\":\"a\",\"labels\":\"hate\"}", "line 2: \"labels\" is not a list"},
             std::pair{"{\"text\":\"a\",\"labels\":[\"hate\",null]}", "line 2: there is no label null"},
             std::pair{"{\"text\":\"a\",\"risk\":7}", "line 2: \"risk\" is not a whole number from 0 to 6"},
             std::pair{"{\"text\":\"a\",\"risk\":1.5}", "line 2: \"risk\" is not"},
         }) {
        INFO(line);
        CHECK_THROWS_WITH(
            lines("{\"text\":\"good\",\"label\":null}\n" + std::string(line)), Catch::Contains(words)
        );
    }
    CHECK_THROWS_WITH(lines("\n"), Catch::Contains("no line in it"));
    CHECK_THROWS_WITH(
        read_labelled("no/such/file", training::use::measure), Catch::Contains("can't be read")
    );
}
