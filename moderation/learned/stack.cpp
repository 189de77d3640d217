#include "moderation/learned/stack.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation {

namespace {
double floor_by_rules(double rules)
{
    return rules >= sure ? rules : rules / 2;
}

// What is thought of the whole post ranks what the rules found, and never takes a plain hit out of reach of
// the shipped policy, none of whose thresholds for these labels lies higher.
double floor_by_both(double rules, double share)
{
    auto const made = floor_by_rules(rules) * std::min(1.0, share);
    return rules >= sure ? std::max(made, within_reach) : made;
}

// The inputs keep a text's length as log10(words + 1) / 4.
bool has_words(input_values const& inputs, double least)
{
    auto const nearly = std::log10(least + 0.5) / 4;
    return static_cast<double>(inputs[index_of(feature::words)]) >= nearly;
}

void leave_out(feature first, feature last, input_values& inputs)
{
    for (auto at = index_of(first); at <= index_of(last); ++at)
        inputs[at] = 0;
}

// What the rules saw of somebody's own danger: never a mark against them.
void leave_out_risk(input_values& inputs)
{
    leave_out(feature::wish, feature::time_near, inputs);
    leave_out(feature::lone_method, feature::lone_risk, inputs);
    for (auto const one : {feature::risk_sentences, feature::rules_risk, feature::hurting_words})
        inputs[index_of(one)] = 0;
    for (auto const one : {head::line_at_risk, head::line_urgent}) {
        inputs[first_whole_input + static_cast<std::size_t>(one)] = 0;
        inputs[first_peak_input + static_cast<std::size_t>(one)] = 0;
    }
}

// Advertising shows in its own words, as people marked them, in links and details. All else tells apart only
// where the sets were gathered.
input_values only_of_spam(input_values const& inputs)
{
    input_values made{};
    auto const keep = [&](std::size_t begin, std::size_t count) {
        std::copy_n(
            inputs.begin() + static_cast<std::ptrdiff_t>(begin),
            count,
            made.begin() + static_cast<std::ptrdiff_t>(begin)
        );
    };
    keep(0, feature_count);
    keep(first_detail_input, detail_inputs);
    keep(first_whole_input + static_cast<std::size_t>(head::spam), 1);
    keep(first_peak_input + static_cast<std::size_t>(head::spam), 1);
    return made;
}
} // namespace

bool is_post(input_values const& inputs)
{
    return has_words(inputs, post_words);
}

bool is_long_post(input_values const& inputs)
{
    return has_words(inputs, long_post_words);
}

label_inputs::label_inputs(input_values const& all) : of_pii_(all)
{
    leave_out(feature::well, feature::help_line, of_pii_);
    of_spam_ = only_of_spam(of_pii_);
    of_self_harm_ = of_pii_;
    for (std::size_t at = 0; at < detail_inputs; ++at)
        of_self_harm_[first_detail_input + at] = 0;
    of_self_harm_[index_of(label::pii)] = 0;
    of_self_harm_[index_of(label::spam)] = 0;
    of_others_ = of_self_harm_;
    leave_out_risk(of_others_);
}

input_values const& label_inputs::about(label which) const
{
    if (which == label::pii) return of_pii_;
    if (which == label::spam) return of_spam_;
    return which == label::self_harm ? of_self_harm_ : of_others_;
}

input_values inputs_for_risk(input_values const& all)
{
    auto inputs = all;
    leave_out(feature::erotic_words, feature::help_line, inputs);
    return inputs;
}

input_values inputs_for_being_at_risk(input_values const& all)
{
    auto inputs = inputs_for_risk(all);
    auto const no_risk = 6 * inputs[index_of(feature::rules_risk)] < 1;
    if (no_risk && is_long_post(inputs)) leave_out(feature::lone_method, feature::lone_risk, inputs);
    return inputs;
}

namespace {
bool is_scrap(input_values const& inputs)
{
    return !has_words(inputs, label_words);
}

// Who passes on where help is writes as advertisers do: "text HOME to …". An advertisement with no other way
// to answer it than a help line leads nobody anywhere.
bool only_names_help(input_values const& inputs)
{
    auto const details = std::span(inputs).subspan(first_detail_input, detail_inputs);
    auto const has_none = std::all_of(details.begin(), details.end(), [](float one) { return one == 0; });
    return inputs[index_of(feature::help_line)] > 0 && has_none;
}

// Who speaks of dying uses words of violence: what was learned would take a cry for help for a threat.
bool is_left_to_rules(label about, input_values const& inputs)
{
    if (about == label::spam || about == label::pii) return only_names_help(inputs);
    constexpr std::array others{label::harassment, label::hate, label::threat, label::violence};
    auto const speaks_of_dying = 6 * inputs[index_of(feature::rules_risk)] >= 1;
    return speaks_of_dying && std::find(others.begin(), others.end(), about) != others.end();
}

// Who makes little of a pain, or praises it, is asked before sending, and isn't held for what that is like.
bool is_nudged(label about, input_values const& inputs)
{
    auto const alike = about == label::self_harm_encouragement || about == label::harassment;
    return alike && inputs[index_of(feature::nudge)] > 0;
}

bool is_learned(model const& learned, label about)
{
    auto const at = static_cast<std::size_t>(about);
    return learned.labels[at] || learned.line_labels[at];
}

// Those who may speak for a label in this text: what people marked, and where they marked nothing, or it is a
// line, what our lines teach. None: nobody.
struct opinions {
    combination const* by_people = nullptr;
    combination const* by_lines = nullptr;
};
opinions opinions_on(model const& learned, label about, input_values const& inputs)
{
    auto const& by_people = learned.labels[static_cast<std::size_t>(about)];
    auto const& by_lines = learned.line_labels[static_cast<std::size_t>(about)];
    opinions made;
    if (by_people) made.by_people = &*by_people;
    if (by_lines && (!by_people || !is_post(inputs)) && !is_nudged(about, inputs)) made.by_lines = &*by_lines;
    return made;
}

double stacked_score(
    model const& learned, label about, input_values const& inputs, label_inputs const& seen, text_kind kind
)
{
    auto const rules = static_cast<double>(inputs[index_of(about)]);
    // Spam may be a word or two; somebody's name with a number is none.
    auto const too_short = about == label::spam ? kind == text_kind::name : is_scrap(inputs);
    if (too_short || is_left_to_rules(about, inputs)) return rules;
    auto const speaking = opinions_on(learned, about, inputs);
    auto made = floor_by_rules(rules);
    for (auto const* const one : {speaking.by_people, speaking.by_lines}) {
        if (one != nullptr) made = std::max(made, one->of(seen.about(about)));
    }
    return is_learned(learned, about) ? made : rules;
}
} // namespace

bool is_shared_harm(label about)
{
    return about != label::pii && about != label::spam && about != label::abuse_danger;
}

double highest_harm(std::array<double, label_count> const& scores)
{
    double most = 0;
    for (std::size_t at = 0; at < label_count; ++at) {
        if (is_shared_harm(static_cast<label>(at))) most = std::max(most, scores[at]);
    }
    return most;
}

std::array<double, label_count>
stacked_scores(model const& learned, input_values const& inputs, text_kind kind)
{
    std::array<double, label_count> made{};
    label_inputs const seen(inputs);
    for (std::size_t at = 0; at < label_count; ++at)
        made[at] = stacked_score(learned, static_cast<label>(at), inputs, seen, kind);
    if (!learned.harm || !is_post(inputs)) return made;
    auto const most = highest_harm(made);
    if (most <= 0) return made;
    auto const harm = learned.harm->of(seen.about(label::self_harm));
    auto const share = std::sqrt(harm / most);
    for (std::size_t at = 0; at < label_count; ++at) {
        auto const about = static_cast<label>(at);
        if (!is_shared_harm(about) || is_left_to_rules(about, inputs)) continue;
        auto& score = made[at];
        auto const rules = static_cast<double>(inputs[index_of(about)]);
        score = std::max(std::min(1.0, score * share), floor_by_both(rules, share));
    }
    return made;
}

namespace {
// What the posts that risk is learned from seldom have in them: somebody else's danger, grief, back then, a
// song.
bool is_of_another_time_or_person(input_values const& inputs)
{
    constexpr std::array told{
        feature::denied,
        feature::of_another,
        feature::past,
        feature::recovered,
        feature::quoted,
        feature::fiction,
        feature::idiom,
        feature::news,
        feature::helping,
        feature::worried,
        feature::bereaved,
        feature::hopeful,
        feature::well};
    return std::any_of(told.begin(), told.end(), [&](feature one) { return inputs[index_of(one)] > 0; });
}

} // namespace

double stacked_risk(model const& learned, input_values const& all, text_kind kind)
{
    auto const inputs = inputs_for_risk(all);
    constexpr double highest = 6;
    constexpr double crisis = 5;
    constexpr double severe = 4;
    constexpr double of_back_then = 2.99; // visible, and a person looks some time
    constexpr double thoughts = 2;
    constexpr double wish = 1;
    constexpr double none = 0.99; // under the first step
    constexpr double nearly = -0.5;
    auto const is_long = is_long_post(inputs);
    auto const rules = highest * static_cast<double>(inputs[index_of(feature::rules_risk)]);
    if (kind == text_kind::name || !has_words(inputs, saying_words)) return std::clamp(rules, 0.0, highest);
    // Who only comforts uses the words of who is in pain: where no phrase says more, that says nothing.
    auto const only_comforts = inputs[index_of(feature::helping)] >= 1 && rules < wish;
    auto const by_lines = only_comforts ? 0 : learned.short_risk.of(inputs);
    auto const heard = is_long ? rules : std::max(rules, by_lines);
    if (!has_words(inputs, line_words)) return std::clamp(heard, 0.0, highest);
    auto risk = learned.risk.of(inputs);
    auto const likeness = learned.at_risk.raw(inputs_for_being_at_risk(all)); // over 0: to those at risk
    auto const may_speak = !is_of_another_time_or_person(all);
    // A line that is like those of people at risk brings its author care, and isn't held for that.
    if (!is_post(inputs)) {
        auto const cared = likeness > 0 && may_speak ? std::min(risk, thoughts) : 0;
        return std::clamp(std::max(heard, cared), 0.0, highest);
    }
    if (rules < wish && likeness <= 0) risk = likeness > nearly && may_speak ? wish : std::min(risk, none);
    // The posts that were learned from are by people at risk. Who has long been well tells the same of back
    // then: where no thought stands for now, what was learned can't raise it over these.
    auto const is_well = all[index_of(feature::well)] > 0 && rules < thoughts;
    // The same in a shorter post in which neither rules nor lines hear a risk of now.
    auto const has_lines = !learned.short_risk.meaning.knots().empty();
    auto const is_heard = is_long || rules >= wish || by_lines >= wish;
    if (is_well || (has_lines && !is_heard)) risk = std::min(risk, of_back_then);
    // What was heard stands in a calm post too: a wish or a thought always, more where it is plain.
    auto const respected = is_long ? plain_intent : severe;
    risk = std::max(risk, std::min(heard, heard >= respected ? crisis : thoughts));
    return std::clamp(risk, 0.0, highest);
}

namespace {
combination const* loudest_opinion(model const& learned, label about, input_values const& inputs)
{
    auto const [by_people, by_lines] = opinions_on(learned, about, inputs);
    if (by_people == nullptr || by_lines == nullptr) return by_people != nullptr ? by_people : by_lines;
    label_inputs const all(inputs);
    auto const& seen = all.about(about);
    return by_lines->of(seen) > by_people->of(seen) ? by_lines : by_people;
}
} // namespace

std::optional<head> loudest_head(model const& learned, label about, input_values const& inputs)
{
    auto const* combined = loudest_opinion(learned, about, inputs);
    if (combined == nullptr) return std::nullopt;
    std::optional<head> made;
    float most = 0;
    for (std::size_t at = 0; at < head_count; ++at) {
        auto const says = combined->weights[first_whole_input + at] * inputs[first_whole_input + at] +
                          combined->weights[first_peak_input + at] * inputs[first_peak_input + at];
        if (says <= most || inputs[first_peak_input + at] <= 0) continue;
        most = says;
        made = static_cast<head>(at);
    }
    return made;
}

budget_scores scores_by_share(std::vector<std::pair<double, double>> seen)
{
    std::sort(seen.begin(), seen.end(), [](auto const& left, auto const& right) {
        return left.first > right.first;
    });
    budget_scores made{};
    for (std::size_t at = 0; at < budget_shares.size(); ++at) {
        double used = 0;
        auto threshold = 1.0; // nothing fits: only what is certain
        for (std::size_t next = 0; next < seen.size();) {
            auto const score = seen[next].first;
            for (; next < seen.size() && seen[next].first == score; ++next)
                used += seen[next].second;
            if (used > budget_shares[at] + 1e-9) break; // sums of shares are not exact
            threshold = score;
        }
        made[at] = static_cast<float>(threshold);
    }
    return made;
}

} // namespace holdfast::moderation
