#include "moderation/explain.hpp"

#include "moderation/learned/stack.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation {

namespace {
std::string_view reason_for(head which)
{
    switch (which) {
    case head::insult:
    case head::line_harassment:
        return "It is worded like texts that people read as putting somebody down.";
    case head::hate:
    case head::slur:
    case head::racism:
    case head::line_hate:
        return "It is worded like texts that people read as against others for who they are.";
    case head::sexism:
        return "It is worded like texts that people read as against women.";
    case head::threat:
    case head::line_threat:
        return "It is worded like texts that people read as a threat.";
    case head::violence:
    case head::line_violence:
        return "It is worded like texts that people read as violent.";
    case head::sexual:
    case head::line_sexual:
        return "It is worded like texts that people read as sexual.";
    case head::self_harm:
    case head::crisis:
    case head::line_at_risk:
        return "It is worded like texts about suicide or self-harm.";
    case head::distress:
        return "It is worded like texts by people who hurt.";
    case head::thoughts:
        return "It is worded like texts by people who thought of dying.";
    case head::intent:
    case head::act:
    case head::line_urgent:
        return "It is worded like texts by people who were about to hurt themselves, or had.";
    case head::spam:
    case head::line_spam:
        return "It is worded like advertising.";
    case head::line_grooming:
        return "It is worded like texts that win somebody's trust to use it.";
    case head::line_encouragement:
        return "It is worded like texts that tell somebody to hurt themselves.";
    case head::line_method:
        return "It is worded like texts about how people hurt themselves.";
    case head::line_starving:
        return "It is worded like texts that praise or teach eating too little.";
    case head::line_contact:
        return "It is worded like texts that give or ask for contact details.";
    case head::line_drugs:
        return "It is worded like texts that offer or ask for drugs.";
    case head::line_medical:
        return "It is worded like medical advice that could harm somebody.";
    case head::line_danger:
        return "It is worded like texts by people who are in danger from somebody.";
    case head::any_harm:
        return "It is worded like texts that people read as harmful.";
    }
    return "";
}

void name_head(
    model const& learned,
    signals const& known,
    head_scores const& scores,
    head which,
    std::optional<label> about,
    double weight,
    decision& made
)
{
    auto const sentence = scores.peak_sentence[static_cast<std::size_t>(which)];
    auto const where = loudest_words(learned.heads, which, known, sentence);
    made.findings.push_back(
        {"head." + std::string(name_of(which)), about, where, std::string(reason_for(which)), weight, false}
    );
}

// Of the heads that read for risk, the one whose strongest sentence says most.
head loudest_risk_head(model const& learned, input_values const& inputs)
{
    constexpr std::array candidates{
        head::line_urgent,
        head::line_at_risk,
        head::intent,
        head::act,
        head::thoughts,
        head::crisis,
        head::self_harm,
        head::distress};
    auto const& by = is_post(inputs) ? learned.risk : learned.short_risk;
    auto const says = [&](head one) {
        auto const at = static_cast<std::size_t>(one);
        return by.weights[first_whole_input + at] * inputs[first_whole_input + at] +
               by.weights[first_peak_input + at] * inputs[first_peak_input + at];
    };
    return *std::max_element(candidates.begin(), candidates.end(), [&](head left, head right) {
        return says(left) < says(right);
    });
}
} // namespace

text_span loudest_words(heads const& from, head which, signals const& known, std::uint32_t sentence)
{
    auto const& words = known.words;
    auto const of_sentence = [&](token const& one) { return one.sentence == sentence; };
    auto const first = std::find_if(words.begin(), words.end(), of_sentence);
    auto const last = std::find_if_not(first, words.end(), of_sentence);
    if (first == last) return {};
    constexpr std::ptrdiff_t words_most = 200; // of an endless sentence the beginning
    auto const begin = static_cast<std::size_t>(first - words.begin());
    auto const count = static_cast<std::size_t>(std::min(last - first, words_most));
    auto weights = from.weights_of_words(which, std::span(words).subspan(begin, count));
    double total = 0;
    for (auto& one : weights) {
        one = std::max(0.0, one);
        total += one;
    }
    std::size_t best_begin = 0;
    std::size_t best_end = count;
    double inside = 0;
    for (std::size_t left = 0, right = 0; right < count; ++right) {
        inside += weights[right];
        while (inside - weights[left] >= total / 2 && left < right)
            inside -= weights[left++];
        if (inside >= total / 2 && right + 1 - left < best_end - best_begin) {
            best_begin = left;
            best_end = right + 1;
        }
    }
    return {
        known.seen.words[words[begin + best_begin].first_word].where.begin,
        known.seen.words[words[begin + best_end - 1].last_word].where.end};
}

void explain(
    model const& learned,
    signals const& known,
    head_scores const& scores,
    input_values const& inputs,
    decision& made
)
{
    if (known.words.empty()) return;
    for (std::size_t at = 0; at < label_count; ++at) {
        auto const about = static_cast<label>(at);
        auto const by_rules = known.found.scores[at];
        auto const is_told = by_rules >= sure || made.scores[at] <= by_rules; // on its own few words
        if (made.scores[at] < worth_a_reason || is_told) continue;
        auto const which = loudest_head(learned, about, inputs).value_or(head::any_harm);
        name_head(learned, known, scores, which, about, made.scores[at], made);
    }
    if (made.risk_score >= 1 && made.risk_score > known.found.risk) {
        name_head(
            learned,
            known,
            scores,
            loudest_risk_head(learned, inputs),
            std::nullopt,
            made.risk_score / 6,
            made
        );
    }
}

} // namespace holdfast::moderation
