#include "moderation/training/trainer.hpp"

#include "moderation/signals.hpp"
#include "moderation/stack.hpp"

#include <algorithm>
#include <map>

namespace holdfast::moderation::training {

namespace {
// Labels of which enough was marked by people; for the others the rules alone speak.
constexpr std::array learned_labels{
    label::harassment, label::hate, label::threat, label::violence, label::sexual, label::self_harm, label::spam,
};
constexpr float ordinary_weight = 0.3F; // ordinary texts are many, and what they teach is quickly learned

void put_scores(head_scores const& scores, input_values& inputs)
{
    std::copy(scores.whole.begin(), scores.whole.end(), inputs.begin() + first_whole_input);
    std::copy(scores.peak.begin(), scores.peak.end(), inputs.begin() + first_peak_input);
}

// Raw scores of points by combinations that were fitted without the point's fold.
template <class Fit>
std::vector<outcome_at> unseen_outcomes(std::vector<point> const& points, std::size_t folds, Fit fit)
{
    std::vector<outcome_at> made;
    made.reserve(points.size());
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<point> others;
        for (auto const& one : points) {
            if (one.fold != fold) others.push_back(one);
        }
        auto const fitted = fit(others);
        for (auto const& one : points) {
            if (one.fold == fold) made.push_back({fitted.raw(one.inputs), one.target, one.weight});
        }
    }
    return made;
}
} // namespace

trainer::trainer(std::vector<example_set> const& sets, train_options const& options, tell progress)
    : options_(options), progress_(std::move(progress))
{
    auto const phrases = shipped_lexicon();
    for (auto const& set : sets) {
        if (set.may == use::measure) continue;
        for (auto const& one : set.examples) {
            known made;
            made.from = &one;
            made.set = &set;
            auto read = read_signals(phrases, one.text, text_kind::post, {});
            made.inputs = inputs_from(read, {});
            made.shown = {std::move(read.grams), one.heads, one.weight};
            made.fold = fold_of(one.text, options.folds);
            made.inner_fold = inner_fold_of(one.text, options.inner_folds);
            made.part = set.ordinary ? ordinary_part_of(one.text) : part_of(one.text);
            all_.push_back(std::move(made));
        }
    }
    progress_("read " + std::to_string(all_.size()) + " texts");
}

bool trainer::may_use(known const& one, std::optional<std::size_t> held_out) const
{
    if (one.set->may == use::folds) return one.fold != held_out;
    return one.part != part::report;
}

heads trainer::fit_without(std::optional<std::size_t> held_out, std::optional<std::size_t> inner_fold) const
{
    std::vector<sample const*> samples;
    for (auto const& one : all_) {
        if (!may_use(one, held_out)) continue;
        auto const unseen = one.set->may == use::folds ? one.inner_fold == inner_fold : one.part == part::tune;
        if (!unseen) samples.push_back(&one.shown);
    }
    return fit_heads(samples, options_.heads);
}

std::vector<trainer::judged> trainer::judged_unseen(std::optional<std::size_t> held_out, heads const& all) const
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
            if (one.set->may == use::folds && may_use(one, held_out) && one.inner_fold == fold) judge(one, without);
        }
        progress_("fitted the heads without part " + std::to_string(fold + 1) + " of " + std::to_string(options_.inner_folds));
    }
    return made;
}

void trainer::fit_label(std::vector<judged> const& all, label about, model& made) const
{
    std::vector<point> points;
    for (auto const& one : all) {
        auto const truth = one.what->from->labels[static_cast<std::size_t>(about)];
        if (truth == unknown) continue;
        auto const weight = one.what->set->ordinary ? ordinary_weight : 1.0F;
        points.push_back({one.inputs, static_cast<float>(truth), weight, one.what->inner_fold});
    }
    auto const fit = [&](std::vector<point> const& some) { return fit_chance(some, options_.pull_labels); };
    auto fitted = fit(points);
    fitted.meaning = rising_curve(unseen_outcomes(points, options_.inner_folds, fit));
    made.labels[static_cast<std::size_t>(about)] = std::move(fitted);
}

void trainer::fit_risk(std::vector<judged> const& all, model& made) const
{
    std::vector<point> points; // read by people for their level of risk
    for (auto const& one : all) {
        auto const risk = one.what->from->risk;
        if (risk == unknown || one.what->set->may != use::folds) continue;
        points.push_back({one.inputs, static_cast<float>(risk), 1, one.what->inner_fold});
    }
    if (points.empty()) return;
    auto const fit = [&](std::vector<point> const& some) { return fit_line(some, options_.pull_risk); };
    made.risk = fit(points);
    constexpr int highest = 6;
    made.risk.meaning = level_curve(unseen_outcomes(points, options_.inner_folds, fit), highest);
}

void trainer::set_budgets(std::vector<judged> const& all, model& made) const
{
    std::map<example_set const*, double> sizes;
    for (auto const& one : all) {
        if (one.what->set->ordinary) ++sizes[one.what->set];
    }
    for (std::size_t about = 0; about < label_count; ++about) {
        std::vector<std::pair<double, double>> seen; // score, share of the whole: every set counts alike
        for (auto const& one : all) {
            if (!one.what->set->ordinary) continue;
            auto const share = 1 / sizes[one.what->set] / static_cast<double>(sizes.size());
            seen.emplace_back(stacked_score(made, static_cast<label>(about), one.inputs), share);
        }
        made.budgets[about] = scores_by_share(std::move(seen));
    }
}

model trainer::train(std::optional<std::size_t> held_out) const
{
    model made;
    made.heads = fit_without(held_out, std::nullopt);
    progress_("fitted the heads");
    auto const all = judged_unseen(held_out, made.heads);
    for (auto const about : learned_labels) fit_label(all, about, made);
    fit_risk(all, made);
    set_budgets(all, made);
    progress_("fitted the combination");
    return made;
}

} // namespace holdfast::moderation::training
