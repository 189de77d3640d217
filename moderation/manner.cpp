// How a text is written, and what a short answer takes from the question before it.
#include "moderation/rules.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation {

namespace {
float share(std::size_t part, std::size_t whole) { return whole == 0 ? 0 : static_cast<float>(part) / static_cast<float>(whole); }
float length(std::size_t count) { return static_cast<float>(std::log10(static_cast<double>(count) + 1) / 4); }

constexpr std::size_t short_answer_max = 10;

// Yes, no or neither, by the answer's own words.
int answers(passage const& text)
{
    auto yes = 0;
    for (auto const& one : text.tokens()) {
        if (one.traits.has(trait::negator) || one.text == "nope" || one.text == "nah") return -1;
        for (auto const word : {"yes", "yeah", "yea", "yep", "yup", "ya", "mhm", "exactly", "tonight", "soon", "already", "today", "maybe", "sometimes", "sort", "right"}) {
            if (one.text == word) yes = 1;
        }
    }
    return yes;
}

double level_asked(passage const& question)
{
    double level = 0;
    for (auto const& one : question.hits()) {
        if (!question.asks(one)) continue;
        switch (question.group(one).kind) {
        case kind::wish: level = std::max(level, 1.0); break;
        case kind::ideation:
        case kind::hurting:
        case kind::others: level = std::max(level, 2.0); break;
        case kind::method: level = std::max(level, 3.0); break;
        case kind::means:
        case kind::intent: level = std::max(level, 4.0); break;
        case kind::plan: level = std::max(level, 5.0); break;
        case kind::act: level = std::max(level, 6.0); break;
        default: break;
        }
    }
    return level;
}
} // namespace

void describe_manner(passage const& text, feature_vector& made)
{
    auto const& tokens = text.tokens();
    auto const count = [&](auto const& holds) { return static_cast<std::size_t>(std::count_if(tokens.begin(), tokens.end(), holds)); };
    auto const set = [&](feature which, float value) { made[index_of(which)] = value; };
    auto const with = [&](trait which) { return share(count([&](token const& one) { return one.traits.has(which); }), tokens.size()); };
    set(feature::disguised_words, share(count([](token const& one) { return one.disguised || one.coded; }), tokens.size()));
    set(feature::emoji_words, share(count([](token const& one) { return one.emoji; }), tokens.size()));
    set(feature::quoted_words, share(count([](token const& one) { return one.quoted; }), tokens.size()));
    set(feature::first_person, with(trait::self));
    set(feature::second_person, with(trait::you));
    set(feature::third_person, with(trait::other));
    auto const& sentences = text.text().sentences;
    auto const questions = std::count_if(sentences.begin(), sentences.end(), [](sentence const& one) { return one.question; });
    set(feature::questions, share(static_cast<std::size_t>(questions), sentences.size()));
    auto const& words = text.text().words;
    auto const shouted = std::count_if(words.begin(), words.end(), [](word const& one) { return one.shouted; });
    set(feature::shouting, share(static_cast<std::size_t>(shouted), words.size()));
    set(feature::words, length(words.size()));
    set(feature::sentences, length(sentences.size()));
}

// "Yes, tonight" under "are you thinking of ending your life?" says what the question asked.
void weigh_answer(passage const& text, std::span<std::string_view const> before, tally& so_far, evidence& made)
{
    if (before.empty() || text.tokens().empty() || text.tokens().size() > short_answer_max) return;
    if (answers(text) <= 0) return;
    auto const read = read_text(before.back());
    passage const question(text.phrases(), read);
    auto level = level_asked(question);
    if (level == 0) return;
    if (text.has(kind::time)) level = std::max(level, 4.0);
    made.risk = std::max(made.risk, level);
    so_far.stand(kind::ideation, 0);
    made.features[index_of(feature::answers_yes)] = static_cast<float>(level / 6);
    auto const& words = text.text().words;
    text_span const whole{words.front().where.begin, words.back().where.end};
    made.findings.push_back({"risk.answer", std::nullopt, whole, "It answers yes to a question about dying or plans.", 0.8, false});
}

} // namespace holdfast::moderation
