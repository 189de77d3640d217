#include "server/cli/train_command.hpp"

#include "moderation/signals.hpp"
#include "moderation/training/trainer.hpp"
#include "server/cli/datasets.hpp"

#include <boost/json.hpp>

#include <fstream>

namespace holdfast::cli {

int run_words(train_request const& asked)
{
    namespace training = moderation::training;
    auto const phrases = moderation::shipped_lexicon();
    std::ofstream file(asked.to, std::ios::binary | std::ios::trunc);
    for (auto const& set : read_datasets(asked.manifest, asked.data)) {
        for (auto const& one : set.examples) {
            auto const part =
                set.ordinary ? training::ordinary_part_of(one.text) : training::part_of(one.text);
            if (set.may != training::use::split || part != training::part::train) continue;
            auto const seen = moderation::read_text(one.text);
            boost::json::array words;
            for (auto const& word : phrases.spell(seen))
                words.emplace_back(word.text);
            boost::json::array const heads(one.heads.begin(), one.heads.end());
            boost::json::object const line{
                {"id", one.id}, {"set", set.name}, {"heads", heads}, {"words", std::move(words)}};
            file << boost::json::serialize(line) << "\n";
        }
    }
    file.flush();
    if (!file) throw std::runtime_error("The words " + asked.to.string() + " can't be written.");
    return 0;
}

int run_train(train_request const& asked, std::ostream& progress)
{
    auto const sets = read_sets(asked.manifest, asked.data, moderation::training::use::folds);
    moderation::training::train_options options;
    options.heads.seed = asked.seed;
    moderation::training::trainer const trainer(sets, options, [&](std::string_view line) {
        progress << line << std::endl;
    });
    auto const bytes = moderation::write_model(trainer.train());
    std::ofstream file(asked.to, std::ios::binary | std::ios::trunc);
    file << bytes << std::flush;
    if (!file) throw std::runtime_error("The model " + asked.to.string() + " can't be written.");
    progress << "wrote " << asked.to.string() << ", " << bytes.size() << " bytes\n";
    return 0;
}

} // namespace holdfast::cli
