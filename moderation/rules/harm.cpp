// What can hurt others: each label's phrases where they stand, what parts mean together, and the nudge.
#include "moderation/rules/rules.hpp"

#include <algorithm>
#include <string>

namespace holdfast::moderation {

namespace {
constexpr double counts = 0.4;

bool is_hateful(kind what)
{
    return what == kind_of(label::hate);
}

// Deeds that stay what they are in a story and beside a helping word.
bool is_a_deed(kind what)
{
    return what == kind_of(label::grooming) || what == kind_of(label::pii) || what == kind_of(label::spam) ||
           what == kind_of(label::drug_sourcing) || what == kind_of(label::pro_eating_disorder) ||
           what == kind_of(label::medical_misinformation);
}

// What people tell of having been done to them.
bool is_done_to_somebody(kind what)
{
    return what == kind_of(label::harassment) || what == kind_of(label::hate) ||
           what == kind_of(label::threat) || what == kind_of(label::violence) ||
           what == kind_of(label::sexual) || what == kind_of(label::grooming);
}

kind_set surroundings()
{
    kind_set made;
    for (auto at = index_of(kind::time); at < index_of(kind::first_part); ++at)
        made.set(at);
    return made;
}
} // namespace

standing standing_of_harm(passage const& text, hit const& one, bool answers_dying)
{
    auto const& group = text.group(one);
    auto const what = group.kind;
    if (what == kind_of(label::abuse_danger)) { // what somebody does to the author is no figure of speech
        auto const then = text.sentence_has(one, kind::past) && !text.has(kind::recent);
        return {group.weight * (then ? 0.5 : 1), then ? taken_back::past : taken_back::nothing};
    }
    if (text.is_idiom(one)) return {0, taken_back::idiom};
    if (!answers_dying && text.is_everyday(one)) return {group.weight * 0.3, taken_back::everyday};
    auto const told = text.is_quoted(one) || ((group.aimed || is_hateful(what)) && text.is_reported(one));
    if (text.sentence_has(one, kind::counter) &&
        (told || what == kind_of(label::hate) || what == kind_of(label::medical_misinformation)))
        return {group.weight * (told ? 0.3 : 0.5), taken_back::news};
    auto const to_a_reader =
        what == kind_of(label::harassment) || what == kind_of(label::self_harm_encouragement);
    if (to_a_reader && group.aimed && text.speaks_of_self(one) && !text.speaks_to_reader(one))
        return {group.weight * 0.2, taken_back::of_another};
    if (is_done_to_somebody(what) && text.sentence_has(one, kind::disclosed))
        return {group.weight * 0.4, taken_back::of_another};
    if (text.is_negated(one)) return {group.weight * (is_hateful(what) ? 0.5 : 0.3), taken_back::denied};
    if (told) return {group.weight * (is_hateful(what) ? 0.5 : 0.4), taken_back::quoted};
    if (what == kind_of(label::pro_eating_disorder) && text.has(kind::recovered))
        return {group.weight * 0.5, taken_back::recovered};
    if (what == kind_of(label::drug_sourcing) && text.is_past(one)) // "I used to buy from a lad at work"
        return {group.weight * 0.4, taken_back::past};
    if (what == kind_of(label::method_info) && text.statement_has(one, kind::worried))
        return {group.weight * 0.4, taken_back::helping};
    // Somebody who brings soup or sends hugs waits outside a door for another reason.
    if ((what == kind_of(label::threat) || what == kind_of(label::harassment) ||
         what == kind_of(label::grooming)) &&
        text.statement_has(one, kind::friendly))
        return {group.weight * 0.5, taken_back::helping};
    if (is_a_deed(what)) return {group.weight, taken_back::nothing};
    if (text.statement_has(one, kind::fiction)) return {group.weight * 0.45, taken_back::fiction};
    // "… if you talk to her again" sounds like help to the rule for it, and takes nothing from a threat.
    if (text.statement_has(one, kind::helping) && what != kind_of(label::threat) && !is_hateful(what))
        return {group.weight * 0.5, taken_back::helping};
    return {group.weight, taken_back::nothing};
}

void weigh_harm(passage const& text, tally& so_far, evidence& made)
{
    for (auto const& one : text.hits()) {
        auto const& group = text.group(one);
        auto const sentence = text.sentence_of(one);
        if (group.kind >= kind::first_part) {
            if (so_far.in_sentence[sentence].test(index_of(group.kind))) continue; // it stands already
            if (!text.is_idiom(one) && !text.is_denied(one) && !text.is_quoted(one))
                so_far.stand(group.kind, sentence);
            continue;
        }
        if (group.kind == kind::nudge && !text.is_reported(one) && !text.is_quoted(one) &&
            !text.is_denied(one)) {
            made.nudge = true;
            made.features[index_of(feature::nudge)] = 1;
            made.findings.push_back({"nudge", std::nullopt, text.where(one), group.reason, 0, false});
        }
        if (!is_label(group.kind)) continue;
        auto const stands = standing_of_harm(text, one, so_far.answers_dying);
        if (stands.weight < 0.15) continue;
        auto const about = static_cast<label>(group.kind);
        if (stands.weight >= counts) so_far.stand(group.kind, sentence);
        so_far.add_label(about, sentence, stands.weight);
        made.findings.push_back(
            {"phrase." + std::string(name_of(about)),
             about,
             text.where(one),
             group.reason,
             stands.weight,
             false}
        );
        if (text.is_disguised(one)) {
            made.features[index_of(feature::disguised_hits)] = 1;
            made.findings.push_back(
                {"evasion", about, text.where(one), "The spelling hides the word.", 0.2, false}
            );
        }
    }
}

void weigh_together(passage const& text, tally& so_far, evidence& made)
{
    for (std::uint32_t at = 0; at < text.sentence_count(); ++at) { // what surrounds a thing always stands
        so_far.in_sentence[at] |= text.kinds_in(at) & surroundings();
        so_far.in_text |= so_far.in_sentence[at];
    }
    for (auto const& rule : text.phrases().together()) {
        if (!rule.has_enough(so_far.in_text)) continue;
        for (std::uint32_t at = 0; at < so_far.in_sentence.size(); ++at) {
            auto here = so_far.in_sentence[at];
            if (rule.within == reach::near && at + 1 < so_far.in_sentence.size())
                here |= so_far.in_sentence[at + 1];
            if (rule.within == reach::text) here = so_far.in_text;
            if (!rule.has_enough(here) || (rule.without & here).any()) continue;
            auto const place = std::min<std::size_t>(at, text.text().sentences.size() - 1);
            auto const where = rule.within == reach::text ? text_span{0, text.text().unread_from}
                                                          : text.text().sentences[place].where;
            if (rule.weight >= 0.5) so_far.stand(rule.kind, at);
            if (is_label(rule.kind)) {
                so_far.add_label(static_cast<label>(rule.kind), at, rule.weight);
                made.findings.push_back(
                    {"together." + rule.name,
                     static_cast<label>(rule.kind),
                     where,
                     rule.reason,
                     rule.weight,
                     false}
                );
            } else {
                so_far.add_step(rule.kind, rule.weight);
                made.findings.push_back(
                    {"together." + rule.name, std::nullopt, where, rule.reason, rule.weight, false}
                );
            }
            break;
        }
    }
}

} // namespace holdfast::moderation
