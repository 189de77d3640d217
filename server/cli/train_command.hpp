// `holdfast train`: learns the screen's model from labelled JSONL and writes it. The same data, manifest and
// seed give the same bytes.
#pragma once
#include <filesystem>
#include <ostream>

namespace holdfast::cli {

struct train_request {
    std::filesystem::path manifest; // empty: `data` is one file of labelled lines
    std::filesystem::path data;
    std::filesystem::path to;
    std::uint64_t seed = 1;
};

// The spelled words of the texts that teach, a line of JSON each, for training/teach_meanings.py.
int run_words(train_request const& asked);
int run_train(train_request const& asked, std::ostream& progress);

} // namespace holdfast::cli
