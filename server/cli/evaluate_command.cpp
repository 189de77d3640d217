#include "server/cli/evaluate_command.hpp"

#include "moderation/screen.hpp"
#include "moderation/training/evaluation.hpp"
#include "moderation/training/trainer.hpp"
#include "server/cli/datasets.hpp"

#include <fstream>
#include <future>
#include <memory>
#include <mutex>
#include <sstream>

namespace holdfast::cli {

namespace training = moderation::training;

namespace {
moderation::model model_at(std::filesystem::path const& path)
{
    if (path.empty()) return moderation::shipped_model();
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("The model " + path.string() + " can't be read.");
    std::stringstream content;
    content << file.rdbuf();
    auto made = moderation::read_model(content.str());
    if (auto* const good = std::get_if<moderation::model>(&made)) return std::move(*good);
    throw std::runtime_error(path.string() + ": " + std::get<std::string>(made));
}

training::measured measure(moderation::screen const& screen, training::example const& one)
{
    std::string_view const before = one.context;
    moderation::input text;
    text.text = one.text;
    if (!before.empty()) text.context = {&before, 1};
    return {&one, screen.decide(text)};
}
} // namespace

int run_evaluate(evaluate_request const& asked, std::ostream& out, std::ostream& progress)
{
    auto const sets =
        read_sets(asked.manifest, asked.data, asked.folds ? training::use::folds : training::use::measure);
    moderation::screen const screen(asked.rules, model_at(asked.model));
    std::vector<std::unique_ptr<moderation::screen const>>
        without; // one screen for each fold that it has not seen
    training::train_options options;
    options.heads.seed = asked.seed;
    if (asked.folds) {
        std::mutex one_line; // folds are trained side by side
        training::trainer const trainer(sets, options, [&](std::string_view line) {
            std::lock_guard const alone(one_line);
            progress << line << std::endl;
        });
        std::vector<std::future<moderation::model>> trained;
        for (std::size_t fold = 0; fold < options.folds; ++fold)
            trained.push_back(std::async(std::launch::async, [&trainer, fold] { return trainer.train(fold); })
            );
        for (auto& one : trained)
            without.push_back(std::make_unique<moderation::screen const>(asked.rules, one.get()));
    }
    for (auto const& set : sets) {
        if (!asked.only.empty() && set.name != asked.only) continue;
        auto const by_fold = set.may == training::use::folds;
        if (by_fold && !asked.folds) {
            out << set.name << ": the shipped model has learned from it; --folds reports on it honestly\n\n";
            continue;
        }
        std::vector<training::measured> all;
        for (auto const& one : set.examples) {
            if (!training::is_reported(set, one)) continue;
            all.push_back(measure(by_fold ? *without[training::fold_of(one, options.folds)] : screen, one));
        }
        training::print_figures(set, all, {asked.mistakes}, out);
        out << std::endl;
    }
    return 0;
}

} // namespace holdfast::cli
