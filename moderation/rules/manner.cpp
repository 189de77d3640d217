// How a text is written, and what a short answer takes from the question before it.
#include "moderation/rules/rules.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace holdfast::moderation {

namespace {
float share(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0 : static_cast<float>(part) / static_cast<float>(whole);
}
float length(std::size_t count)
{
    return static_cast<float>(std::log10(static_cast<double>(count) + 1) / 4);
}

constexpr std::size_t short_answer_max = 10;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Does a short answer say yes? What it begins with counts most: "yes, but not today" is a yes.
bool says_yes(passage const& text)
{
    auto const& tokens = text.tokens();
    auto const first = tokens.front().text;
    if (is_one_of(first, {"yes", "yeah", "yea", "yep", "yup", "ya", "yh", "aye", "mhm"})) return true;
    if (std::any_of(tokens.begin(), tokens.end(), [](token const& one) {
            return one.traits.has(trait::negator) || is_one_of(one.text, {"nope", "nah"});
        }))
        return false;
    if (first == "i" && tokens.size() > 1 &&
        is_one_of(tokens[1].text, {"am", "do", "have", "did", "was", "think", "guess", "might"}))
        return true;
    return text.has(kind::time) || std::any_of(tokens.begin(), tokens.end(), [](token const& one) {
               return is_one_of(
                   one.text,
                   {"exactly",
                    "tonight",
                    "soon",
                    "already",
                    "today",
                    "now",
                    "maybe",
                    "sometimes",
                    "sort",
                    "kinda",
                    "right",
                    "often",
                    "always",
                    "constantly",
                    "probably",
                    "daily"}
               );
           });
}

// "Are you thinking of killing yourself?" as the one who is asked would say it of themselves: the phrases
// about risk are written in the first person.
std::string as_asked(std::string_view question)
{
    constexpr std::pair<std::string_view, std::string_view> turns[] = {
        {"you", "i"},
        {"u", "i"},
        {"ya", "i"},
        {"your", "my"},
        {"ur", "my"},
        {"yourself", "myself"},
        {"urself", "myself"},
        {"youre", "im"}};
    std::string made;
    std::string word;
    auto const flush = [&] {
        std::string low(word);
        std::transform(low.begin(), low.end(), low.begin(), [](char one) {
            return one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one;
        });
        auto const turned = std::find_if(std::begin(turns), std::end(turns), [&](auto const& one) {
            return one.first == low;
        });
        made += turned == std::end(turns) ? std::string_view(word) : turned->second;
        word.clear();
    };
    for (auto const one : question) {
        auto const letter = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
        if (letter) {
            word += one;
            continue;
        }
        flush();
        made += one;
    }
    flush();
    return made;
}

double level_asked(passage const& question)
{
    double level = 0;
    for (auto const& one : question.hits()) {
        if (!question.asks(one)) continue;
        switch (question.group(one).kind) {
        case kind::wish:
            level = std::max(level, 1.0);
            break;
        case kind::ideation:
        case kind::hurting:
        case kind::others:
            level = std::max(level, 2.0);
            break;
        case kind::method:
            level = std::max(level, 3.0);
            break;
        case kind::means:
        case kind::intent:
            level = std::max(level, 4.0);
            break;
        case kind::plan:
            level = std::max(level, 5.0);
            break;
        case kind::act:
            level = std::max(level, 6.0);
            break;
        default:
            break;
        }
    }
    return level;
}
} // namespace

void describe_manner(passage const& text, feature_vector& made)
{
    auto const& tokens = text.tokens();
    auto const count = [&](auto const& holds) {
        return static_cast<std::size_t>(std::count_if(tokens.begin(), tokens.end(), holds));
    };
    auto const set = [&](feature which, float value) { made[index_of(which)] = value; };
    auto const with = [&](trait which) {
        return share(count([&](token const& one) { return one.traits.has(which); }), tokens.size());
    };
    set(feature::disguised_words,
        share(count([](token const& one) { return one.disguised || one.coded; }), tokens.size()));
    set(feature::emoji_words, share(count([](token const& one) { return one.emoji; }), tokens.size()));
    set(feature::quoted_words, share(count([](token const& one) { return one.quoted; }), tokens.size()));
    set(feature::first_person, with(trait::self));
    set(feature::second_person, with(trait::you));
    set(feature::third_person, with(trait::other));
    auto const& sentences = text.text().sentences;
    auto const questions =
        std::count_if(sentences.begin(), sentences.end(), [](sentence const& one) { return one.question; });
    set(feature::questions, share(static_cast<std::size_t>(questions), sentences.size()));
    auto const& words = text.text().words;
    auto const shouted =
        std::count_if(words.begin(), words.end(), [](word const& one) { return one.shouted; });
    set(feature::shouting, share(static_cast<std::size_t>(shouted), words.size()));
    set(feature::words, length(words.size()));
    set(feature::sentences, length(sentences.size()));
}

// "Yes, tonight" under "are you thinking of ending your life?" says what the question asked.
void weigh_answer(
    passage const& text, std::span<std::string_view const> before, tally& so_far, evidence& made
)
{
    if (before.empty() || text.tokens().empty() || text.tokens().size() > short_answer_max) return;
    if (!says_yes(text)) return;
    // What was asked may lie a few texts back, with others' words between.
    double level = 0;
    for (auto asked = before.rbegin(); asked != before.rend() && level == 0; ++asked) {
        auto const turned = as_asked(*asked);
        auto const read = read_text(turned);
        level = level_asked(passage(text.phrases(), read));
    }
    if (level == 0) return;
    if (text.has(kind::time)) level = std::max(level, 4.0);
    made.risk = std::max(made.risk, level);
    so_far.stand(kind::ideation, 0);
    made.features[index_of(feature::answers_yes)] = static_cast<float>(level / 6);
    auto const& words = text.text().words;
    text_span const whole{words.front().where.begin, words.back().where.end};
    made.findings.push_back(
        {"risk.answer", std::nullopt, whole, "It answers yes to a question about dying or plans.", 0.8, false}
    );
}

} // namespace holdfast::moderation
