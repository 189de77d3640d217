// The author's own risk: what each phrase about dying still says where it stands, and the step that follows.
#include "moderation/rules/rules.hpp"

#include <algorithm>
#include <string>

namespace holdfast::moderation {

namespace {
constexpr double counts = 0.5;       // from here on a phrase says what its words say
constexpr double half_counts = 0.25; // from here on it says something weaker

// The steps, own description after the C-SSRS screener's six questions.
double level_of(kind step)
{
    switch (step) {
    case kind::hopeless:
        return 0.6;
    case kind::wish:
    case kind::burden:
        return 1;
    case kind::ideation:
    case kind::hurting:
        return 2;
    case kind::method:
    case kind::goodbye:
        return 3;
    case kind::attempt:
        return 3.4;
    case kind::means:
    case kind::intent:
        return 4;
    case kind::plan:
        return 5;
    case kind::act:
        return 6;
    default:
        return 0;
    }
}

double level_after(kind step, double weight)
{
    auto const level = level_of(step);
    if (weight >= counts) return level;
    if (weight >= half_counts) return std::min(level, std::max(0.9, level * 0.3));
    return 0;
}

feature feature_of(kind step)
{
    switch (step) {
    case kind::wish:
        return feature::wish;
    case kind::burden:
        return feature::burden;
    case kind::hopeless:
        return feature::hopeless;
    case kind::hurting:
        return feature::self_harm;
    case kind::method:
        return feature::method;
    case kind::means:
        return feature::means;
    case kind::intent:
        return feature::intent;
    case kind::plan:
        return feature::plan;
    case kind::act:
        return feature::act;
    case kind::attempt:
        return feature::past_attempt;
    case kind::goodbye:
        return feature::goodbye;
    default:
        return feature::ideation;
    }
}

feature feature_of(taken_back why)
{
    switch (why) {
    case taken_back::denied:
        return feature::denied;
    case taken_back::of_another:
        return feature::of_another;
    case taken_back::fiction:
        return feature::fiction;
    case taken_back::news:
        return feature::news;
    case taken_back::quoted:
        return feature::quoted;
    case taken_back::helping:
        return feature::helping;
    case taken_back::recovered:
        return feature::recovered;
    case taken_back::past:
        return feature::past;
    default:
        return feature::idiom;
    }
}

std::string_view said_of(taken_back why)
{
    switch (why) {
    case taken_back::denied:
        return " It is denied here.";
    case taken_back::of_another:
        return " It is about somebody else.";
    case taken_back::fiction:
        return " It is about a story or a game.";
    case taken_back::news:
        return " It speaks of the subject in general.";
    case taken_back::quoted:
        return " It is quoted.";
    case taken_back::helping:
        return " It offers help.";
    case taken_back::recovered:
        return " The text tells of getting better.";
    case taken_back::past:
        return " It speaks of another time.";
    case taken_back::accident:
        return " It tells of an accident.";
    case taken_back::joking:
        return " It is said with a laugh.";
    case taken_back::idiom:
        return " It is a figure of speech.";
    case taken_back::everyday:
        return " Nothing near it speaks of dying.";
    case taken_back::nothing:
        return "";
    }
    return "";
}
} // namespace

standing standing_of_risk(passage const& text, hit const& one, bool answers_dying)
{
    auto const what = text.group(one).kind;
    auto const weight = text.group(one).weight;
    auto const step = what;
    if (text.is_idiom(one)) return {0, taken_back::idiom};
    if (!answers_dying && text.is_everyday(one)) return {weight * 0.2, taken_back::everyday};
    if (text.is_denied(one)) return {weight * 0.1, taken_back::denied};
    auto const to_readers = text.group(one).aimed; // "who wants to …" is no third person
    // "They would be better off without me": others stand in it, and it is about me.
    auto const about_me = (step == kind::wish || step == kind::burden) && text.names_author(one) &&
                          !text.sentence_has(one, kind::worried);
    if (!to_readers && !about_me && text.is_of_another(one)) return {weight * 0.1, taken_back::of_another};
    auto const own = to_readers || text.speaks_of_self(one);
    // "Took them all, who do I call?" names nobody: the worry is about oneself.
    auto const is_done = step == kind::act || step == kind::attempt;
    if (!own && (text.sentence_has(one, kind::others) || text.sentence_has(one, kind::bereaved) ||
                 (text.sentence_has(one, kind::worried) && !is_done)))
        return {weight * 0.15, taken_back::of_another};
    if (step == kind::hurting && text.sentence_has(one, kind::accident))
        return {weight * 0.2, taken_back::accident};
    if (text.is_quoted(one)) return {weight * 0.2, taken_back::quoted};
    if (text.statement_has(one, kind::fiction)) return {weight * 0.2, taken_back::fiction};
    if (text.sentence_has(one, kind::news) && !own) return {weight * 0.15, taken_back::news};
    // "I'm on the ledge, what do I say to my mum?" asks for oneself.
    auto const of_ones_own_act = own && step >= kind::means && step <= kind::attempt;
    if (text.sentence_has(one, kind::helping) && !of_ones_own_act && (!own || text.asks(one)))
        return {weight * 0.2, taken_back::helping};
    auto const recent = text.sentence_has(one, kind::recent);
    auto const then = text.is_past(one);
    auto const well = text.tells_of_being_well();
    auto const better = (well || text.has(kind::recovered)) && !recent && !text.sentence_has(one, kind::time);
    if (then) return {weight * (better ? 0.25 : 0.32), taken_back::past};
    if (better && !text.is_told_as_now(one) &&
        (step == kind::attempt || (well && step == kind::hurting) || text.near(one, kind::recovered)))
        return {weight * 0.35, taken_back::recovered};
    if (text.is_laughed_at(one) && step < kind::means && step != kind::hurting && !text.is_no_joke(one))
        return {weight * 0.45, taken_back::joking};
    return {weight, taken_back::nothing};
}

namespace {
// Nothing near it speaks of dying. What it would say otherwise holds nothing, but what is learned of whole
// posts may look at it.
void note_lone(passage const& text, hit const& one, feature_vector& made)
{
    auto const step = text.group(one).kind;
    auto const weight = standing_of_risk(text, one, true).weight;
    auto const note = [&](std::size_t where, double value) {
        made[where] = std::max(made[where], static_cast<float>(value));
    };
    auto const by_step = index_of(feature_of(step)) - index_of(feature::method);
    note(index_of(feature::lone_method) + by_step, weight);
    note(index_of(feature::lone_risk), level_after(step, weight) / 6);
}
} // namespace

void weigh_risk(passage const& text, tally& so_far, evidence& made)
{
    std::size_t risky = 0;
    auto last_sentence = static_cast<std::uint32_t>(-1);
    for (auto const& one : text.hits()) {
        auto const& group = text.group(one);
        if (!is_step_of_risk(group.kind)) continue;
        auto const stands = standing_of_risk(text, one, so_far.answers_dying);
        if (stands.why == taken_back::everyday) {
            note_lone(text, one, made.features);
        } else if (stands.why != taken_back::nothing) {
            auto& seen = made.features[index_of(feature_of(stands.why))];
            seen = std::max(seen, static_cast<float>(group.weight));
        }
        auto const sentence = text.sentence_of(one);
        if (stands.weight >= counts) {
            so_far.stand(group.kind, sentence);
            risky += sentence != last_sentence ? 1 : 0;
            last_sentence = sentence;
            if (text.sentence_has(one, kind::time)) made.features[index_of(feature::time_near)] = 1;
        }
        if (stands.weight >= half_counts) so_far.add_step(group.kind, stands.weight);
        auto& strongest = made.features[index_of(feature_of(group.kind))];
        strongest = std::max(strongest, static_cast<float>(stands.weight));
        if (stands.weight == 0) continue;
        auto reason = group.reason + std::string(said_of(stands.why));
        made.findings.push_back(
            {"risk." + std::string(name_of(group.kind)),
             std::nullopt,
             text.where(one),
             std::move(reason),
             stands.weight,
             false}
        );
        if (text.is_disguised(one)) {
            made.findings.push_back(
                {"evasion", std::nullopt, text.where(one), "The spelling hides the word.", 0.2, false}
            );
        }
    }
    made.features[index_of(feature::risk_sentences)] =
        static_cast<float>(risky) / static_cast<float>(std::max<std::size_t>(1, text.sentence_count() - 1));
}

double risk_from(tally const& so_far)
{
    double risk = 0;
    auto standing_steps = 0;
    for (auto step = index_of(kind::first_step); step <= index_of(kind::last_step); ++step) {
        auto const weight = so_far.strongest[step];
        risk = std::max(risk, level_after(static_cast<kind>(step), weight));
        standing_steps += weight >= counts ? 1 : 0;
    }
    auto const more = 0.15 * std::clamp(standing_steps - 1, 0, 4);
    return std::min(6.0, risk + (risk >= 1 ? std::min(more, 0.45) : 0.0));
}

} // namespace holdfast::moderation
