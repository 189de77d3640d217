#include "moderation/training/trainer.hpp"

#include "moderation/learned/stack.hpp"
#include "moderation/signals.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace holdfast::moderation::training {

namespace {
// Labels of which people marked enough.
constexpr std::array labels_by_people{
    label::harassment,
    label::hate,
    label::threat,
    label::violence,
    label::sexual,
    label::self_harm,
    label::spam,
};
// Of advertising people marked thousands. A few hundred lines know less.
bool is_for_people_alone(label about)
{
    return about == label::spam;
}

// Of ordinary texts a part is enough for fitting combinations; they are many and alike.
constexpr std::uint64_t ordinary_of = 2;
// A large set must not drown what a small one knows better.
constexpr truth_weights people_weights{.large_set_max = 500};
// Lines are half of them what they are about; ordinary texts stand beside them.
constexpr truth_weights line_weights{.large_set_max = 4000, .passage = 0.5F};
// What a platform calls harm is known from its own set. Passages say the same in other words; the others only
// hold it in place elsewhere.
constexpr truth_weights harm_weights{.large_set_max = 20, .passage = 0.15F};

// Our lines as long as posts teach what a risk is worded like. What each step means is known from those who
// read posts for it: only texts of weight 1 say that.
constexpr float own_post_weight = 0.3F;

// Of so few posts nobody can tell what is rare.
constexpr std::size_t few_posts = 100;

bool is_own(example_set const& set)
{
    return set.from != source::people;
}

// Read by people for what it is asked about, and too small to set a part of it aside.
bool is_small(example_set const& set)
{
    return set.may == use::folds && !is_own(set);
}

bool is_lines(example_set const& set)
{
    return set.from == source::lines;
}

bool is_neither_lines_nor_passages(example_set const& set)
{
    return !is_lines(set) && set.from != source::passages;
}

bool is_on_platforms(example_set const& set)
{
    return !is_lines(set);
}

bool is_for_lines(example_set const& set)
{
    return is_own(set) || set.ordinary;
}

// How much a text counts where risk is fitted; 0: not at all.
float weight_as_post(example_set const& set, input_values const& inputs, float of_others)
{
    if (is_lines(set)) return is_long_post(inputs) ? own_post_weight : 0;
    if (is_own(set)) return 0;
    return is_small(set) ? 1 : of_others;
}

float weight_for_risk(example_set const& set, input_values const& inputs)
{
    constexpr float light =
        0.01F; // holds the low end in place, and leaves the grades to those who read for them
    return weight_as_post(set, inputs, light);
}

float weight_for_being_at_risk(example_set const& set, input_values const& inputs)
{
    constexpr float half = 0.5F;
    return weight_as_post(set, inputs, half);
}

float weight_for_short_risk(example_set const& set, input_values const& inputs)
{
    return is_small(set) || is_long_post(inputs) ? 0 : 1;
}

bool is_needed(example_set const& set, example const& one)
{
    return !set.ordinary || set.examples.size() < 4000 || (hash_of_text(one.text) >> 48) % ordinary_of == 0;
}

void put_scores(head_scores const& scores, input_values& inputs)
{
    std::copy(scores.whole.begin(), scores.whole.end(), inputs.begin() + first_whole_input);
    std::copy(scores.peak.begin(), scores.peak.end(), inputs.begin() + first_peak_input);
}

// Raw scores of points by combinations that were fitted without the point's fold.
template <class Fit>
std::vector<outcome_at>
unseen_outcomes(std::vector<point> const& points, std::vector<point> const& asked, std::size_t folds, Fit fit)
{
    std::vector<outcome_at> made;
    made.reserve(asked.size());
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<point> others;
        for (auto const& one : points) {
            if (one.fold != fold) others.push_back(one);
        }
        auto const fitted = fit(others);
        for (auto const& one : asked) {
            if (one.fold == fold) made.push_back({fitted.raw(one.inputs), one.target, one.weight});
        }
    }
    return made;
}

// Those of the sets in which people marked both that it is so and that it isn't. Elsewhere its absence is
// taken for granted, which says nothing of how often it is there.
std::vector<point>
marked_both_ways(std::vector<point> const& points, std::vector<example_set const*> const& from)
{
    std::map<example_set const*, std::array<bool, 2>> marked;
    for (std::size_t at = 0; at < points.size(); ++at)
        marked[from[at]][points[at].target == 1 ? 1 : 0] = true;
    std::vector<point> made;
    for (std::size_t at = 0; at < points.size(); ++at) {
        auto const& both = marked[from[at]];
        if (both[0] && both[1]) made.push_back(points[at]);
    }
    return made;
}

using values_by_set = std::map<example_set const*, std::vector<double>>;

// Each value with its share of the whole, where a large set counts no more than a small one.
std::vector<std::pair<double, double>> sets_alike(values_by_set const& by_set)
{
    std::vector<std::pair<double, double>> made;
    for (auto const& [set, values] : by_set) {
        auto const share = 1 / static_cast<double>(values.size() * by_set.size());
        for (auto const value : values)
            made.emplace_back(value, share);
    }
    return made;
}

head_options by_rarity(head_options made, float caution)
{
    made.by_rarity = true;
    made.rate = 1;
    made.caution = caution;
    return made;
}

bool grades_fully(point const& one)
{
    return one.weight == 1; // others only hold the low end in place
}

double spread_of(combination const& one, std::vector<point> const& points)
{
    double count = 0, sum = 0, squares = 0;
    for (auto const& each : points) {
        if (!grades_fully(each)) continue;
        auto const raw = one.raw(each.inputs);
        ++count, sum += raw, squares += raw * raw;
    }
    return std::sqrt(std::max(1e-12, squares / count - sum / count * sum / count));
}

void add_scaled(combination const& part, double scale, combination& sum)
{
    auto const by = static_cast<float>(scale);
    sum.bias += by * part.bias;
    for (std::size_t at = 0; at < input_count; ++at)
        sum.weights[at] += by * part.weights[at];
}

// The same steps, none of them lower than few harmless texts reach.
curve raised(curve const& levels, budget_scores const& reached)
{
    auto const for_care = static_cast<float>(score_at(reached, 0.01));
    auto const for_people = static_cast<float>(score_at(reached, 0.006));
    constexpr float read_first = 3; // by a person, and from 4 on before the circle
    auto knots = levels.knots();
    for (std::size_t at = 1; at < knots.size(); ++at) {
        auto const least = knots[at].to < read_first ? for_care : for_people;
        knots[at].from = std::max({knots[at].from, least, std::nextafter(knots[at - 1].from, 1e9F)});
    }
    return curve(std::move(knots));
}

// How far up the levels a text is, and more so whether it is where a facilitator reads first: a line alone
// grades the many low levels and mixes up the few high ones.
combination fit_levels(std::vector<point> const& points, double pull)
{
    constexpr float severe = 4;
    constexpr double severe_share = 0.7;
    constexpr double severe_pull = 1.0 / 3; // of the line's
    auto reaching = points;
    for (auto& one : reaching)
        one.target = one.target >= severe ? 1 : 0;
    auto const level = fit_line(points, pull);
    auto const is_severe = fit_chance(reaching, pull * severe_pull);
    combination made;
    add_scaled(level, (1 - severe_share) / spread_of(level, points), made);
    add_scaled(is_severe, severe_share / spread_of(is_severe, points), made);
    return made;
}
} // namespace

trainer::trainer(std::vector<example_set> const& sets, train_options const& options, tell progress)
    : options_(options), progress_(std::move(progress))
{
    read(sets);
    divide_heads();
}

void trainer::read(std::vector<example_set> const& sets)
{
    auto const phrases = shipped_lexicon();
    for (auto const& set : sets) {
        if (set.may == use::measure) continue;
        for (auto const& one : set.examples) {
            known made;
            made.from = &one;
            made.set = &set;
            made.fold = fold_of(one, options_.folds);
            made.inner_fold = inner_fold_of(one, options_.inner_folds);
            made.part = set.ordinary ? ordinary_part_of(one.text) : part_of(one.text);
            if (set.may == use::split && made.part == part::report) continue;
            auto const seen = read_text(one.text);
            auto const words = phrases.spell(seen);
            made.shown = {ngrams_of(words), one.heads, one.weight};
            all_.push_back(std::move(made));
        }
    }
    progress_("read " + std::to_string(all_.size()) + " texts");
    for (auto& one : all_) { // what the rules see is needed only where the combination is fitted
        if (one.set->may == use::split && one.part == part::train) continue;
        auto const seen = read_signals(phrases, one.from->text, text_kind::post, {});
        one.inputs = inputs_from(seen, {}, meanings_.of(seen.words));
    }
}

void trainer::divide_heads()
{
    std::vector<sample const*> samples;
    for (auto const& one : all_) {
        if (one.set->may == use::split) {
            if (one.part == part::train) samples.push_back(&one.shown);
            continue;
        }
        auto& taught = is_own(*one.set) ? by_lines_ : by_small_sets_;
        for (std::size_t at = 0; at < head_count; ++at)
            taught[at] |= one.shown.heads[at] != unknown;
    }
    shared_ = fit_heads(samples, options_.heads);
    progress_("fitted the heads that neither a small set nor a line teaches");
}

// Fits some heads anew, on all that knows any of them, and puts them in the place of others.
void trainer::fit_some(
    which_heads const& some,
    head_options const& how,
    std::optional<std::size_t> held_out,
    std::optional<std::size_t> inner_fold,
    head_weights& made
) const
{
    std::vector<sample const*> samples;
    for (auto const& one : all_) {
        auto const unseen = one.set->may == use::folds ? one.fold == held_out || one.inner_fold == inner_fold
                                                       : one.part == part::tune;
        if (unseen) continue;
        auto const says = [&](std::size_t at) { return some[at] && one.shown.heads[at] != unknown; };
        bool any = false;
        for (std::size_t at = 0; at < head_count; ++at)
            any = any || says(at);
        if (any) samples.push_back(&one.shown);
    }
    auto const fitted = fit_heads(samples, how);
    for (std::size_t at = 0; at < head_count; ++at) {
        if (!some[at]) continue;
        made.bias[at] = fitted.bias[at];
        for (std::size_t bucket = 0; bucket < bucket_count; ++bucket)
            made.by_bucket[bucket][at] = fitted.by_bucket[bucket][at];
    }
}

heads trainer::fit_without(std::optional<std::size_t> held_out, std::optional<std::size_t> inner_fold) const
{
    constexpr float of_few_posts = 1;
    constexpr float of_many_lines = 0.1F;
    auto made = shared_;
    fit_some(by_small_sets_, by_rarity(options_.heads, of_few_posts), held_out, inner_fold, made);
    fit_some(by_lines_, by_rarity(options_.heads, of_many_lines), held_out, inner_fold, made);
    return heads::rounded(made);
}

std::vector<trainer::judged>
trainer::judged_unseen(std::optional<std::size_t> held_out, heads const& all) const
{
    std::vector<judged> made;
    auto judge = [&](known const& one, heads const& by) {
        judged next{&one, one.inputs};
        put_scores(by.score(one.shown.seen), next.inputs);
        made.push_back(next);
    };
    for (auto const& one : all_) {
        if (one.set->may == use::split && one.part == part::tune) judge(one, all);
    }
    for (std::size_t fold = 0; fold < options_.inner_folds; ++fold) {
        auto const without = fit_without(held_out, fold);
        for (auto const& one : all_) {
            if (one.set->may == use::folds && one.fold != held_out && one.inner_fold == fold)
                judge(one, without);
        }
    }
    return made;
}

std::optional<combination> trainer::fit_truth(
    std::vector<judged> const& all,
    label about,
    truth_of const& truth,
    set_test teaches,
    truth_weights const& weights,
    double pull
) const
{
    std::vector<point> points;
    std::map<example_set const*, std::size_t> sizes;
    std::vector<example_set const*> from;
    for (auto const& one : all) {
        auto const marked = truth(*one.what->from);
        if (marked == unknown || !teaches(*one.what->set) || !is_needed(*one.what->set, *one.what->from))
            continue;
        label_inputs const seen(one.inputs);
        points.push_back({seen.about(about), static_cast<float>(marked), 1, one.what->inner_fold});
        from.push_back(one.what->set);
        ++sizes[one.what->set];
    }
    for (std::size_t at = 0; at < points.size(); ++at) {
        if (from[at]->may != use::folds)
            points[at].weight = std::min(1.0F, weights.large_set_max / static_cast<float>(sizes[from[at]]));
        else if (from[at]->from == source::passages)
            points[at].weight = weights.passage;
    }
    auto const has = [&](float target) {
        return std::any_of(points.begin(), points.end(), [&](point const& one) {
            return one.target == target;
        });
    };
    if (!has(0) || !has(1)) return std::nullopt;
    auto const fit = [&](std::vector<point> const& some) { return fit_chance(some, pull); };
    auto fitted = fit(points);
    auto const telling = about == label::spam ? marked_both_ways(points, from) : points;
    fitted.meaning = chance_curve(unseen_outcomes(points, telling, options_.inner_folds, fit));
    return fitted;
}

std::vector<point>
trainer::points_of_risk(std::vector<judged> const& all, weight_in weight_of, inputs_of of) const
{
    std::vector<point> points;
    for (auto const& one : all) {
        auto const risk = one.what->from->risk;
        auto const& set = *one.what->set;
        auto const weight = weight_of(set, one.inputs);
        if (risk == unknown || weight <= 0 || !is_needed(set, *one.what->from)) continue;
        points.push_back({of(one.inputs), static_cast<float>(risk), weight, one.what->inner_fold});
    }
    return points;
}

void trainer::fit_risk(std::vector<judged> const& all, model& made) const
{
    auto const points = points_of_risk(all, weight_for_risk, inputs_for_risk);
    if (std::none_of(points.begin(), points.end(), grades_fully)) return;
    auto const fit = [&](std::vector<point> const& some) { return fit_levels(some, options_.pull_risk); };
    made.risk = fit(points);
    auto seen = unseen_outcomes(points, points, options_.inner_folds, fit);
    std::erase_if(seen, [](outcome_at const& one) { return one.weight < 1; });
    constexpr int highest = 6;
    made.risk.meaning = level_curve(seen, highest);
    made.at_risk = fit_at_risk(all);
}

// Of lines each was written for a level, beside others that look like it: so many of them are at risk that
// levels that agree with theirs would see risk everywhere. No step lies lower than few harmless ones reach.
void trainer::fit_short_risk(std::vector<judged> const& all, model& made) const
{
    constexpr int highest = 6;
    auto const points = points_of_risk(all, weight_for_short_risk, inputs_for_risk);
    if (std::none_of(points.begin(), points.end(), grades_fully)) return;
    auto const fit = [&](std::vector<point> const& some) {
        return fit_levels(some, options_.pull_short_risk);
    };
    made.short_risk = fit(points);
    auto seen = unseen_outcomes(points, points, options_.inner_folds, fit);
    values_by_set harmless;
    for (auto const& one : all) {
        if (one.what->from->risk == 0 && !is_post(one.inputs))
            harmless[one.what->set].push_back(made.short_risk.raw(inputs_for_risk(one.inputs)));
    }
    made.short_risk.meaning = raised(level_curve(seen, highest), scores_by_share(sets_alike(harmless)));
}

// Tells people at risk from everybody else, and where the border is: few posts of people who wrote of
// something else lie above it. Short texts don't count there: what was learned grades none of them.
combination trainer::fit_at_risk(std::vector<judged> const& all) const
{
    constexpr float thoughts_of_dying = 2;
    constexpr auto passing = 0.02; // of people who wrote of something else
    auto points = points_of_risk(all, weight_for_being_at_risk, inputs_for_being_at_risk);
    for (auto& one : points)
        one.target = one.target >= thoughts_of_dying ? 1 : 0;
    auto made = fit_chance(points, options_.pull_at_risk);
    values_by_set raw_by_set;
    for (auto const& one : all) {
        auto const& set = *one.what->set;
        if (set.may == use::split && one.what->from->risk == 0 && is_post(one.inputs))
            raw_by_set[&set].push_back(made.raw(inputs_for_being_at_risk(one.inputs)));
    }
    std::erase_if(raw_by_set, [](auto const& one) { return one.second.size() < few_posts; });
    if (!raw_by_set.empty())
        made.bias -= static_cast<float>(score_at(scores_by_share(sets_alike(raw_by_set)), passing));
    return made;
}

void trainer::set_budgets(std::vector<judged> const& all, model& made) const
{
    std::array<values_by_set, label_count> seen;
    for (auto const& one : all) {
        if (!one.what->set->ordinary) continue;
        auto const scores = stacked_scores(made, one.inputs);
        for (std::size_t about = 0; about < label_count; ++about)
            seen[about][one.what->set].push_back(scores[about]);
    }
    for (std::size_t about = 0; about < label_count; ++about)
        made.budgets[about] = scores_by_share(sets_alike(seen[about]));
}

model trainer::train(std::optional<std::size_t> held_out) const
{
    model made;
    made.meanings = meanings_;
    made.heads = fit_without(held_out, std::nullopt);
    auto const all = judged_unseen(held_out, made.heads);
    progress_("fitted the other heads");
    auto const truth_about = [](label about) {
        return [at = static_cast<std::size_t>(about)](example const& one) { return one.labels[at]; };
    };
    for (auto const about : labels_by_people) {
        auto const pull = about == label::spam ? options_.pull_spam : options_.pull_labels;
        made.labels[static_cast<std::size_t>(about)] =
            fit_truth(all, about, truth_about(about), is_neither_lines_nor_passages, people_weights, pull);
    }
    for (std::size_t at = 0; at < label_count; ++at) {
        auto const about = static_cast<label>(at);
        if (is_for_people_alone(about)) continue;
        made.line_labels[at] =
            fit_truth(all, about, truth_about(about), is_for_lines, line_weights, options_.pull_line_labels);
    }
    made.harm = fit_truth(
        all,
        label::self_harm,
        [](example const& one) { return one.harm; },
        is_on_platforms,
        harm_weights,
        options_.pull_harm
    );
    fit_risk(all, made);
    fit_short_risk(all, made);
    set_budgets(all, made);
    progress_("fitted how rules and heads combine");
    return made;
}

} // namespace holdfast::moderation::training
