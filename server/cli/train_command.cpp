#include "server/cli/train_command.hpp"

#include "moderation/training/trainer.hpp"
#include "server/cli/datasets.hpp"

#include <fstream>

namespace holdfast::cli {

int run_train(train_request const& asked, std::ostream& progress)
{
    auto const sets = read_datasets(asked.manifest, asked.data);
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
