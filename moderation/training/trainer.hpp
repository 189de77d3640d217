// Makes a model from labelled sets: fits the heads, fits how they combine with the evidence of the rules on
// texts that the heads have not seen, says what each score means, and sets the budgets of false holds on
// ordinary texts.
#pragma once
#include "moderation/training/head_trainer.hpp"
#include "moderation/training/linear.hpp"

#include <functional>
#include <optional>
#include <string_view>

namespace holdfast::moderation::training {

struct train_options {
    head_options heads;
    std::size_t folds = 5; // of the small sets
    std::size_t inner_folds =
        4; // within what is left, so that the combination is fitted on scores of unseen texts
    double pull_labels = 200;
    double pull_spam = 5; // it has enough examples to be followed closely
    double pull_line_labels = 20;
    double pull_harm = 200;
    double pull_risk = 300;
    double pull_short_risk = 100;
    double pull_at_risk = 100;
};

// How much a text counts where a label's combination is fitted: 1, but for these.
struct truth_weights {
    float large_set_max = 0; // all texts together of a set that is no small one
    float passage = 1;       // each of our own passages
};

using tell = std::function<void(std::string_view)>; // progress, for a person who waits

class trainer {
  public:
    // Reads all texts, and fits the heads that no small set teaches, once for all folds.
    trainer(std::vector<example_set> const& sets, train_options const& options, tell progress);

    // With `held_out`, nothing is learned from that fold of the small sets: for reporting on it.
    model train(std::optional<std::size_t> held_out = std::nullopt) const;

  private:
    struct known {
        example const* from = nullptr;
        example_set const* set = nullptr;
        sample shown;
        input_values inputs{}; // without the heads' scores
        std::size_t fold = 0;
        std::size_t inner_fold = 0;
        training::part part = training::part::train;
    };
    struct judged {
        known const* what = nullptr;
        input_values inputs{};
    };

    void read(std::vector<example_set> const& sets);
    void divide_heads();
    using which_heads = std::array<bool, head_count>;
    void fit_some(
        which_heads const& some,
        head_options const& how,
        std::optional<std::size_t> held_out,
        std::optional<std::size_t> inner_fold,
        head_weights& made
    ) const;
    heads fit_without(std::optional<std::size_t> held_out, std::optional<std::size_t> inner_fold) const;
    std::vector<judged> judged_unseen(std::optional<std::size_t> held_out, heads const& all) const;
    using truth_of = std::function<std::int8_t(example const&)>;
    using set_test = bool (*)(example_set const&);
    std::optional<combination> fit_truth(
        std::vector<judged> const& all,
        label about,
        truth_of const& truth,
        set_test teaches,
        truth_weights const& weights,
        double pull
    ) const;
    using inputs_of = input_values (*)(input_values const&);
    using weight_in = float (*)(example_set const&, input_values const&);
    std::vector<point>
    points_of_risk(std::vector<judged> const& all, weight_in weight_of, inputs_of of) const;
    void fit_risk(std::vector<judged> const& all, model& made) const;
    void fit_short_risk(std::vector<judged> const& all, model& made) const;
    combination fit_at_risk(std::vector<judged> const& all) const;
    void set_budgets(std::vector<judged> const& all, model& made) const;

    train_options options_;
    tell progress_;
    meanings meanings_ = shipped_meanings();
    std::vector<known> all_;
    which_heads by_small_sets_{};
    which_heads by_lines_{};
    head_weights shared_; // the others
};

} // namespace holdfast::moderation::training
