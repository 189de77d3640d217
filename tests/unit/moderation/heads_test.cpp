#include "moderation/learned/heads.hpp"

#include "moderation/training/random.hpp"
#include "tests/unit/moderation/spelled.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <span>

using namespace holdfast::moderation;

namespace {
head_weights weights_for(std::string text, head which, float each)
{
    head_weights made;
    for (auto const bucket : ngrams_of(spelled(text)).buckets)
        made.by_bucket[bucket][static_cast<std::size_t>(which)] = each;
    return made;
}
constexpr auto insult = static_cast<std::size_t>(head::insult);
} // namespace

TEST_CASE("weights survive rounding to int8 within half a step")
{
    head_weights exact;
    exact.by_bucket[7][insult] = 1.27F;
    exact.by_bucket[8][insult] = -0.333F;
    exact.by_bucket[9][insult] = 0.004F;
    auto const made = heads::rounded(exact);
    for (std::size_t bucket : {7U, 8U, 9U, 10U}) {
        auto const back = static_cast<float>(made.table()[bucket][insult]) * made.scales()[insult];
        CHECK(std::abs(back - exact.by_bucket[bucket][insult]) <= made.scales()[insult] / 2 + 1e-6F);
    }
}

TEST_CASE("every n-gram of a text stands in its sentence, and is new in the first one only")
{
    auto const sorted = [](std::vector<bucket_id> one) {
        std::sort(one.begin(), one.end());
        return one;
    };
    std::vector<std::string> const sentences{"We were sad. ", "We were sad and not glad. ", "Glad. "};
    auto const whole = ngrams_of(spelled(sentences[0] + sentences[1] + sentences[2]));
    REQUIRE(whole.sentences.size() == sentences.size());
    std::set<std::uint32_t> seen;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < sentences.size(); ++at) {
        auto const from = whole.buckets.begin() + static_cast<std::ptrdiff_t>(begin);
        auto const end = whole.buckets.begin() + static_cast<std::ptrdiff_t>(whole.sentences[at].end);
        CHECK(sorted({from, end}) == sorted(ngrams_of(spelled(sentences[at])).buckets));
        auto const fresh_end =
            whole.buckets.begin() + static_cast<std::ptrdiff_t>(whole.sentences[at].fresh_end);
        for (auto one = from; one != fresh_end; ++one)
            CHECK(seen.insert(*one).second);
        for (auto one = fresh_end; one != end; ++one)
            CHECK(seen.contains(*one));
        begin = whole.sentences[at].end;
    }
    CHECK(whole.fresh == seen.size());
    CHECK(begin == whole.buckets.size());
}

TEST_CASE("what is worked out of words beforehand changes no score")
{
    auto const phrases = shipped_lexicon();
    head_weights exact;
    training::random_numbers numbers(7);
    for (auto& row : exact.by_bucket) {
        for (auto& weight : row)
            weight = static_cast<float>(numbers.below(2001)) / 1000 - 1;
    }
    auto plain = heads::rounded(exact);
    auto quick = plain;
    quick.find_all(phrases.words());
    std::string endless;
    for (int at = 0; at < 3000; ++at) // more words than one sum of 16 bits holds
        endless += "i never want " + std::to_string(at % 77) + " zorblax" + std::to_string(at % 5) + " ";
    for (auto const& text :
         {std::string(),
          std::string("I don't want to go. I don't want to go home, not to them."),
          std::string("My Zorblax frumps 17 women. Zorblax wants them. We want a Zorblax."),
          std::string("They are not Jews. Jews aren't they? No women, no jews, no zorblax."),
          endless}) {
        auto const words = spelled(text);
        auto const of_text = quick.score(words);
        for (auto const& same : {plain.score(words), plain.score(ngrams_of(words))}) {
            CHECK(of_text.whole == same.whole);
            CHECK(of_text.peak == same.peak);
            CHECK(of_text.peak_sentence == same.peak_sentence);
        }
        auto const at_once = std::span(words).first(std::min<std::size_t>(words.size(), 9));
        CHECK(quick.weights_of_words(head::insult, at_once) == plain.weights_of_words(head::insult, at_once));
    }
}

TEST_CASE("a \"not\" reaches the four words behind it")
{
    auto const& words = spelled("not one two three pathetic. not one two three four pathetic.");
    auto const near = std::span(words).first(5);
    auto const far = std::span(words).subspan(5);
    word_ngrams const none;
    for (auto const sentence : {near, far}) {
        word_reader reader(none);
        for (auto const& one : sentence.first(sentence.size() - 1))
            reader.next(one);
        auto const last = reader.next(sentence.back());
        // Its neighbours are two and three words in a row; the one more is what is under the "not".
        CHECK(last.neighbours.size() == (sentence.size() == 5 ? 3 : 2));
    }
}

TEST_CASE("a head without weights says its bias for every text")
{
    head_weights exact;
    exact.bias[insult] = -2;
    auto const made = heads::rounded(exact);
    CHECK(made.score(ngrams_of(spelled("Good morning. How are you?"))).whole[insult] == -2);
    CHECK(made.score(ngrams_of(spelled(""))).peak[insult] == -2);
}

TEST_CASE("the strongest sentence is found and a long text is not riskier for being long")
{
    auto const made = heads::rounded(weights_for("you pathetic loser", head::insult, 1));
    auto const alone = made.score(ngrams_of(spelled("You pathetic loser!")));
    auto const among = made.score(ngrams_of(spelled("We had tea. You pathetic loser! It rained all day.")));
    CHECK(among.peak[insult] == alone.peak[insult]);
    CHECK(among.peak_sentence[insult] == 1);
    std::string longer = "You pathetic loser!";
    constexpr std::array syllables{"ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu"};
    for (auto const* const first : syllables) {
        for (auto const* const second : syllables)
            longer +=
                std::string(" We saw ") + first + second + first + " and " + second + first + second + ".";
    }
    CHECK(made.score(ngrams_of(spelled(longer))).whole[insult] < alone.whole[insult] / 4);
}

TEST_CASE("who says a thing many times says it once")
{
    auto const made = heads::rounded(weights_for("you pathetic loser", head::insult, 1));
    auto const once = made.score(ngrams_of(spelled("You pathetic loser!")));
    std::string often;
    for (int more = 0; more < 20; ++more)
        often += "You pathetic loser! ";
    auto const scores = made.score(ngrams_of(spelled(often)));
    CHECK(scores.whole[insult] == once.whole[insult]);
    CHECK(scores.peak[insult] == once.peak[insult]);
}

TEST_CASE("a disguised word has the n-grams of the plain one")
{
    CHECK(
        ngrams_of(spelled("you are pathetic")).buckets ==
        ngrams_of(spelled("y\xD0\xBEu are p4thet1c")).buckets
    );
}

TEST_CASE("what is learned of one group holds for another")
{
    auto const count_shared = [](std::string left, std::string right) {
        auto one = ngrams_of(spelled(left)).buckets;
        auto const other = ngrams_of(spelled(right)).buckets;
        return std::count_if(one.begin(), one.end(), [&](auto bucket) {
            return std::find(other.begin(), other.end(), bucket) != other.end();
        });
    };
    CHECK(
        count_shared("muslims ruin it", "lesbians ruin it") >
        count_shared("bankers ruin it", "lesbians ruin it")
    );
}
