#include "moderation/learned/stack.hpp"
#include "moderation/training/linear.hpp"
#include "moderation/training/metrics.hpp"
#include "moderation/training/random.hpp"
#include "moderation/training/trainer.hpp"

#include "tests/unit/moderation/reading.hpp"
#include "tests/unit/moderation/spelled.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace holdfast::moderation;
using namespace holdfast::moderation::training;

namespace {
example marked(std::string text, std::int8_t insult)
{
    example made;
    made.text = std::move(text);
    made.heads.fill(unknown);
    made.labels.fill(unknown);
    made.heads[static_cast<std::size_t>(head::insult)] = insult;
    made.labels[static_cast<std::size_t>(label::harassment)] = insult;
    return made;
}

// Made-up words, so that nothing here depends on any real text.
std::vector<example_set> tiny_sets()
{
    constexpr std::array rude{"grumblewort", "snivelkin", "dullbrick"};
    constexpr std::array kind{"brightleaf", "warmhearth", "kindlestar"};
    constexpr std::array things{
        "the garden",
        "a walk",
        "our tea",
        "this book",
        "the rain",
        "my bus",
        "her song",
        "that film",
        "the market",
        "a letter"};
    example_set made;
    made.name = "tiny";
    made.may = use::split;
    made.ordinary = true;
    for (auto const* const thing : things) {
        for (auto const* const other : things) {
            for (std::size_t at = 0; at < rude.size(); ++at) {
                made.examples.push_back(
                    marked(std::string("you ") + rude[at] + " spoiled " + thing + " and " + other, 1)
                );
                made.examples.push_back(
                    marked(std::string("you ") + kind[at] + " shared " + thing + " and " + other, 0)
                );
            }
        }
    }
    return {std::move(made)};
}

model trained(std::uint64_t seed)
{
    auto const sets = tiny_sets();
    train_options options;
    options.heads.seed = seed;
    return trainer(sets, options, [](std::string_view) {}).train();
}

// As many words as asked for, the last of them the one that tells; each text a little different.
std::string text_of(std::size_t words, std::string_view telling, int number)
{
    constexpr std::array filling{"lanternwick", "mosspath", "tidewell", "copperleaf", "ferngate"};
    std::string made;
    for (std::size_t at = 1; at < words; ++at)
        made += std::string(filling[(at * 3 + static_cast<std::size_t>(number)) % filling.size()]) + " ";
    return made + std::string(telling);
}

// Thirty pairs: one at risk, one calm, each with a further word that says nothing in this set.
example_set graded(
    source from,
    std::size_t words,
    head taught,
    std::array<std::string, 2> tells,
    std::array<std::string, 2> beside
)
{
    example_set made;
    made.may = use::folds;
    made.from = from;
    for (int number = 0; number < 60; ++number) {
        auto const calm = static_cast<std::size_t>(number % 2);
        example one;
        one.text =
            text_of(words, tells[calm], number) + " " + beside[static_cast<std::size_t>(number / 2 % 2)];
        one.writer = std::to_string(number / 2);
        one.heads.fill(unknown);
        one.labels.fill(unknown);
        one.heads[static_cast<std::size_t>(taught)] = calm == 0 ? 1 : 0;
        one.risk = calm == 0 ? 5 : 0;
        made.examples.push_back(std::move(one));
    }
    return made;
}

// How much higher a post is graded for the word by which lines of so many words told a risk.
double raised_by_lines_of(std::size_t words)
{
    std::array<std::string, 2> const of_people{"emberfall", "brightleaf"},
        of_lines{"cinderwisp", "meadowgate"};
    std::vector<example_set> sets;
    sets.push_back(graded(source::people, 80, head::thoughts, of_people, of_lines));
    sets.push_back(graded(source::lines, words, head::line_at_risk, of_lines, of_people));
    auto const made = trainer(sets, {}, [](std::string_view) {}).train();
    auto const graded_as = [&](std::string_view telling) {
        auto const seen = read_signals(shipped(), text_of(80, telling, 1), text_kind::post, {});
        auto const scores = made.heads.score(ngrams_of(seen.words));
        return made.risk.raw(inputs_for_risk(inputs_from(seen, scores, made.meanings.of(seen.words))));
    };
    return graded_as(of_lines[0]) - graded_as(of_lines[1]);
}
} // namespace

TEST_CASE("training twice gives the same bytes, another seed others")
{
    auto const once = write_model(trained(1));
    CHECK(once == write_model(trained(1)));
    CHECK(once != write_model(trained(2)));
}

TEST_CASE("what was marked is learned, and holds for texts that were not seen")
{
    auto const made = trained(1);
    auto const insult = [&](std::string text) {
        return made.heads.score(ngrams_of(spelled(text))).whole[static_cast<std::size_t>(head::insult)];
    };
    CHECK(insult("you snivelkin spoiled everything") > 0);
    CHECK(insult("you warmhearth shared everything") < 0);
}

TEST_CASE("lines as long as a post teach how posts are graded, and shorter ones don't")
{
    CHECK(raised_by_lines_of(80) > 2 * std::abs(raised_by_lines_of(10)));
}

TEST_CASE("parts and folds go by the text, blind to case and spaces, and all occur")
{
    CHECK(hash_of_text("Good  morning\n") == hash_of_text("goodmorning"));
    std::array<int, 3> parts{};
    std::array<int, 5> folds{};
    for (int at = 0; at < 1000; ++at) {
        example one;
        one.text = "text " + std::to_string(at);
        ++parts[static_cast<std::size_t>(part_of(one.text))];
        ++folds[fold_of(one, 5)];
    }
    CHECK(parts[static_cast<std::size_t>(part::train)] > 600);
    CHECK(parts[static_cast<std::size_t>(part::report)] > 50);
    for (auto const count : folds)
        CHECK(count > 100);
}

TEST_CASE("texts of one writer stay together, so that nobody is reported on by what they taught")
{
    std::array<int, 5> folds{};
    for (int writer = 0; writer < 200; ++writer) {
        example first, second;
        first.writer = second.writer = "writer " + std::to_string(writer);
        first.text = "one thing";
        second.text = "quite another thing";
        CHECK(fold_of(first, 5) == fold_of(second, 5));
        CHECK(inner_fold_of(first, 4) == inner_fold_of(second, 4));
        ++folds[fold_of(first, 5)];
    }
    for (auto const count : folds)
        CHECK(count > 15);
}

TEST_CASE("a calibration rises and is near the truth")
{
    std::vector<outcome_at> seen;
    random_numbers numbers(7);
    for (int at = 0; at < 4000; ++at) {
        auto const chance = static_cast<double>(numbers.below(1000)) / 1000;
        auto const truth = static_cast<double>(numbers.below(1000)) / 1000 < chance;
        seen.push_back({chance * 10 - 5, truth ? 1.0F : 0.0F, 1});
    }
    auto const made = chance_curve(seen);
    for (std::size_t at = 1; at < made.knots().size(); ++at)
        CHECK(made.knots()[at - 1].to < made.knots()[at].to);
    for (double const chance : {0.2, 0.5, 0.8})
        CHECK(std::abs(made.at(chance * 10 - 5) - chance) < 0.08);
}

TEST_CASE("levels agree with readings that a line explains")
{
    std::vector<outcome_at> seen;
    for (int at = 0; at < 700; ++at)
        seen.push_back({at / 100.0, static_cast<float>(at / 100), 1});
    auto const made = level_curve(seen, 6);
    int off = 0;
    for (auto const& one : seen)
        off += std::abs(static_cast<int>(made.at(one.raw)) - static_cast<int>(one.target)) > 0 ? 1 : 0;
    CHECK(off < 70);
}

TEST_CASE("figures are the textbook's")
{
    std::vector<scored> const all{{0.9, true}, {0.8, false}, {0.7, true}, {0.6, false}, {0.5, false}};
    CHECK(average_precision(all) == Approx((1.0 + 2.0 / 3) / 2));
    CHECK(average_precision_at_share(all, 2.0 / 5) == Approx(average_precision(all)));
    CHECK(average_precision_at_share(all, 4.0 / 7) == Approx((1.0 + 4.0 / 5) / 2)); // each truth twice
    CHECK(area_under_roc(all) == Approx(5.0 / 6));
    CHECK(recall_at_precision(all, 0.6) == Approx(1.0));
    CHECK(recall_at_precision(all, 0.7) == Approx(0.5));
    CHECK(counts_at(all, 0.65).f1() == Approx(2 * 2.0 / (2 * 2 + 1)));
    CHECK(brier_score({{1, true}, {0.5, false}}) == Approx(0.125));
    CHECK(
        calibration_error({{0.75, true}, {0.75, true}, {0.75, true}, {0.75, false}}) == Approx(0).margin(1e-9)
    );
    CHECK(weighted_kappa({0, 3, 6}, {0, 3, 6}, 7) == Approx(1));
    CHECK(weighted_kappa({0, 6}, {6, 0}, 7) == Approx(-1));
    CHECK(weighted_kappa({0, 0, 6, 6}, {0, 6, 0, 6}, 7) == Approx(0));
}
