#include "moderation/explain.hpp"
#include "moderation/learned/model.hpp"
#include "moderation/learned/stack.hpp"
#include "moderation/screen.hpp"

#include "tests/unit/moderation/spelled.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace holdfast::moderation;

namespace {
constexpr auto harassment = static_cast<std::size_t>(label::harassment);

// A model that knows one insult, for tests that mustn't depend on what was learned.
model small_model()
{
    head_weights weights;
    weights.bias.fill(-3);
    for (auto const bucket : ngrams_of(spelled("grumblewort")).buckets)
        weights.by_bucket[bucket][0] = 4;
    model made;
    made.heads = heads::rounded(weights);
    auto& insult = made.labels[harassment].emplace();
    insult.weights[first_peak_input] = 1;
    insult.meaning = curve({{-3, 0.01F}, {3, 0.99F}});
    auto& scores = made.budgets[harassment];
    for (std::size_t at = 0; at < scores.size(); ++at)
        scores[at] = 0.1F + 0.05F * static_cast<float>(at);
    return made;
}

input text_of(std::string_view text)
{
    input made;
    made.text = text;
    return made;
}
} // namespace

TEST_CASE("a model is the same after writing and reading")
{
    auto const written = write_model(small_model());
    auto const read = read_model(written);
    REQUIRE(std::holds_alternative<model>(read));
    CHECK(write_model(std::get<model>(read)) == written);
}

TEST_CASE("a broken model is refused with its cause")
{
    auto const good = write_model(small_model());
    CHECK(std::holds_alternative<std::string>(read_model("")));
    CHECK(std::holds_alternative<std::string>(read_model("not a model")));
    CHECK(std::holds_alternative<std::string>(read_model(std::string_view(good).substr(0, good.size() - 1))));
    CHECK(std::holds_alternative<std::string>(read_model(good + "x")));
    auto older = good;
    older[older.find('5')] = '4'; // of the version in its first line
    CHECK(std::get<std::string>(read_model(older)) == "it is not a model of this version");
}

TEST_CASE("a model is read with the meanings that it was trained with, or not at all")
{
    auto made = small_model();
    made.meanings = shipped_meanings();
    auto written = write_model(made);
    auto const read = read_model(written);
    REQUIRE(std::holds_alternative<model>(read));
    CHECK(std::get<model>(read).meanings.mark() == shipped_meanings().mark());
    auto const mark = made.meanings.mark();
    auto const place = written.find(std::string_view(reinterpret_cast<char const*>(&mark), sizeof mark));
    REQUIRE(place != std::string::npos);
    written[place] = static_cast<char>(written[place] ^ 1);
    CHECK(std::get<std::string>(read_model(written)) == "it was trained with other meanings of words");
}

TEST_CASE("words of like meaning lie close together")
{
    auto const words = shipped_meanings();
    auto const close = [&](std::string left, std::string right) {
        auto const one = words.of(spelled(left));
        auto const other = words.of(spelled(right));
        double both = 0, of_one = 0, of_other = 0;
        for (std::size_t at = 0; at < meaning_size; ++at) {
            both += static_cast<double>(one[at] * other[at]);
            of_one += static_cast<double>(one[at] * one[at]);
            of_other += static_cast<double>(other[at] * other[at]);
        }
        return both / std::sqrt(of_one * of_other);
    };
    CHECK(
        close("the kitten sleeps", "a puppy was sleeping") > close("the kitten sleeps", "pay the tax bill")
    );
    CHECK(close("i am so sad", "she felt grief") > close("i am so sad", "the train was late"));
    CHECK(words.of(spelled("")) == meaning{});
    CHECK(words.of(spelled("qzxvqzxv")) == meaning{});
}

TEST_CASE("words that were looked for beforehand mean the same")
{
    auto const plain = shipped_meanings();
    auto quick = plain;
    quick.find_all(shipped_lexicon().words());
    auto const& words = spelled("My grumblewort friend is sad, and i made her tea.");
    CHECK(quick.of(words) == plain.of(words));
    for (auto const& one : words)
        CHECK(quick.knows(one) == plain.knows(one));
}

TEST_CASE("broken meanings are refused")
{
    CHECK_THROWS_WITH(meanings("not at all"), "it holds no meanings of this version");
    CHECK_THROWS_WITH(meanings("holdfast meanings 1\n"), "it ends too early");
}

TEST_CASE("a curve rises between its knots and is level beyond them")
{
    curve const line({{0, 0.1F}, {2, 0.5F}, {4, 0.5F}});
    CHECK(line.at(-9) == Approx(0.1));
    CHECK(line.at(1) == Approx(0.3));
    CHECK(line.at(3) == Approx(0.5));
    CHECK(line.at(99) == Approx(0.5));
    CHECK(curve().at(1) == 0);
}

TEST_CASE("a budget for false holds becomes a threshold, between the shares too")
{
    auto const made = small_model();
    CHECK(made.threshold_for(label::harassment, .05) == Approx(.1));
    CHECK(made.threshold_for(label::harassment, .2) == Approx(.1));
    CHECK(made.threshold_for(label::harassment, .03) == Approx(.15));
    CHECK(made.threshold_for(label::harassment, .0002) == Approx(.8));
    CHECK(made.threshold_for(label::harassment, .00001) == Approx(.8));
    auto const between = made.threshold_for(label::harassment, .04);
    CHECK(between > .1);
    CHECK(between < .15);
}

TEST_CASE("thresholds keep to their budgets, equal scores included")
{
    std::vector<std::pair<double, double>> seen;
    for (int at = 0; at < 1000; ++at)
        seen.emplace_back(at < 990 ? 0.1 : 0.9, 0.001);
    auto const scores = scores_by_share(seen);
    CHECK(score_at(scores, .05) == Approx(.9f)); // the many at .1 would break it
    CHECK(score_at(scores, .01) == Approx(.9f)); // exactly the ten
    CHECK(score_at(scores, .007) == 1);          // not even they fit
}

TEST_CASE("a score that a head raised has a reason, on the words that weighed most")
{
    screen const made(shipped_policy(), small_model());
    std::string_view const text = "Thanks for the evening. You grumblewort of a man. See you on Monday.";
    auto const decided = made.decide(text_of(text));
    CHECK(decided.scores[harassment] > 0.5);
    auto const why = std::find_if(decided.findings.begin(), decided.findings.end(), [](finding const& one) {
        return one.rule == "head.insult";
    });
    REQUIRE(why != decided.findings.end());
    CHECK(
        text.substr(why->where.begin, why->where.end - why->where.begin).find("grumblewort") !=
        std::string_view::npos
    );
    CHECK(!why->reason.empty());
}

TEST_CASE("what the rules are sure of stands whatever was learned; what they doubt can be taken back")
{
    auto const learned = small_model(); // thinks nothing of texts without its word
    input_values inputs{};
    inputs[first_peak_input] = -3;
    inputs[index_of(feature::words)] = 0.3F; // about fifteen
    inputs[index_of(label::harassment)] = 0.9F;
    CHECK(stacked_scores(learned, inputs)[harassment] == Approx(0.9));
    inputs[index_of(label::harassment)] = 0.6F;
    CHECK(stacked_scores(learned, inputs)[harassment] < 0.5);
    inputs[index_of(feature::rules_risk)] = 5.0F / 6;
    CHECK(stacked_risk(learned, inputs) >= 4);
}

TEST_CASE("the chance of any harm draws the harms of a post half-way, and nothing that the rules are sure of "
          "out of reach")
{
    auto learned = small_model();
    input_values inputs{};
    inputs[first_peak_input] = 3;
    inputs[index_of(feature::words)] = 0.35F; // a post: about twenty-four
    auto const alone = stacked_scores(learned, inputs)[harassment];
    learned.harm.emplace().meaning = curve({{-1, 0.04F}, {1, 0.04F}});
    auto const drawn = stacked_scores(learned, inputs)[harassment];
    CHECK(drawn == Approx(std::sqrt(alone * 0.04)));
    inputs[index_of(feature::words)] = 0.3F; // a line
    CHECK(stacked_scores(learned, inputs)[harassment] == alone);
    inputs[index_of(feature::words)] = 0.35F;
    inputs[index_of(label::harassment)] = 0.9F;
    CHECK(stacked_scores(learned, inputs)[harassment] == Approx(within_reach));
}

TEST_CASE("what the rules are sure of reaches every threshold that the shipped policy has for it")
{
    screen const shipped(shipped_policy());
    for (auto const& rule : shipped.rules().rules) {
        if (is_shared_harm(rule.about)) CHECK(rule.threshold <= within_reach);
    }
}

TEST_CASE(
    "in a line the higher of what people marked and what our lines say counts, in a post what people marked"
)
{
    auto learned = small_model();
    input_values inputs{};
    learned.line_labels[harassment].emplace().meaning = curve({{-1, 0.8F}, {1, 0.8F}});
    inputs[index_of(feature::words)] = 0.25F; // nine
    CHECK(stacked_scores(learned, inputs)[harassment] == Approx(0.8));
    inputs[index_of(feature::words)] = 0.35F; // about twenty-four
    CHECK(stacked_scores(learned, inputs)[harassment] < 0.7);
    constexpr auto grooming =
        static_cast<std::size_t>(label::grooming); // nobody marked it: lines speak everywhere
    learned.line_labels[grooming] = learned.line_labels[harassment];
    CHECK(stacked_scores(learned, inputs)[grooming] == Approx(0.8));
}

TEST_CASE("the reason names an opinion that spoke")
{
    auto learned = small_model();
    input_values inputs{};
    constexpr auto insult = static_cast<std::size_t>(head::insult);
    constexpr auto by_line = static_cast<std::size_t>(head::line_harassment);
    inputs[first_peak_input + insult] = inputs[first_peak_input + by_line] = 1;
    auto& line = learned.line_labels[harassment].emplace();
    line.weights[first_peak_input + by_line] = 1;
    line.meaning = curve({{-1, 0.9F}, {1, 0.9F}});
    inputs[index_of(feature::words)] = 0.25F; // nine
    CHECK(loudest_head(learned, label::harassment, inputs) == head::line_harassment);
    inputs[index_of(feature::nudge)] = 1;
    CHECK(loudest_head(learned, label::harassment, inputs) == head::insult);
    inputs[index_of(feature::nudge)] = 0;
    inputs[index_of(feature::words)] = 0.35F; // a post, about which people alone speak
    CHECK(loudest_head(learned, label::harassment, inputs) == head::insult);
}

TEST_CASE("what our lines hear in a short text counts beside the rules, and never takes from them")
{
    auto learned = small_model();
    input_values inputs{};
    inputs[index_of(feature::words)] = 0.2F; // five
    learned.short_risk.meaning = curve({{-1, 5}, {1, 5}});
    CHECK(stacked_risk(learned, inputs) == Approx(5));
    learned.short_risk.meaning = curve({{-1, 0}, {1, 0}});
    inputs[index_of(feature::rules_risk)] = 4.0F / 6;
    CHECK(stacked_risk(learned, inputs) == Approx(4));
}

TEST_CASE("a short post in which neither the rules nor our lines hear any risk waits for nobody")
{
    auto learned = small_model();
    input_values inputs{};
    inputs[index_of(feature::words)] = 0.35F; // twenty-four
    learned.at_risk.bias = 1;
    learned.risk.meaning = curve({{-1, 5}, {1, 5}});
    CHECK(stacked_risk(learned, inputs) == Approx(5)); // a model that learned of no lines
    learned.short_risk.meaning = curve({{-1, 0}, {1, 0}});
    CHECK(stacked_risk(learned, inputs) < 3);
    inputs[index_of(feature::words)] = 0.5F; // ninety-nine: whole posts were learned from
    CHECK(stacked_risk(learned, inputs) == Approx(5));
}

TEST_CASE("for a name or a sigh the rules alone speak, and a contact detail says nothing of cruelty")
{
    auto learned = small_model();
    learned.labels[harassment]->weights[first_detail_input + 1] =
        50; // as if only mean people gave their mail address
    input_values inputs{};
    inputs[first_peak_input] = 3;
    inputs[index_of(feature::words)] = 0.1193F; // two words
    CHECK(stacked_scores(learned, inputs)[harassment] == 0);
    inputs[first_peak_input] = -3;
    inputs[index_of(feature::words)] = 0.3F;
    auto const without = stacked_scores(learned, inputs)[harassment];
    inputs[first_detail_input + 1] = 1;
    CHECK(stacked_scores(learned, inputs)[harassment] == without);
}

TEST_CASE("a name with a number is no spam, whatever was learned")
{
    auto learned = small_model();
    auto& sees_it_everywhere = learned.labels[static_cast<std::size_t>(label::spam)].emplace();
    sees_it_everywhere.bias = 3;
    sees_it_everywhere.meaning = curve({{-3, 0.01F}, {3, 0.99F}});
    screen const one(shipped_policy(), std::move(learned));
    auto name = text_of("Maple 65");
    constexpr auto spam = static_cast<std::size_t>(label::spam);
    CHECK(one.decide(name).scores[spam] > 0.9);
    name.kind = text_kind::name;
    CHECK(one.decide(name).scores[spam] == 0);
}

TEST_CASE("who speaks of their own dying is not taken for somebody who threatens others, whatever was learned"
)
{
    auto learned = small_model();
    for (auto const about : {label::harassment, label::hate, label::threat, label::violence}) {
        auto& sees_it_everywhere = learned.labels[static_cast<std::size_t>(about)].emplace();
        sees_it_everywhere.bias = 3;
        sees_it_everywhere.meaning = curve({{-3, 0.01F}, {3, 0.99F}});
    }
    screen const one(shipped_policy(), std::move(learned));
    auto const cry = one.decide(text_of("I bought a rope and tonight I will end my life with it."));
    CHECK(cry.risk >= 4);
    for (auto const about : {label::harassment, label::hate, label::threat, label::violence})
        CHECK(cry.scores[static_cast<std::size_t>(about)] == 0);
    auto const other = one.decide(text_of("We bought a loaf and tonight we will share it in the kitchen."));
    CHECK(other.scores[static_cast<std::size_t>(label::violence)] > 0.9);
}
