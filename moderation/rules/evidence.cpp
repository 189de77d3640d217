#include "moderation/rules/evidence.hpp"

#include "moderation/rules/rules.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation {

void tally::stand(kind what, std::uint32_t sentence)
{
    in_sentence[sentence].set(index_of(what));
    in_text.set(index_of(what));
}

void tally::add_step(kind step, double weight)
{
    auto& held = strongest[index_of(step)];
    held = std::max(held, weight);
}

void tally::add_label(label about, std::uint32_t sentence, double weight)
{
    auto& held = labels[static_cast<std::size_t>(about)];
    if (weight > held.first) {
        if (sentence != held.first_sentence) held.second = held.first;
        held.first = weight;
        held.first_sentence = sentence;
    } else if (sentence != held.first_sentence) {
        held.second = std::max(held.second, weight);
    }
}

namespace {
// "Self-harm" is what a text is about, whoever it speaks of; risk is how its author is.
void note_topic(passage const& text, evidence& made)
{
    auto& score = made.scores[static_cast<std::size_t>(label::self_harm)];
    for (auto const& one : text.hits()) {
        auto const& group = text.group(one);
        auto const names_it = group.kind == kind::ideation ||
                              (group.kind >= kind::hurting && group.kind <= kind::attempt) ||
                              (group.kind == kind::others && text.is_of_another(one));
        if (!names_it || text.is_idiom(one) || text.statement_has(one, kind::fiction)) continue;
        if (text.is_everyday(one)) continue;
        score = std::max(score, text.is_denied(one) ? 0.2 : group.weight);
    }
}

void note_context(passage const& text, evidence& made)
{
    struct pair {
        kind what;
        feature where;
    };
    constexpr pair pairs[] = {
        {kind::distress, feature::distress},
        {kind::helping, feature::helping},
        {kind::worried, feature::worried},
        {kind::bereaved, feature::bereaved},
        {kind::hopeful, feature::hopeful},
        {kind::recovered, feature::recovered},
        {kind::denial, feature::denied},
        {kind::news, feature::news},
        {kind::fiction, feature::fiction},
        {kind::idiom, feature::idiom},
        {kind::others, feature::of_another},
        {kind::counter, feature::counter},
    };
    for (auto const& one : pairs) {
        auto& seen = made.features[index_of(one.where)];
        if (text.has(one.what)) seen = std::max(seen, 0.5F);
    }
    if (text.says_only(kind::helping)) made.features[index_of(feature::helping)] = 1;
    if (text.tells_of_being_well()) made.features[index_of(feature::well)] = 1;
}

// A friend's danger is not the author's risk, but it wants care too.
void note_others(passage const& text, evidence& made)
{
    for (auto const& one : text.hits()) {
        auto const what = text.group(one).kind;
        if (what != kind::bereaved && (what != kind::others || !text.is_of_another(one))) continue;
        made.findings.push_back(
            {"care." + std::string(name_of(what)),
             std::nullopt,
             text.where(one),
             text.group(one).reason,
             0,
             false}
        );
    }
}
} // namespace

namespace {
bool speaks_of_dying(lexicon const& phrases, std::string_view text)
{
    auto const seen = read_text(text);
    return passage(phrases, seen).speaks_of_dying();
}
} // namespace

evidence weigh(lexicon const& phrases, view const& text, std::span<std::string_view const> before)
{
    return weigh(passage(phrases, text), before);
}

evidence weigh(passage const& read, std::span<std::string_view const> before)
{
    evidence made;
    made.hinges_on_context = read.has_everyday() || is_short_answer(read);
    tally so_far(read);
    so_far.answers_dying =
        read.has_everyday() && !before.empty() && speaks_of_dying(read.phrases(), before.back());
    weigh_risk(read, so_far, made);
    weigh_harm(read, so_far, made);
    weigh_together(read, so_far, made);
    weigh_answer(read, before, so_far, made);
    note_topic(read, made);
    note_context(read, made);
    note_others(read, made);
    describe_manner(read, made.features);
    made.risk = std::max(made.risk, risk_from(so_far));
    for (std::size_t at = 0; at < label_count; ++at) {
        auto const& held = so_far.labels[at];
        made.scores[at] = std::max(made.scores[at], 1 - (1 - held.first) * (1 - 0.4 * held.second));
        made.features[index_of(static_cast<label>(at))] = static_cast<float>(made.scores[at]);
    }
    made.features[index_of(feature::rules_risk)] = static_cast<float>(made.risk / 6);
    return made;
}

} // namespace holdfast::moderation
